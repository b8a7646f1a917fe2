package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
)

const (
	// firstCollection is the memory, in bytes, that a run takes before anything
	// is collected. A run is short, and most of what it makes lives to its end:
	// looking through it again and again was a sixth of the processor time of
	// checking 200 templates (docs/performance.md).
	firstCollection = 128 << 20
	// gcPercent lets the heap grow to three times what is in use from then on.
	gcPercent = 200
)

// spareCollector puts off the first collection. GOGC and GOMEMLIMIT in the
// environment win, and what runs for as long as an editor does is not for it.
func spareCollector(args []string) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" || slices.Contains(args, "lsp") {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(firstCollection)
	// Nothing holds the mark, so the first collection finds it gone.
	type mark struct{ _ *byte } // with a pointer: without one it may share its place with what lives on
	runtime.AddCleanup(new(mark), func(int) {
		debug.SetGCPercent(gcPercent)
		debug.SetMemoryLimit(math.MaxInt64)
	}, 0)
}
