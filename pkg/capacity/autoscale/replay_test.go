package autoscale_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func series(instances int, values ...float64) autoscale.Series {
	s := autoscale.Series{Metrics: []string{"cpu"}}
	for i, v := range values {
		s.Samples = append(s.Samples, autoscale.Sample{Time: monday.Add(time.Duration(i) * time.Minute), Values: []float64{v}, Instances: instances})
	}
	return s
}

func TestReplay(t *testing.T) {
	out := autoscale.Rule{Metric: "cpu", Operator: autoscale.GreaterThan, Threshold: 75, Direction: autoscale.Increase, Change: autoscale.ChangeCount, Value: 1, Cooldown: 3 * time.Minute, Window: time.Minute}
	in := autoscale.Rule{Metric: "cpu", Operator: autoscale.LessThan, Threshold: 25, Direction: autoscale.Decrease, Change: autoscale.ChangeCount, Value: 1, Cooldown: 3 * time.Minute, Window: time.Minute}
	setting := autoscale.Setting{Enabled: true, Profiles: []autoscale.Profile{{Minimum: 1, Maximum: 4, Rules: []autoscale.Rule{out, in}}}}
	off := setting
	off.Enabled = false
	tests := []struct {
		name     string
		setting  autoscale.Setting
		series   autoscale.Series
		counts   []int
		outcomes []autoscale.Outcome
	}{
		{"values as they are: one step a cooldown", setting, series(0, 80, 80, 80, 80, 80), []int{3, 3, 3, 4, 4},
			[]autoscale.Outcome{autoscale.Out, autoscale.CoolingDown, autoscale.CoolingDown, autoscale.Out, autoscale.CoolingDown}},
		{"the load of two is spread over more", setting, series(2, 80, 80, 80, 80), []int{3, 3, 3, 3}, []autoscale.Outcome{autoscale.Out}},
		{"an idle set shrinks to the minimum and stays", setting, series(0, 5, 5, 5, 5, 5, 5), []int{1, 1, 1, 1, 1, 1},
			[]autoscale.Outcome{autoscale.In, autoscale.CoolingDown, autoscale.CoolingDown, autoscale.AtLimit, autoscale.AtLimit, autoscale.AtLimit}},
		{"a setting that is off does nothing", off, series(0, 99, 99), []int{2, 2}, nil},
	}
	for _, tt := range tests {
		events, counts, err := tt.setting.Replay(tt.series, autoscale.ReplayOptions{Start: 2, Column: func(autoscale.Rule) int { return 0 }})
		if err != nil {
			t.Fatal(err)
		}
		var outcomes []autoscale.Outcome
		for _, e := range events {
			outcomes = append(outcomes, e.Outcome)
		}
		if diff := cmp.Diff(tt.counts, counts); diff != "" {
			t.Errorf("%s: counts (-want +got):\n%s", tt.name, diff)
		}
		if diff := cmp.Diff(tt.outcomes, outcomes); diff != "" {
			t.Errorf("%s: outcomes (-want +got):\n%s", tt.name, diff)
		}
	}
	backwards := series(0, 1, 2)
	backwards.Samples[1].Time = monday.Add(-time.Hour)
	if _, _, err := setting.Replay(backwards, autoscale.ReplayOptions{Column: func(autoscale.Rule) int { return 0 }}); err == nil {
		t.Error("a series that runs backwards is accepted")
	}
}

func TestActive(t *testing.T) {
	weekdays := &autoscale.Recurrence{Days: []time.Weekday{time.Monday, time.Wednesday}, Hours: []int{8}, Minutes: []int{30}}
	evenings := &autoscale.Recurrence{Days: []time.Weekday{time.Monday, time.Wednesday}, Hours: []int{18}, Minutes: []int{0}}
	s := autoscale.Setting{Profiles: []autoscale.Profile{
		{Name: "default"}, {Name: "day", Recurrence: weekdays}, {Name: "night", Recurrence: evenings},
		{Name: "sale", Fixed: &autoscale.FixedDate{Start: monday.AddDate(0, 0, 9), End: monday.AddDate(0, 0, 10)}}}}
	tests := []struct {
		at   time.Duration
		want string
	}{
		{8*time.Hour + 29*time.Minute, "night"}, // since Wednesday last week
		{8*time.Hour + 30*time.Minute, "day"},
		{18 * time.Hour, "night"},
		{24*time.Hour + 12*time.Hour, "night"},
		{9 * 24 * time.Hour, "sale"},
		{10 * 24 * time.Hour, "night"},
	}
	for _, tt := range tests {
		if got := s.Profiles[s.Active(monday.Add(tt.at))].Name; got != tt.want {
			t.Errorf("%v after Monday: %s, want %s", tt.at, got, tt.want)
		}
	}
	if got := (autoscale.Setting{}).Active(monday); got != -1 {
		t.Errorf("a setting without profiles has profile %d", got)
	}
}

func BenchmarkReplay(b *testing.B) {
	p := autoscale.Profile{Minimum: 1, Maximum: 100, Rules: []autoscale.Rule{
		{Operator: autoscale.GreaterThan, Threshold: 75, Direction: autoscale.Increase, Value: 1, Window: 10 * time.Minute},
		{Operator: autoscale.LessThan, Threshold: 25, Direction: autoscale.Decrease, Value: 1, Window: 10 * time.Minute}}}
	s := autoscale.Setting{Enabled: true, Profiles: []autoscale.Profile{p}}
	loads := make([]float64, 1440)
	for i := range loads {
		loads[i] = float64(i % 100)
	}
	day := series(10, loads...)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := s.Replay(day, autoscale.ReplayOptions{Start: 10, Column: func(autoscale.Rule) int { return 0 }}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestReplayIsBounded counts what the windows of the rules read.
func TestReplayIsBounded(t *testing.T) {
	setting := autoscale.Setting{Enabled: true, Profiles: []autoscale.Profile{{Minimum: 1, Maximum: 10, Rules: []autoscale.Rule{{Window: 100 * time.Minute}}}}}
	series := autoscale.Series{Metrics: []string{"m"}}
	for i := range 200 {
		series.Samples = append(series.Samples, autoscale.Sample{Time: time.Unix(int64(60*i), 0), Values: []float64{1}})
	}
	column := func(autoscale.Rule) int { return 0 }
	// Each sample looks at its profile (10) and at up to 100 samples: 2,000 + 5,050 + 10,000.
	if _, counts, err := setting.Replay(series, autoscale.ReplayOptions{Start: 1, Column: column, MaxReads: 17_050}); err != nil || len(counts) != 200 {
		t.Errorf("%d samples were replayed: %v", len(counts), err)
	}
	_, _, err := setting.Replay(series, autoscale.ReplayOptions{Start: 1, Column: column, MaxReads: 10_000})
	if err == nil || !strings.Contains(err.Error(), "more than 10000 readings") {
		t.Errorf("the replay is not stopped: %v", err)
	}
}
