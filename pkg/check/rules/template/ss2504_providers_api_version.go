package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2504_providers_api_version.md
var providersAPIVersionPage string

// providersAPIVersion reports API versions that providers() answers.
var providersAPIVersion = &lint.Rule{
	Code: "SS2504", Name: "providers-api-version", Severity: diag.Warning, Since: "0.1", Page: &providersAPIVersionPage,
	Peers: []string{"providers_apiVersions-Is-Not-Permitted"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#providers-api-versions",
	Run:   checkProvidersAPIVersion,
}

func checkProvidersAPIVersion(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Expression == nil {
			continue
		}
		expr.Walk(t.Expression.Node, func(n expr.Node) bool {
			property, ok := n.(*expr.Property)
			if !ok {
				return true
			}
			if c, ok := property.Target.(*expr.Call); ok && isCall(c, "providers") {
				p.ReportAt(t.Template, property.At, "providers() returns whichever API version is newest that day").In(t.Resource).
					Detailf("Write the version: a newer one may reject the template.")
			}
			return true
		})
	}
}
