package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2101_unused_parameter.md
var unusedParameterPage string

// unusedParameter reports parameters that no expression names.
var unusedParameter = &lint.Rule{
	Code: "SS2101", Name: "unused-parameter", Severity: diag.Warning, Since: "0.1", Page: &unusedParameterPage,
	Peers: []string{"Parameters-Must-Be-Referenced", "AZR-000217"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#parameters",
	Run:   checkUnusedParameter,
}

func checkUnusedParameter(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Templates {
		if lang.Outer(t) {
			continue // its expressions mean the parameters around it
		}
		for name, declared := range t.Parameters.All() {
			if lang.Used(declared) || arm.FilledByScripts(name) {
				continue
			}
			f := p.ReportAt(t, declared.Key.At, "parameter '%s' is not used", name).
				Many("%d parameters are not used: %s", name).
				Detailf("Remove it here and in the parameter files, or use it.")
			if edits := removal(p, t, "parameters", declared.Key); edits != nil {
				f.Choice("remove the parameter", edits...)
			}
		}
	}
}
