package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Function is a user function that the template defines.
type Function struct {
	Namespace  string
	Key        *jsonc.String // the name
	Node       *jsonc.Object // nil when it is not an object
	Parameters []*FunctionParameter
	Output     Type
	// Value is the body; nil when absent.
	Value jsonc.Node
}

// Name returns the name with its namespace, as written.
func (f *Function) Name() string { return f.Namespace + "." + f.Key.Value }

// A FunctionParameter is a parameter of a user function.
type FunctionParameter struct {
	Type
	Name string
}

func (t *Template) parseFunctions(sections []*jsonc.Member) {
	for _, s := range sections {
		a, ok := s.Value.(*jsonc.Array)
		if !ok {
			continue
		}
		for _, e := range a.Elements {
			t.parseNamespace(e)
		}
	}
}

func (t *Template) parseNamespace(n jsonc.Node) {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return
	}
	name, _ := o.Text("namespace")
	members := o.Get("members")
	if members == nil {
		return
	}
	if all := object(members); all != nil {
		for _, m := range all.Members {
			f := t.parseFunction(name, m)
			t.duplicate(m, "function", t.Functions.put(f.Name(), f))
		}
	}
}

func (t *Template) parseFunction(namespace string, m *jsonc.Member) *Function {
	f := &Function{Namespace: namespace, Key: m.Key}
	o := object(m)
	if o == nil {
		return f
	}
	f.Node = o
	if ps := o.Get("parameters"); ps != nil {
		if a, ok := ps.Value.(*jsonc.Array); ok {
			for _, e := range a.Elements {
				f.Parameters = append(f.Parameters, t.parseFunctionParameter(e))
			}
		}
	}
	if out := o.Get("output"); out != nil {
		t.parseFunctionOutput(f, out)
	}
	return f
}

func (t *Template) parseFunctionOutput(f *Function, out *jsonc.Member) {
	o := object(out)
	if o == nil {
		return
	}
	f.Output.Node = o
	for _, m := range o.Members {
		if strings.EqualFold(m.Key.Value, "value") {
			f.Value = m.Value
		} else {
			t.typeMember(&f.Output, m)
		}
	}
	t.finishType(&f.Output, f.Name())
	t.resolve(&f.Output)
}

func (t *Template) parseFunctionParameter(n jsonc.Node) *FunctionParameter {
	p := &FunctionParameter{}
	o, ok := n.(*jsonc.Object)
	if !ok {
		return p
	}
	p.Node = o
	p.Name, _ = o.Text("name")
	for _, m := range o.Members {
		t.typeMember(&p.Type, m)
	}
	t.finishType(&p.Type, p.Name)
	t.resolve(&p.Type)
	return p
}
