package schema

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// maxTemplates is how deep inline templates are followed; the engine allows 5
// levels of nested deployments.
const maxTemplates = 16

// CheckTemplate judges the template itself by the documents about the
// language: its sections, what the engine deals with in each resource, and the
// properties of nested deployments, inline templates included. Expressions are
// unknown values. What package arm has reported is not repeated.
func (c *Checker) CheckTemplate(t *arm.Template) diag.List {
	l := newLanguageCheck(c)
	l.template(t, 0)
	return l.finish()
}

// CheckParameters judges a parameter file. The findings of package arm about
// it are given, so that none is repeated.
func (c *Checker) CheckParameters(tree *jsonc.Tree, reported diag.List) diag.List {
	l := newLanguageCheck(c)
	l.tell(reported)
	if root, ok := tree.Root.(*jsonc.Object); ok && root.Get("parameters") != nil {
		l.judge("parameters", root, "", nil)
	}
	return l.finish()
}

type languageCheck struct {
	checker *Checker
	report  report
	batches *batches
	told    map[source.Range]bool // places that an earlier stage spoke about
	walker  *walker
}

func newLanguageCheck(c *Checker) *languageCheck {
	l := &languageCheck{checker: c, report: newReport(), batches: newBatches(), told: map[source.Range]bool{}}
	l.walker = c.walker(&l.report)
	return l
}

func (l *languageCheck) tell(list diag.List) {
	for _, d := range list {
		l.told[d.Subject] = true
	}
}

func (l *languageCheck) finish() diag.List {
	l.checker.rest(l.walker)
	l.batches.judge(&l.report)
	var list diag.List
	for _, d := range l.report.list {
		if !l.told[d.Subject] {
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
	l.tell(t.Diagnostics)
	l.judge("template", t.Node, t.Pointer, nil)
	l.resources(t.Resources, depth)
}

func (l *languageCheck) resources(list []*arm.Resource, depth int) {
	for _, r := range list {
		l.judge("resource", r.Node, r.Pointer, isResourceMember)
		if r.IsDeployment() {
			l.deployment(r)
			l.template(r.InlineTemplate(), depth+1)
		}
		if depth < maxTemplates {
			l.resources(r.Children, depth+1)
		}
	}
}

// isResourceMember keeps what the engine deals with; the rest is judged by the
// document of the resource type, after expansion.
func isResourceMember(name string) bool {
	return inSet("|comments|condition|copy|dependson|kind|location|managedby|metadata|scope|", name)
}

func (l *languageCheck) judge(document string, o *jsonc.Object, pointer string, keep func(string) bool) {
	doc := l.checker.document(document)
	if doc == nil || o == nil {
		return
	}
	body := l.walker.writer.written(o, keep)
	l.walk(&subject{res: &expand.Resource{Body: body}, doc: doc, version: apiVersion{exact: true}, language: true, base: pointer})
}

func (l *languageCheck) walk(s *subject) {
	l.walker.walk(s)
	if s.suspect {
		l.batches.add(s)
	}
}

// deployment judges the properties of a nested deployment by its API version.
func (l *languageCheck) deployment(r *arm.Resource) {
	version, ok := r.APIVersion.(*jsonc.String)
	doc := l.checker.document(arm.DeploymentType)
	if !ok || doc == nil || expr.IsExpression(version.Value) {
		return
	}
	body := l.walker.writer.written(r.Node, func(name string) bool {
		return strings.EqualFold(name, "properties") || strings.EqualFold(name, "apiVersion")
	})
	res := &expand.Resource{Type: r.Type, Name: r.Label(), APIVersion: version.Value, Body: body}
	s := &subject{res: res, doc: doc, version: resolve(doc, version.Value), base: r.Pointer}
	s.version.report(s, &l.report)
	l.walk(s)
}

// A writer makes the nodes that the walk goes over, and uses them again when
// nothing is left to say about them.
type writer struct {
	nodes   scratch[expand.Node]
	members scratch[expand.Member]
	items   scratch[*expand.Node]
}

func (w *writer) reuse() {
	w.nodes.reuse()
	w.members.reuse()
	w.items.reuse()
}

func (w *writer) keep() {
	w.nodes.keep()
	w.members.keep()
	w.items.keep()
}

// none is the object of every written object: its members stand beside it.
var none = value.NewObject()

// written is a value as the template writes it, for the walk: what may be an
// expression is unknown, and so are inline templates and whatever keep refuses
// at the top, which others judge.
func (w *writer) written(n jsonc.Node, keep func(name string) bool) *expand.Node {
	out := &w.nodes.take(1)[0]
	out.Written = n.Range()
	switch n := n.(type) {
	case *jsonc.Object:
		out.Value = none
		out.Members = w.members.take(len(n.Members))[:0]
		for _, m := range n.Members {
			if keep == nil && isLoop(m) || keep != nil && !keep(m.Key.Value) {
				continue
			}
			out.Members = append(out.Members, expand.Member{Name: m.Key.Value, Key: m.Key.At, Node: w.member(m)})
		}
	case *jsonc.Array:
		out.Value = value.Array{}
		out.Items = w.items.take(len(n.Elements))[:0]
		for _, e := range n.Elements {
			out.Items = append(out.Items, w.written(e, nil))
		}
	case *jsonc.String:
		out.Value = value.String(n.Value)
		if expr.IsExpression(n.Value) {
			out.Value = value.Unknown{}
		}
	case *jsonc.Number:
		out.Value = value.Number{Text: n.Text}
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			out.Value = value.Int(i)
		}
	case *jsonc.Bool:
		out.Value = value.Bool(n.Value)
	case *jsonc.Null:
		out.Value = value.Null{}
	default:
		out.Value = value.Unknown{} // could not be read, and was reported
	}
	return out
}

// isLoop reports the loop of a property, which expansion replaces by what it makes.
func isLoop(m *jsonc.Member) bool { return strings.EqualFold(m.Key.Value, "copy") }

// member leaves out what is free or judged on its own, however large.
func (w *writer) member(m *jsonc.Member) *expand.Node {
	if inSet("|template|resources|variables|defaultvalue|value|", m.Key.Value) {
		switch m.Value.(type) {
		case *jsonc.Object, *jsonc.Array:
			return w.unknown(m.Value)
		}
	}
	return w.written(m.Value, nil)
}

func (w *writer) unknown(n jsonc.Node) *expand.Node {
	out := &w.nodes.take(1)[0]
	out.Written, out.Value = n.Range(), value.Unknown{}
	return out
}
