package arm

import (
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

// A Deployment has the properties of a nested deployment. Members that are
// absent are nil.
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
	// InnerScope is set if expressions in the template refer to the
	// declarations of the template itself; otherwise they refer to those of its
	// parent. That is the default, but in a template with languageVersion 2.0
	// (https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#languageversion-20).
	InnerScope bool
}

// A Link is a link to a template in another file.
type Link struct {
	Node         *jsonc.Object
	URI          jsonc.Node
	ID           jsonc.Node
	RelativePath jsonc.Node
	// ContentVersion is the contentVersion that the linked template must have.
	ContentVersion jsonc.Node
}

// Deployment returns the properties of a nested deployment, or nil if the
// resource is not a nested deployment or its properties could not be read.
func (r *Resource) Deployment() *Deployment {
	if !r.IsDeployment() {
		return nil
	}
	o, ok := r.Properties.(*jsonc.Object)
	if !ok {
		return nil
	}
	d := &Deployment{Resource: r, Node: o, InnerScope: r.template.aggregates()}
	for _, m := range o.Members {
		switch fold.Lower(m.Key.Value) {
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
			d.InnerScope = isInner(m.Value, d.InnerScope)
		}
	}
	return d
}

// isInner reports whether expressionEvaluationOptions ask for the inner scope;
// unspecified is the answer if they do not say.
func isInner(n jsonc.Node, unspecified bool) bool {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return unspecified
	}
	switch scope, ok := o.Text("scope"); {
	case ok && !fold.Equal(scope, "NotSpecified"):
		return fold.Equal(scope, "inner")
	case o.Get("scope") == nil || ok:
		return unspecified
	}
	return false
}

func newLink(n jsonc.Node) *Link {
	o, ok := n.(*jsonc.Object)
	if !ok {
		return nil
	}
	l := &Link{Node: o}
	for _, m := range o.Members {
		switch fold.Lower(m.Key.Value) {
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

// InlineTemplate returns the template in the properties of a nested deployment,
// parsed on first use, or nil if there is none.
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
