package profile

import (
	_ "embed"
	"maps"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4202_extension_after_names.md
var extensionAfterNamesPage string

// extensionAfterNames reports extensions that wait for one that does not exist.
var extensionAfterNames = &lint.Rule{
	Code: "SS4202", Name: "extension-after-names", Severity: diag.Error, Since: "0.1", Page: &extensionAfterNamesPage,
	Guidance: []guidance.ID{guidance.ExtensionOrder}, Run: checkExtensionAfterNames,
}

func checkExtensionAfterNames(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		names, ok := extensionNames(set.Extensions)
		if !ok {
			continue
		}
		spelled := slices.Sorted(maps.Values(names))
		for _, e := range set.Extensions.Items {
			for _, after := range e.After.Items {
				name, known := after.Known()
				if !known || names[strings.ToLower(name)] != "" {
					continue
				}
				f := p.Reportf(after, "extension %q does not exist", name)
				if guess := nearest.Name(name, spelled); guess != "" {
					f.Detailf("Did you mean '%s'?", guess).Choice("write "+guess, lint.Replace(after, `"`+guess+`"`))
				} else {
					f.Detailf("Use names of extensions of the same scale set in provisionAfterExtensions.")
				}
			}
		}
	}
}

// extensionNames are the names of extensions as written, by lower-case name; ok
// is false when one of them is unknown.
func extensionNames(extensions vmss.List[vmss.Extension]) (names map[string]string, ok bool) {
	if extensions.State == vmss.Unknown {
		return nil, false
	}
	names = make(map[string]string, len(extensions.Items))
	for _, e := range extensions.Items {
		name, known := e.ShortName()
		if !known {
			return nil, false
		}
		names[strings.ToLower(name)] = name
	}
	return names, true
}
