package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2605_bounds_pair.md
var boundsPairPage string

// boundsPair reports integers with one bound only.
var boundsPair = &lint.Rule{
	Code: "SS2605", Name: "bounds-pair", Severity: diag.Info, Since: "0.1", Page: &boundsPairPage, OffByDefault: true,
	Peers: []string{"Min-And-Max-Value-Are-Numbers"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#min-and-max-values",
	Run:   checkBoundsPair,
}

func checkBoundsPair(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		for name, declared := range t.Parameters.All() {
			switch {
			case declared.MinValue != nil && declared.MaxValue == nil:
				p.ReportAt(t, declared.MinValue.At, "parameter '%s' has a minValue of %s but no maxValue", name, declared.MinValue.Text).
					Detailf("Add a maxValue. For instances, it is what the scale set and the quota allow.")
			case declared.MaxValue != nil && declared.MinValue == nil:
				p.ReportAt(t, declared.MaxValue.At, "parameter '%s' has a maxValue of %s but no minValue", name, declared.MaxValue.Text).
					Detailf("Add a minValue: without one, negative numbers are accepted.")
			}
		}
	}
}
