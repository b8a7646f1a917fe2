package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2606_comments_portability.md
var commentsPortabilityPage string

// commentsPortability reports templates with comments.
var commentsPortability = &lint.Rule{
	Code: "SS2606", Name: "comments-portability", Severity: diag.Info, Since: "0.1", Page: &commentsPortabilityPage,
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#comments-and-metadata",
	OffByDefault: true,
	Run:          checkCommentsPortability,
}

func checkCommentsPortability(p *lint.Pass) {
	if comments := p.Template.Tree.Comments; len(comments) > 0 {
		p.ReportAt(p.Template.ARM, comments[0].At, "%s; the REST API and some deployment tasks reject comments", lint.Count(len(comments), "comment")).
			Detailf("Deploy with the Azure CLI or PowerShell, or use metadata instead.")
	}
}
