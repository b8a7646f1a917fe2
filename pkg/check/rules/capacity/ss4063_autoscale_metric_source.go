package capacity

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4063_autoscale_metric_source.md
var autoscaleSourcePage string

// autoscaleSource reports a rule that watches another scale set than the one
// that it scales.
var autoscaleSource = &lint.Rule{
	Code: "SS4063", Name: "autoscale-metric-source", Severity: diag.Warning, Since: "0.1", Page: &autoscaleSourcePage,
	Guidance: []guidance.ID{guidance.AutoscaleMetricSource},
	Run:      checkAutoscaleSource,
}

func checkAutoscaleSource(p *lint.Pass) {
	for _, profile := range liveProfiles(p) {
		target := profile.setting.Target
		for _, r := range profile.Rules.Items {
			source := r.Source.Parsed
			if target.Parsed.Type == "" || !strings.EqualFold(source.Type, vmss.Type) || r.Source.Same(target) {
				continue
			}
			p.Reportf(r.Source, "the rule watches scale set %s but scales %s", source.Name(), target.Parsed.Name()).
				Relatedf(target, "the target of the setting").
				Detailf("Watch the scale set that is scaled. Otherwise a scale-out does not lower the metric, and continues to the maximum.")
		}
	}
}
