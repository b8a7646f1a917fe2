package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// An Output is a declared output: a value or a copy loop.
type Output struct {
	Type
	Key       *jsonc.String
	Condition jsonc.Node // nil when absent
	Value     jsonc.Node // nil when absent, or with a loop
	Loop      *Copy      // nil without "copy"
	// Broken is set if a mistake of structure was reported: the output has no
	// value.
	Broken bool
}

// Name returns the name as written.
func (o *Output) Name() string { return o.Key.Value }

func (t *Template) parseOutputs(sections []*jsonc.Member) {
	for _, s := range sections {
		o := object(s)
		if o == nil {
			continue
		}
		for _, m := range o.Members {
			t.duplicate(m, "output", t.Outputs.put(m.Key.Value, t.parseOutput(m)))
		}
	}
}

func (t *Template) parseOutput(m *jsonc.Member) *Output {
	out := &Output{Key: m.Key}
	o, ok := m.Value.(*jsonc.Object)
	if !ok {
		out.Broken = true
		return out
	}
	out.Node = o
	for _, f := range o.Members {
		switch strings.ToLower(f.Key.Value) {
		case "value":
			out.Value = f.Value
		case "condition":
			out.Condition = f.Value
		case "copy":
			if isNull(f.Value) {
				continue
			}
			if out.Loop = parseCopy(f.Value, "count", "input"); out.Loop != nil {
				t.checkBatch(out.Loop)
			}
			out.Broken = out.Loop == nil
		default:
			t.typeMember(&out.Type, f)
		}
	}
	t.finishType(&out.Type, out.Name())
	t.resolve(&out.Type)
	t.checkOutput(out)
	return out
}

func (t *Template) checkOutput(out *Output) {
	switch {
	case out.Broken:
	case out.Loop == nil && out.Value == nil:
		t.errorf(CodeMissing, out.Key.At, "the output '%s' has no 'value'", out.Name())
		out.Broken = true
	case out.Loop != nil && out.Kind != ArrayKind && out.Target == nil:
		t.errorf(CodeCopy, out.Key.At, "the output '%s' has a copy loop, so its type must be array, not %s", out.Name(), out.Kind)
		out.Broken = true
	}
}
