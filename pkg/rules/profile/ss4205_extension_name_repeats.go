package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
	"github.com/scaleset/scaleset/pkg/vmss"
)

//go:embed ss4205_extension_name_repeats.md
var extensionNameRepeatsPage string

// ExtensionNameRepeats reports two extensions of one name.
var ExtensionNameRepeats = &lint.Rule{
	Code: "SS4205", Name: "extension-name-repeats", Severity: diag.Warning, Since: "0.1", Doc: extensionNameRepeatsPage,
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
			if (e.Resource == nil) != (earlier.Resource == nil) && sameHandler(e, earlier) {
				continue // one extension, written in the profile and as a resource
			}
			p.Reportf(e.Name, "two extensions are called %s, the second takes the place of the first", name).
				Relatedf(earlier.Name, "the first one").
				Detailf("Give each a name of its own.")
		}
	}
}

// sameHandler reports whether two extensions certainly have one publisher and type.
func sameHandler(a, b vmss.Extension) bool {
	publisher, ok := b.Publisher.Known()
	kind, known := b.Kind.Known()
	return ok && known && a.Is(publisher, kind)
}
