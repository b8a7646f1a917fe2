package arm

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Deployment is what a nested deployment says in its properties. Members that
// are absent are nil.
type Deployment struct {
	Resource *Resource
	Node     *jsonc.Object // the properties
	Mode     jsonc.Node
	// Inline is the value of "template".
	Inline     jsonc.Node
	Link       *Link
	Parameters jsonc.Node
	// ParametersLink is the value of "parametersLink".
	ParametersLink jsonc.Node
	// InnerScope says that expressions of the template mean what the template
	// itself declares; without it they mean the parent's.
	InnerScope bool
}

// A Link leads to a template in another file.
type Link struct {
	Node         *jsonc.Object
	URI          jsonc.Node
	ID           jsonc.Node
	RelativePath jsonc.Node
	// ContentVersion is what the template has to say of itself.
	ContentVersion jsonc.Node
}

// Deployment reads the properties of a nested deployment; nil when the resource
// is none, or has no properties that could be read.
func (r *Resource) Deployment() *Deployment {
	if !r.IsDeployment() {
		return nil
	}
	o, ok := r.Properties.(*jsonc.Object)
	if !ok {
		return nil
	}
	d := &Deployment{Resource: r, Node: o}
	for _, m := range o.Members {
		switch strings.ToLower(m.Key.Value) {
		case "mode":
			d.Mode = orNil(m.Value)
		case "template":
			d.Inline = orNil(m.Value)
		case "templatelink":
			d.Link = newLink(m.Value)
		case "parameters":
			d.Parameters = orNil(m.Value)
		case "parameterslink":
			d.ParametersLink = orNil(m.Value)
		case "expressionevaluationoptions":
			d.InnerScope = isInner(m.Value)
		}
	}
	return d
}

func isInner(n jsonc.Node) bool {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return false
	}
	scope, _ := o.Text("scope")
	return strings.EqualFold(scope, "inner")
}

func newLink(n jsonc.Node) *Link {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return nil
	}
	l := &Link{Node: o}
	for _, m := range o.Members {
		switch strings.ToLower(m.Key.Value) {
		case "uri":
			l.URI = orNil(m.Value)
		case "id":
			l.ID = orNil(m.Value)
		case "relativepath":
			l.RelativePath = orNil(m.Value)
		case "contentversion":
			l.ContentVersion = orNil(m.Value)
		}
	}
	return l
}

// InlineTemplate is the template that stands in the properties of a nested
// deployment, parsed on first use; nil when there is none.
func (r *Resource) InlineTemplate() *Template {
	d := r.Deployment()
	if d == nil {
		return nil
	}
	o, ok := d.Inline.(*jsonc.Object)
	if !ok {
		return nil
	}
	r.once.Do(func() {
		r.nested = r.template.inline(o, r.Pointer+"/properties/template", !d.InnerScope)
	})
	return r.nested
}
