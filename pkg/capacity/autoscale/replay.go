package autoscale

import (
	"fmt"
	"math"
	"slices"
	"sort"
	"time"
)

// A Sample is the value of each metric at one time. A value that is missing or NaN was
// not measured.
type Sample struct {
	Time time.Time
	// Values has the value of each metric, by its column in the Series.
	Values []float64
	// Instances is the number of instances that shared the load when the sample was
	// taken; 0 if it was not recorded.
	Instances int
}

// A Series is the input of a replay, with its samples in ascending order of time.
type Series struct {
	Metrics []string // names of the columns
	Samples []Sample
}

// An Event is one evaluation that changes the count, or whose change was prevented.
type Event struct {
	Time    time.Time
	Profile int // index in the setting
	Decision
	// Observed are the values of the metrics of the rules of the decision, in the
	// order of Rules.
	Observed []float64
	// Ready is the end of the cooldown that prevents an action, and LastAction the
	// time of the action that it counts from; zero for other events.
	Ready, LastAction time.Time
}

// ReplayOptions are the options of a replay.
type ReplayOptions struct {
	Start int // instances at the beginning
	// Column returns the column of a rule's metric in the series, or -1 if the
	// series does not have it.
	Column func(r Rule) int
	// MaxSteps limits the number of evaluations; 0 means 1,000,000.
	MaxSteps int
	// MaxReads limits the work: the samples that are read for all windows of all
	// rules, and [readsPerProfile] for each profile that may be active at a
	// sample. 0 means 100,000,000, about a second.
	MaxReads int
}

// readsPerProfile is what finding out whether a profile is active costs, in
// samples that are read.
const readsPerProfile = 10

// Replay runs a series through the setting, one evaluation for each sample. It returns
// each evaluation that acts or is prevented from acting, and the count after each
// sample. If the series records how many instances shared the load, a value is the
// average over those instances and is spread over the replayed count; otherwise it is
// used as it is, whatever the count.
//
// It returns an error if the series is not in order, is too long, or needs too many
// reads.
func (s Setting) Replay(series Series, o ReplayOptions) (events []Event, counts []int, err error) {
	if o.MaxSteps == 0 {
		o.MaxSteps = 1_000_000
	}
	if o.MaxReads == 0 {
		o.MaxReads = 100_000_000
	}
	if len(series.Samples) > o.MaxSteps {
		return nil, nil, fmt.Errorf("the metrics have %d samples; the limit of a replay is %d", len(series.Samples), o.MaxSteps)
	}
	r := replay{setting: s, series: series, options: o, count: o.Start, left: o.MaxReads}
	counts = make([]int, 0, len(series.Samples))
	for i := range series.Samples {
		if i > 0 && series.Samples[i].Time.Before(series.Samples[i-1].Time) {
			return nil, nil, fmt.Errorf("sample %d is earlier than the previous one", i+1)
		}
		if e, ok := r.step(i); ok {
			events = append(events, e)
		}
		if r.left < 0 {
			return nil, nil, fmt.Errorf("the replay was stopped at sample %d of %d: the windows of the rules need more than %d readings, the limit of this tool; use fewer samples or a shorter period", i+1, len(series.Samples), o.MaxReads)
		}
		counts = append(counts, r.count)
	}
	return events, counts, nil
}

type replay struct {
	setting    Setting
	series     Series
	options    ReplayOptions
	count      int
	lastAction time.Time
	acted      bool
	window     []float64 // lent to value
	left       int       // of MaxReads; negative once they are used up
}

// step evaluates sample i. Cooldown counts from the last action of any rule (U).
func (r *replay) step(i int) (Event, bool) {
	at := r.series.Samples[i].Time
	r.left -= readsPerProfile * len(r.setting.Profiles)
	active := r.setting.Active(at)
	if active < 0 || !r.setting.Enabled {
		return Event{}, false
	}
	p := r.setting.Profiles[active]
	ready := func(rule int) bool {
		return !r.acted || at.Sub(r.lastAction) >= p.Rules[rule].Cooldown
	}
	values := func(rule int) (float64, bool) { return r.value(p.Rules[rule], i) }
	d := p.decide(r.count, values, ready)
	if d.Outcome == Stay {
		return Event{}, false
	}
	e := Event{Time: at, Profile: active, Decision: d}
	for _, rule := range d.Rules {
		v, _ := values(rule)
		e.Observed = append(e.Observed, v)
	}
	if d.Outcome == CoolingDown {
		e.LastAction, e.Ready = r.lastAction, r.ready(p, d)
	}
	if d.To != d.From {
		r.count, r.lastAction, r.acted = d.To, at, true
	}
	return e, true
}

// ready is when the fired rules have cooled down: of those that scale out the
// first one acts, those that scale in must all be ready.
func (r *replay) ready(p Profile, d Decision) (at time.Time) {
	for i, rule := range d.Rules {
		then := r.lastAction.Add(p.Rules[rule].Cooldown)
		out := p.Rules[rule].scales(d.From) == Increase
		if i == 0 || out == then.Before(at) {
			at = then
		}
	}
	return at
}

// value aggregates the window of a rule that ends at sample i.
func (r *replay) value(rule Rule, i int) (float64, bool) {
	column := r.options.Column(rule)
	if column < 0 {
		return 0, false
	}
	samples := r.series.Samples
	from := samples[i].Time.Add(-rule.Window)
	first := sort.Search(i, func(k int) bool { return samples[k].Time.After(from) }) // i itself counts in any case
	if r.left -= i - first + 1; r.left < 0 {
		return 0, false
	}
	window := r.window[:0]
	for k := first; k <= i; k++ {
		s := &samples[k]
		if column >= len(s.Values) || math.IsNaN(s.Values[column]) {
			continue
		}
		window = append(window, r.spread(rule, s, s.Values[column]))
	}
	r.window = window
	if len(window) == 0 {
		return 0, false
	}
	return rule.Aggregation.of(window), true
}

// spread turns a recorded value into what the replayed count would see.
func (r *replay) spread(rule Rule, s *Sample, v float64) float64 {
	switch {
	case rule.PerInstance:
		return v / float64(max(1, r.count))
	case s.Instances > 0:
		return v * float64(s.Instances) / float64(max(1, r.count))
	}
	return v
}

// of combines the values of a window, oldest first; Average where the template
// gives none that is known.
func (a Aggregation) of(window []float64) float64 {
	total := 0.0
	for _, v := range window {
		total += v
	}
	switch a {
	case Minimum:
		return slices.Min(window)
	case Maximum:
		return slices.Max(window)
	case Total:
		return total
	case Count:
		return float64(len(window))
	case Last:
		return window[len(window)-1]
	}
	return total / float64(len(window))
}
