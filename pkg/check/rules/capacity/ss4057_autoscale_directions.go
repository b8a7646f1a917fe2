package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4057_autoscale_directions.md
var autoscaleDirectionsPage string

// autoscaleDirections reports a profile whose rules lead one way only, and a
// metric that scales out and never in.
var autoscaleDirections = &lint.Rule{
	Code: "SS4057", Name: "autoscale-directions", Severity: diag.Warning, Since: "0.1", Page: &autoscaleDirectionsPage,
	Guidance: []guidance.ID{guidance.AutoscaleBothDirections, guidance.AutoscaleAllMetrics},
	Run:      checkAutoscaleDirections,
}

func checkAutoscaleDirections(p *lint.Pass) {
	for _, profile := range liveProfiles(p) {
		if room, ok := profile.room(); ok && !room {
			continue // SS4056 reports it
		}
		outs, ins, ok := directions(profile.Rules.Items)
		switch {
		case !ok || len(outs)+len(ins) == 0:
		case len(ins) == 0:
			p.Reportf(profile.Rules, "%s only scales out: at its maximum, the scale set stays there", profile.label).
				Detailf("Add a rule on %s with direction Decrease and a much lower threshold.", metricName(outs[0]))
		case len(outs) == 0:
			p.Reportf(profile.Rules, "%s only scales in: at its minimum, the scale set stays there", profile.label).
				Detailf("Add a rule on %s with direction Increase and a much higher threshold.", metricName(ins[0]))
		default:
			reportUnpaired(p, profile, outs, ins)
		}
	}
}

// directions sorts rules by direction. ok is false when one is not known, or an
// exact count, which may lead either way.
func directions(rules []vmss.AutoscaleRule) (outs, ins []vmss.AutoscaleRule, ok bool) {
	for _, r := range rules {
		_, known := r.Direction.Known()
		if kind, typed := r.ActionType.Known(); !known || !typed || kind == "ExactCount" {
			return nil, nil, false
		}
		if directed(r, "Increase") {
			outs = append(outs, r)
		}
		if directed(r, "Decrease") {
			ins = append(ins, r)
		}
	}
	return outs, ins, true
}

// reportUnpaired reports each metric that scales out and that no rule scales in
// by: a scale-in by another metric may bring its threshold back at once.
func reportUnpaired(p *lint.Pass, profile profile, outs, ins []vmss.AutoscaleRule) {
	for _, out := range firstRules(outs) {
		paired := false
		for _, in := range ins {
			_, known := in.Metric.Known()
			paired = paired || !known || sameMetric(out, in) || out.Source.ID.State != vmss.Known && in.Source.ID.State != vmss.Known
		}
		if name, ok := out.Metric.Known(); ok && !paired {
			p.Reportf(out.Metric, "%s scales out on %s, but no rule scales in on it, so the scale set can oscillate", profile.label, name).
				Cite(guidance.AutoscaleAllMetrics).
				Detailf("Add a rule with direction Decrease on %s: all rules must agree to scale in.", name)
		}
	}
}
