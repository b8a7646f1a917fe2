package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2402_id_by_concat.md
var iDByConcatPage string

// idByConcat reports ids that are put together with concat() or format().
var idByConcat = &lint.Rule{
	Code: "SS2402", Name: "id-by-concat", Severity: diag.Info, Since: "0.1", Doc: iDByConcatPage,
	Peers:        []string{"IDs-Should-Be-Derived-From-ResourceIDs", "ResourceIds-should-not-contain"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-resourceid-functions",
	OffByDefault: true,
	Run:          checkIDByConcat,
}

func checkIDByConcat(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		eachCall(t, func(c *expr.Call) {
			if !isCall(c, "concat", "format") {
				return
			}
			for _, a := range c.Args {
				s, ok := a.(*expr.String)
				if ok && (strings.Contains(s.Value, "/providers/Microsoft.") || strings.HasPrefix(s.Value, "/subscriptions/")) {
					p.ReportAt(t.Template, c.NameAt, "%s() assembles a resource id", c.Name).In(t.Resource).
						Detailf("Use resourceId(), subscriptionResourceId() or extensionResourceId(), which produce valid ids.")
					return
				}
			}
		})
	}
}
