package graphs

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/graph"
)

// SVG draws the graph as a self-contained picture: no scripts, no fonts or
// images from outside, light and dark by the setting of the viewer.
type SVG struct {
	// Bare leaves out the colours, which the page around the picture then has
	// (the names of the constant colours), and the background.
	Bare bool
	// MaxNodes bounds the picture; 0 is 150. What is above it is only counted.
	MaxNodes int
	// Mark returns what happens to a node, for its colour; nil marks nothing.
	Mark func(*graph.Node) Mark
}

// Measures, in units of the picture (pixels at 100%).
const (
	nodeHeight  = 44.0
	detailLine  = 15.0 // height of a line below the name
	nodeGap     = 18.0
	curveGap    = 70.0 // between columns, where edges curve
	headGap     = 26.0 // the arrow, and space around a label
	portGap     = 15.0 // between edges that end at the same node
	margin      = 20.0
	minWidth    = 130.0
	maxWidth    = 380.0
	captionChar = 6.2 // width of a letter of 11 pixels
	titleChar   = 8.4 // and of the 13 pixels of names
	labelChar   = 5.6
	labelHeight = 10.0
	nodePadding = 14.0
)

// colours are the colours of the picture as properties of CSS, for light and
// dark, which a page around a bare picture needs.
const colours = `:root{--bg:#fff;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--cell:#f6f8fa;--edge:#8793a2;--set:#1f6feb;--setfill:#e8f1ff;--good:#1b7f3b;--goodfill:#d8f0df;--error:#b3261e;--badfill:#fbe0dd;--warning:#8a5a00;--warnfill:#fdf0d0}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--ink:#e6eaf0;--soft:#9aa6b5;--line:#333c48;--cell:#1a2029;--edge:#6b7787;--set:#6cb0ff;--setfill:#14273f;--good:#6fd694;--goodfill:#173a25;--error:#ff8f85;--badfill:#46211f;--warning:#f0b849;--warnfill:#3d300f}}
`

// Style is the CSS of the shapes.
const Style = `.graph text{font:600 13px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--ink)}
.graph .kind{font-size:11px;font-weight:400;fill:var(--soft)}
.graph .detail{font-size:11px;font-weight:400}
.graph .by{font-size:10px;font-weight:400;fill:var(--soft)}
.graph .page{fill:var(--bg)}
.graph .node{fill:var(--cell);stroke:var(--line);stroke-width:1.2}
.graph .set{fill:var(--setfill);stroke:var(--set);stroke-width:2}
.graph .good{fill:var(--goodfill);stroke:var(--good);stroke-width:2}
.graph .change{stroke:var(--set);stroke-width:2}
.graph .warn{fill:var(--warnfill);stroke:var(--warning);stroke-width:2}
.graph .bad{fill:var(--badfill);stroke:var(--error);stroke-width:2}
.graph .out{fill:none;stroke-dasharray:5 4}
.graph .says{font-size:11px}
.graph .says.good{fill:var(--good);stroke:none}.graph .says.change{fill:var(--set);stroke:none}.graph .says.warn{fill:var(--warning);stroke:none}.graph .says.bad{fill:var(--error);stroke:none}
.graph path{fill:none;stroke:var(--edge);stroke-width:1.3}
.graph .wait{stroke-dasharray:2 4;opacity:.7}
.graph .head{fill:var(--edge);stroke:none}
`

type box struct{ x, y, w, h float64 }

// A port is where edges enter a node: all that have the same label.
type port struct {
	label string
	waits bool // dependsOn alone
	cell  int
}

type drawing struct {
	graph  *graph.Graph
	layout *layout
	mark   func(*graph.Node) Mark
	boxes  []box // of the cells
	// ports are the ports of each cell from top to bottom; those of links say which
	// one a link enters.
	ports   [][]port
	entered []port
	labels  []float64 // width of the labels before each layer
	width   float64
	height  float64
}

//go:embed picture.svg.tmpl
var pictureText string

var pictureTemplate = lazy.Value[*template.Template]{Of: func() *template.Template { return render.Templates(pictureText) }}

// A pictureView is what the template shows.
type pictureView struct {
	Width, Height float64
	Title         string
	Style         template.CSS // "" when the page around the picture has it
	Curves        []curveView
	Boxes         []boxView
	Labels        []labelView
	Beyond        *labelView // what is not drawn
}

// A curveView is an edge as the data of two paths, the line and its arrow.
type curveView struct {
	Waits      bool
	Line, Head string
}

type boxView struct {
	Full, Class, Kind, Name         string
	Details                         []labelView
	Says                            *labelView // what happens to the resource
	Tone                            string
	X, Y, W, H, TextX, KindY, NameY float64
}

type labelView struct {
	X, Y float64
	Text string
}

// WriteSVG draws the graph.
func WriteSVG(w io.Writer, g *graph.Graph, o SVG) error {
	return render.Execute(w, pictureTemplate.Get(), "picture", draw(g, o))
}

// Picture is the drawing as a part of a page.
func Picture(g *graph.Graph, o SVG) (template.HTML, error) {
	return render.Fragment(pictureTemplate.Get(), "picture", draw(g, o))
}

func draw(g *graph.Graph, o SVG) pictureView {
	if o.MaxNodes <= 0 {
		o.MaxNodes = 150
	}
	all := g
	if len(g.Nodes) > o.MaxNodes {
		g = first(g, o.MaxNodes)
	}
	if len(g.Edges) > maxEdges {
		g = &graph.Graph{Nodes: g.Nodes, Edges: g.Edges[:maxEdges]}
	}
	left := beyond(all, g)
	d := newDrawing(g, o.Mark)
	if left != "" {
		d.height += 24
	}
	v := pictureView{Width: d.width, Height: d.height, Title: summary(g)}
	if !o.Bare {
		v.Style = colours + Style
	}
	for i := range d.layout.links {
		v.Curves = append(v.Curves, d.curve(i))
	}
	for i := range g.Nodes {
		v.Boxes = append(v.Boxes, d.box(i))
	}
	v.Labels = d.placedLabels()
	if left != "" {
		v.Beyond = &labelView{margin, d.height - 12, left}
	}
	return v
}

// maxEdges bounds the lines of the picture: the largest public template with a
// scale set has 26, and hundreds cannot be followed.
const maxEdges = 600

// beyond says what of g is not in the part of it that is drawn; "" when all is.
func beyond(g, drawn *graph.Graph) string {
	nodes, edges := len(g.Nodes)-len(drawn.Nodes), len(g.Edges)-len(drawn.Edges)
	switch {
	case nodes > 0:
		return fmt.Sprintf("and %d more resources, which are not drawn", nodes)
	case edges > 0:
		return fmt.Sprintf("and %d more references, which are not drawn", edges)
	}
	return ""
}

// first is the graph of its first nodes.
func first(g *graph.Graph, n int) *graph.Graph {
	out := &graph.Graph{Nodes: g.Nodes[:n]}
	for _, e := range g.Edges {
		if e.From < n && e.To < n {
			out.Edges = append(out.Edges, e)
		}
	}
	return out
}

func summary(g *graph.Graph) string {
	made, outside := 0, 0
	for _, n := range g.Nodes {
		if n.External {
			outside++
		} else {
			made += n.Count
		}
	}
	text := fmt.Sprintf("%d resources and their references", made)
	if made == 1 {
		text = "1 resource and its references"
	}
	if outside > 0 {
		text += fmt.Sprintf("; %d existing resources", outside)
	}
	return text
}

// clipped is text that fits a width.
func clipped(s string, width, char float64) string {
	r := []rune(render.Neutral(s))
	if most := int(width / char); len(r) > most {
		return string(r[:max(most-1, 1)]) + "…"
	}
	return string(r)
}

func newDrawing(g *graph.Graph, mark func(*graph.Node) Mark) *drawing {
	d := &drawing{graph: g, layout: newLayout(g), mark: mark}
	d.boxes = make([]box, len(d.layout.cells))
	d.findPorts()
	d.place()
	d.orderPorts()
	return d
}

// findPorts gives each node a port for each label of the edges that enter it, and
// measures the labels before each layer.
func (d *drawing) findPorts() {
	d.ports = make([][]port, len(d.layout.cells))
	d.entered = make([]port, len(d.layout.links))
	d.labels = make([]float64, len(d.layout.layers)+1)
	for i := range d.layout.links {
		k := &d.layout.links[i]
		e := d.graph.Edges[k.edge]
		p := port{waits: e.Waits(), cell: k.cells[len(k.cells)-1]}
		if !p.waits {
			p.label = render.Neutral(strings.Join(graph.ShortWords(e.By), ", "))
		}
		d.entered[i] = p
		if !slices.Contains(d.ports[p.cell], p) {
			d.ports[p.cell] = append(d.ports[p.cell], p)
		}
		layer := d.layout.cells[p.cell].layer
		d.labels[layer] = max(d.labels[layer], float64(utf8.RuneCountInString(p.label))*labelChar)
	}
}

// orderPorts sorts the ports of each node by where their edges come from, so that
// edges do not cross just before it.
func (d *drawing) orderPorts() {
	from := map[port][]float64{}
	for i := range d.layout.links {
		cells := d.layout.links[i].cells
		before := d.boxes[cells[len(cells)-2]]
		from[d.entered[i]] = append(from[d.entered[i]], before.y+before.h/2)
	}
	middle := func(p port) float64 {
		sum := 0.0
		for _, y := range from[p] {
			sum += y
		}
		return sum / float64(len(from[p]))
	}
	for _, ports := range d.ports {
		slices.SortStableFunc(ports, func(a, b port) int { return cmp.Compare(middle(a), middle(b)) })
	}
}

// portY is the height at which a port enters its node.
func (d *drawing) portY(p port) float64 {
	b, ports := d.boxes[p.cell], d.ports[p.cell]
	first := b.y + b.h/2 - portGap*float64(len(ports)-1)/2
	return first + portGap*float64(slices.Index(ports, p))
}

// place gives each cell its box: layers from left to right, each centred on the
// middle of its neighbours as far as the others let it.
func (d *drawing) place() {
	x := margin
	for i, layer := range d.layout.layers {
		if i > 0 {
			x += curveGap + d.labels[i] + headGap
		}
		widest := 0.0
		for _, c := range layer {
			b := &d.boxes[c]
			b.w, b.h = d.size(c)
			widest = max(widest, b.w)
		}
		for _, c := range layer {
			d.boxes[c].x = x
			d.boxes[c].w = widest
		}
		x += widest
	}
	d.width = max(x+margin, 260)
	for _, layer := range d.layout.layers {
		y := margin
		for _, c := range layer {
			d.boxes[c].y = y
			y += d.boxes[c].h + nodeGap
		}
	}
	for range 6 {
		d.relax(func(c *cell) []int { return c.prev }, false)
		d.relax(func(c *cell) []int { return c.next }, true)
	}
	d.shift()
}

// size of a cell; a bend of an edge is thin.
func (d *drawing) size(c int) (w, h float64) {
	n := d.layout.cells[c].node
	if n < 0 {
		return minWidth / 2, 10
	}
	node := &d.graph.Nodes[n]
	lines := len(node.Details)
	w = max(float64(utf8.RuneCountInString(caption(*node)))*captionChar, float64(utf8.RuneCountInString(title(*node)))*titleChar)
	for _, text := range node.Details {
		w = max(w, float64(utf8.RuneCountInString(text))*captionChar)
	}
	if m := d.marked(node); m.Text != "" {
		w = max(w, float64(utf8.RuneCountInString(m.Text)+2)*captionChar*1.1)
		lines++
	}
	h = nodeHeight + detailLine*float64(lines)
	if n := len(d.ports[c]); n > 1 {
		h = max(h, portGap*float64(n)+10)
	}
	return min(max(w+2*nodePadding, minWidth), maxWidth), h
}

func (d *drawing) marked(n *graph.Node) Mark {
	if d.mark == nil {
		return Mark{}
	}
	return d.mark(n)
}

// relax moves the cells of each layer to the middle of their neighbours; those
// that would overlap are pushed down, then up.
func (d *drawing) relax(neighbours func(*cell) []int, backwards bool) {
	layers := d.layout.layers
	for i := range layers {
		layer := layers[i]
		if backwards {
			layer = layers[len(layers)-1-i]
		}
		for _, c := range layer {
			if near := neighbours(&d.layout.cells[c]); len(near) > 0 {
				sum := 0.0
				for _, n := range near {
					sum += d.boxes[n].y + d.boxes[n].h/2
				}
				d.boxes[c].y = sum/float64(len(near)) - d.boxes[c].h/2
			}
		}
		d.separate(layer)
	}
}

// separate keeps the order and the gaps of a layer, moving blocks of touching
// cells as little as it can.
func (d *drawing) separate(layer []int) {
	type block struct {
		first, last  int
		wish, height float64 // where it would start, and how high it is
		weight       float64
	}
	var blocks []block
	for i, c := range layer {
		b := block{i, i, d.boxes[c].y, d.boxes[c].h + nodeGap, 1}
		for len(blocks) > 0 {
			last := &blocks[len(blocks)-1]
			if last.wish+last.height <= b.wish {
				break
			}
			wish := (last.wish*last.weight + (b.wish-last.height)*b.weight) / (last.weight + b.weight)
			b = block{last.first, b.last, wish, last.height + b.height, last.weight + b.weight}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		y := b.wish
		for i := b.first; i <= b.last; i++ {
			d.boxes[layer[i]].y = y
			y += d.boxes[layer[i]].h + nodeGap
		}
	}
}

// shift moves all to the top margin and measures the height.
func (d *drawing) shift() {
	top, bottom := math.Inf(1), 0.0
	for _, b := range d.boxes {
		top = min(top, b.y)
	}
	if len(d.boxes) == 0 {
		top = 0
	}
	for i := range d.boxes {
		d.boxes[i].y += margin - top
		bottom = max(bottom, d.boxes[i].y+d.boxes[i].h)
	}
	d.height = bottom + margin
}

// box is a node as it is drawn.
func (d *drawing) box(i int) boxView {
	n, b := &d.graph.Nodes[i], d.boxes[i]
	m := d.marked(n)
	class := "node"
	if isScaleSet(*n) {
		class += " set"
	}
	if m.Tone != "" {
		class += " " + m.Tone
	}
	if n.External || n.Conditional {
		class += " out"
	}
	inner := b.w - 2*nodePadding + 6
	v := boxView{
		Full: render.Neutral(n.Type + " " + n.Name), Class: class, Kind: clipped(caption(*n), inner, captionChar), Name: clipped(title(*n), inner, titleChar),
		Tone: m.Tone, X: b.x, Y: b.y, W: b.w, H: b.h, TextX: b.x + nodePadding, KindY: b.y + 17, NameY: b.y + 34,
	}
	y := v.NameY
	for _, text := range n.Details {
		y += detailLine
		v.Details = append(v.Details, labelView{v.TextX, y, clipped(text, inner, captionChar)})
	}
	if m.Text != "" {
		y += detailLine
		v.Says = &labelView{v.TextX, y, clipped(strings.TrimSpace(m.Sign+" "+m.Text), inner, captionChar)}
	}
	return v
}

// curve draws an edge as a smooth curve through its bends. It is level where labels
// are, so that it crosses none.
func (d *drawing) curve(i int) curveView {
	k := &d.layout.links[i]
	var line strings.Builder
	from := d.boxes[k.cells[0]]
	x, y := from.x+from.w, from.y+from.h/2
	fmt.Fprintf(&line, "M%.1f %.1f", x, y)
	for at := 1; at < len(k.cells); at++ {
		to := d.boxes[k.cells[at]]
		tx, ty := to.x-d.labels[d.layout.cells[k.cells[at]].layer]-headGap, to.y+to.h/2
		if at == len(k.cells)-1 {
			ty = d.portY(d.entered[i])
		}
		mid := (x + tx) / 2
		fmt.Fprintf(&line, "C%.1f %.1f %.1f %.1f %.1f %.1fH%.1f", mid, y, mid, ty, tx, ty, to.x)
		x, y = to.x, ty
		if at < len(k.cells)-1 {
			x = to.x + to.w
			fmt.Fprintf(&line, "H%.1f", x)
		}
	}
	v := curveView{Waits: d.graph.Edges[k.edge].Waits(), Line: line.String()}
	if k.back {
		v.Head = fmt.Sprintf("M%.1f %.1fl8 -4v8z", from.x+from.w, from.y+from.h/2)
	} else {
		v.Head = fmt.Sprintf("M%.1f %.1fl-8 -4v8z", x, y)
	}
	return v
}

// placedLabels says above each arrow which properties refer.
func (d *drawing) placedLabels() (all []labelView) {
	for c, ports := range d.ports {
		for _, p := range ports {
			if p.label != "" {
				all = append(all, labelView{d.boxes[c].x - headGap/2, d.portY(p) - 4, p.label})
			}
		}
	}
	return all
}
