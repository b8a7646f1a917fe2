package profile

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4203_extension_cycle.md
var extensionCyclePage string

// extensionCycle reports extensions that wait for each other in a circle.
var extensionCycle = &lint.Rule{
	Code: "SS4203", Name: "extension-cycle", Severity: diag.Error, Since: "0.1", Page: &extensionCyclePage,
	Guidance: []guidance.ID{guidance.ExtensionOrder}, Run: checkExtensionCycle,
}

func checkExtensionCycle(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		for _, c := range extensionCycles(set.Extensions.Items) {
			first := c[0]
			f := p.Reportf(first.After, "extensions wait for each other in a circle: %s", strings.Join(cycleNames(c), " after ")).
				Detailf("Remove one of the names from provisionAfterExtensions.")
			for _, e := range c[1:] {
				f.Relatedf(e.After, "part of the circle")
			}
		}
	}
}

// cycleNames are the names of a circle, the first one again at the end.
func cycleNames(c []vmss.Extension) (names []string) {
	for _, e := range c {
		name, _ := e.ShortName()
		names = append(names, name)
	}
	return append(names, names[0])
}

// extensionCycles are circles among extensions, each once. One of which every
// extension is in others already is left out: correct those first, and
// there may be as many as ways through a set where all wait for all.
func extensionCycles(extensions []vmss.Extension) (cycles [][]vmss.Extension) {
	byName := map[string]int{}
	for i, e := range extensions {
		if name, ok := e.ShortName(); ok {
			byName[strings.ToLower(name)] = i
		}
	}
	w := cycleWalk{extensions: extensions, byName: byName, done: make([]bool, len(extensions)), known: make([]bool, len(extensions))}
	for i := range extensions {
		w.visit(i)
	}
	return w.cycles
}

// cycleWalk goes through extensions depth first. There is no recursion: a
// template may chain any number of them.
type cycleWalk struct {
	extensions []vmss.Extension
	byName     map[string]int
	done       []bool
	known      []bool // in some circle that was found
	cycles     [][]vmss.Extension
}

// visit follows what extension i waits for, and what that waits for.
func (w *cycleWalk) visit(i int) {
	if w.done[i] {
		return
	}
	path, next := []int{i}, []int{0} // next[k] is the edge of path[k] to follow
	for len(path) > 0 {
		top := len(path) - 1
		after := w.extensions[path[top]].After.Items
		if next[top] == len(after) {
			w.done[path[top]] = true
			path, next = path[:top], next[:top]
			continue
		}
		name, _ := after[next[top]].Known()
		next[top]++
		to, ok := w.byName[strings.ToLower(name)]
		if !ok || w.done[to] {
			continue
		}
		if at := slices.Index(path, to); at >= 0 {
			w.found(path[at:])
			continue
		}
		path, next = append(path, to), append(next, 0)
	}
}

func (w *cycleWalk) found(path []int) {
	if !slices.ContainsFunc(path, func(i int) bool { return !w.known[i] }) {
		return
	}
	cycle := make([]vmss.Extension, len(path))
	for k, i := range path {
		cycle[k], w.known[i] = w.extensions[i], true
	}
	w.cycles = append(w.cycles, cycle)
}
