package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// MaxCopies is the largest count of a copy loop
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#copy-limits).
const MaxCopies = 800

// A Copy is a copy loop of a resource, a property, a variable or an output.
// Members that are absent are nil.
type Copy struct {
	Node      *jsonc.Object
	Name      jsonc.Node
	Count     jsonc.Node
	Input     jsonc.Node
	Mode      jsonc.Node
	BatchSize jsonc.Node
}

// parseCopy reads a loop; it returns nil if n is not an object or a required
// member is missing.
func parseCopy(n jsonc.Node, required ...string) *Copy {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return nil
	}
	for _, name := range required {
		if m := o.Get(name); m == nil || isNull(m.Value) {
			return nil
		}
	}
	return NewCopy(o)
}

// NewCopy reads the members of a copy loop without checking them.
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

// checkBatch reports a batch size in a loop that is not serial.
func (t *Template) checkBatch(c *Copy) {
	mode, isText := c.Mode.(*jsonc.String)
	serial := isText && strings.EqualFold(mode.Value, "serial")
	if c.BatchSize != nil && !serial && !isNull(c.BatchSize) {
		d := t.errorf(CodeCopy, c.BatchSize.Range(), "'batchSize' needs \"mode\": \"serial\"")
		d.Detail = "Add the mode, or remove batchSize: without a mode, a loop is parallel and has no batches."
	}
}

// openingOf returns the range of the opening brace of an object, where missing
// members are reported.
func openingOf(o *jsonc.Object) source.Range {
	r := o.At
	if r.File != nil && r.End > r.Start {
		r.End = r.Start + 1
	}
	return r
}
