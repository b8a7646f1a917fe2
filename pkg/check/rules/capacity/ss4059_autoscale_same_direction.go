package capacity

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4059_autoscale_same_direction.md
var autoscaleSameDirectionPage string

// autoscaleSameDirection reports two rules on one metric, one for high values
// and one for low ones, that both lead the same way: one of them was copied and
// its direction forgotten.
var autoscaleSameDirection = &lint.Rule{
	Code: "SS4059", Name: "autoscale-same-direction", Severity: diag.Warning, Since: "0.1", Page: &autoscaleSameDirectionPage,
	Guidance: []guidance.ID{guidance.AutoscaleBothDirections},
	Run:      checkAutoscaleSameDirection,
}

func checkAutoscaleSameDirection(p *lint.Pass) {
	for _, profile := range liveProfiles(p) {
		rules := firstRules(profile.Rules.Items)
		for i, high := range rules {
			if !compares(high, autoscale.Operator.Upward) {
				continue
			}
			for j, low := range rules {
				if i != j && compares(low, autoscale.Operator.Downward) && sameMetric(high, low) {
					reportSameDirection(p, profile, high, low)
				}
			}
		}
	}
}

func reportSameDirection(p *lint.Pass, profile profile, high, low vmss.AutoscaleRule) {
	wrong, other, right := low, high, "Decrease"
	switch {
	case directed(high, "Increase") && directed(low, "Increase"):
	case directed(high, "Decrease") && directed(low, "Decrease"):
		wrong, other, right = high, low, "Increase"
	default:
		return
	}
	direction, _ := wrong.Direction.Known()
	p.Reportf(wrong.Direction, "high and low values of %s both have direction %s in %s", metricName(wrong), direction, profile.label).
		Relatedf(other.Direction, "the other rule").
		Detailf("Use %s here if that was meant.", right).
		Choice("set the direction to "+right, lint.Replace(wrong.Direction, `"`+right+`"`))
}

// compares reports whether the operator of a rule is known and of a kind.
func compares(r vmss.AutoscaleRule, kind func(autoscale.Operator) bool) bool {
	text, ok := r.Operator.Known()
	for _, o := range []autoscale.Operator{autoscale.GreaterThan, autoscale.GreaterThanOrEqual, autoscale.LessThan, autoscale.LessThanOrEqual} {
		if ok && strings.EqualFold(text, string(o)) {
			return kind(o)
		}
	}
	return false
}
