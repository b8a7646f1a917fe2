package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2502_api_version_preview.md
var aPIVersionPreviewPage string

// apiVersionPreview reports preview versions that a newer stable version has replaced.
var apiVersionPreview = &lint.Rule{
	Code: "SS2502", Name: "api-version-preview", Severity: diag.Info, Since: "0.1", Page: &aPIVersionPreviewPage,
	Peers: []string{"apiVersions-Should-Be-Recent"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-recent-api-version",
	Run:   checkAPIVersionPreview,
}

func checkAPIVersionPreview(p *lint.Pass) {
	for _, r := range declared(p) {
		if r.era == guidance.Preview || !isPreview(r.version) {
			continue
		}
		newest := newestStable(p, r.Type)
		if newest != "" && newest >= r.version[:min(len(r.version), len(newest))] {
			p.ReportAt(r.Template(), r.at, "API version %s of %s is a preview; %s is stable", r.version, r.Type, newest).In(r.Resource).
				Detailf("Use a stable version: previews are withdrawn.")
		}
	}
}
