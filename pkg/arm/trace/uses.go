package trace

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Uses lists the places that use a parameter, a variable or a user function.
type Uses struct {
	Name string
	Kind string // parameter, variable or function
	At   source.Range
	// Uses are the places in the templates; direct uses come before uses
	// through another name.
	Uses []Use
	// Values are the expanded values that passed through the name, at most
	// maxValues of Total.
	Values []Visited
	Total  int
}

// maxValues limits the listed values.
const maxValues = 200

// A Use is one place that refers to the name.
type Use struct {
	At source.Range // of the call
	In string       // the declaration that contains it: variable x, resource y, output z
	// By is the name through which the place uses it; "" for a direct use.
	By string
}

// A subject is a declaration whose uses are searched.
type subject struct {
	template *arm.Template
	kind     string // parameters, variables, or "" for user functions
	name     string // in lower case; for a function with its namespace
	by       string // name for messages; "" for the first
}

// UsesOf returns the places that use a name of the root template: a parameter
// first, then a variable, then a function as namespace.name. ok is false if the
// template does not declare the name.
func UsesOf(d *expand.Deployment, name string) (u Uses, ok bool) {
	u = Uses{Name: name}
	first := subject{template: d.Template, name: strings.ToLower(name)}
	if p, found := d.Template.Parameters.Get(name); found {
		u.Name, u.Kind, u.At, first.kind = p.Name(), "parameter", p.Key.At, "parameters"
	} else if v, found := d.Template.Variables.Get(name); found {
		u.Name, u.Kind, u.At, first.kind = v.Name(), "variable", v.Key.At, "variables"
	} else if f, found := d.Template.Functions.Get(name); found {
		u.Kind, u.At = "function", f.Key.At
	} else {
		return u, false
	}
	u.search(d, first)
	u.values(d)
	return u, true
}

// linked returns the templates of other files that the deployment links to.
func linked(d *expand.Deployment) []*arm.Template {
	var all []*arm.Template
	seen := map[*arm.Template]bool{}
	for _, n := range d.Nested {
		if t := n.Template; t != nil && t.File != d.Template.File && t.Pointer == "" && !seen[t] {
			seen[t] = true
			all = append(all, t)
		}
	}
	return all
}

// search collects the uses of the name, then those of the names that depend on
// it.
func (u *Uses) search(d *expand.Deployment, first subject) {
	texts := arm.NewLanguage(d.Template, linked(d)...).Texts
	queue, seen := []subject{first}, map[subject]bool{first: true}
	for len(queue) > 0 && len(u.Uses) < 10_000 {
		s := queue[0]
		queue = queue[1:]
		for _, text := range texts {
			for _, at := range calls(text, s) {
				u.Uses = append(u.Uses, Use{At: at, In: parent(text), By: s.by})
				for _, next := range dependents(d, text) {
					key := next
					key.by = ""
					if !seen[key] {
						seen[key] = true
						queue = append(queue, next)
					}
				}
			}
		}
	}
}

// calls returns the ranges of the calls in a text that name the subject.
func calls(t *arm.Text, s subject) (all []source.Range) {
	if t.Expression == nil || t.Names != s.template {
		return nil
	}
	if t.Function != nil && s.kind == "parameters" {
		return nil // the parameters of a function are its own
	}
	expr.Walk(t.Expression.Node, func(n expr.Node) bool {
		c, ok := n.(*expr.Call)
		if !ok {
			return true
		}
		switch {
		case s.kind == "" && strings.EqualFold(c.FullName(), s.name):
			all = append(all, c.At)
		case s.kind != "" && c.Namespace == "" && strings.EqualFold(c.Name, s.kind) && len(c.Args) == 1:
			if arg, ok := c.Args[0].(*expr.String); ok && strings.EqualFold(arg.Value, s.name) {
				all = append(all, c.At)
			}
		}
		return true
	})
	return all
}

// parent describes the declaration that contains a text.
func parent(t *arm.Text) string {
	switch {
	case t.Parameter != nil:
		return "default of parameter " + t.Parameter.Name()
	case t.Variable != nil:
		return "variable " + t.Variable.Name()
	case t.Function != nil:
		return "function " + t.Function.Name()
	case t.Output != nil:
		return "output " + t.Output.Name()
	case t.Resource != nil:
		return t.Resource.Type + " " + t.Resource.Label()
	}
	return t.Key
}

// made returns the names whose values depend on a text: the variable, the
// parameter with this default, or the parameter of a nested deployment that it
// is passed to.
func dependents(d *expand.Deployment, t *arm.Text) (all []subject) {
	switch {
	case t.Variable != nil:
		all = append(all, subject{t.Names, "variables", strings.ToLower(t.Variable.Name()), "variable " + t.Variable.Name()})
	case t.Parameter != nil:
		all = append(all, subject{t.Template, "parameters", strings.ToLower(t.Parameter.Name()), "parameter " + t.Parameter.Name()})
	case t.Function != nil:
		all = append(all, subject{t.Names, "", strings.ToLower(t.Function.Name()), "function " + t.Function.Name()})
	case t.Resource != nil && t.Resource.IsDeployment():
		all = append(all, passedTo(d, t)...)
	}
	return all
}

// passed returns the parameter of a nested template that a text is passed to.
func passedTo(d *expand.Deployment, t *arm.Text) (all []subject) {
	deployment := t.Resource.Deployment()
	if deployment == nil {
		return nil
	}
	o, ok := deployment.Parameters.(*jsonc.Object)
	if !ok {
		return nil
	}
	for _, m := range o.Members {
		if !m.Value.Range().Contains(t.String.At) {
			continue
		}
		seen := map[*arm.Template]bool{}
		for _, n := range d.Nested {
			if n.Declared == t.Resource && n.Template != nil && !seen[n.Template] {
				seen[n.Template] = true
				all = append(all, subject{n.Template, "parameters", strings.ToLower(m.Key.Value), "parameter " + m.Key.Value + " of nested deployment " + t.Resource.Label()})
			}
		}
	}
	return all
}

// usedAs maps Uses.Kind to the step of a value that passed through the name.
func usedAs(kind string) diag.StepKind {
	switch kind {
	case "parameter":
		return diag.ParameterStep
	case "variable":
		return diag.VariableStep
	}
	return diag.FunctionStep
}

// values finds the values of the expanded deployment that passed through the
// name.
func (u *Uses) values(d *expand.Deployment) {
	kind := usedAs(u.Kind)
	came := eval.NewSearch(func(o *eval.Origin) bool { return o.Hop.Kind == kind && strings.EqualFold(o.Hop.Name, u.Name) })
	Walk(d, func(v Visited) bool {
		if leaf(v.Node) && came.Any(v.Node.Origin()) {
			if u.Total++; len(u.Values) < maxValues {
				u.Values = append(u.Values, v)
			}
		}
		return true
	})
}
