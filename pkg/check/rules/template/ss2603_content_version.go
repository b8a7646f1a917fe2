package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2603_content_version.md
var contentVersionPage string

// contentVersionRule reports a contentVersion of another form than 1.0.0.0.
var contentVersionRule = &lint.Rule{
	Code: "SS2603", Name: "content-version", Severity: diag.Info, Since: "0.1", Page: &contentVersionPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax#template-format",
	Run:  checkContentVersion,
}

func checkContentVersion(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		if t.ContentVersion == nil {
			continue
		}
		if s, ok := t.ContentVersion.Value.(*jsonc.String); ok && !isFourNumbers(s.Value) {
			p.ReportAt(t, s.At, "contentVersion '%s' is not four numbers", s.Value).
				Detailf("Write 1.0.0.0, or a version of your own: a template that links to this one can require it.")
		}
	}
}

func isFourNumbers(s string) bool {
	parts := strings.Split(s, ".")
	for _, part := range parts {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return len(parts) == 4
}
