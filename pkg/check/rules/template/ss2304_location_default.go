package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2304_location_default.md
var locationDefaultPage string

// locationDefault reports parameters called location whose default is one region.
var locationDefault = &lint.Rule{
	Code: "SS2304", Name: "location-default", Severity: diag.Info, Since: "0.2", Page: &locationDefaultPage, OffByDefault: true,
	Peers: []string{"Location-Should-Not-Be-Hardcoded", "AZR-000220"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#location-uses-parameter",
	Run:   checkLocationDefault,
}

func checkLocationDefault(p *lint.Pass) {
	seen := map[*arm.Parameter]bool{}
	for _, t := range p.Language().Texts {
		if t.Section != arm.InParameters || t.Parameter == nil || seen[t.Parameter] || !strings.EqualFold(t.Parameter.Name(), "location") {
			continue
		}
		seen[t.Parameter] = true
		if s, ok := t.Parameter.Default.(*jsonc.String); ok && isPlain(t) && s == t.String && !strings.EqualFold(s.Value, "global") {
			p.ReportAt(t.Template, s.At, "the default of parameter '%s' is one region ('%s')", t.Parameter.Name(), s.Value).
				Detailf("Use [resourceGroup().location], or [deployment().location] outside a resource group. A nested template needs no default.")
		}
	}
}
