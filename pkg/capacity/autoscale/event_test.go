package autoscale_test

import (
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

// TestEvents: an event says what the rules saw, and a cooldown when it ends.
func TestEvents(t *testing.T) {
	rule := func(o autoscale.Operator, threshold float64, d autoscale.Direction, cooldown time.Duration) autoscale.Rule {
		return autoscale.Rule{Metric: "CPU", Operator: o, Threshold: threshold, Window: time.Minute, Cooldown: cooldown, Aggregation: autoscale.Average, Direction: d, Change: autoscale.ChangeCount, Value: 1}
	}
	s := autoscale.Setting{Enabled: true, Profiles: []autoscale.Profile{{Minimum: 1, Maximum: 9, Rules: []autoscale.Rule{
		rule(autoscale.GreaterThan, 70, autoscale.Increase, 10*time.Minute), rule(autoscale.GreaterThan, 90, autoscale.Increase, 20*time.Minute), rule(autoscale.LessThan, 40, autoscale.Decrease, 30*time.Minute),
	}}}}
	start := utc("2026-01-31 08:00")
	series := autoscale.Series{Metrics: []string{"CPU"}}
	for i, v := range []float64{80, 95, 30} {
		series.Samples = append(series.Samples, autoscale.Sample{Time: start.Add(time.Duration(i) * 5 * time.Minute), Values: []float64{v}})
	}
	events, _, err := s.Replay(series, autoscale.ReplayOptions{Start: 2, Column: func(autoscale.Rule) int { return 0 }})
	if err != nil || len(events) != 3 {
		t.Fatalf("%d events, %v", len(events), err)
	}
	for i, want := range []struct {
		outcome autoscale.Outcome
		seen    int
		value   float64
		ready   string // "" for none
	}{
		{autoscale.Out, 1, 80, ""},
		// Of two rules that scale out the one with the shorter cooldown acts first.
		{autoscale.CoolingDown, 2, 95, "2026-01-31 08:10"},
		{autoscale.CoolingDown, 1, 30, "2026-01-31 08:30"},
	} {
		e := events[i]
		if e.Outcome != want.outcome || len(e.Observed) != want.seen || e.Observed[0] != want.value {
			t.Errorf("event %d: %s, saw %v", i, e.Outcome, e.Observed)
		}
		if want.ready == "" != e.Ready.IsZero() || want.ready != "" && (!e.Ready.Equal(utc(want.ready)) || !e.LastAction.Equal(start)) {
			t.Errorf("event %d: ready at %v after the action at %v", i, e.Ready, e.LastAction)
		}
	}
}
