package autoscaling

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// An Analysis is the analysis of the autoscale settings of one template.
type Analysis struct {
	Template string
	Settings []Setting
	Findings diag.List // of the rules about autoscale
	Secrets  *secret.Set
}

// A Setting is one setting and what it does.
type Setting struct {
	autoscale.Setting
	Target string // name of the scale set; an id, or "" when it is not known
	// Unknown are the pointers of values that only the deployment knows; the
	// profiles that need them are left out.
	Unknown []string
	Replay  *Replay // nil when no series was given
	// Moment is what the setting does at one time, and Calendar which profile
	// applies when; nil if not requested.
	Moment   *autoscale.Moment
	Calendar *autoscale.Calendar
}

// brief reports whether only a moment or a calendar is shown.
func (s *Setting) brief() bool { return s.Replay == nil && (s.Moment != nil || s.Calendar != nil) }

// A Replay is a metric series run through a setting.
type Replay struct {
	Series autoscale.Series
	Start  int
	Events []autoscale.Event
	Counts []int // after each sample
	// Missing are the metrics of rules that the series lacks.
	Missing []string
	// Columns are the columns of the series that the rules watch, by [Key] of the
	// rule.
	Columns map[string]int
	// Placement is the plan of the changes of the replay, a step for each event
	// that changes the count; nil if not requested. It is cut after its last
	// step when there are more changes than a plan takes.
	Placement *whatif.Plan
}

// A Reporter writes an Analysis in one format.
type Reporter interface {
	Report(w io.Writer, a Analysis) error
}

// A tally sums up a replay.
type tally struct {
	out, in, held     int
	least, most, last int
	hours             float64 // of instances
}

func (r *Replay) tally() tally {
	t := tally{least: r.Start, most: r.Start, last: r.Start}
	for _, e := range r.Events {
		switch {
		case e.To > e.From:
			t.out++
		case e.To < e.From:
			t.in++
		}
		if e.Outcome == autoscale.InSkipped {
			t.held++
		}
	}
	for i, n := range r.Counts {
		t.least, t.most, t.last = min(t.least, n), max(t.most, n), n
		if i+1 < len(r.Counts) {
			t.hours += float64(n) * r.Series.Samples[i+1].Time.Sub(r.Series.Samples[i].Time).Hours()
		}
	}
	return t
}

// An episode is events of one kind that follow each other, at one count: an
// action is one alone, what is held back lasts.
type episode struct {
	autoscale.Event
	until time.Time
	times int
}

func episodes(events []autoscale.Event) []episode {
	var all []episode
	for _, e := range events {
		if n := len(all); n > 0 && e.To == e.From {
			last := &all[n-1]
			if last.Outcome == e.Outcome && last.From == e.From && last.To == e.To && last.Profile == e.Profile {
				last.until, last.times = e.Time, last.times+1
				continue
			}
		}
		all = append(all, episode{e, e.Time, 1})
	}
	return all
}

// reason explains the outcome of an evaluation.
func (s *Setting) reason(e autoscale.Event) string {
	rules := s.Profiles[e.Profile].Rules
	var fired []string
	for k, i := range e.Rules {
		text := condition(rules[i])
		if k < len(e.Observed) {
			text = render.Neutral(rules[i].Metric) + " " + decimal(e.Observed[k]) + " " + sign(rules[i].Operator) + " " + decimal(rules[i].Threshold)
		}
		fired = append(fired, text)
	}
	because := strings.Join(fired, " and ")
	profile := s.Profiles[e.Profile]
	switch e.Outcome {
	case autoscale.Bound:
		return fmt.Sprintf("profile %s allows %d to %d", render.Neutral(profile.Name), profile.Minimum, profile.Maximum)
	case autoscale.AtLimit:
		bound := profile.Minimum
		if e.From >= profile.Maximum {
			bound = profile.Maximum
		}
		return fmt.Sprintf("%s, but %d is the limit of profile %s", because, bound, render.Neutral(profile.Name))
	case autoscale.CoolingDown:
		return fmt.Sprintf("%s, but the cooldown after the action at %s lasts until %s", because, clock(e.LastAction, e.Time), clock(e.Ready, e.Time))
	case autoscale.InSkipped:
		return fmt.Sprintf("%s, but with fewer instances %s would be about %s and scale out again (%s)", because, render.Neutral(rules[e.Blocker].Metric), decimal(e.Projected), condition(rules[e.Blocker]))
	case autoscale.InReduced:
		return fmt.Sprintf("%s; with fewer instances than %d %s would be about %s and scale out again (%s)", because, e.To, render.Neutral(rules[e.Blocker].Metric), decimal(e.Projected), condition(rules[e.Blocker]))
	case autoscale.Unreadable:
		return "a metric cannot be read, and fewer instances than the default are running"
	}
	return because
}

// clock returns the time of day, with the date when it is not the day of another time.
func clock(t, other time.Time) string {
	if t.Format(time.DateOnly) == other.Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return t.Format("2006-01-02 15:04")
}

func condition(r autoscale.Rule) string {
	return render.Neutral(r.Metric) + " " + sign(r.Operator) + " " + decimal(r.Threshold)
}

func sign(o autoscale.Operator) string {
	switch o {
	case autoscale.Equals:
		return "="
	case autoscale.NotEquals:
		return "!="
	case autoscale.GreaterThan:
		return ">"
	case autoscale.GreaterThanOrEqual:
		return ">="
	case autoscale.LessThan:
		return "<"
	case autoscale.LessThanOrEqual:
		return "<="
	}
	return render.Neutral(string(o))
}

// action returns what a rule does, "+1", "-50%", "=4".
func action(r autoscale.Rule) string {
	mark := ""
	switch r.Direction {
	case autoscale.Increase:
		mark = "+"
	case autoscale.Decrease:
		mark = "-"
	}
	switch r.Change {
	case autoscale.ExactCount:
		mark = "="
	case autoscale.ServiceAllowed:
		return mark + "next"
	case autoscale.PercentChangeCount:
		return mark + strconv.Itoa(r.Value) + "%"
	}
	return mark + strconv.Itoa(r.Value)
}

// when returns the time at which a profile applies.
func when(p autoscale.Profile) string {
	switch {
	case p.Fixed != nil:
		return p.Fixed.Start.Format("2006-01-02 15:04") + " to " + p.Fixed.End.Format("2006-01-02 15:04 MST")
	case p.Recurrence != nil:
		return "begins " + beginnings(p.Recurrence)
	}
	return "when no other profile applies"
}

func beginnings(r *autoscale.Recurrence) string {
	var days, times []string
	for _, d := range r.Days {
		days = append(days, d.String()[:3])
	}
	for _, h := range r.Hours {
		for _, m := range r.Minutes {
			times = append(times, fmt.Sprintf("%02d:%02d", h, m))
		}
	}
	zone := "UTC"
	if r.Location != nil {
		zone = r.Location.String()
	}
	return strings.Join(days, " ") + " at " + strings.Join(times, ", ") + " " + zone
}

// decimal writes a number with two decimals at most.
func decimal(x float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(x, 'f', 2, 64), "0"), ".")
}

// isoSpan writes a duration as templates do.
func isoSpan(d time.Duration) string {
	if d == 0 {
		return "PT0S"
	}
	text := "P"
	if days := d / (24 * time.Hour); days > 0 {
		text, d = text+strconv.Itoa(int(days))+"D", d%(24*time.Hour)
	}
	if d > 0 {
		text += "T"
	}
	for _, u := range []struct {
		name string
		of   time.Duration
	}{{"H", time.Hour}, {"M", time.Minute}, {"S", time.Second}} {
		if n := d / u.of; n > 0 {
			text, d = text+strconv.Itoa(int(n))+u.name, d%u.of
		}
	}
	return text
}

// chart draws a series of values in one line of width cells, each the highest
// of its samples, with the bounds in front and behind. A cell in which nothing
// was measured is blank.
func chart(values []float64, width int) (line string, low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	cells := make([]float64, min(width, len(values)))
	for i := range cells {
		cells[i] = math.Inf(-1)
		for _, v := range values[i*len(values)/len(cells) : (i+1)*len(values)/len(cells)] {
			if !math.IsNaN(v) {
				low, high, cells[i] = min(low, v), max(high, v), max(cells[i], v)
			}
		}
	}
	const steps = "▁▂▃▄▅▆▇█"
	blocks := []rune(steps)
	var b strings.Builder
	for _, v := range cells {
		switch {
		case math.IsInf(v, -1):
			b.WriteByte(' ')
		case high == low:
			b.WriteRune(blocks[0])
		default:
			b.WriteRune(blocks[int((v-low)/(high-low)*float64(len(blocks)-1)+0.5)])
		}
	}
	return b.String(), low, high
}

// column returns the values of one metric of a series.
func column(s autoscale.Series, k int) []float64 {
	values := make([]float64, len(s.Samples))
	for i := range s.Samples {
		values[i] = s.Samples[i].Values[k]
	}
	return values
}

func floats(counts []int) []float64 {
	values := make([]float64, len(counts))
	for i, n := range counts {
		values[i] = float64(n)
	}
	return values
}
