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
	// runLimit is the memory, in bytes, that a run gives free memory back to stay within.
	runLimit = 320 << 20
	// A preview of many instances drops most of what it makes, step by step, in pieces
	// of 40 MB: it collects earlier and gives back what is free, to stay within 150 MB
	// for three steps of a million of them.
	previewCollection, previewComfort, previewLimit = 64 << 20, 88 << 20, 116 << 20
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
		afterCollection(gcServer, comfort, math.MaxInt64)
	case len(args) > 0 && args[0] == "simulate":
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(previewCollection)
		afterCollection(gcRun, previewComfort, previewLimit)
	default:
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(firstCollection)
		afterCollection(gcRun, comfort, runLimit)
	}
}

// afterCollection fits the collector to what is in use when the next collection is
// done, and after each further one: the heap grows as [growth] says, and memory that
// is free is given back to stay within the limit, unless more is in use.
func afterCollection(most int, comfort uint64, limit int64) {
	// Nothing holds the mark, so the next collection finds it gone.
	type mark struct{ _ *byte } // with a pointer: without one it may share its place with what lives on
	runtime.AddCleanup(new(mark), func(int) {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		live := sample[0].Value.Uint64()
		debug.SetGCPercent(growth(live, comfort, most))
		debug.SetMemoryLimit(max(limit, int64(live+live*gcLeast/100)))
		afterCollection(most, comfort, limit)
	}, 0)
}

// growth is by how many percent a heap of which so many bytes are in use may
// grow, most at the most.
func growth(live, comfort uint64, most int) int {
	within := min(100*comfort/max(live, 1), 1000) // percent of what is in use; more than 1000 are no matter
	return min(most, max(gcLeast, int(within)-100))
}
