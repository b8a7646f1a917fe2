package deploy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// circles reports resources that wait for each other. A resource whose
// condition is false hands on what it waits for, so that a circle needs one
// resource that exists, and no more.
func (u *unit) circles() {
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
			u.circle(component, first)
		}
	}
}

// circle reports the shortest circle of a component through one resource.
func (u *unit) circle(component []int, start int) {
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
			places = append(places, diag.Related{Range: at, Message: "'" + shown(label(i)) + "' waits for '" + shown(label(to)) + "' here"})
		}
	}
	d.Related = places
	d.Summary = "Circular dependency: " + circleText(way, maxNamed)
	d.Detail = "Azure refuses resources that wait for each other through dependsOn, reference() or list functions. Remove one of the dependencies."
	if len(way) == 1 {
		d.Summary = "'" + shown(label(way[0])) + "' waits for itself through its copy loop"
	}
	if len(way) > maxNamed {
		d.Detail = "The whole circle: " + circleText(way, maxTold) + ". " + d.Detail
	}
	u.report(d)
}

const (
	maxNamed  = 6   // resources of a circle in the first line of a message
	maxTold   = 100 // and in its detail
	maxPlaces = 20  // places of a circle
)

// circleText is a circle in order, with the first resource again at its end.
func circleText(way []*expand.Instance, most int) string {
	var names []string
	for _, i := range way[:min(most, len(way))] {
		names = append(names, "'"+shown(label(i))+"'")
	}
	if rest := len(way) - len(names); rest > 0 {
		names = append(names, "("+strconv.Itoa(rest)+" more)")
	}
	return strings.Join(append(names, names[0]), " -> ")
}

// placeOf is where a resource says that it waits for another one.
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

// shortest is the shortest way from a node back to itself inside of a
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

// components are the strongly connected components of a graph (Tarjan), in an
// order in which what is waited for comes first; without recursion, since
// chains can be long.
func components(edges [][]int) (all [][]int) {
	n := len(edges)
	index, low, onStack := make([]int, n), make([]int, n), make([]bool, n)
	next := make([]int, n) // edge to look at
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
