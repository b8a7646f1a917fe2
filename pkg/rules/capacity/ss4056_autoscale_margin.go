package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
)

//go:embed ss4056_autoscale_margin.md
var autoscaleMarginPage string

// AutoscaleMargin reports a profile whose rules can do nothing, because its
// bounds are equal. Without rules such a profile holds a count, on purpose.
var AutoscaleMargin = &lint.Rule{
	Code: "SS4056", Name: "autoscale-margin", Severity: diag.Warning, Since: "0.1", Doc: autoscaleMarginPage,
	Guidance: []guidance.ID{guidance.AutoscaleMargin},
	Run:      checkAutoscaleMargin,
}

func checkAutoscaleMargin(p *lint.Pass) {
	for _, profile := range liveProfiles(p) {
		low, ok1 := profile.Minimum.Known()
		high, ok2 := profile.Maximum.Known()
		if !ok1 || !ok2 || low != high || len(profile.Rules.Items) == 0 {
			continue
		}
		p.Reportf(profile.Maximum, "%s never scales: its minimum and maximum are both %d", profile.label, low).
			Relatedf(profile.Minimum, "the minimum").
			Detailf("Raise the maximum, or remove the rules, which can do nothing.")
	}
}
