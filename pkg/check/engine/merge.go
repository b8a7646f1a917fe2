package engine

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// merge gives the findings of all runs of one template, each once, in the memory of
// those of the first run. One that some runs only found names their parameter files.
func merge(runs []*Run, found []diag.List) diag.List {
	type key struct {
		code            diag.Code
		at              source.Range
		summary, detail string
	}
	most := 0
	for _, list := range found {
		most = max(most, len(list))
	}
	var merged diag.List
	if len(found) > 0 {
		merged = found[0][:0] // runs mostly find the same
	}
	first := make(map[key]int, most) // index in merged
	by := make([][]int, 0, most)     // runs that found it, by index in merged
	for run, list := range found {
		for i := range list {
			d := &list[i]
			k := key{d.Code, d.Subject, d.Summary, d.Detail}
			i, ok := first[k]
			if !ok {
				i = len(merged)
				first[k] = i
				merged.Add(*d)
				by = append(by, nil)
			}
			if n := len(by[i]); n == 0 || by[i][n-1] != run {
				by[i] = append(by[i], run)
			}
		}
	}
	for i, finders := range by {
		merged[i].ParameterSet = ""
		if len(finders) < len(found) {
			merged[i].ParameterSet = namesOf(runs, finders)
		}
	}
	return merged
}

func namesOf(runs []*Run, which []int) string {
	names := make([]string, len(which))
	for i, run := range which {
		names[i] = runs[run].ParameterFile
	}
	return strings.Join(names, ", ")
}
