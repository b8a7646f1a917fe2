package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2204_outer_scope_secret.md
var outerScopeSecretPage string

// outerScopeSecret reports secrets in inline templates that the template around them evaluates.
var outerScopeSecret = &lint.Rule{
	Code: "SS2204", Name: "outer-scope-secret", Severity: diag.Warning, Since: "0.1", Page: &outerScopeSecretPage,
	Peers: []string{"Secure-Params-In-Nested-Deployments", "AZR-000331"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#secure-parameters-in-nested-deployments",
	Run:   checkOuterScopeSecret,
}

func checkOuterScopeSecret(p *lint.Pass) {
	lang := p.Language()
	reported := map[*arm.Template]bool{}
	for _, t := range lang.Texts {
		if !lang.Outer(t.Template) || t.Section == arm.InParameters || reported[t.Template] {
			continue
		}
		if secret := lang.Secret(t); secret != "" {
			reported[t.Template] = true
			p.ReportAt(t.Template, t.String.At, "%s becomes plain text in the nested template, because its expressions use outer scope", secret).In(t.Resource).
				Detailf("Set expressionEvaluationOptions.scope to inner, and pass the value to a secure parameter of the nested template.")
		}
	}
}
