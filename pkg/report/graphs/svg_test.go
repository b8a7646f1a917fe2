package graphs_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/review/graph"
)

// A picture of very many references shows some, and says how many it leaves out.
func TestManyEdges(t *testing.T) {
	g := &graph.Graph{}
	for i := range 60 {
		g.Nodes = append(g.Nodes, graph.Node{Name: fmt.Sprint("n", i), Count: 1})
		for j := range i {
			g.Edges = append(g.Edges, graph.Edge{From: i, To: j})
		}
	}
	var b strings.Builder
	if err := graphs.WriteSVG(&b, g, graphs.SVG{}); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("and %d more references, which are not drawn", len(g.Edges)-600); !strings.Contains(b.String(), want) {
		t.Errorf("the picture does not say %q", want)
	}
	if n := strings.Count(b.String(), "n59"); n == 0 {
		t.Error("a resource is not drawn")
	}
}
