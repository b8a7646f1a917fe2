package graphs

import (
	"cmp"
	"slices"

	"github.com/scaleset/scaleset/pkg/review/graph"
)

// A layout has the positions of the nodes of a graph: in layers from left to right,
// so that edges lead to the right, each layer in an order with few crossings.
//
// The libraries of the field that draw layered graphs are Graphviz in
// WebAssembly and engines that run JavaScript, each of many megabytes and of
// seconds at the start; the pictures here have some dozens of nodes. So this is
// the method of Sugiyama, Tagawa and Toda (1981) in its short form: longest
// paths for the layers, barycentres for the order.
type layout struct {
	layers [][]int // of cells, from left to right
	cells  []cell
	links  []link
}

// A cell is a node, or a bend of an edge that passes a layer.
type cell struct {
	node       int // -1 for a bend
	layer      int
	prev, next []int // cells in the layers before and behind that it is linked to
}

// A link is an edge with the cells that it passes, from left to right. back
// says that the edge leads to the left.
type link struct {
	edge  int
	cells []int
	back  bool
}

// sweeps is how often the order of the layers is improved, there and back.
const sweeps = 8

// newLayout places the nodes. What belongs together stays close: a node that
// refers to others is as far to the right as they allow.
func newLayout(g *graph.Graph) *layout {
	l := &layout{}
	back := backEdges(g)
	layer := layersOf(g, back)
	for i := range g.Nodes {
		l.cells = append(l.cells, cell{node: i, layer: layer[i]})
	}
	for i, e := range g.Edges {
		l.link(i, e, layer, back[i])
	}
	for i, c := range l.cells {
		for len(l.layers) <= c.layer {
			l.layers = append(l.layers, nil)
		}
		l.layers[c.layer] = append(l.layers[c.layer], i)
	}
	l.order()
	return l
}

// backEdges finds the edges that close a circle.
func backEdges(g *graph.Graph) []bool {
	out := make([][]int, len(g.Nodes))
	for i, e := range g.Edges {
		out[e.From] = append(out[e.From], i)
	}
	back := make([]bool, len(g.Edges))
	state := make([]uint8, len(g.Nodes)) // 1 on the way, 2 done
	type frame struct{ node, next int }
	for start := range g.Nodes {
		stack := []frame{{start, 0}}
		for state[start] == 0 || len(stack) > 1 || state[start] == 1 {
			f := &stack[len(stack)-1]
			state[f.node] = max(state[f.node], 1)
			if f.next == len(out[f.node]) {
				state[f.node] = 2
				if stack = stack[:len(stack)-1]; len(stack) == 0 {
					break
				}
				continue
			}
			i := out[f.node][f.next]
			f.next++
			switch to := g.Edges[i].To; state[to] {
			case 0:
				stack = append(stack, frame{to, 0})
			case 1:
				back[i] = true
			}
		}
	}
	return back
}

// ends returns the nodes of an edge, the left one first.
func ends(e graph.Edge, back bool) (left, right int) {
	if back {
		return e.To, e.From
	}
	return e.From, e.To
}

// layersOf gives each node the length of the longest path that leads to it, and
// then moves those that only lead on to the right, next to what they need.
func layersOf(g *graph.Graph, back []bool) []int {
	layer := make([]int, len(g.Nodes))
	for range g.Nodes {
		changed := false
		for i, e := range g.Edges {
			if left, right := ends(e, back[i]); layer[right] <= layer[left] {
				layer[right], changed = layer[left]+1, true
			}
		}
		if !changed {
			break
		}
	}
	nearest := make([]int, len(g.Nodes))
	hasLeft := make([]bool, len(g.Nodes))
	for i := range nearest {
		nearest[i] = -1
	}
	for i, e := range g.Edges {
		left, right := ends(e, back[i])
		hasLeft[right] = true
		if nearest[left] < 0 || layer[right] < nearest[left] {
			nearest[left] = layer[right]
		}
	}
	for i := range layer {
		if !hasLeft[i] && nearest[i] > 0 {
			layer[i] = nearest[i] - 1
		}
	}
	return layer
}

func (l *layout) link(i int, e graph.Edge, layer []int, back bool) {
	left, right := ends(e, back)
	k := link{edge: i, cells: []int{left}, back: back}
	for at := layer[left] + 1; at < layer[right]; at++ {
		l.cells = append(l.cells, cell{node: -1, layer: at})
		k.cells = append(k.cells, len(l.cells)-1)
	}
	k.cells = append(k.cells, right)
	for j := 1; j < len(k.cells); j++ {
		a, b := k.cells[j-1], k.cells[j]
		l.cells[a].next = append(l.cells[a].next, b)
		l.cells[b].prev = append(l.cells[b].prev, a)
	}
	l.links = append(l.links, k)
}

// order sorts each layer by the middle of the neighbours of its cells, from left
// to right and back, and keeps the order with the fewest crossings.
func (l *layout) order() {
	best, fewest := l.copyLayers(), l.crossings()
	for sweep := 0; sweep < sweeps && fewest > 0; sweep++ {
		if sweep%2 == 0 {
			for i := 1; i < len(l.layers); i++ {
				l.sort(i, func(c *cell) []int { return c.prev })
			}
		} else {
			for i := len(l.layers) - 2; i >= 0; i-- {
				l.sort(i, func(c *cell) []int { return c.next })
			}
		}
		if n := l.crossings(); n < fewest {
			best, fewest = l.copyLayers(), n
		}
	}
	l.layers = best
}

func (l *layout) copyLayers() [][]int {
	all := make([][]int, len(l.layers))
	for i, layer := range l.layers {
		all[i] = slices.Clone(layer)
	}
	return all
}

func (l *layout) places() []int {
	at := make([]int, len(l.cells))
	for _, layer := range l.layers {
		for i, c := range layer {
			at[c] = i
		}
	}
	return at
}

func (l *layout) sort(i int, neighbours func(*cell) []int) {
	at := l.places()
	middle := map[int]float64{}
	for place, c := range l.layers[i] {
		near := neighbours(&l.cells[c])
		middle[c] = float64(place)
		if len(near) > 0 {
			sum := 0
			for _, n := range near {
				sum += at[n]
			}
			middle[c] = float64(sum) / float64(len(near))
		}
	}
	slices.SortStableFunc(l.layers[i], func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
}

// maxCrossed bounds the pairs of links that are compared for a pair of layers.
const maxCrossed = 2000

// crossings counts the pairs of links that cross between neighbouring layers.
func (l *layout) crossings() int {
	at := l.places()
	n := 0
	for _, layer := range l.layers {
		type span struct{ from, to int }
		var spans []span
		for _, c := range layer {
			for _, next := range l.cells[c].next {
				spans = append(spans, span{at[c], at[next]})
			}
		}
		spans = spans[:min(len(spans), maxCrossed)]
		for i, a := range spans {
			for _, b := range spans[i+1:] {
				if (a.from-b.from)*(a.to-b.to) < 0 {
					n++
				}
			}
		}
	}
	return n
}
