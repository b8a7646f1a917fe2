package expand

import (
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/grammar"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// nested is the expansion of one nested deployment.
type nested struct {
	decl     *arm.Deployment
	frame    *frame
	record   *Nested
	expanded bool
	modeNode *Node // evaluated; nil if the deployment has none
	// outputs is the table of outputs with its origin, built on first use.
	outputs eval.Placed
}

// giveUp records why the resources of the deployment are unknown.
func (n *nested) giveUp(reason string) {
	if n.record.Reason == "" {
		n.record.Reason = reason
	}
}

// expandNested expands the template of a nested deployment.
func (i *instance) expandNested() {
	r := i.f.run
	record := &Nested{ID: i.id, Name: i.label(), Path: i.f.path, Declared: i.decl}
	i.nested = &nested{decl: i.decl.Deployment(), record: record}
	r.out.Nested = append(r.out.Nested, record)
	i.checkEnvelope()
	i.checkProperties()
	i.checkMembersOfVersion()
	if s, ok := i.decl.Properties.(*jsonc.String); ok && expr.IsExpression(s.Value) && !i.broken {
		record.Reason = "its properties are an expression"
		i.notExpanded()
		return
	}
	if i.broken || i.nested.decl == nil || !i.checkShape() {
		if i.nested.decl == nil && !i.broken {
			i.nestedError(CodeNestedShape, "the nested deployment '%s' has neither a template nor a link to one", i.label())
		}
		record.Reason = "it is not well formed"
		return
	}
	if mode := i.nested.decl.Mode; mode != nil {
		i.nested.modeNode = i.at.node(mode)
	}
	target, ctx, ok := i.destination()
	if !ok {
		record.Reason = "its scope is not known"
		return
	}
	if len(i.f.path) >= r.opts.Limits.Nesting {
		record.Reason = "it is nested too deep"
		r.errorf(CodeLimit, RuleLimit, i.decl.At(), "nested deployments are more than %d levels deep, the limit of this tool", r.opts.Limits.Nesting)
		return
	}
	if t, inner := i.nestedTemplate(); t != nil {
		i.enter(t, inner, target, ctx)
	} else if p := i.nested.decl.Parameters; p != nil {
		i.at.in(funcs.InResource, resolve).node(p) // for findings in them
	}
	if !i.nested.expanded && record.Reason != "" && !i.broken {
		i.notExpanded()
	}
}

func (i *instance) nestedError(code diag.Code, format string, args ...any) {
	i.nestedErrorAt(i.decl.At(), code, format, args...)
}

func (i *instance) nestedErrorAt(at source.Range, code diag.Code, format string, args ...any) {
	i.broken = true
	i.f.run.errorf(code, RuleNested, at, format, args...)
}

// notExpanded reports that the resources of a nested deployment are missing.
func (i *instance) notExpanded() {
	i.f.run.infof(CodeNotExpanded, RuleNested, i.decl.At(), "the nested deployment '%s' is not expanded: %s", clipped(i.label()), i.nested.record.Reason)
}

// checkShape reports a deployment without a template, or with two.
func (i *instance) checkShape() bool {
	d := i.nested.decl
	i.checkDeploymentVersion()
	switch {
	case d.Inline == nil && d.Link == nil:
		i.nestedErrorAt(d.Node.At.File.Range(d.Node.At.Start, d.Node.At.Start+1), CodeNestedShape, "the nested deployment '%s' has neither a template nor a link to one", i.label())
	case d.Inline != nil && d.Link != nil:
		i.nestedErrorAt(d.Inline.Range(), CodeNestedShape, "the nested deployment '%s' has both a template and a link to one", i.label())
	case d.Link != nil && d.Link.URI == nil && d.Link.ID == nil && d.Link.RelativePath == nil:
		i.nestedError(CodeNestedShape, "the link of the nested deployment '%s' has neither a uri, an id nor a relativePath", i.label())
	default:
		return true
	}
	return false
}

// nestedTemplate returns the template; inner is false if its expressions are
// evaluated in the scope around it.
func (i *instance) nestedTemplate() (t *arm.Template, inner bool) {
	d := i.nested.decl
	switch {
	case d.ParametersLink != nil:
		i.nested.giveUp("its parameters are in another file")
	case d.Link != nil:
		return i.linkedTemplate(), true
	default:
		if t := i.decl.InlineTemplate(); t != nil {
			return t, d.InnerScope
		}
		if s, ok := d.Inline.(*jsonc.String); ok && expr.IsExpression(s.Value) && !i.f.run.opts.Literal && !d.InnerScope { // checked with the other properties
			if n := i.at.in(funcs.InResource, forbid).node(s); n.Value == (value.Null{}) {
				i.nestedError(CodeNestedShape, "the nested deployment '%s' has neither a template nor a link to one", i.label())
			}
			i.nested.giveUp("its template is an expression")
			break
		}
		i.broken = true
		if _, bad := d.Inline.(*jsonc.Invalid); !bad {
			i.f.run.errorf(CodeNestedShape, RuleNested, d.Inline.Range(), "the template of the nested deployment '%s' must be an object; Azure does not evaluate an expression here", i.label())
		}
	}
	return nil, false
}

// enter expands the template of the deployment.
func (i *instance) enter(t *arm.Template, inner bool, to target, ctx funcs.Context) {
	n := i.nested
	n.record.Template = t
	f := &frame{run: i.f.run, t: t, ctx: ctx, target: to, declaration: i}
	f.path = append(i.f.path[:len(i.f.path):len(i.f.path)], i.label())
	n.frame = f
	around := i.at.in(funcs.InResource, resolve)
	around.mirror = true
	if !inner {
		i.checkSections(t)
		f.surplusPassed(n.decl)
	}
	if inner {
		if !f.bindNested(n.decl, around) {
			return
		}
	} else if f.outer = around; !i.known(t) {
		f.planUnexpanded()
		n.giveUp("its expressions are evaluated by the template around it, and some are known only at deployment")
		return
	}
	i.follow()
	before := len(f.run.out.Resources)
	f.expand()
	if n.record.Reason != "" {
		f.run.out.Resources = f.run.out.Resources[:before]
		return
	}
	n.expanded, n.record.Expanded = true, true
	n.record.Parameters = f.parameterList()
}

// checkSections checks the structure of a template of outer scope that is the
// result of expressions: Azure reads the template after it evaluates them.
func (i *instance) checkSections(t *arm.Template) {
	if !i.f.run.opts.Literal {
		i.checkRead(t.Node, grammar.Template, "the template of '"+i.label()+"'", i.at.in(funcs.InResource, resolve))
	}
}

// checkRead checks members of an object that are expressions where Azure reads
// a literal: their results must have the right type.
func (i *instance) checkRead(o *jsonc.Object, shape *grammar.Shape, of string, at *place) {
	for _, m := range o.Members {
		spec, what := shape.Member(m.Key.Value), "the "+m.Key.Value+" of "+of
		if spec == nil {
			spec, what = shape.Others, "the "+shape.Entry+" '"+m.Key.Value+"'"
		}
		if spec != nil && spec.Expression != grammar.Evaluated { // others are checked where they are evaluated
			i.checkReadValue(m.Value, spec, what, at)
		}
	}
}

// checkReadValue checks a member; what is its name in messages.
func (i *instance) checkReadValue(n jsonc.Node, spec *grammar.Member, what string, at *place) {
	switch n := n.(type) {
	case *jsonc.String:
		if spec.Type == grammar.Any || spec.Shape == grammar.Resource && spec.Type == grammar.Text || !expr.IsExpression(n.Value) {
			return
		}
		if got := at.node(n); !spec.Reads(got.Value) {
			i.f.run.reject(diag.Diagnostic{Code: CodeFieldType, Rule: RuleResource, Severity: diag.Error, Subject: n.At, Trail: got.Trail(),
				Summary: what + " must be " + spec.Expected() + ", but the expression gives " + withArticle(got.Value),
				Detail:  "Azure evaluates a template of outer scope before it reads it."})
		}
	case *jsonc.Object:
		switch {
		case spec.Shape == nil:
		case spec.Type == grammar.ArrayOrObject: // resources by symbolic name
			for _, m := range n.Members {
				i.checkReadItem(m.Value, spec, at)
			}
		default:
			i.checkRead(n, spec.Shape, what, at)
		}
	case *jsonc.Array:
		for _, e := range n.Elements {
			i.checkReadItem(e, spec, at)
		}
	}
}

// checkReadItem checks a resource or a namespace of functions.
func (i *instance) checkReadItem(n jsonc.Node, spec *grammar.Member, at *place) {
	o, ok := n.(*jsonc.Object)
	if !ok || spec.Shape == nil {
		return
	}
	label := spec.Shape.Kind
	if name, ok := o.Text("name"); ok {
		label = "'" + name + "'"
	}
	i.checkRead(o, spec.Shape, label, at)
}

// known reports whether all values in a template of outer scope are known
// before the deployment: the deployment service expands no other.
func (i *instance) known(t *arm.Template) bool {
	p := i.at.in(funcs.InResource, resolve)
	for _, section := range []string{"resources", "outputs"} {
		if m := t.Node.Get(section); m != nil {
			if n := p.node(m.Value); !value.IsKnown(n.Value) {
				return false
			}
		}
	}
	return true
}
