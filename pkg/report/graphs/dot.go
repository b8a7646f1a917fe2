package graphs

import (
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/graph"
)

// WriteDOT draws the graph in the language of Graphviz
// (https://graphviz.org/doc/info/lang.html).
func WriteDOT(w io.Writer, g *graph.Graph) error {
	b := render.NewPrinter(w, dotText)
	b.Printf("digraph deployment {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n")
	for i, n := range g.Nodes {
		b.Printf("  n%d [label=\"%s\\n%s", i, caption(n), title(n))
		for _, line := range n.Details {
			b.Printf("\\n%s", line)
		}
		b.Printf("\"")
		switch {
		case n.External || n.Conditional:
			b.Printf(", style=dashed")
		case isScaleSet(n):
			b.Printf(", peripheries=2")
		}
		b.Printf("];\n")
	}
	for _, e := range g.Edges {
		if e.Waits() {
			b.Printf("  n%d -> n%d [style=dotted];\n", e.From, e.To)
			continue
		}
		b.Printf("  n%d -> n%d [label=\"%s\"];\n", e.From, e.To, strings.Join(e.By, ", "))
	}
	b.Printf("}\n")
	return b.Flush()
}

// dotText keeps text between its quotes, and from being an escape.
func dotText(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) }
