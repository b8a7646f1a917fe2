package deploy

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A Graph says what waits for what in a deployment. It is for one goroutine
// while it is made, and never changes after that.
type Graph struct {
	// Findings are what the service refuses, and what will fail.
	Findings diag.List

	opts     Options
	edges    map[*expand.Instance][]Edge
	seen     map[finding]bool
	searches int // of the nearest name
	added    int
	waits    map[*expand.Resource][]Wait
}

// Options say what is known about the deployment.
type Options struct {
	// AssumedSubscription and AssumedGroup are the subscription id and the name
	// of the resource group when they were not given: ids elsewhere are not judged
	// then. Empty when they are the real ones.
	AssumedSubscription, AssumedGroup string
	// AssumedName says that the name of the deployment was not given.
	AssumedName bool
	// Tree is the tree of the root template, for fixes; nil gives none.
	Tree *jsonc.Tree
}

// An Edge leads from a resource to what it waits for, in its own template.
type Edge struct {
	// At is the place of the element of dependsOn, or of the call.
	At source.Range
	// Explicit says that it comes from dependsOn.
	Explicit bool
	// Text is what the element, or the first argument of the call, gives.
	Text string
	// To are the resources: several for a loop. Slices are shared.
	To []*expand.Instance
}

// A Wait is an edge between resources that deploy: nested deployments stand
// for all that they deploy.
type Wait struct {
	At       source.Range
	Explicit bool
	Text     string
	// IDs are the resources, in lower case.
	IDs []string
}

// finding tells findings apart that say the same of the same place, as those
// of each round of a loop do.
type finding struct {
	code    diag.Code
	at      source.Range
	summary string
}

// New makes the graph of an expanded deployment.
func New(d *expand.Deployment, o Options) *Graph {
	g := &Graph{opts: o, edges: map[*expand.Instance][]Edge{}, seen: map[finding]bool{}, waits: map[*expand.Resource][]Wait{}}
	var units []*unit
	byUnit := make(map[*expand.Unit]*unit, len(d.Units))
	for _, x := range d.Units { // those around others come first
		u := g.unit(x)
		if x.Deployment != nil {
			around := byUnit[x.Deployment.Unit]
			u.doubtful = x.Deployment.State == expand.Undecided || around != nil && around.doubtful
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
		u.circles()
	}
	g.unordered(units)
	g.list(units)
	return g
}

// Edges are what a resource waits for by its own declaration.
func (g *Graph) Edges(i *expand.Instance) []Edge { return g.edges[i] }

// Waits are what a resource that deploys waits for, in the order of its
// dependsOn and its calls.
func (g *Graph) Waits(r *expand.Resource) []Wait { return g.waits[r] }

// IDs are the ids (lower case) of all that a resource waits for, each once.
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

// list makes the edges between resources.
func (g *Graph) list(units []*unit) {
	shared := map[*expand.Instance][]string{} // of loops, by their first round
	deployed := map[*expand.Instance][]string{}
	for n := len(units) - 1; n >= 0; n-- { // inner templates before those around them
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

// idsOf are the ids of what instances deploy. Those of a loop are made once:
// all that wait for it share them.
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

// deployedBy are the ids of what an instance deploys: its own, or those of all
// resources of a nested deployment.
func deployedBy(i *expand.Instance, known map[*expand.Instance][]string) []string {
	switch {
	case i.Resource != nil && i.ID != "":
		return []string{strings.ToLower(i.ID)}
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

// maxFindings bounds the list: nobody reads more.
const maxFindings = 1000

// report keeps a finding about a unit that was not made before.
func (u *unit) report(d diag.Diagnostic) {
	g := u.graph
	d.Expands = true
	if u.Guessed || u.doubtful {
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

// awaits lowers an error about a value that the template leaves empty for who
// deploys to give.
func (g *Graph) awaits(d *diag.Diagnostic, nodes ...*expand.Node) {
	for _, n := range nodes {
		if d.Severity == diag.Error && n != nil && n.AwaitsValue() {
			d.Severity = diag.Warning
			d.Detail = strings.TrimSpace(d.Detail + " It comes from the empty default of a parameter: a deployment has to pass a value.")
		}
	}
}

// comesFrom adds the place where a value is written, when that is another one.
func comesFrom(d *diag.Diagnostic, n *expand.Node) {
	if n == nil {
		return
	}
	if at := n.At(); !at.IsZero() && (at.File != d.Subject.File || at.Start < d.Subject.Start || at.End > d.Subject.End) {
		d.Related = append(d.Related, diag.Related{Range: at, Message: "the value is written here"})
	}
	d.Trail = append(d.Trail, n.Trail()...)
}
