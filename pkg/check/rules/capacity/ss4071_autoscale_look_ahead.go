package capacity

import (
	_ "embed"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4071_autoscale_look_ahead.md
var autoscaleLookAheadPage string

// autoscaleLookAhead reports a predictive policy that looks ahead for a time
// that it cannot. The schema requires scaleMode.
var autoscaleLookAhead = &lint.Rule{
	Code: "SS4071", Name: "autoscale-look-ahead", Severity: diag.Error, Since: "0.1", Page: &autoscaleLookAheadPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the text is not a duration"}},
	Guidance: []guidance.ID{guidance.AutoscalePredictive},
	Run:      checkAutoscaleLookAhead,
}

func checkAutoscaleLookAhead(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		at := s.Predictive.Node.Get("scaleLookAheadTime")
		text, ok := at.Text()
		if !ok {
			continue
		}
		switch d, ok := vmss.ParseDuration(text); {
		case !ok:
			p.Reportf(at, "scaleLookAheadTime %q is not an ISO 8601 duration", text).
				Severity(diag.Warning).Cite(guidance.AutoscalePredictive).
				Detailf("Use a duration from PT1M to PT1H, such as PT15M.")
		case d < time.Minute || d > time.Hour:
			p.Reportf(at, "scaleLookAheadTime is %s; the range is PT1M to PT1H", text).
				Cite(guidance.AutoscalePredictive).
				Detailf("Use the time that an instance takes to become ready, within this range.")
		}
	}
}
