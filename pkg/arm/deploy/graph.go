package deploy

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Graph is the dependency graph of a deployment. It is built by one goroutine
// and does not change afterwards.
type Graph struct {
	// Findings are the mistakes that Azure rejects or that will make the
	// deployment fail.
	Findings diag.List

	opts     Options
	edges    map[*expand.Instance][]Edge
	seen     map[finding]bool
	searches int // number of searches for the nearest name
	added    int
	waits    map[*expand.Resource][]Wait
}

// Options describe what is known about the deployment.
type Options struct {
	// AssumedSubscription and AssumedGroup are the subscription id and the name
	// of the resource group if they were not given: ids in others are not
	// checked then. They are empty if the real ones are known.
	AssumedSubscription, AssumedGroup string
	// AssumedName is set if the name of the deployment was not given.
	AssumedName bool
	// Tree is the tree of the root template, for fixes; nil makes no fixes.
	Tree *jsonc.Tree
}

// An Edge leads from a resource to the resources that it depends on, in its own
// template.
type Edge struct {
	// At is the range of the element of dependsOn, or of the call.
	At source.Range
	// Explicit is set if the edge comes from dependsOn.
	Explicit bool
	// Text is the value of the element, or of the first argument of the call.
	Text string
	// To are the resources: several for a loop. Slices are shared between
	// edges.
	To []*expand.Instance
}

// A Wait is an edge between deployed resources: a nested deployment stands for
// all resources that it deploys.
type Wait struct {
	At       source.Range
	Explicit bool
	Text     string
	// IDs are the ids of the resources, in lower case.
	IDs []string
}

// finding identifies findings with the same message for the same range, as in
// the iterations of a loop.
type finding struct {
	code    diag.Code
	at      source.Range
	summary string
}

// New returns the graph of an expanded deployment.
func New(d *expand.Deployment, o Options) *Graph {
	g := &Graph{opts: o, edges: map[*expand.Instance][]Edge{}, seen: map[finding]bool{}, waits: map[*expand.Resource][]Wait{}}
	var units []*unit
	byUnit := make(map[*expand.Unit]*unit, len(d.Units))
	for _, x := range d.Units { // outer units come first
		u := g.unit(x)
		if x.Deployment != nil {
			around := byUnit[x.Deployment.Unit]
			u.conditional = x.Deployment.State == expand.Undecided || around != nil && around.conditional
		}
		units = append(units, u)
		byUnit[x] = u
	}
	for _, u := range units {
		u.identities()
		u.dependencies()
		u.alternatives()
	}
	for _, u := range units {
		u.calls(byUnit)
	}
	for _, u := range units {
		u.targets()
		u.cycles()
	}
	g.unordered(units)
	g.list(units)
	return g
}

// Edges returns what a resource depends on by its own declaration.
func (g *Graph) Edges(i *expand.Instance) []Edge { return g.edges[i] }

// Waits returns what a deployed resource depends on, in the order of its
// dependsOn and its calls.
func (g *Graph) Waits(r *expand.Resource) []Wait { return g.waits[r] }

// IDs returns the ids (lower case) of everything that a resource depends on,
// without duplicates.
func (g *Graph) IDs(r *expand.Resource) (ids []string) {
	waits := g.waits[r]
	if len(waits) == 1 {
		return waits[0].IDs
	}
	seen := map[string]bool{}
	for _, w := range waits {
		for _, id := range w.IDs {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// list builds the edges between deployed resources.
func (g *Graph) list(units []*unit) {
	shared := map[*expand.Instance][]string{} // ids of loops, by their first instance
	deployed := map[*expand.Instance][]string{}
	for n := len(units) - 1; n >= 0; n-- { // inner templates before outer ones
		u := units[n]
		for _, i := range u.Instances {
			for _, e := range g.edges[i] {
				if i.Resource == nil {
					continue
				}
				w := Wait{At: e.At, Explicit: e.Explicit, Text: e.Text, IDs: idsOf(e.To, shared, deployed)}
				g.waits[i.Resource] = append(g.waits[i.Resource], w)
			}
		}
	}
}

// idsOf returns the ids of the resources that instances deploy. The list of a
// loop is built once and shared.
func idsOf(to []*expand.Instance, shared, deployed map[*expand.Instance][]string) (ids []string) {
	if len(to) > 1 {
		if ids, ok := shared[to[0]]; ok {
			return ids
		}
	}
	for _, i := range to {
		ids = append(ids, deployedBy(i, deployed)...)
	}
	if len(to) > 1 {
		shared[to[0]] = ids
	}
	return ids
}

// deployedBy returns the ids of the resources that an instance deploys: its
// own, or those of all resources of a nested deployment.
func deployedBy(i *expand.Instance, known map[*expand.Instance][]string) []string {
	switch {
	case i.Resource != nil && i.ID != "":
		return []string{fold.Lower(i.ID)}
	case i.Inner == nil:
		return nil
	}
	ids, ok := known[i]
	if !ok {
		for _, in := range i.Inner.Instances {
			ids = append(ids, deployedBy(in, known)...)
		}
		known[i] = ids
	}
	return ids
}

// maxFindings limits the list of findings.
const maxFindings = 1000

// report adds a finding about a unit unless it was added before.
func (u *unit) report(d diag.Diagnostic) {
	g := u.graph
	d.Expands = true
	if u.Guessed || u.conditional {
		d.Severity = min(d.Severity, diag.Warning)
	}
	key := finding{d.Code, d.Subject, d.Summary}
	if g.seen[key] || g.added >= maxFindings {
		return
	}
	g.added++
	g.seen[key] = true
	g.Findings.Add(d)
}

// downgradeEmptyDefault turns an error into a warning if the value comes from an empty default
// that the deployer must override.
func (g *Graph) downgradeEmptyDefault(d *diag.Diagnostic, nodes ...*expand.Node) {
	for _, n := range nodes {
		if d.Severity == diag.Error && n != nil && n.NeedsValue() {
			d.Severity = diag.Warning
			d.Detail = strings.TrimSpace(d.Detail + " The value comes from the empty default of a parameter, which the deployment must override.")
		}
	}
}

// comesFrom adds the place where a value is written, if it is elsewhere.
func comesFrom(d *diag.Diagnostic, n *expand.Node) {
	if n == nil {
		return
	}
	if at := n.At(); !at.IsZero() && (at.File != d.Subject.File || at.Start < d.Subject.Start || at.End > d.Subject.End) {
		d.Related = append(d.Related, diag.Related{Range: at, Message: "the value is written here"})
	}
	d.Trail = append(d.Trail, n.Trail()...)
}
