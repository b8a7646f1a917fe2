package capacity

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/capacity/declared"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4058_autoscale_flapping.md
var autoscaleFlappingPage string

// autoscaleFlapping reports a pair of rules whose thresholds lie so close that
// Azure holds the scale-in back, with the counts at which it does: at
// all of them a warning, at some a hint.
var autoscaleFlapping = &lint.Rule{
	Code: "SS4058", Name: "autoscale-flapping", Severity: diag.Warning, Since: "0.1", Page: &autoscaleFlappingPage,
	Also:     []diag.Level{{Severity: diag.Info, When: "the scale-in is blocked at only some numbers of instances"}},
	Guidance: []guidance.ID{guidance.AutoscaleThresholdGap},
	Run:      checkAutoscaleFlapping,
}

func checkAutoscaleFlapping(p *lint.Pass) {
	for _, profile := range liveProfiles(p) {
		computed, missing := declared.Profile(profile.AutoscaleProfile)
		if len(missing) > 0 {
			continue
		}
		for _, f := range computed.Flaps(0) {
			reportFlap(p, profile, computed, f)
		}
	}
}

func reportFlap(p *lint.Pass, profile profile, computed autoscale.Profile, f autoscale.Flap) {
	out, in := computed.Rules[f.Out], computed.Rules[f.In]
	where := "at " + counts(f.Counts) + " instances"
	if f.Total {
		where = "at any count of " + profile.label
	}
	at := profile.Rules.Items[f.In].Threshold
	finding := p.Reportf(at, "scale-in %s %s will not run %s: with %d, %s would be about %s, and scale-out starts at %s",
		sign(in.Operator), figure(in.Threshold), where, f.To, in.Metric, figure(f.Projected), figure(out.Threshold)).
		Relatedf(profile.Rules.Items[f.Out].Threshold, "the scale-out threshold").
		Detailf("Set the scale-in threshold to %s, raise the scale-out threshold, or raise the minimum of the profile: with %d instances the scale-in waits until %s is below %s.",
			figure(f.Need), f.First, in.Metric, figure(f.Need))
	if !f.Total {
		finding.Severity(diag.Info)
	}
}

// counts writes rising numbers as ranges: "2 to 5 and 8".
func counts(n []int) string {
	var parts []string
	for i := 0; i < len(n); {
		j := i
		for j+1 < len(n) && n[j+1] == n[j]+1 {
			j++
		}
		switch {
		case j > i+1:
			parts = append(parts, fmt.Sprintf("%d to %d", n[i], n[j]))
		default:
			for ; i <= j; i++ {
				parts = append(parts, strconv.Itoa(n[i]))
			}
		}
		i = j + 1
		if len(parts) > 6 { // enough to see the pattern
			return strings.Join(append(parts, "more"), ", ")
		}
	}
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	return parts[0]
}

func sign(o autoscale.Operator) string {
	switch o {
	case autoscale.LessThan:
		return "below"
	case autoscale.LessThanOrEqual:
		return "at most"
	}
	return string(o)
}

// figure writes a number with two decimals at most.
func figure(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}
