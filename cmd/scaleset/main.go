// Command scaleset checks, expands and previews ARM templates of Azure VM
// scale sets, offline. Everything it does is in package cli and below.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/scaleset/scaleset/pkg/cli"
)

// version is set by the linker for releases; empty, the build information answers.
var version string

func main() {
	spareCollector(os.Args[1:])
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // who asks a second time does not want to wait
	code := cli.Main(ctx, cli.System(version), os.Args[1:])
	stop()
	os.Exit(code)
}
