package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4073_autoscale_missing.md
var autoscaleMissingPage string

// autoscaleMissing reports scale sets that no autoscale setting of the template
// scales. It is off by default, because the setting may be elsewhere.
var autoscaleMissing = &lint.Rule{
	Code: "SS4073", Name: "autoscale-missing", Severity: diag.Info, Since: "0.2", Page: &autoscaleMissingPage, OffByDefault: true,
	Peers: []string{"ee66ff65-9aa3-2345-93c1-25827cf79f44"},
	Link:  "https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-best-practices",
	Run:   checkAutoscaleMissing,
}

func checkAutoscaleMissing(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		if s.Target.Parsed.Type == "" {
			return // it may be about any of the scale sets
		}
	}
	for _, set := range p.ScaleSets {
		if len(set.Autoscale) == 0 {
			p.Reportf(set, "scale set %s has no autoscale setting", set.Name).
				Detailf("Add a Microsoft.Insights/autoscaleSettings with rules for the load of the application, or schedules.")
		}
	}
}
