package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Variable is a declared variable: a value, or a loop of the copy array of
// the variables.
type Variable struct {
	Key   *jsonc.String // the name; for a loop, the value of its "name"
	Value jsonc.Node    // nil for a loop
	Loop  *Copy         // nil for a plain value
}

// Name returns the name as written.
func (v *Variable) Name() string { return v.Key.Value }

func (t *Template) parseVariables(sections []*jsonc.Member) {
	var loops *jsonc.Member
	for _, s := range sections {
		o := object(s)
		if o == nil {
			continue
		}
		for _, m := range o.Members {
			if strings.EqualFold(m.Key.Value, "copy") {
				loops = m
			} else {
				t.duplicate(m, "variable", t.Variables.put(m.Key.Value, &Variable{Key: m.Key, Value: m.Value}))
			}
		}
	}
	if loops != nil {
		t.parseVariableLoops(loops)
	}
}

func (t *Template) parseVariableLoops(m *jsonc.Member) {
	a, ok := m.Value.(*jsonc.Array)
	if !ok {
		return
	}
	for _, e := range a.Elements {
		c := parseCopy(e, "name", "count", "input")
		if c == nil {
			continue
		}
		t.VariableLoops = append(t.VariableLoops, c)
		name, ok := c.Name.(*jsonc.String)
		if !ok {
			continue
		}
		if t.Variables.put(name.Value, &Variable{Key: name, Loop: c}) != "" {
			t.errorf(CodeDuplicate, name.At, "the variable '%s' is declared twice, once by a copy loop", name.Value)
		}
	}
}
