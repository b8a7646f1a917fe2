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
	firstCollection = 128 << 20
	// comfort is the memory that the heap is kept within, where it can be.
	comfort = 208 << 20
	// By how many percent of what is in use the heap may grow from then on: by
	// gcMost while it stays within comfort, by gcLeast however large it is.
	gcMost, gcLeast = 200, 30
)

// spareCollector puts off the first collection. GOGC and GOMEMLIMIT in the
// environment win, and what runs for as long as an editor does is not for it.
func spareCollector(args []string) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" || slices.Contains(args, "lsp") {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(firstCollection)
	afterCollection(func() { debug.SetMemoryLimit(math.MaxInt64) })
}

// afterCollection calls first when the next collection is done, and sets after
// that and each further one when the one behind it comes.
func afterCollection(first func()) {
	// Nothing holds the mark, so the next collection finds it gone.
	type mark struct{ _ *byte } // with a pointer: without one it may share its place with what lives on
	runtime.AddCleanup(new(mark), func(int) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetGCPercent(growth(live[0].Value.Uint64()))
		first()
		afterCollection(func() {})
	}, 0)
}

// growth is by how many percent a heap of which so many bytes are in use may grow.
func growth(live uint64) int {
	if 3*live <= comfort {
		return gcMost
	}
	return max(gcLeast, int(100*comfort/live)-100)
}
