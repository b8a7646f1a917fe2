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
	// firstCollection is the heap size, in bytes, before the first garbage
	// collection. A run is short, and most of its memory is used until its end:
	// repeated collections took a sixth of the processor time of checking 200
	// templates (docs/performance.md).
	firstCollection = 160 << 20
	// softHeapLimit is the soft limit of the heap, in bytes.
	softHeapLimit = 208 << 20
	// runLimit is the memory, in bytes, above which a run returns free memory.
	runLimit = 320 << 20
	// A preview of many instances drops most of its memory after each step, in
	// pieces of 40 MB: it collects earlier and returns free memory, to stay
	// within 150 MB for three steps of a million instances.
	previewCollection, previewSoftLimit, previewLimit = 64 << 20, 88 << 20, 116 << 20
	// An editor session collects no heap below serverCollection: an edit of a large
	// template allocates 10 MB, and a collection takes as long as half of its check.
	serverCollection = 96 << 20
	// By how many percent the heap can grow before the next collection: gcRun
	// or, in a process that runs as long as an editor, gcServer while it is
	// within softHeapLimit, and gcMin at any size.
	gcRun, gcServer, gcMin = 200, 100, 30
)

// tuneGC tunes the garbage collector: a run delays its first collection, and no
// process grows far beyond the memory that a hostile template needs. GOGC and
// GOMEMLIMIT in the environment take precedence.
func tuneGC(args []string) {
	switch {
	case os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "":
	case slices.Contains(args, "lsp"):
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(serverCollection)
		tuneAfterGC(gcServer, serverCollection, softHeapLimit, math.MaxInt64)
	case len(args) > 0 && args[0] == "simulate":
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(previewCollection)
		tuneAfterGC(gcRun, 0, previewSoftLimit, previewLimit)
	default:
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(firstCollection)
		tuneAfterGC(gcRun, 0, softHeapLimit, runLimit)
	}
}

// tuneAfterGC tunes the collector to the memory in use after the next
// collection, and after each further one: the heap grows as [growth] says, and
// free memory is returned to stay within the limit, unless more is in use.
func tuneAfterGC(most int, least, softHeapLimit uint64, limit int64) {
	// Nothing references the mark, so the next collection frees it.
	type mark struct{ _ *byte } // with a pointer: without one it may share its block with live objects
	runtime.AddCleanup(new(mark), func(int) {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		live := sample[0].Value.Uint64()
		debug.SetGCPercent(growth(live, least, softHeapLimit, most))
		debug.SetMemoryLimit(max(limit, int64(live+live*gcMin/100)))
		tuneAfterGC(most, least, softHeapLimit, limit)
	}, 0)
}

// growth returns by how many percent a heap with live bytes in use can grow: at
// most most, or as many as it takes to least bytes.
func growth(live, least, softHeapLimit uint64, most int) int {
	most = max(most, int(min(100*least/max(live, 1), 1000))-100)
	within := min(100*softHeapLimit/max(live, 1), 1000) // percent of the memory in use; more than 1000 do not matter
	return min(most, max(gcMin, int(within)-100))
}
