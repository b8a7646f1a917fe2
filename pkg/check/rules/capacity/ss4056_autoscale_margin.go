package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4056_autoscale_margin.md
var autoscaleMarginPage string

// autoscaleMargin reports a profile whose rules can do nothing, because its
// bounds are equal, or closer to each other than the configured margin. Without rules such a profile holds a count, on purpose.
var autoscaleMargin = &lint.Rule{
	Code: "SS4056", Name: "autoscale-margin", Severity: diag.Warning, Since: "0.1", Page: &autoscaleMarginPage,
	Guidance: []guidance.ID{guidance.AutoscaleMargin},
	Options: []lint.Option{{Name: "margin", Kind: lint.Number, Default: 1, Least: 1, Most: 1000,
		Doc: "The smallest allowed difference between minimum and maximum"}},
	Run: checkAutoscaleMargin,
}

func checkAutoscaleMargin(p *lint.Pass) {
	margin := p.Number("margin")
	for _, profile := range liveProfiles(p) {
		low, ok1 := profile.Minimum.Known()
		high, ok2 := profile.Maximum.Known()
		if !ok1 || !ok2 || high < low || high-low >= margin || len(profile.Rules.Items) == 0 {
			continue
		}
		if low < high {
			p.Reportf(profile.Maximum, "%s can scale by only %s, from %d to %d; the configured margin is %d", profile.label, lint.Count(high-low, "instance"), low, high, margin).
				Relatedf(profile.Minimum, "the minimum").
				Detailf("Raise the maximum, or lower the minimum.")
			continue
		}
		p.Reportf(profile.Maximum, "%s never scales: its minimum and maximum are both %d", profile.label, low).
			Relatedf(profile.Minimum, "the minimum").
			Detailf("Raise the maximum, or remove the rules, which have no effect.")
	}
}
