package deploy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// cycles reports resources that depend on each other. A resource whose
// condition is false passes on its dependencies, so a cycle is reported if at
// least one of its resources exists.
func (u *unit) cycles() {
	for _, component := range components(u.waiting) {
		if len(component) < 2 {
			continue
		}
		first := -1
		for _, n := range component {
			if n < len(u.Instances) && u.Instances[n].State == expand.Exists && (first < 0 || n < first) {
				first = n
			}
		}
		if first >= 0 {
			u.cycle(component, first)
		}
	}
}

// cycle reports the shortest cycle of a component through one resource.
func (u *unit) cycle(component []int, start int) {
	var way []*expand.Instance
	for _, n := range u.shortest(component, start) {
		if n < len(u.Instances) {
			way = append(way, u.Instances[n])
		}
	}
	if len(way) == 0 {
		return
	}
	d := diag.Diagnostic{Code: codeCycle, Rule: ruleOf(codeCycle), Severity: diag.Error}
	var places []diag.Related
	for k, i := range way {
		to := way[(k+1)%len(way)]
		at := u.placeOf(i, to)
		if k == 0 {
			d.Subject = at
			continue
		}
		if k <= maxPlaces {
			places = append(places, diag.Related{Range: at, Message: "'" + shorten(label(i)) + "' waits for '" + shorten(label(to)) + "' here"})
		}
	}
	d.Related = places
	d.Summary = "Circular dependency: " + cycleText(way, maxNamed)
	d.Detail = "Remove one of the dependencies. Azure rejects a cycle of dependsOn, reference() and list functions."
	if len(way) == 1 {
		d.Summary = "'" + shorten(label(way[0])) + "' depends on itself through its copy loop"
	}
	if len(way) > maxNamed {
		d.Detail = "The whole cycle: " + cycleText(way, maxInDetail) + ". " + d.Detail
	}
	u.report(d)
}

const (
	maxNamed    = 6   // resources of a cycle in the summary
	maxInDetail = 100 // resources of a cycle in the detail
	maxPlaces   = 20  // related places of a cycle
)

// cycleText returns a cycle in order, with the first resource again at its
// end.
func cycleText(way []*expand.Instance, most int) string {
	var names []string
	for _, i := range way[:min(most, len(way))] {
		names = append(names, "'"+shorten(label(i))+"'")
	}
	if rest := len(way) - len(names); rest > 0 {
		names = append(names, "("+strconv.Itoa(rest)+" more)")
	}
	return strings.Join(append(names, names[0]), " -> ")
}

// placeOf returns the range where a resource declares that it depends on
// another one.
func (u *unit) placeOf(i, to *expand.Instance) source.Range {
	for _, e := range u.graph.edges[i] {
		for _, t := range e.To {
			if t == to {
				return e.At
			}
		}
	}
	return i.Declared.At()
}

// shortest returns the shortest path from a node back to itself within a
// component, without the node at its end.
func (u *unit) shortest(component []int, start int) []int {
	inside := make(map[int]bool, len(component))
	for _, n := range component {
		inside[n] = true
	}
	before := map[int]int{}
	queue := []int{start}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, to := range u.waiting[n] {
			if to == start {
				var way []int
				for at := n; ; at = before[at] {
					way = append(way, at)
					if at == start {
						slices.Reverse(way)
						return way
					}
				}
			}
			if _, seen := before[to]; !seen && inside[to] {
				before[to] = n
				queue = append(queue, to)
			}
		}
	}
	return nil
}

// components returns the strongly connected components of a graph (Tarjan),
// dependencies before their dependents. It is not recursive, since chains can
// be long.
func components(edges [][]int) (all [][]int) {
	n := len(edges)
	index, low, onStack := make([]int, n), make([]int, n), make([]bool, n)
	next := make([]int, n) // next edge to follow
	var stack, path []int
	counter := 0
	for root := range n {
		if index[root] != 0 {
			continue
		}
		path = append(path, root)
		for len(path) > 0 {
			v := path[len(path)-1]
			if index[v] == 0 {
				counter++
				index[v], low[v] = counter, counter
				stack, onStack[v] = append(stack, v), true
			}
			deeper := false
			for next[v] < len(edges[v]) {
				w := edges[v][next[v]]
				next[v]++
				if index[w] == 0 {
					path, deeper = append(path, w), true
					break
				}
				if onStack[w] {
					low[v] = min(low[v], index[w])
				}
			}
			if deeper {
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				p := path[len(path)-1]
				low[p] = min(low[p], low[v])
			}
			if low[v] == index[v] {
				var component []int
				for {
					w := stack[len(stack)-1]
					stack, onStack[w] = stack[:len(stack)-1], false
					component = append(component, w)
					if w == v {
						break
					}
				}
				all = append(all, component)
			}
		}
	}
	return all
}
