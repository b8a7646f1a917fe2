package expand

import (
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// An outputValue is an output of a frame.
type outputValue struct {
	decl *arm.Output
	node *Node
}

// evaluateOutputs evaluates the outputs in order. An output that cannot be
// evaluated is reported and left out.
func (f *frame) evaluateOutputs() {
	for _, out := range f.t.Outputs.All() {
		if out.Broken || f.run.stopped {
			continue
		}
		before := f.run.broken
		if !f.outputWanted(out) {
			continue
		}
		n := f.outputNode(out)
		if f.run.broken == before && !f.run.stopped && f.checkOutput(out, n) {
			f.outputs = append(f.outputs, &outputValue{decl: out, node: n})
		}
	}
}

func (f *frame) outputWanted(out *arm.Output) bool {
	if out.Condition == nil {
		return true
	}
	before := f.run.broken
	n := f.place(header, forbid).node(out.Condition)
	if f.run.broken > before {
		return false
	}
	switch v := n.Value.(type) {
	case value.Bool:
		return bool(v)
	case value.Unknown:
		return true
	case value.Null:
		if _, written := out.Condition.(*jsonc.Null); written { // counts as absent
			return true
		}
	}
	f.run.errorf(CodeCondition, RuleCondition, n.At(), "the condition of the output '%s' must be a boolean, not %s", out.Name(), value.KindName(n.Value))
	return false
}

func (f *frame) outputNode(out *arm.Output) *Node {
	p := f.place(funcs.InOutput, resolve)
	p.mirror = f.declaration != nil // for the template around it
	if out.Loop != nil {
		return p.unroll(out.Loop, "")
	}
	return p.node(out.Value)
}

func (f *frame) checkOutput(out *arm.Output, n *Node) bool {
	m := checker{secret: out.Secure(), typeOf: CodeOutputType}.conform(n, &out.Type, "")
	if m == nil {
		return true
	}
	f.run.add(diag.Diagnostic{Code: m.code, Rule: RuleOutput, Severity: diag.Error, Subject: m.at, Detail: m.detail,
		Summary: "the output '" + out.Name() + m.path + "' " + m.summary, Related: declaredType(out)})
	return false
}

// declaredType returns the range of the type of an output.
func declaredType(out *arm.Output) []diag.Related {
	if out.KindNode == nil {
		return nil
	}
	return []diag.Related{{Range: out.KindNode.Range(), Message: "the type of '" + out.Name() + "' is declared here"}}
}

// rootOutputs adds the outputs to the result. An output with an unknown part is
// unknown as a whole, as the deployment service prints it.
func (r *run) rootOutputs(f *frame) {
	for _, o := range f.outputs {
		n := o.node
		if !value.IsKnown(n.Value) && n.Known() {
			whole := *n
			whole.Value = value.Unknown{Residual: value.Expression(n.Value), Reason: firstReason(n.Value), Secret: hasSecret(n.Value)}
			whole.Members, whole.Items = nil, nil
			n = &whole
		}
		n.outside = &outside{root: "/outputs/" + jsonc.PointerToken(o.decl.Name())}
		r.out.Outputs = append(r.out.Outputs, Output{
			Name: o.decl.Name(), Type: o.decl.Kind.String(), Node: n, Secure: o.decl.Secure(), Declared: o.decl})
	}
}

// firstReason returns the reason of the first unknown part of a value.
func firstReason(v value.Value) string {
	switch v := v.(type) {
	case value.Unknown:
		return v.Reason
	case value.Array:
		for _, item := range v {
			if reason := firstReason(item); reason != "" {
				return reason
			}
		}
	case *value.Object:
		for _, m := range v.Members() {
			if reason := firstReason(m.Value); reason != "" {
				return reason
			}
		}
	}
	return ""
}

func hasSecret(v value.Value) bool {
	switch v := v.(type) {
	case value.Unknown:
		return v.Secret
	case value.Array:
		for _, item := range v {
			if hasSecret(item) {
				return true
			}
		}
	case *value.Object:
		for _, m := range v.Members() {
			if hasSecret(m.Value) {
				return true
			}
		}
	}
	return false
}
