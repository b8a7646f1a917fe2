package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2704_dependson_form.md
var dependsOnFormPage string

// dependsOnForm reports entries of dependsOn that are put together or chosen.
var dependsOnForm = &lint.Rule{
	Code: "SS2704", Name: "dependson-form", Severity: diag.Info, Since: "0.1", Page: &dependsOnFormPage,
	Peers:        []string{"DependsOn-Best-Practices"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#dependson-best-practices",
	OffByDefault: true,
	Run:          checkDependsOnForm,
}

func checkDependsOnForm(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if c := call(t); ofResource(t, "dependsOn") && isCall(c, "concat", "if") && !inRounds(t) {
			p.ReportAt(t.Template, t.String.At, "an entry of dependsOn begins with %s()", c.Name).In(t.Resource).
				Detailf("Write the name or resourceId() of the resource. Azure skips one whose condition is false.")
		}
	}
}

// inRounds reports an entry that names one resource for each round of a loop.
func inRounds(t *arm.Text) (found bool) {
	eachCall(t, func(c *expr.Call) { found = found || isCall(c, "copyIndex") })
	return found
}
