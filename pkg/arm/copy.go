package arm

import (
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

// parseCopy reads a loop; nil when it is not an object or lacks what it must have.
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

// checkBatch reports a batch size in a loop that is not serial.
func (t *Template) checkBatch(c *Copy) {
	mode, isText := c.Mode.(*jsonc.String)
	serial := isText && strings.EqualFold(mode.Value, "serial")
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
