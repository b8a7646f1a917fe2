package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
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
// and that it does not declare.
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

// passed reads the table of parameters of a nested deployment.
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
	if !f.run.opts.Literal && d.Inline != nil { // anything but an object counts as none
		return none, true
	}
	f.declaration.nestedError(CodeNestedShape, "the parameters of the nested deployment '%s' must be an object", f.declaration.label())
	return none, false
}

// passedByExpression binds what one expression gives for all parameters.
func (f *frame) passedByExpression(s *jsonc.String, around *place) bool {
	table := around.node(s)
	if !table.Known() {
		f.declaration.nested.giveUp("its parameters are known only at deployment")
		return false
	}
	for name, p := range f.t.Parameters.All() {
		if v := table.Get(name, "value"); v != nil {
			f.bindGiven(p, v, ByFile)
		} else {
			f.bindDefault(p)
		}
	}
	return false
}

// bindPassed binds one passed value; false when it is null, which is not a value.
func (f *frame) bindPassed(p *arm.Parameter, v *arm.ParameterValue, around *place) bool {
	switch {
	case v.Reference != nil:
		f.bindUnknown(p, v.Reference.Node.At, around.keyVaultSecret(v.Reference), ByFile)
		return true
	case v.Value == nil:
		return f.bindEntry(p, v, around)
	}
	before := f.run.broken
	n := around.node(v.Value)
	return f.bindNode(p, n, v.Value, f.run.broken > before)
}

// bindEntry binds an entry that has a value only after it is evaluated.
func (f *frame) bindEntry(p *arm.Parameter, v *arm.ParameterValue, around *place) bool {
	before := f.run.broken
	n := around.node(v.Entry)
	if u, unknown := n.Value.(value.Unknown); unknown && f.run.broken == before {
		u.Residual += ".value"
		f.bindUnknown(p, v.Entry.Range(), u, ByFile)
		return true
	}
	if n.Get("reference") != nil { // to a secret in a key vault
		f.bindUnknown(p, v.Entry.Range(), value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "its value is a secret in a key vault", Secret: true}, ByFile)
		return true
	}
	inner := n.Get("value")
	if inner == nil && f.run.broken == before {
		if !f.run.opts.Literal && !value.IsObject(n.Value) { // the service takes any entry that is not an object
			f.bindUnknown(p, v.Entry.Range(), value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "the deployment passes something that is not an object"}, ByFile)
			return true
		}
		return false
	}
	return f.bindNode(p, inner, v.Entry, f.run.broken > before)
}

// bindNode binds an evaluated value; false when it is null, which is not a value.
func (f *frame) bindNode(p *arm.Parameter, n *Node, written jsonc.Node, broken bool) bool {
	if broken {
		f.bindUnknown(p, written.Range(), value.Unknown{Residual: "parameters('" + p.Name() + "')", Reason: "its value could not be evaluated"}, ByFile)
		f.parameters[strings.ToLower(p.Name())].bad = true
		return true
	}
	if _, null := n.Value.(value.Null); null {
		if _, nullable := p.Resolve(); !nullable {
			return false
		}
	}
	n.Origin = n.Origin.Through(diag.Step{Kind: diag.ArgumentStep, Name: p.Name(), Deployment: f.declaration.label(), Place: written.Range()})
	f.bindGiven(p, n, ByFile)
	return true
}

// keyVaultSecret is the expression by which the engine names such a secret.
func (p *place) keyVaultSecret(r *arm.KeyVaultReference) value.Unknown {
	args := make([]string, 0, 2)
	for _, n := range []jsonc.Node{r.VaultID, r.SecretName} {
		if n != nil {
			args = append(args, value.Expression(p.node(n).Value))
		}
	}
	return value.Unknown{Residual: "getKeyVaultSecret(" + strings.Join(args, ", ") + ")", Reason: "its value is a secret in a key vault", Secret: true}
}
