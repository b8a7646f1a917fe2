package profile

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4211_extensions_budget.md
var extensionsBudgetPage string

// extensionsBudget reports time budgets of extensions outside their bounds.
var extensionsBudget = &lint.Rule{
	Code: "SS4211", Name: "extensions-budget", Severity: diag.Error, Since: "0.1", Page: &extensionsBudgetPage,
	Guidance: []guidance.ID{guidance.ExtensionBudget}, Run: checkExtensionsBudget,
}

func checkExtensionsBudget(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		checkSpan(p, set.ExtensionsBudget, "extensionsTimeBudget", "PT15M", "PT120M")
	}
}
