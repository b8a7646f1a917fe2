package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2104_unused_definition.md
var unusedDefinitionPage string

// unusedDefinition reports definitions that no $ref leads to.
var unusedDefinition = &lint.Rule{
	Code: "SS2104", Name: "unused-definition", Severity: diag.Warning, Since: "0.1", Page: &unusedDefinitionPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/definitions",
	Run:  checkUnusedDefinition,
}

func checkUnusedDefinition(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Templates {
		m := t.Node.Get("definitions")
		if m == nil {
			continue
		}
		definitions, ok := m.Value.(*jsonc.Object)
		if !ok {
			continue
		}
		for _, d := range definitions.Members {
			if ty, ok := t.Definitions.Get(d.Key.Value); ok && !lang.Used(ty) && !isExported(ty) {
				p.ReportAt(t, d.Key.At, "type '%s' is not used", d.Key.Value).Detailf("Remove it, or refer to it with $ref.")
			}
		}
	}
}

// isExported reports a definition that Bicep keeps for templates which import it.
func isExported(ty *arm.Type) bool {
	if ty.Metadata == nil {
		return false
	}
	o, ok := ty.Metadata.Value.(*jsonc.Object)
	return ok && o.Get("__bicep_export!") != nil
}
