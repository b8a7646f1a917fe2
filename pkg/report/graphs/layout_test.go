package graphs

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
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
		d := &drawing{graph: g, layout: l}
		d.place()
		for _, layer := range l.layers {
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
