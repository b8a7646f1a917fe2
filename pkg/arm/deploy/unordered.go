package deploy

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A need is one resource that must exist before another of the same template:
// the resources themselves, or the nested deployments that contain them.
type need struct {
	of, target *expand.Instance
	parent     bool         // the target is the parent of the resource
	by         *expand.Node // the id that is used; nil for a parent
	used       *expand.Instance
}

// maxOrdered limits the nodes of a graph that are compared with all others.
// Azure accepts 800 resources in a template.
const maxOrdered = 4000

// unordered warns of resources that need another one of the deployment and do
// not depend on it: if both are new, the deployment may fail
// (https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found,
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-parent-resource).
func (g *Graph) unordered(units []*unit) {
	f := finder{units: make(map[*expand.Unit]*unit, len(units)), ids: map[string]*expand.Instance{}}
	for _, u := range units {
		f.units[u.Unit] = u
		for _, i := range u.Instances {
			key := fold.Lower(joined(i.ID))
			if _, twice := f.ids[key]; twice {
				f.ids[key] = nil // ambiguous
			} else if key != "" && i.State == expand.Exists && !i.Declared.Existing && !i.Repeated {
				f.ids[key] = i
			}
		}
	}
	needs := map[*unit][]need{}
	reported := map[[2]*arm.Resource]bool{}
	for _, u := range units {
		for _, i := range u.Instances {
			if i.Resource == nil || i.State == expand.Absent || i.Broken {
				continue
			}
			for _, n := range f.needs(i) {
				in := f.units[n.of.Unit]
				key := [2]*arm.Resource{n.of.Declared, n.target.Declared}
				if !reported[key] && len(in.waiting) <= maxOrdered && !in.Incomplete && !in.direct(n) {
					reported[key] = true
					needs[in] = append(needs[in], n)
				}
			}
		}
	}
	for _, u := range units {
		u.unorderedOf(needs[u])
	}
}

func (u *unit) unorderedOf(needs []need) {
	if len(needs) == 0 {
		return
	}
	o := u.order()
	for _, n := range needs {
		from, to := u.number[n.of], u.number[n.target]
		if u.graph.added >= maxFindings {
			return
		}
		if !o.waits(from, to) && !o.waits(to, from) && !o.waitsForUnknown(from) && !o.waitsForUnknown(to) {
			u.unorderedPair(n)
		}
	}
}

// direct reports whether a resource itself depends on the one that it needs.
func (u *unit) direct(n need) bool {
	to := u.number[n.target]
	for _, w := range u.waiting[u.number[n.of]] {
		if w == to {
			return true
		}
	}
	return false
}

// A finder finds resources by their ids in all units of a deployment.
type finder struct {
	units map[*expand.Unit]*unit
	ids   map[string]*expand.Instance // nil for an id of several resources
}

// needs returns the resources that a resource requires: its parent, the
// resource that it extends, and those whose ids, or ids of whose parts, are in
// its properties.
func (f *finder) needs(i *expand.Instance) (list []need) {
	seen := map[*expand.Instance]bool{i: true}
	add := func(id string, n need) {
		t := f.parent(id)
		if t == nil || seen[t] || within(t.ID, i.ID) {
			return
		}
		seen[t] = true
		n.used = t
		if n.of, n.target = common(i, t); n.of != nil && n.of != n.target && n.target.State == expand.Exists && n.of.State != expand.Absent {
			list = append(list, n)
		}
	}
	if i.Parent == nil { // Azure itself checks a nested child
		add(parentID(i.ID), need{parent: true})
	}
	w := walk{found: func(n *expand.Node, id string) { add(id, need{by: n}) }}
	w.node(i.Resource.Body.Get("properties"), 0)
	w.node(i.Resource.Body.Get("identity"), 0)
	return list
}

// common returns two resources of one template: a and b themselves, or the
// nested deployments that contain them.
func common(a, b *expand.Instance) (x, y *expand.Instance) {
	around := map[*expand.Unit]*expand.Instance{}
	for ; a != nil; a = a.Unit.Deployment {
		around[a.Unit] = a
	}
	for ; b != nil; b = b.Unit.Deployment {
		if a := around[b.Unit]; a != nil {
			return a, b
		}
	}
	return nil, nil
}

// within reports whether id is of or a part of it.
func within(id, of string) bool {
	return len(id) >= len(of) && fold.Equal(id[:len(of)], of) && (len(id) == len(of) || id[len(of)] == '/')
}

// parentID returns the id without its last type and name, or without the
// extension; "" if it has no parent.
func parentID(id string) string {
	at := strings.LastIndex(id, "/providers/")
	if at < 0 {
		return ""
	}
	parts := strings.Split(id[at+len("/providers/"):], "/")
	if len(parts) > 3 {
		return id[:at] + "/providers/" + strings.Join(parts[:len(parts)-2], "/")
	}
	return id[:at] // the resource that an extension resource extends, or a resource group
}

// parent returns the resource with an id, or the one that has it as a part.
func (f *finder) parent(id string) *expand.Instance {
	key := fold.Lower(strings.Trim(id, "/"))
	for strings.Contains(key, "/providers/") || strings.HasPrefix(key, "providers/") {
		if i, ok := f.ids[key]; ok {
			return i
		}
		at := strings.LastIndexByte(key, '/')
		if at < 0 {
			return nil
		}
		key = key[:at]
	}
	return nil
}

// A walk searches values for ids.
type walk struct {
	found func(n *expand.Node, id string)
	count int
}

const (
	maxWalked    = 20_000 // values of one resource that are read
	maxWalkDepth = 100
)

func (w *walk) node(n *expand.Node, depth int) {
	if w.count++; n == nil || depth > maxWalkDepth || w.count > maxWalked {
		return
	}
	if s, ok := n.Value.(value.String); ok && strings.HasPrefix(string(s), "/subscriptions/") {
		w.found(n, string(s))
	}
	for _, m := range n.Members {
		if strings.HasPrefix(m.Name, "/subscriptions/") { // userAssignedIdentities
			w.found(m.Node, m.Name)
		}
		w.node(m.Node, depth+1)
	}
	for _, item := range n.Items {
		w.node(item, depth+1)
	}
}

func (u *unit) unorderedPair(n need) {
	of, target := "'"+shorten(label(n.of))+"'", "'"+shorten(label(n.target))+"'"
	d := diag.Diagnostic{Code: codeUnordered, Rule: ruleOf(codeUnordered), Severity: diag.Warning, Subject: n.of.Declared.At(),
		Summary: of + " uses " + target + " but does not wait for it",
		Detail:  "When both are new, Azure may create them in any order, and the deployment fails. Add " + target + " to dependsOn.",
		Related: []diag.Related{{Range: n.target.Declared.At(), Message: target + " is declared here"}}}
	if n.parent {
		d.Summary = of + " does not wait for its parent " + target
	}
	if n.used != n.target {
		used := "'" + shorten(label(n.used)) + "'"
		d.Summary = of + " uses " + used + " but does not wait for deployment " + target + ", which makes it"
	}
	if n.by != nil && n.by.At().File != nil {
		d.Subject = n.by.At()
	}
	if element := u.elementFor(n.target); element != "" && loopOf(n.target) == nil {
		if edits := u.withElement(n.of, element); edits != nil {
			d.Fixes = []diag.Fix{{Message: "add " + target + " to dependsOn", Edits: edits}}
		}
	}
	u.report(d)
}

// An order has the transitive dependencies of a graph, with any number of edges.
type order struct {
	component []int      // by node
	reach     [][]uint64 // by component: its dependencies, one bit each
	unknown   []bool     // by component: it depends on something unknown
}

func (u *unit) order() *order {
	all := components(u.waiting)
	o := &order{component: make([]int, len(u.waiting)), reach: make([][]uint64, len(all)), unknown: make([]bool, len(all))}
	words := (len(all) + 63) / 64
	for c, nodes := range all { // dependencies come first
		o.reach[c] = make([]uint64, words)
		for _, n := range nodes {
			o.component[n] = c
		}
		for _, n := range nodes {
			o.unknown[c] = o.unknown[c] || n < len(u.waitsForUnknown) && u.waitsForUnknown[n]
			for _, to := range u.waiting[n] {
				t := o.component[to]
				if t == c || o.reach[c][t/64]&(1<<(t%64)) != 0 {
					continue
				}
				o.unknown[c] = o.unknown[c] || o.unknown[t]
				for k, bits := range o.reach[t] {
					o.reach[c][k] |= bits
				}
				o.reach[c][t/64] |= 1 << (t % 64)
			}
		}
	}
	return o
}

func (o *order) waits(from, to int) bool {
	c, t := o.component[from], o.component[to]
	return c == t || o.reach[c][t/64]&(1<<(t%64)) != 0
}

// waitsForUnknown reports whether a node depends on something unknown.
func (o *order) waitsForUnknown(n int) bool { return o.unknown[o.component[n]] }
