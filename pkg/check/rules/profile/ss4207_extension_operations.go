package profile

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4207_extension_operations.md
var extensionOperationsPage string

// extensionOperations reports extensions in sets that forbid them.
var extensionOperations = &lint.Rule{
	Code: "SS4207", Name: "extension-operations", Severity: diag.Error, Since: "0.1", Page: &extensionOperationsPage,
	Guidance: []guidance.ID{guidance.AllowExtensionOperations}, Run: checkExtensionOperations,
}

func checkExtensionOperations(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.Extensions.Count()
		if !vmss.Is(set.OS.AllowExtensionOperations, false) || !ok || n == 0 {
			continue
		}
		p.Reportf(set.OS.AllowExtensionOperations, "allowExtensionOperations is false, but there %s", are(n)).
			Relatedf(set.Extensions, "the extensions").
			Detailf("Set it to true, or remove the extensions.").
			Write("write true", set.OS.AllowExtensionOperations, "true")
	}
}

func are(n int) string {
	if n == 1 {
		return "is 1 extension"
	}
	return "are " + lint.Count(n, "extension")
}
