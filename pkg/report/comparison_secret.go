package report

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// hidden reports a path whose last name is that of a secret.
func hidden(path string) bool {
	return secretName(path[strings.LastIndexByte(path, '.')+1:])
}

// secretName reports a member whose value is a secret: by its name, or because
// the service never shows it again.
func secretName(name string) bool {
	switch strings.ToLower(name) {
	case "protectedsettings", "adminpassword":
		return true
	}
	return arm.NamesSecret(name)
}

// maskSecrets is a value without the secrets in it.
func maskSecrets(v value.Value) value.Value {
	switch v := v.(type) {
	case value.Array:
		out := make(value.Array, len(v))
		for i, e := range v {
			out[i] = maskSecrets(e)
		}
		return out
	case *value.Object:
		members := make([]value.Member, 0, v.Len())
		for _, m := range v.Members() {
			held := maskSecrets(m.Value)
			if _, unknown := m.Value.(value.Unknown); secretName(m.Name) && !unknown {
				held = value.String(secret.Mask)
			}
			members = append(members, value.Member{Name: m.Name, Value: held})
		}
		return value.NewObject(members...)
	}
	return v
}
