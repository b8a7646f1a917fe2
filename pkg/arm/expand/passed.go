package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// bindNested binds the parameters that the deployment passes.
func (f *frame) bindNested(d *arm.Deployment, around *place) bool {
	f.startBinding()
	values, ok := f.passed(d, around)
	if !ok {
		return false
	}
	for name, p := range f.t.Parameters.All() {
		v, given := values.Get(name)
		if !given || !f.bindPassed(p, v, around) {
			f.bindDefault(p)
		}
	}
	var names []string
	for name := range f.t.Parameters.All() {
		names = append(names, name)
	}
	for _, v := range values.All() {
		if _, declared := f.t.Parameters.Get(v.Key.Value); !declared {
			f.run.surplusValue(f, v.Key, names)
			f.declaration.broken = true
		}
	}
	return true
}

// surplusPassed reports parameters that are passed to a template of outer scope
// but not declared by it.
func (f *frame) surplusPassed(d *arm.Deployment) {
	o, ok := d.Parameters.(*jsonc.Object)
	if !ok || f.run.opts.Literal {
		return
	}
	var names []string
	for name := range f.t.Parameters.All() {
		names = append(names, name)
	}
	for _, m := range o.Members {
		if _, declared := f.t.Parameters.Get(m.Key.Value); !declared {
			f.run.surplusValue(f, m.Key, names)
		}
	}
}

// passed returns the table of parameters of a nested deployment.
func (f *frame) passed(d *arm.Deployment, around *place) (*arm.Table[*arm.ParameterValue], bool) {
	none := &arm.Table[*arm.ParameterValue]{}
	switch n := d.Parameters.(type) {
	case nil:
		return none, true
	case *jsonc.Object:
		values, list := arm.ParseValues(n)
		for _, d := range list {
			f.run.add(d)
		}
		return values, true
	case *jsonc.String:
		return none, f.passedByExpression(n, around)
	}
	if !f.run.opts.Literal && d.Inline != nil { // any value but an object counts as absent
		return none, true
	}
	f.declaration.nestedError(CodeNestedShape, "the parameters of the nested deployment '%s' must be an object", f.declaration.label())
	return none, false
}

// passedByExpression binds all parameters from the result of one expression.
func (f *frame) passedByExpression(s *jsonc.String, around *place) bool {
	table := around.node(s)
	if !table.Known() {
		f.declaration.nested.giveUp("its parameters are known only at deployment")
		return false
	}
	for name, p := range f.t.Parameters.All() {
		if v := table.Get(name, "value"); v != nil {
			f.bindGiven(p, v, FromFile)
		} else {
			f.bindDefault(p)
		}
	}
	return false
}

// bindPassed binds one passed value; it returns false for null, which is not a
// value.
func (f *frame) bindPassed(p *arm.Parameter, v *arm.ParameterValue, around *place) bool {
	switch {
	case v.Reference != nil:
		f.bindUnknown(p, v.Reference.Node.At, around.keyVaultSecret(v.Reference), FromFile)
		return true
	case v.Value == nil:
		return f.bindEntry(p, v, around)
	}
	before := f.run.broken
	n := around.node(v.Value)
	return f.bindNode(p, n, v.Value, f.run.broken > before)
}

// bindEntry binds an entry whose form is known only after evaluation.
func (f *frame) bindEntry(p *arm.Parameter, v *arm.ParameterValue, around *place) bool {
	before := f.run.broken
	n := around.node(v.Entry)
	if u, unknown := n.Value.(value.Unknown); unknown && f.run.broken == before {
		u.Residual += ".value"
		f.bindUnknown(p, v.Entry.Range(), u, FromFile)
		return true
	}
	if n.Get("reference") != nil { // to a secret in a key vault
		f.bindUnknown(p, v.Entry.Range(), value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "its value is a secret in a key vault", Secret: true}, FromFile)
		return true
	}
	inner := n.Get("value")
	if inner == nil && f.run.broken == before {
		if !f.run.opts.Literal && !value.IsObject(n.Value) { // Azure accepts any entry that is not an object
			f.bindUnknown(p, v.Entry.Range(), value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "the deployment passes something that is not an object"}, FromFile)
			return true
		}
		return false
	}
	return f.bindNode(p, inner, v.Entry, f.run.broken > before)
}

// bindNode binds an evaluated value; it returns false for null, which is not a
// value.
func (f *frame) bindNode(p *arm.Parameter, n *Node, written jsonc.Node, broken bool) bool {
	if broken {
		f.bindUnknown(p, written.Range(), value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "its value could not be evaluated"}, FromFile)
		f.parameters[strings.ToLower(p.Name())].bad = true
		return true
	}
	if _, null := n.Value.(value.Null); null {
		if _, nullable := p.Resolve(); !nullable {
			if f.nulls == nil {
				f.nulls = map[string]*eval.Origin{}
			}
			f.nulls[strings.ToLower(p.Name())] = n.Origin()
			return false
		}
	}
	n.origin = n.Origin().Through(diag.Step{Kind: diag.ArgumentStep, Name: p.Name(), Deployment: f.declaration.label(), Place: written.Range()})
	f.bindGiven(p, n, FromFile)
	return true
}

// keyVaultSecret returns the expression with which the deployment service names
// such a secret.
func (p *place) keyVaultSecret(r *arm.KeyVaultReference) value.Unknown {
	args := make([]string, 0, 2)
	for _, n := range []jsonc.Node{r.VaultID, r.SecretName} {
		if n != nil {
			args = append(args, value.Expression(p.node(n).Value))
		}
	}
	return value.Unknown{Residual: "getKeyVaultSecret(" + strings.Join(args, ", ") + ")", Reason: "its value is a secret in a key vault", Secret: true}
}
