package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Section is a part of a template.
type Section int

// The sections that can contain expressions.
const (
	InParameters Section = iota // the default of a parameter
	InVariables
	InFunctions // the body of a user function
	InResources
	InOutputs
	InOthers // asserts, extensions
)

// A Part is the part of a template that contains a text: a parameter, a
// resource and so on.
type Part struct {
	Section   Section
	Template  *Template  // the template in which it is written
	Names     *Template  // the template whose parameters and variables its texts refer to
	Parameter *Parameter // set for texts of its default
	Variable  *Variable  // nil outside variables
	Function  *Function  // nil outside user functions
	Resource  *Resource  // the innermost one; nil outside resources
	Output    *Output    // nil outside outputs
}

// A Text is one string of a template, a value or the name of a member, and the
// part that contains it.
type Text struct {
	*Part
	String *jsonc.String
	// Key is the name of the nearest member that contains the string; if the
	// string is a name (IsName), it is the name itself.
	Key    string
	IsName bool
	// Object is the innermost object that contains the string.
	Object *jsonc.Object
	// Protected is set if the string is in protectedSettings of an extension,
	// which are encrypted.
	Protected bool
	// Expression is the parsed expression; nil for plain text.
	Expression *Expression
}

// maxTextDepth limits the walk; package jsonc limits the nesting before.
const maxTextDepth = 512

// Texts returns every string of a template that the deployment service
// evaluates, in the order of the sections, including the inline templates of
// its nested deployments.
func (t *Template) Texts() []*Text {
	w := &textWalk{}
	w.template(t, t)
	return w.texts
}

type textWalk struct {
	texts []*Text
	free  []Text // unused rest of a block of texts, allocated together
}

func (w *textWalk) template(t, names *Template) {
	for _, p := range t.Parameters.All() {
		if p.Default != nil {
			w.value(p.Default, Text{Part: &Part{Section: InParameters, Template: t, Names: t, Parameter: p}, Key: "defaultValue", Object: p.Node}, maxTextDepth)
		}
	}
	for _, v := range t.Variables.All() {
		w.variable(v, Text{Part: &Part{Section: InVariables, Template: t, Names: names, Variable: v}, Key: v.Name()})
	}
	for _, f := range t.Functions.All() {
		w.value(f.Value, Text{Part: &Part{Section: InFunctions, Template: t, Names: t, Function: f}, Key: "value", Object: f.Node}, maxTextDepth)
	}
	for _, r := range t.Resources {
		w.resource(r, names)
	}
	for _, o := range t.Outputs.All() {
		base := Text{Part: &Part{Section: InOutputs, Template: t, Names: names, Output: o}, Key: "value", Object: o.Node}
		w.value(o.Value, base, maxTextDepth)
		w.value(o.Condition, base, maxTextDepth)
		if o.Loop != nil {
			w.value(o.Loop.Node, base, maxTextDepth)
		}
	}
	for _, m := range t.Asserts.All() {
		w.value(m.Value, Text{Part: &Part{Section: InOthers, Template: t, Names: names}, Key: m.Key.Value}, maxTextDepth)
	}
	if t.Extensions != nil {
		w.value(t.Extensions.Value, Text{Part: &Part{Section: InOthers, Template: t, Names: t}, Key: t.Extensions.Key.Value}, maxTextDepth)
	}
}

func (w *textWalk) variable(v *Variable, base Text) {
	w.value(v.Value, base, maxTextDepth)
	if v.Loop != nil {
		w.value(v.Loop.Node, base, maxTextDepth)
	}
}

// resource walks the members of a resource except its children, and the inline
// template that it deploys.
func (w *textWalk) resource(r *Resource, names *Template) {
	base := Text{Part: &Part{Section: InResources, Template: r.template, Names: names, Resource: r}, Object: r.Node}
	for _, m := range r.Node.Members {
		switch fold.Lower(m.Key.Value) {
		case "resources", "comments", "metadata":
			continue
		case "properties":
			if inner := r.InlineTemplate(); inner != nil {
				w.deployment(r, inner, base)
				continue
			}
		}
		w.member(m, base, maxTextDepth)
	}
	for _, child := range r.Children {
		w.resource(child, names)
	}
}

func (w *textWalk) deployment(r *Resource, inner *Template, base Text) {
	d := r.Deployment()
	for _, m := range d.Node.Members {
		if !fold.Equal(m.Key.Value, "template") {
			w.member(m, base, maxTextDepth)
		}
	}
	if d.InnerScope {
		w.template(inner, inner)
	} else {
		w.template(inner, base.Names)
		if m := inner.Node.Get("metadata"); m != nil { // evaluated with the rest of a template of outer scope
			w.member(m, base, maxTextDepth)
		}
	}
}

func (w *textWalk) member(m *jsonc.Member, base Text, depth int) {
	base.Key = m.Key.Value
	base.Protected = base.Protected || fold.Equal(m.Key.Value, "protectedSettings")
	if strings.HasPrefix(m.Key.Value, "[") {
		name := base
		name.IsName = true
		w.add(m.Key, name)
	}
	w.value(m.Value, base, depth)
}

func (w *textWalk) value(n jsonc.Node, base Text, depth int) {
	if depth == 0 {
		return
	}
	switch n := n.(type) {
	case *jsonc.String:
		w.add(n, base)
	case *jsonc.Array:
		for _, e := range n.Elements {
			w.value(e, base, depth-1)
		}
	case *jsonc.Object:
		base.Object = n
		for _, m := range n.Members {
			w.member(m, base, depth-1)
		}
	}
}

func (w *textWalk) add(s *jsonc.String, base Text) {
	base.String = s
	base.Expression = base.Template.Expression(s)
	if len(w.free) == 0 {
		w.free = make([]Text, min(max(len(w.texts), 8), 256))
	}
	w.free[0] = base
	w.texts = append(w.texts, &w.free[0])
	w.free = w.free[1:]
}
