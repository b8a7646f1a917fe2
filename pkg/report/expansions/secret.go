package expansions

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// withoutSecrets is the body of a resource with a mask for each secret that
// the template spells out at a property: there is no expression that could
// stand for it.
func withoutSecrets(r *expand.Resource) value.Value {
	v, _ := masked(r.Body, arm.SecretTreeOf(r.Type), false)
	return v
}

// outputValue is the value of an output: of a secure type, no text of it.
func outputValue(o *expand.Output) value.Value {
	v, _ := masked(o.Node, secureTree(o.Secure), false)
	return v
}

// secureTree says that all of a value is secret, or nothing of it.
func secureTree(secure bool) *arm.SecretTree {
	if !secure {
		return nil
	}
	return &arm.SecretTree{Secret: true}
}

// masked is the value of a node; changed reports that a part of it is masked.
// What Azure marks as secret is, and the text of a member with the name of one;
// the members of an object with such a name say what it contains: connection
// strings have types. A text that was computed from what the template spells out
// is shown, as the engine shows it, unless its form says that it is a secret.
func masked(n *expand.Node, t *arm.SecretTree, named bool) (v value.Value, changed bool) {
	switch old := n.Value.(type) {
	case value.String:
		marked := named || t != nil && t.Secret
		if marked && old != "" && (isLiteral(n) || n.Parent() == nil) || secret.HasForm(string(old)) {
			return value.String(secret.Mask), true
		}
	case value.Array:
		items := make(value.Array, len(n.Items))
		for i, item := range n.Items {
			part, hit := masked(item, within(t, t.Item()), false) // permissions for "secrets" are a list
			items[i], changed = part, changed || hit
		}
		if changed {
			return items, true
		}
	case *value.Object:
		members := make([]value.Member, len(n.Members))
		for i, m := range n.Members {
			part, hit := masked(m.Node, within(t, t.Member(m.Name)), isSecretMember(m.Name))
			members[i], changed = value.Member{Name: m.Name, Value: part}, changed || hit
		}
		if changed {
			return value.NewObject(members...), true
		}
	}
	return n.Value, false
}

// within is what is secret in a part of a value: all of it, when the value is.
func within(t, part *arm.SecretTree) *arm.SecretTree {
	if t != nil && t.Secret {
		return t
	}
	return part
}

// isSecretMember reports a property whose text is a secret. The texts of
// protectedSettings are not hidden as a whole: what names no secret in it, such
// as the address of an endpoint, has to be seen in an expansion.
func isSecretMember(name string) bool {
	return !strings.EqualFold(name, "protectedSettings") && arm.SecretProperty(name)
}

// isLiteral reports a text that is written literally in the template.
func isLiteral(n *expand.Node) bool {
	if n.Written.IsZero() || n.At() != n.Written {
		return false
	}
	written := n.Written.Text()
	if strings.HasPrefix(strings.ToLower(written), `"privatesettingsref:`) {
		return false // of the DSC extension: it only names a secret
	}
	return strings.HasPrefix(written, `"`) && (!strings.HasPrefix(written, `"[`) || strings.HasPrefix(written, `"[[`))
}
