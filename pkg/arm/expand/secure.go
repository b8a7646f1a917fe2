package expand

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/value"
)

// hideParts returns the value of a parameter with its secure members and items
// unknown, like the value of a secure parameter. Their texts are added to the
// secrets of the run.
func (f *frame) hideParts(p *arm.Parameter, n *Node) *Node {
	hidden, _ := f.hidePart(p, &p.Type, n, "parameters('"+p.Name()+"')")
	return hidden
}

func (f *frame) hidePart(p *arm.Parameter, ty *arm.Type, n *Node, path string) (*Node, bool) {
	if ty == nil || n == nil || !n.Known() {
		return n, false
	}
	if ty.Secure() {
		if !containsText(n.Value) {
			return n, false
		}
		f.run.secrets(n)
		u := f.unknownParameter(p, n.Origin(), "it is a secret", true)
		known := u.Value.(value.Unknown)
		known.Residual, known.Kind = path, kindOf(ty)
		u.Value, u.Written = known, n.Written
		return u, true
	}
	ty, _ = ty.Resolve()
	changed := false
	copied := &Node{Written: n.Written}
	switch {
	case n.Members != nil:
		tag := ""
		if ty.Discriminator != nil {
			tag, _ = n.Get(ty.Discriminator.PropertyName).Text()
		}
		for _, m := range n.Members {
			child, hit := f.hidePart(p, ty.MemberFor(tag, m.Name), m.Node, path+accessor(m.Name))
			changed = changed || hit
			m.Node = child
			copied.Members = append(copied.Members, m)
		}
		if changed {
			return copied.closeObject(true).after(n.Origin()), true
		}
	case n.Items != nil:
		for i, item := range n.Items {
			child, hit := f.hidePart(p, ty.Item(i), item, path+"["+strconv.Itoa(i)+"]")
			changed = changed || hit
			copied.Items = append(copied.Items, child)
		}
		if changed {
			return copied.closeArray(true).after(n.Origin()), true
		}
	}
	return n, false
}

// after gives a rebuilt node the trail of the original.
func (n *Node) after(origin *eval.Origin) *Node {
	same := *origin
	same.Members, same.Items = n.origin.Members, n.origin.Items
	n.origin = &same
	return n
}

// accessor returns the text with which an expression accesses a member.
func accessor(name string) string {
	for i, r := range name {
		letter := r == '_' || 'a' <= r|0x20 && r|0x20 <= 'z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return "['" + strings.ReplaceAll(name, "'", "''") + "']"
		}
	}
	return "." + name
}
