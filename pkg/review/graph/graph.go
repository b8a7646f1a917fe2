// Package graph computes the picture of a deployment: its resources, and which
// of them refer to which or wait for which. Writers draw it as Mermaid and as
// DOT; the graph itself does not say how it is drawn.
package graph

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// A Graph is a picture. Nodes come in the order of the deployment, those that
// it does not make at the end; edges by their nodes.
type Graph struct {
	Nodes []Node
	Edges []Edge
}

// A Node is a resource, or the copies of one loop drawn as one.
type Node struct {
	Name string // or an expression in brackets when it is not known
	Type string // full resource type
	// Count is the number of resources that the node represents; Repeated says that
	// the number of copies is not known.
	Count    int
	Repeated bool
	// Conditional says that the deployment decides whether it exists.
	Conditional bool
	// External resources are referred to, and not made by the deployment.
	External bool
	// Details are lines for the box of the node, such as "3 x Standard_D2s_v5"; of the
	// first resource that it represents.
	Details []string
	// Resource is the first that the node represents; nil for an external one.
	Resource *expand.Resource
}

// Kind says in words what the node is, such as "load balancer".
func (n Node) Kind() string {
	if k, ok := kinds.Get()[strings.ToLower(n.Type)]; ok {
		return k
	}
	return n.Type[strings.LastIndexByte(n.Type, '/')+1:]
}

// An Edge leads from a resource to one that it needs. From and To are indexes
// into Nodes.
type Edge struct {
	From, To int
	// By are the names of the properties that refer, each once, in order; none
	// when the one only waits for the other (dependsOn).
	By []string
}

// Waits reports whether dependsOn alone is the reason for the edge.
func (e Edge) Waits() bool { return len(e.By) == 0 }

// Options say what is drawn.
type Options struct {
	// Copies is how many copies of one loop are drawn one by one; more become
	// one node. 0 is 3.
	Copies int
	// Waits says what waits for what; nil makes it of the deployment.
	Waits *deploy.Graph
}

const (
	defaultCopies = 3
	// maxDepth bounds the walk through a resource; JSON of templates is not so deep.
	maxDepth = 200
)

// New computes the picture of a deployment.
func New(d *expand.Deployment, o Options) *Graph {
	if o.Copies <= 0 {
		o.Copies = defaultCopies
	}
	if o.Waits == nil {
		o.Waits = deploy.New(d, deploy.Options{})
	}
	b := &builder{graph: new(Graph), waits: o.Waits, nodes: map[string]int{}, edges: map[[2]int]*Edge{}, accounts: map[string]int{}}
	b.addNodes(d.Resources, o.Copies)
	typed := vmss.New(d)
	for i := range b.graph.Nodes {
		n := &b.graph.Nodes[i]
		n.Details = details(typed, n.Resource)
		if n.Count > 1 && len(n.Details) > 0 {
			n.Details[0] += " each"
		}
	}
	for _, r := range d.Resources {
		b.addEdges(r)
	}
	return b.finish()
}

type builder struct {
	graph    *Graph
	waits    *deploy.Graph
	nodes    map[string]int // by id in lower case
	accounts map[string]int // storage accounts by name
	edges    map[[2]int]*Edge
}

// A loop is what copies of one declaration have in common.
type loop struct {
	pointer, group string
	start          int
}

func loopOf(r *expand.Resource) loop {
	return loop{r.Pointer, r.ResourceGroup + "\x00" + strings.Join(r.Nested, "\x00"), r.Declared.Start}
}

func (b *builder) addNodes(resources []*expand.Resource, copies int) {
	counts := map[loop]int{}
	for _, r := range resources {
		counts[loopOf(r)]++
	}
	drawn := map[loop]int{}
	for _, r := range resources {
		l := loopOf(r)
		i, ok := drawn[l]
		if !ok || counts[l] <= copies {
			i = len(b.graph.Nodes)
			drawn[l] = i
			b.graph.Nodes = append(b.graph.Nodes, nodeOf(r, counts[l] > copies, counts[l]))
		}
		b.nodes[strings.ToLower(r.ID)] = i
		if strings.EqualFold(r.Type, "Microsoft.Storage/storageAccounts") && r.NameKnown {
			b.accounts[strings.ToLower(r.Name)] = i
		}
	}
	delete(b.nodes, "")
}

func nodeOf(r *expand.Resource, collapsed bool, count int) Node {
	n := Node{Name: r.Name, Type: r.Type, Count: 1, Conditional: r.Conditional, Repeated: r.Repeated, Resource: r}
	if collapsed {
		n.Count = count
	}
	return n
}

func (b *builder) addEdges(r *expand.Resource) {
	from, ok := b.nodes[strings.ToLower(r.ID)]
	if !ok {
		return
	}
	if id, ok := vmss.ParseID(r.ID); ok {
		if parent, ok := id.Parent(); ok {
			if to, ok := b.nodes[parent.String()]; ok {
				b.edge(from, to, "part of")
			}
		}
	}
	for _, id := range b.waits.IDs(r) {
		if to, ok := b.nodes[id]; ok {
			b.edge(from, to, "")
		}
	}
	b.walk(from, r.Body.Get("properties"), "", 0)
	b.walk(from, r.Body.Get("identity"), "identity", 0)
}

// walk follows every text in a resource; by is the property that holds it.
func (b *builder) walk(from int, n *expand.Node, by string, depth int) {
	if n == nil || depth > maxDepth {
		return
	}
	if s, ok := n.Value.(value.String); ok {
		b.reference(from, string(s), by)
		return
	}
	for _, m := range n.Members {
		next := m.Name
		if strings.EqualFold(next, "id") && by != "" {
			next = by
		}
		b.reference(from, m.Name, by) // userAssignedIdentities has ids as names
		b.walk(from, m.Node, next, depth+1)
	}
	for _, item := range n.Items {
		b.walk(from, item, by, depth+1)
	}
}

// reference adds the edge of a text that names a resource.
func (b *builder) reference(from int, text, by string) {
	if account, _, ok := vmss.ParseBlobURI(text); ok {
		if to, ok := b.accounts[account]; ok {
			b.edge(from, to, by)
		}
		return
	}
	if !strings.HasPrefix(text, "/") {
		return
	}
	id, ok := vmss.ParseID(text)
	if !ok {
		return
	}
	to, ok := b.find(id)
	if !ok {
		to = b.external(id)
	}
	b.edge(from, to, by)
}

// find is the node of an id, or of what holds the part that the id names.
func (b *builder) find(id vmss.ID) (int, bool) {
	for {
		if to, ok := b.nodes[id.String()]; ok {
			return to, true
		}
		parent, ok := id.Parent()
		if !ok {
			return 0, false
		}
		id = parent
	}
}

// external is the node of the top resource of an id that is not made here.
func (b *builder) external(id vmss.ID) int {
	for parent, ok := id.Parent(); ok; parent, ok = id.Parent() {
		id = parent
	}
	b.graph.Nodes = append(b.graph.Nodes, Node{Name: id.Name(), Type: id.Type, Count: 1, External: true})
	b.nodes[id.String()] = len(b.graph.Nodes) - 1
	return len(b.graph.Nodes) - 1
}

func (b *builder) edge(from, to int, by string) {
	if from == to {
		return
	}
	key := [2]int{from, to}
	e, ok := b.edges[key]
	if !ok {
		e = &Edge{From: from, To: to}
		b.edges[key] = e
	}
	if by != "" && !slices.Contains(e.By, by) {
		e.By = append(e.By, by)
	}
}

func (b *builder) finish() *Graph {
	for _, e := range b.edges {
		b.graph.Edges = append(b.graph.Edges, *e)
	}
	slices.SortFunc(b.graph.Edges, func(x, y Edge) int { return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To)) })
	return b.graph
}
