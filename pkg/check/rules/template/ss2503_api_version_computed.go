package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2503_api_version_computed.md
var aPIVersionComputedPage string

// apiVersionComputed reports API versions that are computed.
var apiVersionComputed = &lint.Rule{
	Code: "SS2503", Name: "api-version-computed", Severity: diag.Info, Since: "0.1", Page: &aPIVersionComputedPage,
	Peers:        []string{"apiVersions-Should-Be-Recent"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-recent-api-version",
	OffByDefault: true,
	Run:          checkAPIVersionComputed,
}

func checkAPIVersionComputed(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if ofResource(t, "apiVersion") && t.Expression != nil {
			p.ReportAt(t.Template, t.String.At, "the API version is computed by an expression").In(t.Resource).
				Detailf("Write the version in the resource: it decides which properties the resource can have.")
		}
	}
}
