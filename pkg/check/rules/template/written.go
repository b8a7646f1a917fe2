package template

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// isPlain reports a text that is a value and no expression.
func isPlain(t *arm.Text) bool {
	return t.Expression == nil && !t.IsName && t.String.Value != ""
}

// keyIs reports whether the nearest member of the text has one of the names.
func keyIs(t *arm.Text, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(t.Key, n) })
}

// ofResource reports whether a text is directly in a resource, under the
// member of the name.
func ofResource(t *arm.Text, name string) bool {
	return t.Resource != nil && t.Object == t.Resource.Node && strings.EqualFold(t.Key, name)
}

// call is the call that an expression begins with; nil when it is none.
func call(t *arm.Text) *expr.Call {
	if t.Expression == nil {
		return nil
	}
	c, _ := t.Expression.Node.(*expr.Call)
	return c
}

// isCall reports a call of a built-in function.
func isCall(c *expr.Call, names ...string) bool {
	return c != nil && c.Namespace == "" && slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(c.Name, n) })
}

// constant is the plain text that a text is or names: the text itself, or a
// variable that is plain text.
func constant(t *arm.Text) (*jsonc.String, bool) {
	if isPlain(t) {
		return t.String, true
	}
	c := call(t)
	if !isCall(c, "variables") || len(c.Args) != 1 {
		return nil, false
	}
	name, exact := arm.NamePrefix(c.Args[0])
	v, ok := t.Names.Variables.Get(name)
	if !exact || !ok {
		return nil, false
	}
	s, ok := v.Value.(*jsonc.String)
	if !ok || s.Value == "" || expr.IsExpression(s.Value) {
		return nil, false
	}
	return s, true
}

// passed are the values that nested deployments are given for parameters with one of
// the names.
func passed(p *lint.Pass, names ...string) (all []*arm.Text) {
	given := map[*arm.Resource]map[*jsonc.Object]bool{} // what holds the values
	for _, t := range p.Language().Texts {
		if t.Resource == nil || !keyIs(t, "value") || !strings.EqualFold(t.Resource.Type, "Microsoft.Resources/deployments") {
			continue
		}
		if given[t.Resource] == nil {
			given[t.Resource] = valuesFor(t.Resource, names)
		}
		if given[t.Resource][t.Object] {
			all = append(all, t)
		}
	}
	return all
}

// valuesFor are the objects with the values that a nested deployment is given for
// parameters with one of the names.
func valuesFor(r *arm.Resource, names []string) map[*jsonc.Object]bool {
	all := map[*jsonc.Object]bool{}
	properties, ok := r.Properties.(*jsonc.Object)
	if !ok {
		return all
	}
	if m := properties.Get("parameters"); m != nil {
		if parameters, ok := m.Value.(*jsonc.Object); ok {
			for _, m := range parameters.Members {
				if o, ok := m.Value.(*jsonc.Object); ok && slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, m.Key.Value) }) {
					all[o] = true
				}
			}
		}
	}
	return all
}

// eachCall visits every call in the expression of a text.
func eachCall(t *arm.Text, visit func(*expr.Call)) {
	if t.Expression == nil {
		return
	}
	expr.Walk(t.Expression.Node, func(n expr.Node) bool {
		if c, ok := n.(*expr.Call); ok {
			visit(c)
		}
		return true
	})
}

// removal is the edit that takes a declaration out of a section of the template.
// Only the file of the run is edited, and only where the declaration is found.
func removal(p *lint.Pass, t *arm.Template, section string, key *jsonc.String) []diag.Edit {
	m := t.Node.Get(section)
	if m == nil || t.File != p.Template.Tree.File {
		return nil
	}
	o, ok := m.Value.(*jsonc.Object)
	if !ok {
		return nil
	}
	i, found := slices.BinarySearchFunc(o.Members, key.At.Start, func(m *jsonc.Member, at int) int { return cmp.Compare(m.Key.At.Start, at) })
	if !found || o.Members[i].Key != key {
		return nil
	}
	return p.Template.Tree.RemoveMember(o, i)
}

// own reports whether the templates of a run include the file of t itself, in
// which a fix can be made.
func own(p *lint.Pass, t *arm.Template) bool { return t.File == p.Template.Tree.File }

// isPartial reports a scale set without a profile: the small template that only
// changes the capacity of a set that is there, and repeats what it is.
func isPartial(r *arm.Resource) bool {
	if !strings.EqualFold(r.Type, "Microsoft.Compute/virtualMachineScaleSets") {
		return false
	}
	properties, ok := r.Properties.(*jsonc.Object)
	return r.Properties == nil || ok && properties.Get("virtualMachineProfile") == nil
}
