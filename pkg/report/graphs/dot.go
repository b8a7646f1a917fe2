package graphs

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/review/graph"
)

// WriteDOT draws the graph in the language of Graphviz
// (https://graphviz.org/doc/info/lang.html).
func WriteDOT(w io.Writer, g *graph.Graph) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "digraph deployment {")
	fmt.Fprintln(b, "  rankdir=LR;")
	fmt.Fprintln(b, `  node [shape=box, fontname="sans-serif"];`)
	for i, n := range g.Nodes {
		style := ""
		switch {
		case n.External || n.Conditional:
			style = ", style=dashed"
		case isScaleSet(n):
			style = ", peripheries=2"
		}
		fmt.Fprintf(b, "  n%d [label=\"%s\\n%s\"%s];\n", i, dotText(caption(n)), dotText(title(n)), style)
	}
	for _, e := range g.Edges {
		if e.Waits() {
			fmt.Fprintf(b, "  n%d -> n%d [style=dotted];\n", e.From, e.To)
			continue
		}
		fmt.Fprintf(b, "  n%d -> n%d [label=\"%s\"];\n", e.From, e.To, dotText(strings.Join(e.By, ", ")))
	}
	fmt.Fprintln(b, "}")
	return b.Flush()
}

func dotText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ").Replace(s)
}
