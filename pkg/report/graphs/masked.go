package graphs

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/review/graph"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// Masked returns a copy of a graph without secrets.
func Masked(g *graph.Graph, secrets *secret.Set) *graph.Graph {
	out := &graph.Graph{Nodes: slices.Clone(g.Nodes), Edges: slices.Clone(g.Edges)}
	for i := range out.Nodes {
		out.Nodes[i].Name = secrets.Redact(out.Nodes[i].Name)
		out.Nodes[i].Details = slices.Clone(out.Nodes[i].Details)
		for k, line := range out.Nodes[i].Details {
			out.Nodes[i].Details[k] = secrets.Redact(line)
		}
	}
	for i := range out.Edges {
		out.Edges[i].By = slices.Clone(out.Edges[i].By)
		for k, by := range out.Edges[i].By {
			out.Edges[i].By[k] = secrets.Redact(by)
		}
	}
	return out
}
