package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2403_resource_id_argument.md
var resourceIDArgumentPage string

// resourceIDArgument reports arguments of resourceId() and its kin that say what holds anyway, or
// that are put together with concat().
var resourceIDArgument = &lint.Rule{
	Code: "SS2403", Name: "resource-id-argument", Severity: diag.Info, Since: "0.1", Page: &resourceIDArgumentPage,
	Peers:        []string{"ResourceIds-should-not-contain"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#resourceid-parameter-best-practices",
	OffByDefault: true,
	Run:          checkResourceIDArgument,
}

func checkResourceIDArgument(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		eachCall(t, func(c *expr.Call) {
			if !isCall(c, "resourceId", "subscriptionResourceId", "tenantResourceId", "extensionResourceId") || len(c.Args) == 0 {
				return
			}
			if what := needless(c.Args[0]); what != "" && isCall(c, "resourceId", "subscriptionResourceId") {
				p.ReportAt(t.Template, c.Args[0].Range(), "%s() uses %s by default", c.Name, what).In(t.Resource).
					Detailf("Remove the argument.")
			}
			for _, a := range c.Args {
				if inner, ok := a.(*expr.Call); ok && isCall(inner, "concat") && hasSlash(inner) {
					p.ReportAt(t.Template, inner.NameAt, "an argument of %s() is assembled with a '/' in it", c.Name).In(t.Resource).
						Detailf("Pass the type and each name as separate arguments.")
				}
			}
		})
	}
}

// needless names a first argument that says what the function takes anyway.
func needless(n expr.Node) string {
	property, ok := n.(*expr.Property)
	if !ok {
		return ""
	}
	c, ok := property.Target.(*expr.Call)
	switch {
	case !ok || len(c.Args) > 0:
	case isCall(c, "resourceGroup") && strings.EqualFold(property.Name, "name"):
		return "resourceGroup().name"
	case isCall(c, "subscription") && (strings.EqualFold(property.Name, "subscriptionId") || strings.EqualFold(property.Name, "id")):
		return "subscription()." + property.Name
	}
	return ""
}

func hasSlash(c *expr.Call) bool {
	for _, a := range c.Args {
		if s, ok := a.(*expr.String); ok && strings.Contains(s.Value, "/") {
			return true
		}
	}
	return false
}
