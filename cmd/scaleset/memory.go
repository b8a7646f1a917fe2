package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
)

const (
	// firstCollection is the memory, in bytes, that a run takes before anything
	// is collected. A run is short, and most of what it makes lives to its end:
	// looking through it again and again was a sixth of the processor time of
	// checking 200 templates (docs/performance.md).
	firstCollection = 160 << 20
	// comfort is the memory, in bytes, that the heap is kept within where it can be.
	comfort = 208 << 20
	// A preview of many instances drops most of what it makes, step by step: it
	// collects earlier, to stay within 150 MB for a million of them.
	previewCollection, previewComfort = 64 << 20, 88 << 20
	// By how many percent of what is in use the heap may grow: by gcRun or, in
	// what runs as long as an editor, gcServer while it stays within comfort, by
	// gcLeast however large it is.
	gcRun, gcServer, gcLeast = 200, 100, 30
)

// spareCollector makes the garbage collector fit: a run puts off its first
// collection, and no process grows far beyond what a hostile template needs.
// GOGC and GOMEMLIMIT in the environment win.
func spareCollector(args []string) {
	switch {
	case os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "":
	case slices.Contains(args, "lsp"):
		afterCollection(gcServer, comfort, func() {})
	case len(args) > 0 && args[0] == "simulate":
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(previewCollection)
		afterCollection(gcRun, previewComfort, func() { debug.SetMemoryLimit(math.MaxInt64) })
	default:
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(firstCollection)
		afterCollection(gcRun, comfort, func() { debug.SetMemoryLimit(math.MaxInt64) })
	}
}

// afterCollection calls first when the next collection is done, and sets after
// that and each further one when the one behind it comes.
func afterCollection(most int, comfort uint64, first func()) {
	// Nothing holds the mark, so the next collection finds it gone.
	type mark struct{ _ *byte } // with a pointer: without one it may share its place with what lives on
	runtime.AddCleanup(new(mark), func(int) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetGCPercent(growth(live[0].Value.Uint64(), comfort, most))
		first()
		afterCollection(most, comfort, func() {})
	}, 0)
}

// growth is by how many percent a heap of which so many bytes are in use may
// grow, most at the most.
func growth(live, comfort uint64, most int) int {
	within := min(100*comfort/max(live, 1), 1000) // percent of what is in use; more than 1000 are no matter
	return min(most, max(gcLeast, int(within)-100))
}
