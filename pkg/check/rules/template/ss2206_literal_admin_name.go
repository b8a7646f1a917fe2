package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2206_literal_admin_name.md
var literalAdminNamePage string

// literalAdminName reports names of administrators that are not parameters.
var literalAdminName = &lint.Rule{
	Code: "SS2206", Name: "literal-admin-name", Severity: diag.Info, Since: "0.1", Page: &literalAdminNamePage,
	Peers: []string{"adminUsername-Should-Not-Be-A-Literal", "AZR-000284"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#admin-usernames-cant-be-literal-values",
	Run:   checkLiteralAdminName,
}

func checkLiteralAdminName(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Resource == nil || !keyIs(t, "adminUsername", "administratorLogin") {
			continue
		}
		literalName(p, t)
	}
	for _, t := range passed(p, "adminUsername", "administratorLogin") {
		literalName(p, t)
	}
}

func literalName(p *lint.Pass, t *arm.Text) {
	if s, ok := constant(t); ok {
		p.ReportAt(t.Template, s.At, "the administrator name is hard-coded ('%s')", s.Value).In(t.Resource).
			Detailf("Make it a parameter, so that attackers cannot know the name.")
	}
}
