package autoscaling

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// analysis is a setting that scales out above 70 and in below 30, replayed over a day
// with a peak.
func analysis(t *testing.T) Analysis {
	t.Helper()
	rule := func(o autoscale.Operator, threshold float64, d autoscale.Direction) autoscale.Rule {
		return autoscale.Rule{Metric: "Percentage CPU", Operator: o, Threshold: threshold, Window: 5 * time.Minute, Cooldown: 10 * time.Minute,
			Aggregation: autoscale.Average, Direction: d, Change: autoscale.ChangeCount, Value: 1}
	}
	setting := autoscale.Setting{Name: "rules\n##[error]", Enabled: true, Profiles: []autoscale.Profile{{
		Name: "<default>", Minimum: 2, Maximum: 5, Default: 2,
		Rules: []autoscale.Rule{rule(autoscale.GreaterThan, 70, autoscale.Increase), rule(autoscale.LessThan, 30, autoscale.Decrease)},
	}}}
	series := autoscale.Series{Metrics: []string{"Percentage CPU"}}
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for i := range 48 {
		v := 20.0
		if i > 10 && i < 24 {
			v = 90
		}
		series.Samples = append(series.Samples, autoscale.Sample{Time: start.Add(time.Duration(i) * 30 * time.Minute), Values: []float64{v}})
	}
	events, counts, err := setting.Replay(series, autoscale.ReplayOptions{Start: 2, Column: func(autoscale.Rule) int { return 0 }})
	if err != nil {
		t.Fatal(err)
	}
	s := new(secret.Set)
	s.AddText("Correct-Horse-9")
	return Analysis{Template: "t.json", Secrets: s, Settings: []Setting{
		{Setting: setting, Target: "web", Replay: &Replay{Series: series, Start: 2, Events: events, Counts: counts, Columns: map[string]int{setting.Profiles[0].Rules[0].Key(): 0}, Missing: []string{"Network In"}}},
		{Setting: autoscale.Setting{Name: "second", Enabled: true, Profiles: setting.Profiles}, Target: "api", Unknown: []string{"/resources/0/properties/profiles/1"}},
	}}
}

func written(t *testing.T, r Reporter) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Report(&b, analysis(t)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPictures draws a week with a change of the time zone, a gap and an overlap,
// and the replay of [analysis]: the golden files were looked at in a browser.
func TestPictures(t *testing.T) {
	a := analysis(t)
	loc, ok := autoscale.Zone("W. Europe Standard Time")
	if !ok {
		t.Fatal("the time zone is not known")
	}
	at := func(text string) time.Time {
		at, ok := autoscale.ParseTime(text)
		if !ok {
			t.Fatal(text)
		}
		return at
	}
	all := []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	week := autoscale.Setting{Name: "week", Enabled: true, Profiles: []autoscale.Profile{
		{Name: "day", Minimum: 3, Maximum: 10, Recurrence: &autoscale.Recurrence{Location: loc, Days: all, Hours: []int{7}, Minutes: []int{0}}},
		{Name: "night <b>", Minimum: 2, Maximum: 2, Recurrence: &autoscale.Recurrence{Location: loc, Days: all, Hours: []int{20}, Minutes: []int{30}}},
		{Name: "sale", Minimum: 20, Maximum: 40, Fixed: &autoscale.FixedDate{Start: at("2026-03-25 06:00"), End: at("2026-03-26 12:00")}},
		{Name: "a second sale with a long name", Minimum: 9, Maximum: 9, Fixed: &autoscale.FixedDate{Start: at("2026-03-26 08:00"), End: at("2026-03-26 14:00")}},
	}}
	gaps := autoscale.Setting{Name: "gaps", Enabled: true, Profiles: week.Profiles[2:]}
	for i, s := range []autoscale.Setting{week, gaps} {
		c, err := s.Calendar(at("2026-03-23 00:00"), at("2026-03-30 00:00"))
		if err != nil {
			t.Fatal(err)
		}
		m, err := s.At(at("2026-03-29 02:00"), 3+i)
		if err != nil {
			t.Fatal(err)
		}
		a.Settings = append(a.Settings, Setting{Setting: s, Target: "web", Calendar: &c, Moment: &m})
	}
	for name, r := range map[string]Reporter{"autoscale.svg": SVG{}, "autoscale.html": HTML{}, "autoscale.txt": Text{Width: 80}, "autoscale.md": Markdown{}, "autoscale.csv": CSV{}} {
		var b bytes.Buffer
		if err := r.Report(&b, a); err != nil {
			t.Fatal(err)
		}
		golden.Equal(t, filepath.Join("testdata", name), b.Bytes())
	}
}

// TestAxes: an axis begins at zero, ends at a round number not below the highest
// value, and has few lines.
func TestAxes(t *testing.T) {
	for _, highest := range []float64{0, 0.02, 1, 3, 7, 10, 99, 100, 101, 12345, 1e9, math.Inf(1), math.NaN()} {
		p := &plot{drawing: &drawing{}}
		p.frame("x", highest, false)
		if lines := len(p.Lines); lines < 2 || lines > 6 || p.Lines[0].Class != "axis" || p.Lines[0].Y1 != panelHeight {
			t.Errorf("%v: %d lines, the first %+v", highest, lines, p.Lines[0])
		}
		if highest < math.Inf(1) && p.high < highest {
			t.Errorf("%v: the axis ends at %v", highest, p.high)
		}
	}
}

func TestFormats(t *testing.T) {
	text := written(t, Text{Width: 80})
	for _, want := range []string{"rules␊# #[error]", "web", "2 to 5", "Percentage CPU > 70", "Network In", "second"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if n := len([]rune(line)); n > 81 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	markdown := written(t, Markdown{})
	if !strings.Contains(markdown, `\# \#\[error\]`) || !strings.Contains(markdown, "&lt;default&gt;") || !strings.Contains(markdown, "| --- |") {
		t.Error(markdown)
	}
	table := csv.NewReader(strings.NewReader(written(t, CSV{})))
	table.FieldsPerRecord = -1 // a setting without a replay has rows of its own
	rows, err := table.ReadAll()
	if err != nil || len(rows) < 49 || rows[1][0] != "rules␊# #[error]" || rows[12][4] != "scale-out" {
		t.Errorf("%v: %d rows, %q", err, len(rows), rows[12])
	}
	var all struct {
		Template string
		Settings []struct {
			Name   string
			Replay *struct{ Samples, Start, Most, ScaleOuts, ScaleIns int }
		}
	}
	if err := json.Unmarshal([]byte(written(t, JSON{})), &all); err != nil {
		t.Fatal(err)
	}
	first := all.Settings[0]
	if first.Name != "rules\n##[error]" || first.Replay == nil || first.Replay.Samples != 48 || first.Replay.Most != 5 || first.Replay.ScaleOuts != 3 || all.Settings[1].Replay != nil {
		t.Errorf("%+v %+v", all, first.Replay)
	}
}
