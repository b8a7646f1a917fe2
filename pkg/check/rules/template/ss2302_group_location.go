package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2302_group_location.md
var groupLocationPage string

// groupLocation reports resourceGroup().location outside of the defaults of parameters.
var groupLocation = &lint.Rule{
	Code: "SS2302", Name: "group-location", Severity: diag.Info, Since: "0.1", Page: &groupLocationPage,
	Peers:        []string{"Location-Should-Not-Be-Hardcoded", "AZR-000223"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#location-uses-parameter",
	OffByDefault: true,
	Run:          checkGroupLocation,
}

func checkGroupLocation(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Section == arm.InParameters || t.Expression == nil {
			continue
		}
		expr.Walk(t.Expression.Node, func(n expr.Node) bool {
			property, ok := n.(*expr.Property)
			if !ok || !strings.EqualFold(property.Name, "location") {
				return true
			}
			if c, ok := property.Target.(*expr.Call); ok && isCall(c, "resourceGroup") && len(c.Args) == 0 {
				p.ReportAt(t.Template, property.At, "%s().location cannot be chosen at deployment", c.Name).In(t.Resource).
					Detailf("Make it the default of a parameter, and use the parameter.")
			}
			return true
		})
	}
}
