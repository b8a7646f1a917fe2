package autoscale_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

func TestHolds(t *testing.T) {
	for op, want := range map[autoscale.Operator][3]bool{ // of 9, 10 and 11 against 10
		autoscale.Equals:             {false, true, false},
		autoscale.NotEquals:          {true, false, true},
		autoscale.GreaterThan:        {false, false, true},
		autoscale.GreaterThanOrEqual: {false, true, true},
		autoscale.LessThan:           {true, false, false},
		autoscale.LessThanOrEqual:    {true, true, false},
		"Between":                    {},
	} {
		for i, got := range []bool{op.Holds(9, 10), op.Holds(10, 10), op.Holds(11, 10)} {
			if got != want[i] {
				t.Errorf("%d %s 10: %v", 9+i, op, got)
			}
		}
	}
}

// A percentage changes at least one instance, and its fractions are dropped.
func TestTarget(t *testing.T) {
	for _, tt := range []struct {
		change    autoscale.ChangeType
		direction autoscale.Direction
		value     int
		current   int
		want      int
	}{
		{autoscale.ChangeCount, autoscale.Increase, 3, 10, 13},
		{autoscale.ChangeCount, autoscale.Decrease, 3, 10, 7},
		{autoscale.ChangeCount, autoscale.None, 3, 10, 10},
		{autoscale.PercentChangeCount, autoscale.Increase, 50, 10, 15},
		{autoscale.PercentChangeCount, autoscale.Decrease, 50, 10, 5},
		{autoscale.PercentChangeCount, autoscale.Increase, 10, 19, 20},
		{autoscale.PercentChangeCount, autoscale.Increase, 10, 20, 22},
		{autoscale.PercentChangeCount, autoscale.Increase, 10, 5, 6},
		{autoscale.PercentChangeCount, autoscale.Decrease, 1, 5, 4},
		{autoscale.ExactCount, autoscale.Increase, 7, 10, 7},
		{autoscale.ExactCount, autoscale.Decrease, 7, 3, 7},
	} {
		r := autoscale.Rule{Change: tt.change, Direction: tt.direction, Value: tt.value}
		if got := r.Target(tt.current); got != tt.want {
			t.Errorf("%s %s %d at %d gives %d, want %d", tt.direction, tt.change, tt.value, tt.current, got, tt.want)
		}
	}
}

// Replay aggregates the samples of the window of a rule: those after its
// beginning, up to now. The rule fires where the aggregate is above 50.
func TestReplayAggregations(t *testing.T) {
	for _, tt := range []struct {
		aggregation autoscale.Aggregation
		values      []float64 // one a minute, in a window of three
		fires       []bool
	}{
		{autoscale.Average, []float64{60, 60, 0, 0, 100, 60}, []bool{true, true, false, false, false, true}},
		{autoscale.Minimum, []float64{60, 60, 40, 60, 60, 60}, []bool{true, true, false, false, false, true}},
		{autoscale.Maximum, []float64{40, 60, 40, 40, 40, 40}, []bool{false, true, true, true, false, false}},
		{autoscale.Total, []float64{20, 20, 20, 5, 5, 50}, []bool{false, false, true, false, false, true}},
		{autoscale.Last, []float64{60, 40, 60, 40, 40, 60}, []bool{true, false, true, false, false, true}},
	} {
		rule := autoscale.Rule{Metric: "cpu", Operator: autoscale.GreaterThan, Threshold: 50, Aggregation: tt.aggregation, Window: 3 * time.Minute,
			Direction: autoscale.Increase, Change: autoscale.ChangeCount, Value: 1}
		setting := autoscale.Setting{Enabled: true, Profiles: []autoscale.Profile{{Minimum: 1, Maximum: 100, Rules: []autoscale.Rule{rule}}}}
		_, counts, err := setting.Replay(series(0, tt.values...), autoscale.ReplayOptions{Start: 1, Column: func(autoscale.Rule) int { return 0 }})
		if err != nil {
			t.Fatal(err)
		}
		var fires []bool
		before := 1
		for _, n := range counts {
			fires = append(fires, n > before)
			before = n
		}
		if diff := cmp.Diff(tt.fires, fires); diff != "" {
			t.Errorf("%s of %v (-want +got):\n%s", tt.aggregation, tt.values, diff)
		}
	}
}

// Count counts the samples that the window has.
func TestReplayCount(t *testing.T) {
	rule := autoscale.Rule{Metric: "cpu", Operator: autoscale.GreaterThan, Threshold: 2, Aggregation: autoscale.Count, Window: 3 * time.Minute,
		Direction: autoscale.Increase, Change: autoscale.ChangeCount, Value: 1}
	setting := autoscale.Setting{Enabled: true, Profiles: []autoscale.Profile{{Minimum: 1, Maximum: 100, Rules: []autoscale.Rule{rule}}}}
	_, counts, err := setting.Replay(series(0, 0, 0, 0, 0), autoscale.ReplayOptions{Start: 1, Column: func(autoscale.Rule) int { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{1, 1, 2, 3}, counts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
