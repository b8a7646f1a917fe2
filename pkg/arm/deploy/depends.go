package deploy

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// dependencies resolves dependsOn of all resources and reports elements that
// the deployment service rejects.
func (u *unit) dependencies() {
	for _, i := range u.Instances {
		parent := i.Parent == nil || i.State == expand.Absent
		for _, n := range i.DependsOn {
			m := u.element(i, n)
			parent = parent || m.unknown || i.Parent != nil && slices.Contains(m.instances, i.Parent)
		}
		if !parent {
			u.onlyIf(i, func() { u.withoutParent(i) })
		}
	}
}

// onlyIf calls judge for checks that apply only if a resource exists.
func (u *unit) onlyIf(i *expand.Instance, judge func()) {
	before := u.conditional
	u.conditional = before || i != nil && i.State == expand.Undecided
	judge()
	u.conditional = before
}

// element resolves one element of dependsOn.
func (u *unit) element(i *expand.Instance, n *expand.Node) meaning {
	at := u.number[i]
	text, ok := n.Text()
	var m meaning
	if ok {
		m = u.dependency(text)
	} else if unknown, is := n.Value.(value.Unknown); is && len(u.computed[unknown.Residual]) > 0 {
		text, m.instances = "["+unknown.Residual+"]", u.computed[unknown.Residual]
	} else {
		if unknown, is := n.Value.(value.Unknown); !is || unknown.Kind != "" && unknown.Kind != "string" {
			u.notText(i, n)
		}
		u.waitsForUnknown[at] = true
		return meaning{unknown: true}
	}
	switch {
	case m.unknown:
		u.waitsForUnknown[at] = true
	case !m.found():
		u.missing(i, n, text, m)
	case m.group != nil && loopOf(i) != nil && u.loops[fold.Lower(loopOf(i).Name)] == m.group:
		u.waitsForItself(i, n, "The copies of loop '"+shorten(text)+"' depend on the loop itself")
	case m.group != nil:
		u.edge(i, m.group.number, Edge{At: n.Written, Explicit: true, Text: text, To: m.group.members})
	case slices.Contains(m.instances, i):
		u.waitsForItself(i, n, "'"+shorten(label(i))+"' depends on itself")
	default:
		for _, to := range m.instances {
			u.waiting[at] = append(u.waiting[at], u.number[to])
		}
		u.graph.edges[i] = append(u.graph.edges[i], Edge{At: n.Written, Explicit: true, Text: text, To: m.instances})
	}
	return m
}

func (u *unit) edge(i *expand.Instance, to int, e Edge) {
	at := u.number[i]
	u.waiting[at] = append(u.waiting[at], to)
	u.graph.edges[i] = append(u.graph.edges[i], e)
}

func (u *unit) notText(i *expand.Instance, n *expand.Node) {
	u.report(diag.Diagnostic{Code: codeDependency, Rule: ruleOf(codeDependency), Severity: diag.Error, Subject: n.Written,
		Summary: "An element of dependsOn of '" + shorten(label(i)) + "' must be a string, not " + kindOf(n.Value),
		Detail:  "Write the name or the id of a resource."})
}

// kindOf returns the kind of a value for messages, also of one that is unknown.
func kindOf(v value.Value) string {
	if unknown, ok := v.(value.Unknown); ok {
		return unknown.Kind
	}
	return value.KindName(v)
}

// missing reports an element that refers to no resource. The deployment service
// accepts ids that the template lacks on a resource whose condition is false,
// but not such names.
func (u *unit) missing(i *expand.Instance, n *expand.Node, text string, m meaning) {
	if m.id && (i.State == expand.Absent || i.Declared.Existing) {
		return
	}
	d := diag.Diagnostic{Code: codeDependency, Rule: ruleOf(codeDependency), Severity: diag.Error, Subject: n.Written,
		Summary: "'" + shorten(label(i)) + "' depends on " + u.displayName(text) + ", which is not in the template"}
	switch {
	case text == "":
		d.Summary, d.Detail = "'"+shorten(label(i))+"' depends on an empty name", "Remove the element, or write the name of a resource."
	case strings.TrimSpace(text) != text:
		d.Detail = "Remove the blanks around the name."
	case m.id && len(u.short[fold.Lower(text[strings.LastIndexByte(text, '/')+1:])]) > 0:
		d.Detail = u.otherForm(text)
	default:
		d.Detail = "Correct the name, or remove the element if the resource already exists: dependsOn can only name resources of the same template."
	}
	if hint := u.nearest(text); hint != "" {
		d.Detail += " " + hint
	}
	u.graph.downgradeEmptyDefault(&d, n)
	comesFrom(&d, n)
	if !m.id { // the condition does not matter for a name
		u.report(d)
		return
	}
	u.onlyIf(i, func() { u.report(d) })
}

// otherForm describes how to name a resource whose name is right but whose
// type, group or form is not.
func (u *unit) otherForm(text string) string {
	last := fold.Lower(text[strings.LastIndexByte(text, '/')+1:])
	i := u.short[last][0]
	switch {
	case i.Declared.IsDeployment() && i.Target != u.Target:
		return "The deployment '" + shorten(i.Name) + "' deploys to another scope than this template: name it '" + shorten(i.Name) + "', or build its id for that scope."
	case u.Template.Symbolic:
		return "With symbolic names, name the resource '" + i.Symbol + "'."
	}
	return "The template has '" + shorten(expand.Interleave(i.Type, i.Name)) + "'; types and names alternate in an id."
}

func (u *unit) waitsForItself(i *expand.Instance, n *expand.Node, summary string) {
	d := diag.Diagnostic{Code: codeCycle, Rule: ruleOf(codeCycle), Severity: diag.Error, Subject: n.Written, Summary: summary,
		Detail: "Remove the dependency."}
	if i.State != expand.Exists {
		return
	}
	if edits := u.withoutElement(i, n); edits != nil {
		d.Fixes = []diag.Fix{{Message: "remove the dependency on itself", Edits: edits}}
	}
	u.graph.downgradeEmptyDefault(&d, n, i.NameNode)
	comesFrom(&d, n)
	u.report(d)
}

// withoutParent reports a nested child that Azure rejects because its own
// dependsOn does not name its parent.
func (u *unit) withoutParent(i *expand.Instance) {
	p := i.Parent
	d := diag.Diagnostic{Code: codeParent, Rule: ruleOf(codeParent), Severity: diag.Error, Subject: i.Declared.At(),
		Summary: "'" + shorten(label(i)) + "' does not depend on '" + shorten(label(p)) + "', which contains it",
		Detail:  "Add its direct parent to its dependsOn; a resource inside `resources` of another one needs it.",
		Related: []diag.Related{{Range: p.Declared.At(), Message: "the parent '" + shorten(label(p)) + "' is declared here"}}}
	if element := u.elementFor(p); element != "" {
		if edits := u.withElement(i, element); edits != nil {
			d.Fixes = []diag.Fix{{Message: "add the parent to dependsOn", Edits: edits}}
		}
	}
	if m := i.Declared.Node.Get("dependsOn"); m != nil {
		d.Related = append(d.Related, diag.Related{Range: m.Value.Range(), Message: "the parent is missing here"})
	}
	u.report(d)
}

// elementFor returns the element of dependsOn, as JSON, that refers to a
// resource anywhere in the template: its type and the expression or text of its
// name. It returns "" if there is no short form.
func (u *unit) elementFor(i *expand.Instance) string {
	if u.Template.Symbolic && i.Declared.Symbol != nil && i.Loop == nil {
		return jsonc.Quote(i.Declared.Symbol.Value)
	}
	name, ok := i.Declared.Name.(*jsonc.String)
	switch {
	case !ok || u.Template.Symbolic:
		return ""
	case i.Declared.IsDeployment() && i.Target != u.Target && i.Parent == nil:
		return jsonc.Quote(name.Value) // an id would have to be built for that target
	case i.Declared.Scope != nil || i.Declared.IsDeployment() && i.Parent != nil:
		return ""
	}
	var names []string // names of the resources around it, and its own
	literal := i.Name != ""
	for at := i; at != nil; at = at.Parent {
		name, ok := at.Declared.Name.(*jsonc.String)
		if !ok {
			return ""
		}
		argument := expr.Quote(name.Value)
		if expr.IsExpression(name.Value) {
			argument, literal = name.Value[1:len(name.Value)-1], false
		}
		names = append(names, argument)
	}
	slices.Reverse(names)
	switch {
	case strings.Count(i.Type, "/") == len(names) && u.Target.Scope == arm.ResourceGroup && !strings.Contains(i.Type, "/providers/"):
		return jsonc.Quote("[resourceId('" + i.Type + "', " + strings.Join(names, ", ") + ")]")
	case literal:
		return jsonc.Quote(expand.Interleave(i.Type, i.Name))
	}
	return ""
}

// withElement returns the edits that add an element to the dependsOn of a
// resource of the root file, or nil if that is not possible.
func (u *unit) withElement(i *expand.Instance, element string) []diag.Edit {
	tree := u.graph.opts.Tree
	if tree == nil || i.Declared.Node.At.File != tree.File {
		return nil
	}
	o := i.Declared.Node
	for k, m := range o.Members {
		if !fold.Equal(m.Key.Value, "dependsOn") {
			continue
		}
		list, ok := m.Value.(*jsonc.Array)
		switch _, null := m.Value.(*jsonc.Null); {
		case ok:
			return tree.InsertElement(list, len(list.Elements), element)
		case null:
			return []diag.Edit{tree.Replace(m.Value, "["+element+"]")}
		}
		_ = k
		return nil
	}
	at := len(o.Members)
	for k, m := range o.Members {
		if fold.Equal(m.Key.Value, "properties") || fold.Equal(m.Key.Value, "resources") {
			at = min(at, k)
		}
	}
	return tree.InsertMember(o, at, "dependsOn", "["+element+"]")
}

// withoutElement returns the edits that remove an element from the dependsOn of
// a resource of the root file.
func (u *unit) withoutElement(i *expand.Instance, n *expand.Node) []diag.Edit {
	tree := u.graph.opts.Tree
	if tree == nil || n.Written.File != tree.File {
		return nil
	}
	m := i.Declared.Node.Get("dependsOn")
	if m == nil {
		return nil
	}
	list, ok := m.Value.(*jsonc.Array)
	if !ok {
		return nil
	}
	k := slices.IndexFunc(list.Elements, func(e jsonc.Node) bool { return e.Range() == n.Written })
	if k < 0 {
		return nil
	}
	return tree.RemoveElement(list, k)
}
