package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2702_dynamic_name.md
var dynamicNamePage string

// dynamicName reports variables() and parameters() with a name that is computed.
var dynamicName = &lint.Rule{
	Code: "SS2702", Name: "dynamic-name", Severity: diag.Info, Since: "0.1", Page: &dynamicNamePage,
	Peers:        []string{"Dynamic-Variable-References-Should-Not-Use-Concat"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#avoid-dynamic-references",
	OffByDefault: true,
	Run:          checkDynamicName,
}

func checkDynamicName(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		eachCall(t, func(c *expr.Call) {
			if !isCall(c, "variables", "parameters") || len(c.Args) != 1 {
				return
			}
			if _, literal := c.Args[0].(*expr.String); !literal {
				p.ReportAt(t.Template, c.Args[0].Range(), "the name passed to %s() is computed", c.Name).In(t.Resource).
					Detailf("Make the variable an object, and read a member: variables('sizes')[parameters('size')].")
			}
		})
	}
}
