package render

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// Hidden reports a path whose last name is that of a secret.
func Hidden(path string) bool {
	name := path[strings.LastIndexByte(path, '.')+1:]
	return secretName(name) || arm.MayNameSecret(name)
}

// secretName reports a member whose value is a secret: by its name, or because
// Azure never shows it again.
func secretName(name string) bool {
	return arm.SecretProperty(name)
}

// MaskSecrets returns a value without the secrets in it.
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
			_, unknown := m.Value.(value.Unknown)
			_, text := m.Value.(value.String)
			if !unknown && (secretName(m.Name) || text && arm.MayNameSecret(m.Name)) {
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
