package graphs

import (
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/graph"
)

// A Mark is what happens to a resource, for example in a change.
type Mark struct {
	Sign string // one character before the text, readable without colour
	Tone string // good, change, warn or bad; "" for no colour
	Text string // such as "reimages instances"; "" for nothing
}

// Mermaid draws the graph as a Mermaid flowchart.
type Mermaid struct {
	// Details adds the details of the nodes.
	Details bool
	// Mark returns what happens to a node; nil marks nothing.
	Mark func(*graph.Node) Mark
}

// WriteMermaid draws the graph from left to right
// (https://mermaid.js.org/syntax/flowchart.html). Solid arrows are references,
// dotted lines are dependsOn alone; what the deployment does not create is dashed.
func WriteMermaid(w io.Writer, g *graph.Graph, o Mermaid) error {
	b := render.NewPrinter(w, mermaidText)
	b.Printf("flowchart LR\n")
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if isScaleSet(*n) {
			b.Printf("  n%d[[\"", i)
		} else {
			b.Printf("  n%d[\"", i)
		}
		b.Printf("%s<br/>%s", caption(*n), title(*n))
		if o.Details {
			for _, line := range n.Details {
				b.Printf("<br/>%s", line)
			}
		}
		if o.Mark != nil {
			if m := o.Mark(n); m.Text != "" {
				b.Printf("<br/>%s", strings.TrimSpace(m.Sign+" "+m.Text))
			}
		}
		if isScaleSet(*n) {
			b.Printf("\"]]\n")
		} else {
			b.Printf("\"]\n")
		}
	}
	for _, e := range g.Edges {
		if e.Waits() {
			b.Printf("  n%d -.-> n%d\n", e.From, e.To)
			continue
		}
		b.Printf("  n%d -->|%s| n%d\n", e.From, strings.Join(e.By, ", "), e.To)
	}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if n.External || n.Conditional {
			b.Printf("  style n%d stroke-dasharray: 5 5\n", i)
		}
		if o.Mark != nil {
			if tone := o.Mark(n).Tone; tone != "" {
				b.Printf("  class n%d %s\n", i, tone)
			}
		}
	}
	if o.Mark != nil { // borders that are readable on light and dark
		b.Printf("  classDef good stroke:#2da44e,stroke-width:3px\n  classDef change stroke:#1f6feb,stroke-width:3px\n")
		b.Printf("  classDef warn stroke:#bf8700,stroke-width:3px\n  classDef bad stroke:#cf222e,stroke-width:3px\n")
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
