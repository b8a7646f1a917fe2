package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2103_unused_function.md
var unusedFunctionPage string

// unusedFunction reports user functions that no expression calls.
var unusedFunction = &lint.Rule{
	Code: "SS2103", Name: "unused-function", Severity: diag.Warning, Since: "0.1", Page: &unusedFunctionPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/user-defined-functions",
	Run:  checkUnusedFunction,
}

func checkUnusedFunction(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Templates {
		for _, f := range t.Functions.All() {
			if !lang.Used(f) && !strings.HasPrefix(f.Name(), "__bicep.") { // which Bicep writes whether they are called or not
				p.ReportAt(t, f.Key.At, "function '%s' is not called", f.Name()).Detailf("Remove it, or call it.")
			}
		}
	}
}
