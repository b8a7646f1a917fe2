package arm

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// MaxCopies is the greatest count of a copy loop
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#copy-limits).
const MaxCopies = 800

// A Copy is one loop: of a resource, of a property, of a variable, of an
// output. What it does not have is nil.
type Copy struct {
	Node      *jsonc.Object
	Name      jsonc.Node
	Count     jsonc.Node
	Input     jsonc.Node
	Mode      jsonc.Node
	BatchSize jsonc.Node
}

// parseCopy reads a loop; nil when it is no object or lacks what it must have,
// which is reported.
func (t *Template) parseCopy(n jsonc.Node, required ...string) *Copy {
	o, ok := n.(*jsonc.Object)
	if !ok {
		t.wrongType(n, "'copy'", "an object with "+strings.Join(required, ", "))
		return nil
	}
	c := NewCopy(o)
	complete := true
	for _, name := range required {
		if o.Get(name) == nil {
			t.errorf(CodeCopy, openingOf(o), "the copy loop has no '%s'", name)
			complete = false
		}
	}
	t.checkMode(c)
	for _, m := range o.Members {
		if !slices.ContainsFunc(copyNames, func(n string) bool { return strings.EqualFold(n, m.Key.Value) }) {
			t.unknownProperty(m, "a copy loop", copyNames)
		}
	}
	if !complete {
		return nil
	}
	return c
}

var copyNames = []string{"name", "count", "mode", "batchSize", "input"}

// NewCopy gives an object the shape of a loop, without judging it.
func NewCopy(o *jsonc.Object) *Copy {
	c := &Copy{Node: o}
	for _, m := range o.Members {
		switch strings.ToLower(m.Key.Value) {
		case "name":
			c.Name = m.Value
		case "count":
			c.Count = m.Value
		case "input":
			c.Input = m.Value
		case "mode":
			c.Mode = m.Value
		case "batchsize":
			c.BatchSize = m.Value
		}
	}
	return c
}

// checkMode reports a batch size in a loop that is not serial, and modes that
// do not exist.
func (t *Template) checkMode(c *Copy) {
	mode, isText := c.Mode.(*jsonc.String)
	serial := isText && strings.EqualFold(mode.Value, "serial")
	if isText && !serial && !strings.EqualFold(mode.Value, "parallel") && !strings.HasPrefix(mode.Value, "[") {
		t.errorf(CodeCopy, mode.At, "the mode of a copy loop is 'parallel' or 'serial', not '%s'", mode.Value)
	}
	if c.BatchSize != nil && !serial && !isNull(c.BatchSize) {
		d := t.errorf(CodeCopy, c.BatchSize.Range(), "'batchSize' needs \"mode\": \"serial\"")
		d.Detail = "A loop without a mode is parallel and has no batches."
	}
}

// openingOf is the opening brace of an object, where what it lacks is reported.
func openingOf(o *jsonc.Object) source.Range {
	r := o.At
	if r.File != nil && r.End > r.Start {
		r.End = r.Start + 1
	}
	return r
}
