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
	kind := strings.ToLower(r.Type)
	vault := strings.HasPrefix(kind, "microsoft.keyvault/") && strings.HasSuffix(kind, "/secrets")
	v, _ := masked(r.Body, false, vault)
	return v
}

// masked is the value of a node; changed reports that a part of it is masked.
// The text of a member with the name of a secret is one; what an object of such
// a name holds is told by the names in it: connection strings have types.
func masked(n *expand.Node, hidden, vault bool) (v value.Value, changed bool) {
	switch old := n.Value.(type) {
	case value.String:
		if hidden && old != "" && isLiteral(n) {
			return value.String(secret.Mask), true
		}
	case value.Array:
		items := make(value.Array, len(n.Items))
		for i, item := range n.Items {
			part, hit := masked(item, false, vault) // permissions for "secrets" are a list
			items[i], changed = part, changed || hit
		}
		if changed {
			return items, true
		}
	case *value.Object:
		members := make([]value.Member, len(n.Members))
		for i, m := range n.Members {
			part, hit := masked(m.Node, isSecretMember(m.Name, vault), vault)
			members[i], changed = value.Member{Name: m.Name, Value: part}, changed || hit
		}
		if changed {
			return value.NewObject(members...), true
		}
	}
	return n.Value, false
}

// isSecretMember reports a property whose text is a secret. The texts of
// protectedSettings are not hidden as a whole: what names no secret in it, such
// as the address of an endpoint, has to be seen in an expansion.
func isSecretMember(name string, vault bool) bool {
	return arm.NamesSecret(name) || strings.EqualFold(name, "customData") || vault && strings.EqualFold(name, "value")
}

// isLiteral reports a text that stands in the template as it is.
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
