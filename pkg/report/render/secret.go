package render

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// Hidden reports a path whose last name is that of a secret.
func Hidden(path string) bool {
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

// MaskSecrets is a value without the secrets in it.
func MaskSecrets(v value.Value) value.Value {
	switch v := v.(type) {
	case value.Array:
		out := make(value.Array, len(v))
		for i, e := range v {
			out[i] = MaskSecrets(e)
		}
		return out
	case *value.Object:
		members := make([]value.Member, 0, v.Len())
		for _, m := range v.Members() {
			held := MaskSecrets(m.Value)
			if _, unknown := m.Value.(value.Unknown); secretName(m.Name) && !unknown {
				held = value.String(secret.Mask)
			}
			members = append(members, value.Member{Name: m.Name, Value: held})
		}
		return value.NewObject(members...)
	}
	return v
}

// MaskFor keeps the quotes of a string, so that the line still reads as JSON.
func MaskFor(raw string) string {
	if strings.HasPrefix(raw, `"`) || strings.HasSuffix(raw, `"`) {
		return `"` + secret.Mask + `"`
	}
	return secret.Mask
}
