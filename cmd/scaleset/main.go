// Command scaleset checks, expands and previews ARM templates of Azure VM
// scale sets, offline. Everything it does is in package cli and below.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/scaleset/scaleset/pkg/app/cli"
)

// version is set by the linker for releases; empty, the build information answers.
var version string

// grace is how long a command that is interrupted may take to put things in
// order. One that waits for its standard input or for a pipe cannot notice.
const grace = 2 * time.Second

func main() {
	failLoudly()
	spareCollector(os.Args[1:])
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // who asks a second time does not want to wait
		time.Sleep(grace)
		cli.Interrupted(os.Stderr)
		os.Exit(cli.ExitFailure)
	})
	os.Exit(cli.Main(ctx, cli.System(version), os.Args[1:]))
}
