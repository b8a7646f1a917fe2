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

// version is set by the linker for releases; if empty, the build information is
// used.
var version string

// grace is the time that an interrupted command has to clean up. A command that
// is blocked on its standard input or on a pipe cannot react.
const grace = 2 * time.Second

func main() {
	failLoudly()
	tuneGC(os.Args[1:])
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // a second interrupt ends the process at once
		time.Sleep(grace)
		cli.Interrupted(os.Stderr)
		os.Exit(cli.ExitFailure)
	})
	os.Exit(cli.Main(ctx, cli.System(version), os.Args[1:]))
}
