package expand

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// value returns the result of reference() for the expanded deployment: its
// properties or, with full, the whole resource.
func (n *nested) value(full bool) eval.Placed {
	if n.outputs.Value == nil {
		n.outputs = n.frame.outputTable()
	}
	members := []value.Member{{Name: "outputs", Value: n.outputs.Value}, {Name: "mode", Value: n.mode()}}
	origin := &eval.Origin{At: n.record.Declared.Node.At, Members: map[string]*eval.Origin{"outputs": n.outputs.Origin}}
	if n.decl.Inline != nil {
		members = append(members, value.Member{Name: "template", Value: literalValue(n.decl.Inline)})
	}
	properties := value.NewObject(members...)
	if !full {
		return eval.Placed{Value: properties, Origin: origin}
	}
	i := n.frame.declaration
	return eval.Placed{
		Value:  value.NewObject(value.Member{Name: "apiVersion", Value: i.apiNode.Value}, value.Member{Name: "properties", Value: properties}),
		Origin: &eval.Origin{At: origin.At, Members: map[string]*eval.Origin{"properties": origin}},
	}
}

// mode returns the mode of the deployment, Incremental by default.
func (n *nested) mode() value.Value {
	if n.decl.Mode == nil {
		return value.String("Incremental")
	}
	return n.modeNode.Value
}

// outputKinds are the names of types in the outputs of a deployment.
var outputKinds = [...]string{
	arm.StringKind: "String", arm.SecureStringKind: "SecureString", arm.IntKind: "Int", arm.BoolKind: "Bool",
	arm.ArrayKind: "Array", arm.ObjectKind: "Object", arm.SecureObjectKind: "SecureObject",
}

func (f *frame) outputTable() eval.Placed {
	members := make([]value.Member, len(f.outputs))
	origins := make(map[string]*eval.Origin, len(f.outputs))
	for i, o := range f.outputs {
		hop := o.node.Origin().Through(diag.Step{Kind: diag.OutputStep, Name: o.decl.Name(), Deployment: f.declaration.label(), Place: o.decl.Key.At})
		origins[strings.ToLower(o.decl.Name())] = &eval.Origin{At: o.node.At(), Members: map[string]*eval.Origin{"value": hop}}
		t, _ := o.decl.Resolve()
		members[i] = value.Member{Name: o.decl.Name(), Value: value.NewObject(
			value.Member{Name: "type", Value: value.String(outputKinds[t.Kind])},
			value.Member{Name: "value", Value: o.node.Value})}
	}
	return eval.Placed{Value: value.NewObject(members...), Origin: &eval.Origin{At: f.t.Node.At, Members: origins}}
}
