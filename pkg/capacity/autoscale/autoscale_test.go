package autoscale_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

func rule(metric string, op autoscale.Operator, threshold float64, dir autoscale.Direction, value int) autoscale.Rule {
	return autoscale.Rule{Metric: metric, Operator: op, Threshold: threshold, Direction: dir, Change: autoscale.ChangeCount, Value: value}
}

func percent(r autoscale.Rule) autoscale.Rule {
	r.Change = autoscale.PercentChangeCount
	return r
}

func values(p autoscale.Profile, by map[string]float64) autoscale.Values {
	return func(i int) (float64, bool) {
		v, ok := by[p.Rules[i].Metric]
		return v, ok
	}
}

// The worked examples of Azure Monitor's pages: U understanding-settings,
// B best-practices, F flapping.
func TestDecide(t *testing.T) {
	const up, upEq, down, downEq = autoscale.GreaterThan, autoscale.GreaterThanOrEqual, autoscale.LessThan, autoscale.LessThanOrEqual
	const inc, dec = autoscale.Increase, autoscale.Decrease
	threads := autoscale.Profile{Minimum: 1, Maximum: 10, Rules: []autoscale.Rule{rule("threads", upEq, 600, inc, 1), rule("threads", downEq, 600, dec, 1)}}
	cpu := autoscale.Profile{Minimum: 1, Maximum: 10, Rules: []autoscale.Rule{rule("cpu", upEq, 80, inc, 1), rule("cpu", downEq, 60, dec, 1)}}
	both := autoscale.Profile{Minimum: 1, Maximum: 10, Rules: []autoscale.Rule{
		rule("cpu", down, 30, dec, 1), rule("mem", down, 50, dec, 1), rule("cpu", up, 75, inc, 1), rule("mem", up, 75, inc, 1)}}
	apart := autoscale.Profile{Minimum: 1, Maximum: 10, Rules: []autoscale.Rule{rule("threads", upEq, 600, inc, 1), rule("threads", down, 400, dec, 1)}}
	large := autoscale.Profile{Minimum: 1, Maximum: 40, Rules: []autoscale.Rule{rule("n", up, 0, inc, 3), rule("n", up, 0, inc, 5)}}
	ins := autoscale.Profile{Minimum: 1, Maximum: 40, Rules: []autoscale.Rule{percent(rule("n", down, 9, dec, 50)), rule("n", down, 9, dec, 3)}}
	log := autoscale.Profile{Minimum: 1, Maximum: 40, Rules: []autoscale.Rule{rule("req", upEq, 3, inc, 10), rule("req", down, 3, dec, 5)}}
	requests := autoscale.Profile{Minimum: 1, Maximum: 60, Rules: []autoscale.Rule{rule("req", upEq, 200, inc, 20), rule("cpu", up, 70, inc, 20), rule("req", downEq, 50, dec, 10)}}

	tests := []struct {
		name    string
		p       autoscale.Profile
		current int
		by      map[string]float64
		outcome autoscale.Outcome
		to      int
	}{
		{"U: +3 and +5 give +5", large, 10, map[string]float64{"n": 1}, autoscale.Out, 15},
		{"U: -50% and -3 of 10 give 7", ins, 10, map[string]float64{"n": 1}, autoscale.In, 7},
		{"B: one below the minimum", autoscale.Profile{Minimum: 3, Maximum: 6}, 1, nil, autoscale.Bound, 3},
		{"B: eight above the maximum", autoscale.Profile{Minimum: 3, Maximum: 6}, 8, nil, autoscale.Bound, 6},
		{"B: minimum equals maximum", autoscale.Profile{Minimum: 2, Maximum: 2, Rules: cpu.Rules}, 2, map[string]float64{"cpu": 99}, autoscale.AtLimit, 2},
		{"B: threads out", threads, 2, map[string]float64{"threads": 625}, autoscale.Out, 3},
		{"B: threads in would flap at 862.5", threads, 3, map[string]float64{"threads": 575}, autoscale.InSkipped, 3},
		{"B: CPU 80 out", cpu, 2, map[string]float64{"cpu": 80}, autoscale.Out, 3},
		{"B: CPU 60 at three would be 90", cpu, 3, map[string]float64{"cpu": 60}, autoscale.InSkipped, 3},
		{"B: CPU 50 at three would be 75", cpu, 3, map[string]float64{"cpu": 50}, autoscale.In, 2},
		{"B: 76/50 out", both, 2, map[string]float64{"cpu": 76, "mem": 50}, autoscale.Out, 3},
		{"B: 50/76 out", both, 2, map[string]float64{"cpu": 50, "mem": 76}, autoscale.Out, 3},
		{"B: 25/51 none", both, 4, map[string]float64{"cpu": 25, "mem": 51}, autoscale.Stay, 4},
		{"B: 29/49 in", both, 4, map[string]float64{"cpu": 29, "mem": 49}, autoscale.In, 3},
		{"F: 417 none", apart, 3, map[string]float64{"threads": 1250. / 3}, autoscale.Stay, 3},
		{"F: 394 would be 590", apart, 3, map[string]float64{"threads": 1180. / 3}, autoscale.In, 2},
		{"F: the log, 6 to 1 becomes 4", log, 6, map[string]float64{"req": 1.9}, autoscale.InReduced, 4},
		// The page says 27; by its own arithmetic 65 x 30 / 27 is 72.2, above 70.
		{"F: 30 at CPU 65 stop at 28", requests, 30, map[string]float64{"req": 50, "cpu": 65}, autoscale.InReduced, 28},
		{"a missing metric holds a scale-in", both, 4, map[string]float64{"cpu": 29}, autoscale.Stay, 4},
		{"a missing metric raises to the default", autoscale.Profile{Minimum: 1, Maximum: 9, Default: 5, Rules: cpu.Rules}, 2, nil, autoscale.Unreadable, 5},
	}
	for _, tt := range tests {
		d := tt.p.Decide(tt.current, values(tt.p, tt.by))
		if diff := cmp.Diff([]any{tt.outcome, tt.to}, []any{d.Outcome, d.To}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestFlaps(t *testing.T) {
	pair := func(out, in float64, lo, hi int) autoscale.Profile {
		return autoscale.Profile{Minimum: lo, Maximum: hi, Rules: []autoscale.Rule{
			rule("cpu", autoscale.GreaterThan, out, autoscale.Increase, 1), rule("CPU", autoscale.LessThan, in, autoscale.Decrease, 1)}}
	}
	tests := []struct {
		name   string
		p      autoscale.Profile
		counts []int
		total  bool
		need   float64
	}{
		{"85 and 60 at 1..4: only from two to one and three to two", pair(85, 60, 1, 4), []int{2, 3}, false, 42.5},
		{"equal thresholds flap at every count", pair(600, 600, 1, 4), []int{2, 3, 4}, true, 300},
		{"80 and 30 from two: three to two is 45", pair(80, 30, 2, 10), nil, false, 0},
		{"an edge that only touches is not a flap", pair(60, 30, 1, 2), nil, false, 0},
		{"bounds that allow no scaling", pair(80, 79, 2, 2), nil, false, 0},
	}
	for _, tt := range tests {
		var counts []int
		var total bool
		var need float64
		for _, f := range tt.p.Flaps(0) {
			counts, total, need = f.Counts, f.Total, f.Need
		}
		if diff := cmp.Diff([]any{tt.counts, tt.total, tt.need}, []any{counts, total, need}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// ServiceAllowedNextValue is one instance, whatever the value says, and the
// replay says so.
func TestServiceAllowedNextValue(t *testing.T) {
	rule := autoscale.Rule{Direction: autoscale.Decrease, Change: autoscale.ServiceAllowed, Value: 7}
	if got := rule.Target(5); got != 4 {
		t.Errorf("5 becomes %d, want 4", got)
	}
	s := autoscale.Setting{Profiles: []autoscale.Profile{{Rules: []autoscale.Rule{rule, {Change: autoscale.PercentChangeCount}}}}}
	want := []string{"a change in percent is rounded down to a whole number of instances, but is at least one", "ServiceAllowedNextValue is assumed to be one instance"}
	if got := s.Assumptions(); len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("assumptions %q", got)
	}
	if got := (&autoscale.Setting{}).Assumptions(); got != nil {
		t.Errorf("a setting without rules assumes %q", got)
	}
}
