package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4205_extension_name_repeats.md
var extensionNameRepeatsPage string

// extensionNameRepeats reports two extensions of one name.
var extensionNameRepeats = &lint.Rule{
	Code: "SS4205", Name: "extension-name-repeats", Severity: diag.Warning, Since: "0.1", Page: &extensionNameRepeatsPage,
	Also:     []diag.Level{{Severity: diag.Error, When: "both extensions are in the profile of the scale set"}},
	Guidance: []guidance.ID{guidance.ExtensionNameOnce}, Run: checkExtensionNameRepeats,
}

func checkExtensionNameRepeats(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		first := map[string]vmss.Extension{}
		for _, e := range set.Extensions.Items {
			name, ok := e.ShortName()
			if !ok {
				continue
			}
			earlier, again := first[strings.ToLower(name)]
			if !again {
				first[strings.ToLower(name)] = e
				continue
			}
			if (e.Resource == nil) != (earlier.Resource == nil) && maySameHandler(e, earlier) {
				continue // one extension, written in the profile and as a resource
			}
			f := p.Reportf(e.Name, "two extensions are named %s; the second replaces the first", name).
				Relatedf(earlier.Name, "the first one").
				Detailf("Use a different name for each.")
			if e.Resource == nil && earlier.Resource == nil {
				f.Severity(diag.Error) // rejected: https://github.com/microsoft/service-fabric-issues/issues/1337
			}
		}
	}
}

// maySameHandler reports whether two extensions have one publisher and type, as
// far as is known.
func maySameHandler(a, b vmss.Extension) bool {
	return mayEqual(a.Publisher, b.Publisher) && mayEqual(a.Kind, b.Kind)
}

func mayEqual(a, b vmss.Field[string]) bool {
	if a.State == vmss.Unknown || b.State == vmss.Unknown {
		return true
	}
	x, ok := a.Known()
	y, known := b.Known()
	return ok && known && strings.EqualFold(x, y)
}
