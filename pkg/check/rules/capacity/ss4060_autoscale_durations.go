package capacity

import (
	_ "embed"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4060_autoscale_durations.md
var autoscaleDurationsPage string

// autoscaleDurations reports times of rules that are not durations or out of
// their ranges, and a window that is shorter than the grain of its metric.
var autoscaleDurations = &lint.Rule{
	Code: "SS4060", Name: "autoscale-durations", Severity: diag.Error, Since: "0.1", Page: &autoscaleDurationsPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the text is not a duration, or timeWindow is below PT5M or shorter than timeGrain"}},
	Guidance: []guidance.ID{guidance.AutoscaleTimeGrain, guidance.AutoscaleTimeWindow, guidance.AutoscaleCooldown},
	Run:      checkAutoscaleDurations,
}

// A span is the range that a duration has to keep.
type span struct {
	name     string
	id       guidance.ID
	low      time.Duration
	high     time.Duration
	from, to string
	// below is the severity of a duration that is too short.
	below diag.Severity
}

// A window below five minutes is only a warning: a log in the documents shows
// PT1M at work (guidance.AutoscaleTimeWindow).
var (
	grainSpan    = span{"timeGrain", guidance.AutoscaleTimeGrain, time.Minute, 12 * time.Hour, "PT1M", "PT12H", diag.Error}
	windowSpan   = span{"timeWindow", guidance.AutoscaleTimeWindow, 5 * time.Minute, 12 * time.Hour, "PT5M", "PT12H", diag.Warning}
	cooldownSpan = span{"cooldown", guidance.AutoscaleCooldown, time.Minute, 7 * 24 * time.Hour, "PT1M", "P7D", diag.Error}
)

func checkAutoscaleDurations(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		for _, profile := range profilesOf(s) {
			for _, r := range profile.Rules.Items {
				grain, ok1 := grainSpan.check(p, r.TimeGrain)
				window, ok2 := windowSpan.check(p, r.TimeWindow)
				cooldownSpan.check(p, r.Cooldown)
				if ok1 && ok2 && window < grain {
					reportShortWindow(p, r)
				}
			}
		}
	}
}

// check reports a duration outside of the span; ok is false when it is not
// known, or was reported.
func (s span) check(p *lint.Pass, f vmss.Field[string]) (d time.Duration, ok bool) {
	text, known := f.Known()
	if !known {
		return 0, false
	}
	d, ok = vmss.ParseDuration(text)
	switch {
	case !ok:
		p.Reportf(f, "%s %q is not an ISO 8601 duration", s.name, text).
			Severity(diag.Warning).Cite(s.id).
			Detailf("Use a duration from %s to %s, such as PT5M for five minutes.", s.from, s.to)
	case d < s.low:
		p.Reportf(f, "%s %s is below %s", s.name, text, s.from).Severity(s.below).Cite(s.id).Detailf("Use a duration from %s to %s.", s.from, s.to)
	case d > s.high:
		p.Reportf(f, "%s %s is above %s", s.name, text, s.to).Cite(s.id).Detailf("Use a duration from %s to %s.", s.from, s.to)
	}
	return d, ok && d >= s.low && d <= s.high
}

func reportShortWindow(p *lint.Pass, r vmss.AutoscaleRule) {
	grain, _ := r.TimeGrain.Known()
	window, _ := r.TimeWindow.Known()
	p.Reportf(r.TimeWindow, "timeWindow %s is shorter than timeGrain %s, so it often contains no value", window, grain).
		Severity(diag.Warning).Cite(guidance.AutoscaleTimeWindow).
		Relatedf(r.TimeGrain, "the grain").
		Detailf("Use a window several times as long as the grain.")
}
