package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// A binding is a parameter or a variable whose value is evaluated on first use.
type binding struct {
	name  string
	at    source.Range // of the declaration
	state state
	make  func() *Node // nil once evaluated
	node  *Node
	bad   bool // reported as broken
	// preset is set for the default of a parameter, which a passed value can
	// replace.
	preset bool
}

type state int

const (
	fresh state = iota
	running
	done
)

// value evaluates the binding once. It reports a cycle at the reference that
// closes it, with the whole chain.
func (f *frame) value(b *binding, rule string) (eval.Placed, error) {
	switch b.state {
	case running:
		f.cycle(b, rule)
		return eval.Placed{}, eval.ErrReported
	case fresh:
		b.state = running
		f.run.chain = append(f.run.chain, b)
		before := f.run.broken
		b.node = b.make()
		b.node.origin = b.node.Origin() // of all its uses
		if err := f.run.budget.Pay(b.node.Value); err != nil {
			f.run.fail(err, b.at)
		}
		b.bad = b.bad || f.run.broken > before
		f.run.chain = f.run.chain[:len(f.run.chain)-1]
		b.state, b.make = done, nil
	}
	if b.bad {
		return eval.Placed{}, eval.ErrReported
	}
	return eval.Placed{Value: b.node.Value, Origin: b.node.origin}, nil
}

func (f *frame) cycle(b *binding, rule string) {
	start := len(f.run.chain) - 1
	for start > 0 && f.run.chain[start] != b {
		start--
	}
	var names []string
	var related []diag.Related
	preset := false
	for _, c := range f.run.chain[start:] {
		c.bad = true
		preset = preset || c.preset
		names = append(names, c.name)
		related = append(related, diag.Related{Range: c.at, Message: "'" + c.name + "' is declared here"})
	}
	d := diag.Diagnostic{Code: eval.CodeCycle, Rule: rule, Severity: diag.Error, Subject: b.at}
	d.Summary = "'" + b.name + "' is defined by itself: " + strings.Join(append(names, b.name), " -> ")
	if len(names) > 1 {
		d.Related = related[1:]
	}
	if preset && len(names) > 1 {
		d.Detail = "Give one of them a default that does not use the other. Without one, a value must be passed."
	}
	f.run.add(d)
}

// parameter returns the value of parameters(name).
func (f *frame) parameter(name string) (eval.Placed, error) {
	b, ok := find(f.parameters, name)
	if !ok {
		return eval.Placed{}, f.undefined("parameter", name, f.t.Parameters.Nearest(name))
	}
	return f.value(b, RuleParameter)
}

// variable returns the value of variables(name).
func (f *frame) variable(name string) (eval.Placed, error) {
	i, ok := f.t.Variables.Index(name)
	if !ok || i >= len(f.variables) { // a template of outer scope has none of its own
		return eval.Placed{}, f.undefined("variable", name, f.t.Variables.Nearest(name))
	}
	return f.value(&f.variables[i], RuleVariable)
}

func (f *frame) undefined(what, name, nearest string) error {
	e := eval.Errorf(eval.CodeName, source.Range{}, "%s '%s' is not defined", what, name)
	if nearest != "" {
		e.Detail = "Did you mean '" + nearest + "'?"
	} else {
		e.Detail = "Declare it in the " + what + "s of the template."
	}
	if section := f.t.Node.Get(what + "s"); section != nil {
		e.Related = []diag.Related{{Range: section.Key.At, Message: "the " + what + "s are declared here"}}
	}
	return e
}

// register adds the binding of a parameter under its name as written, which is the
// usual lookup, and under the lower-case name.
func register(table map[string]*binding, name string, b *binding) {
	table[name] = b
	table[fold.Lower(name)] = b
}

// find returns the binding with a name, ignoring case.
func find(table map[string]*binding, name string) (*binding, bool) {
	if b, ok := table[name]; ok {
		return b, true
	}
	b, ok := table[fold.Lower(name)]
	return b, ok
}

// bindVariables adds the bindings of all variables.
func (f *frame) bindVariables() {
	f.variables = make([]binding, 0, f.t.Variables.Len())
	for name, v := range f.t.Variables.All() {
		f.variables = append(f.variables, binding{name: name, at: v.Key.At, make: func() *Node { return f.variableNode(v) }})
	}
}

func (f *frame) variableNode(v *arm.Variable) *Node {
	p := &place{f: f, where: funcs.InVariable, mode: forbid, mirror: true, closed: true}
	if v.Loop != nil {
		return p.unroll(v.Loop, v.Name())
	}
	if _, null := v.Value.(*jsonc.Null); null { // an expression may evaluate to null
		f.run.broken++
		f.run.errorf(CodeNullVariable, RuleVariable, v.Value.Range(), "the variable '%s' is null, which Azure rejects", v.Name())
	}
	return p.node(v.Value)
}

// evaluateAll evaluates the unused parameters and variables: the deployment
// service rejects a template with a broken default or variable even if it is
// unused.
func (f *frame) evaluateAll() {
	for name := range f.t.Parameters.All() {
		f.parameter(name) //nolint:errcheck // reported where it is defined
	}
	for name := range f.t.Variables.All() {
		f.variable(name) //nolint:errcheck // reported where it is defined
	}
}
