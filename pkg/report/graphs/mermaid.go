package graphs

import (
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/graph"
)

// WriteMermaid draws the graph as a Mermaid flowchart, from left to right
// (https://mermaid.js.org/syntax/flowchart.html). Solid arrows are references,
// dotted lines are dependsOn alone; what the deployment does not create is dashed.
func WriteMermaid(w io.Writer, g *graph.Graph) error {
	b := render.NewPrinter(w, mermaidText)
	b.Printf("flowchart LR\n")
	for i, n := range g.Nodes {
		if isScaleSet(n) {
			b.Printf("  n%d[[\"%s<br/>%s\"]]\n", i, caption(n), title(n))
			continue
		}
		b.Printf("  n%d[\"%s<br/>%s\"]\n", i, caption(n), title(n))
	}
	for _, e := range g.Edges {
		if e.Waits() {
			b.Printf("  n%d -.-> n%d\n", e.From, e.To)
			continue
		}
		b.Printf("  n%d -->|%s| n%d\n", e.From, strings.Join(e.By, ", "), e.To)
	}
	for i, n := range g.Nodes {
		if n.External || n.Conditional {
			b.Printf("  style n%d stroke-dasharray: 5 5\n", i)
		}
	}
	return b.Flush()
}

func isScaleSet(n graph.Node) bool { return strings.EqualFold(n.Type, vmss.Type) }

// caption says what the node is, and how many.
func caption(n graph.Node) string {
	s := n.Kind()
	switch {
	case n.Repeated:
		s += " (any number)"
	case n.Count > 1:
		s = fmt.Sprintf("%d x %s", n.Count, s)
	}
	if n.External {
		s += " (existing)"
	}
	return s
}

// titleMax is the length from which the name of an unknown resource, an
// expression, is cut.
const titleMax = 60

func title(n graph.Node) string {
	name := []rune(n.Name)
	if len(name) > titleMax {
		name = append(name[:titleMax-3], []rune("...")...)
	}
	if n.Count > 1 {
		return string(name) + ", ..."
	}
	return string(name)
}

// mermaidText writes text so that nothing in it is syntax: special characters
// become entity codes.
func mermaidText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(`"#<>|&;[](){}`+"`\\", r):
			fmt.Fprintf(&b, "#%d;", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
