// Command scaleset checks, expands and previews ARM templates of Azure VM
// scale sets, offline. Everything it does is in package cli and below.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/scaleset/scaleset/pkg/cli"
)

// version is set by the linker for releases; empty, the build information answers.
var version string

// gcPercent lets the heap grow to three times what is in use before it is
// collected. A run is short and most of what it makes lives to its end: checking
// 200 templates takes a seventh less processor time than with Go's 100, for a
// few megabytes more (docs/performance.md). GOGC in the environment wins.
const gcPercent = 200

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // who asks a second time does not want to wait
	code := cli.Main(ctx, cli.System(version), os.Args[1:])
	stop()
	os.Exit(code)
}
