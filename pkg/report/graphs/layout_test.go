package graphs

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/review/graph"
)

// random is a graph of n nodes with edges of all kinds, circles among them.
func random(r *rand.Rand, n, edges int) *graph.Graph {
	g := &graph.Graph{}
	for i := range n {
		g.Nodes = append(g.Nodes, graph.Node{Name: strings.Repeat("x", r.IntN(60)) + strconv.Itoa(i), Type: "Microsoft.Network/loadBalancers", Count: 1, External: r.IntN(4) == 0})
	}
	for range edges {
		if a, b := r.IntN(n), r.IntN(n); a != b {
			e := graph.Edge{From: a, To: b}
			if r.IntN(2) == 0 {
				e.By = []string{"subnet"}
			}
			g.Edges = append(g.Edges, e)
		}
	}
	return g
}

// TestLayout holds for random graphs that edges lead to the right, from layer to
// layer, and that no box touches another.
func TestLayout(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 1 + r.IntN(30)
		g := random(r, n, r.IntN(3*n))
		l := newLayout(g)
		if len(l.links) != len(g.Edges) {
			t.Fatalf("seed %d: %d links of %d edges", seed, len(l.links), len(g.Edges))
		}
		for _, k := range l.links {
			for i := 1; i < len(k.cells); i++ {
				if l.cells[k.cells[i]].layer != l.cells[k.cells[i-1]].layer+1 {
					t.Fatalf("seed %d: a link leaps from layer %d to %d", seed, l.cells[k.cells[i-1]].layer, l.cells[k.cells[i]].layer)
				}
			}
		}
		d := newDrawing(g, nil)
		for _, layer := range d.layout.layers {
			for i := 1; i < len(layer); i++ {
				if a, b := d.boxes[layer[i-1]], d.boxes[layer[i]]; b.y < a.y+a.h+nodeGap-0.01 {
					t.Fatalf("seed %d: boxes at %.1f (high %.1f) and %.1f touch", seed, a.y, a.h, b.y)
				}
			}
		}
		for _, b := range d.boxes {
			if b.x < 0 || b.y < 0 || b.x+b.w > d.width || b.y+b.h > d.height {
				t.Fatalf("seed %d: a box leaves the picture: %+v in %.0f x %.0f", seed, b, d.width, d.height)
			}
		}
	}
}

// sampled returns points of a path of M, C and H commands.
func sampled(t *testing.T, path string) (points [][2]float64) {
	t.Helper()
	var x, y float64
	for _, command := range regexp.MustCompile(`[MCH][^MCH]*`).FindAllString(path, -1) {
		var n []float64
		for _, text := range strings.Fields(command[1:]) {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			n = append(n, v)
		}
		x0, y0 := x, y
		for i := range 41 {
			f := float64(i) / 40
			g := 1 - f
			switch command[0] {
			case 'M':
				x, y = n[0], n[1]
			case 'H':
				x = x0*g + n[0]*f
			case 'C':
				x = g*g*g*x0 + 3*g*g*f*n[0] + 3*g*f*f*n[2] + f*f*f*n[4]
				y = g*g*g*y0 + 3*g*g*f*n[1] + 3*g*f*f*n[3] + f*f*f*n[5]
			}
			points = append(points, [2]float64{x, y})
		}
	}
	return points
}

// TestLabels holds for random graphs that no edge and no box is drawn over a label, and
// that labels do not overlap.
func TestLabels(t *testing.T) {
	words := []string{"subnet", "loadBalancerBackendAddressPools", "publicIPAddress", "networkSecurityGroup", "aVeryLongNameOfAPropertyThatRefersToAnotherResource"}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := 2 + r.IntN(20)
		g := random(r, n, r.IntN(3*n))
		for i := range g.Edges {
			if e := &g.Edges[i]; !e.Waits() {
				e.By = []string{words[r.IntN(len(words))]}
			}
		}
		d := newDrawing(g, nil)
		type rect struct{ left, top, right, bottom float64 }
		var labels []rect
		for _, l := range d.placedLabels() {
			labels = append(labels, rect{l.X - float64(len(l.Text))*labelChar, l.Y - labelHeight + 2, l.X, l.Y})
		}
		for i, l := range labels {
			for _, other := range labels[i+1:] {
				if l.left < other.right && other.left < l.right && l.top < other.bottom && other.top < l.bottom {
					t.Fatalf("seed %d: labels overlap: %+v %+v", seed, l, other)
				}
			}
			for _, b := range d.boxes[:len(g.Nodes)] {
				if l.left < b.x+b.w && b.x < l.right && l.top < b.y+b.h && b.y < l.bottom {
					t.Fatalf("seed %d: a label is on a box: %+v %+v", seed, l, b)
				}
			}
			for k := range d.layout.links {
				for _, p := range sampled(t, d.curve(k).Line) {
					if l.left < p[0] && p[0] < l.right && l.top < p[1] && p[1] < l.bottom {
						t.Fatalf("seed %d: edge %d crosses a label at %.1f, %.1f: %+v", seed, k, p[0], p[1], l)
					}
				}
			}
		}
	}
}

// TestMarked: a box says in colour and in words what happens to its resource, and shows
// its details.
func TestMarked(t *testing.T) {
	g := &graph.Graph{Nodes: []graph.Node{{Name: "web", Type: "Microsoft.Compute/virtualMachineScaleSets", Count: 1, Details: []string{"3 x Standard_D2s_v5"}}, {Name: "ip", Type: "a/b", Count: 1}}}
	mark := func(n *graph.Node) Mark {
		if n.Name == "web" {
			return Mark{Sign: "~", Tone: "warn", Text: "reimages instances"}
		}
		return Mark{}
	}
	var b strings.Builder
	if err := WriteSVG(&b, g, SVG{Mark: mark}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`class="node set warn"`, `>~ reimages instances</text>`, `>3 x Standard_D2s_v5</text>`, `<rect class="node" `} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
	b.Reset()
	if err := WriteMermaid(&b, g, Mermaid{Details: true, Mark: mark}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`n0[["scale set<br/>web<br/>3 x Standard_D2s_v5<br/>~ reimages instances"]]`, "class n0 warn\n", "classDef warn "} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
}

// TestSVG holds that a picture is well-formed, names are only text, and nothing
// comes from outside.
func TestSVG(t *testing.T) {
	g := &graph.Graph{
		Nodes: []graph.Node{{Name: `<script>"&'` + "\x1b\u202e", Type: "a/b<c", Count: 1}, {Name: "web", Type: "Microsoft.Compute/virtualMachineScaleSets", Count: 1}, {Name: "old", Type: "a/b", External: true, Count: 1}},
		Edges: []graph.Edge{{From: 0, To: 1, By: []string{`<by onload="x">`}}, {From: 1, To: 0}, {From: 1, To: 2, By: []string{"loadBalancerBackendAddressPools", "loadBalancerInboundNatPools"}}},
	}
	for _, o := range []SVG{{}, {Bare: true}, {MaxNodes: 2}} {
		var b bytes.Buffer
		if err := WriteSVG(&b, g, o); err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%+v: %v\n%s", o, err, b.String())
			}
		}
		for _, bad := range []string{"<script", "\x1b", "\u202e", "onload=\"", "href", "url("} {
			if strings.Contains(b.String(), bad) {
				t.Errorf("%+v: the picture has %q", o, bad)
			}
		}
		if got := strings.Contains(b.String(), "<style>"); got == o.Bare {
			t.Errorf("%+v: style %t", o, got)
		}
		if got := strings.Contains(b.String(), "1 more resources"); got != (o.MaxNodes == 2) {
			t.Errorf("%+v: what is left out is told: %t", o, got)
		}
	}
}

func TestEmptySVG(t *testing.T) {
	var b bytes.Buffer
	if err := WriteSVG(&b, &graph.Graph{}, SVG{}); err != nil || !strings.Contains(b.String(), "0 resources") || strings.Contains(b.String(), "NaN") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

func BenchmarkSVG(b *testing.B) {
	g := random(rand.New(rand.NewPCG(1, 1)), 150, 300)
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteSVG(io.Discard, g, SVG{}); err != nil {
			b.Fatal(err)
		}
	}
}
