package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2301_literal_location.md
var literalLocationPage string

// literalLocation reports locations that are not parameters.
var literalLocation = &lint.Rule{
	Code: "SS2301", Name: "literal-location", Severity: diag.Info, Since: "0.1", Page: &literalLocationPage,
	Peers: []string{"Location-Should-Not-Be-Hardcoded", "Resources-Should-Have-Location", "AZR-000222"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#location-uses-parameter",
	Options: []lint.Option{{Name: "allow", Kind: lint.Texts, Default: []string{},
		Doc: "Locations that may be hard-coded, such as the only region of a project"}},
	Run: checkLiteralLocation,
}

func checkLiteralLocation(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if !ofResource(t, "location") || isPartial(t.Resource) {
			continue
		}
		s, ok := constant(t)
		if !ok || strings.EqualFold(s.Value, "global") || p.Lists("allow", s.Value) {
			continue
		}
		p.ReportAt(t.Template, s.At, "location is hard-coded ('%s')", s.Value).In(t.Resource).
			Detailf("Use a parameter whose default is [resourceGroup().location].")
	}
}
