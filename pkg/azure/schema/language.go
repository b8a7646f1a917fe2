package schema

import (
	"strconv"
	"strings"
	"sync"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxTemplates limits the depth of inline templates; Azure allows 5 levels of
// nested deployments.
const maxTemplates = 16

// CheckTemplate checks the template itself with the documents of the language:
// its sections, the members of each resource that the deployment service uses,
// and the properties of nested deployments, including inline templates.
// Expressions are unknown values. Findings of package arm are not repeated.
func (c *Checker) CheckTemplate(t *arm.Template) diag.List {
	l := newLanguageCheck(c)
	l.template(t, 0)
	return l.finish()
}

// CheckParameters checks a parameter file. reported are the findings of package
// arm, which are not repeated.
func (c *Checker) CheckParameters(tree *jsonc.Tree, reported diag.List) diag.List {
	l := newLanguageCheck(c)
	l.markReported(reported)
	if root, ok := tree.Root.(*jsonc.Object); ok && root.Get("parameters") != nil {
		l.judge("parameters", new(expand.Resource), root, "", nil)
	}
	return l.finish()
}

type languageCheck struct {
	checker  *Checker
	report   report
	batches  batches
	nodes    *nodeMemory
	reported map[source.Range]bool // ranges that were reported before
}

func newLanguageCheck(c *Checker) *languageCheck {
	return &languageCheck{checker: c, report: newReport(), nodes: nodeMemories.Get().(*nodeMemory), reported: map[source.Range]bool{}}
}

func (l *languageCheck) markReported(list diag.List) {
	for _, d := range list {
		l.reported[d.Subject] = true
	}
}

func (l *languageCheck) finish() diag.List {
	l.checker.judge(&l.batches, &l.report)
	l.nodes.release()
	var list diag.List
	for _, d := range l.report.list {
		if !l.reported[d.Subject] {
			list.Add(d)
		}
	}
	list.Sort()
	return list
}

func (l *languageCheck) template(t *arm.Template, depth int) {
	if t == nil || depth > maxTemplates {
		return
	}
	l.markReported(t.Diagnostics)
	l.judge("template", new(expand.Resource), t.Node, t.Pointer, nil)
	l.resources(t.Resources, depth)
}

func (l *languageCheck) resources(list []*arm.Resource, depth int) {
	for _, r := range list {
		l.judge("resource", declared(r), r.Node, r.Pointer, isResourceMember)
		if r.IsDeployment() {
			l.deployment(r)
			l.template(r.InlineTemplate(), depth+1)
		}
		if depth < maxTemplates {
			l.resources(r.Children, depth+1)
		}
	}
}

// isResourceMember reports whether the deployment service uses a member itself;
// the others are checked with the document of the resource type, after
// expansion.
func isResourceMember(name string) bool {
	return inSet("|comments|condition|copy|dependson|kind|location|managedby|metadata|scope|", name)
}

// declared returns a resource for findings about its text.
func declared(r *arm.Resource) *expand.Resource {
	resourceType := r.Type
	for parent := r.Parent; parent != nil; parent = parent.Parent {
		resourceType = parent.Type + "/" + resourceType
	}
	return &expand.Resource{Type: resourceType, Name: r.Label()}
}

// judge checks an object of a template or parameter file. The object becomes
// the body of the resource that it belongs to.
func (l *languageCheck) judge(document string, owner *expand.Resource, o *jsonc.Object, pointer string, keep func(string) bool) {
	doc := l.checker.document(document)
	if doc == nil || o == nil {
		return
	}
	owner.Body = l.nodes.written(o, keep)
	l.checker.add(&l.batches, &subject{res: owner, doc: doc, version: apiVersion{exact: true}, language: true, written: true, base: pointer}, &l.report)
}

// deployment checks the properties of a nested deployment with its API version.
func (l *languageCheck) deployment(r *arm.Resource) {
	version, ok := r.APIVersion.(*jsonc.String)
	doc := l.checker.document(arm.DeploymentType)
	if !ok || doc == nil || expr.IsExpression(version.Value) {
		return
	}
	res := declared(r)
	res.APIVersion = version.Value
	res.Body = l.nodes.written(r.Node, func(name string) bool {
		return strings.EqualFold(name, "properties") || strings.EqualFold(name, "apiVersion")
	})
	s := &subject{res: res, doc: doc, version: resolve(doc, version.Value), written: true, base: r.Pointer}
	s.version.report(s, &l.report)
	l.checker.add(&l.batches, s, &l.report)
}

// emptyObject is the value of every written object, whose members are stored beside
// it.
var emptyObject = value.NewObject()

// nodeMemory is memory for the nodes of a template as it is written. Like
// [itemMemory], it is reused for the next template.
type nodeMemory struct {
	nodes   []expand.Node
	members []expand.Member
	items   []*expand.Node
}

var nodeMemories = sync.Pool{New: func() any { return new(nodeMemory) }}

func (m *nodeMemory) release() {
	if cap(m.nodes) > maxKeptItems || cap(m.members) > maxKeptItems || cap(m.items) > maxKeptItems {
		return
	}
	clear(m.nodes)
	clear(m.members)
	clear(m.items)
	m.nodes, m.members, m.items = m.nodes[:0], m.members[:0], m.items[:0]
	nodeMemories.Put(m)
}

// node returns the node of a value.
func (m *nodeMemory) node(n jsonc.Node, v value.Value) *expand.Node {
	out := &take(&m.nodes, 1)[0]
	out.Written, out.Value = n.Range(), v
	return out
}

// written returns a value as the template writes it: a text that may be an
// expression is unknown, and so are inline templates and the top-level members
// for which keep returns false, which are checked elsewhere.
func (m *nodeMemory) written(n jsonc.Node, keep func(name string) bool) *expand.Node {
	switch n := n.(type) {
	case *jsonc.Object:
		out := m.node(n, emptyObject)
		out.Members = take(&m.members, len(n.Members))[:0]
		for _, member := range n.Members {
			if keep == nil && isLoop(member) || keep != nil && !keep(member.Key.Value) {
				continue
			}
			out.Members = append(out.Members, expand.Member{Name: member.Key.Value, Key: member.Key.At, Node: m.writtenMember(member)})
		}
		return out
	case *jsonc.Array:
		out := m.node(n, value.Array{})
		out.Items = take(&m.items, len(n.Elements))
		for i, e := range n.Elements {
			out.Items[i] = m.written(e, nil)
		}
		return out
	case *jsonc.String:
		if !expr.IsExpression(n.Value) {
			return m.node(n, value.String(n.Value))
		}
	case *jsonc.Number:
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return m.node(n, value.Int(i))
		}
		return m.node(n, value.Number{Text: n.Text})
	case *jsonc.Bool:
		return m.node(n, value.Bool(n.Value))
	case *jsonc.Null:
		return m.node(n, value.Null{})
	}
	return m.node(n, value.Unknown{}) // or it could not be read, which was reported before
}

// isLoop reports whether a member is the copy loop of properties, which the
// expansion replaces by its result.
func isLoop(m *jsonc.Member) bool { return strings.EqualFold(m.Key.Value, "copy") }

// writtenMember leaves out values that accept anything or are checked
// separately, however large.
func (m *nodeMemory) writtenMember(member *jsonc.Member) *expand.Node {
	if inSet("|template|resources|variables|defaultvalue|value|", member.Key.Value) {
		switch member.Value.(type) {
		case *jsonc.Object, *jsonc.Array:
			return m.node(member.Value, value.Unknown{})
		}
	}
	return m.written(member.Value, nil)
}
