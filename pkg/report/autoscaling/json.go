package autoscaling

import (
	"fmt"
	"io"
	"math"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// JSON writes an analysis for machines. Its shape is a contract:
// members are added, never renamed or removed.
type JSON struct{}

type jsonAutoscale struct {
	Version  string                 `json:"version"`
	Template string                 `json:"template"`
	Settings []jsonAutoscaleSetting `json:"settings"`
	Findings []findings.JSONFinding `json:"findings"`
}

type jsonAutoscaleSetting struct {
	Name     string                 `json:"name"`
	ScaleSet string                 `json:"scaleSet"`
	Enabled  bool                   `json:"enabled"`
	Profiles []jsonAutoscaleProfile `json:"profiles"`
	Unknown  []string               `json:"unknown"`
	Assumed  []string               `json:"assumed"`
	At       *jsonMoment            `json:"at,omitempty"`
	Calendar *jsonCalendar          `json:"calendar,omitempty"`
	Replay   *jsonReplay            `json:"replay,omitempty"`
}

// A jsonMoment is what the setting does at a time. Profiles are named by their
// index in profiles, -1 for none.
type jsonMoment struct {
	Time      time.Time    `json:"time"`
	Profile   int          `json:"profile"`
	Also      []int        `json:"also"`
	Since     *time.Time   `json:"since"`
	Until     *time.Time   `json:"until"`
	Next      int          `json:"next"`
	Instances int          `json:"instances"`
	Bound     int          `json:"bound"`
	Actions   []jsonAction `json:"actions"`
}

type jsonAction struct {
	Rule int `json:"rule"`
	To   int `json:"to"`
	// Below is there for a rule that scales in: what the metric has to fall to.
	Below *float64 `json:"below,omitempty"`
	Held  bool     `json:"held"`
}

type jsonCalendar struct {
	From   time.Time   `json:"from"`
	To     time.Time   `json:"to"`
	Spans  []jsonSpan  `json:"spans"`
	Shifts []jsonShift `json:"shifts"`
	Odd    []jsonOdd   `json:"oddStarts"`
	Never  []int       `json:"never"`
}

type jsonSpan struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to"`
	Profile int       `json:"profile"`
	Also    []int     `json:"also"`
}

type jsonShift struct {
	At       time.Time `json:"at"`
	TimeZone string    `json:"timeZone"`
	Before   int       `json:"beforeMinutes"`
	After    int       `json:"afterMinutes"`
}

type jsonOdd struct {
	Profile int       `json:"profile"`
	Written string    `json:"written"`
	At      time.Time `json:"at"`
	Twice   bool      `json:"twice"`
}

// A jsonPlacement is the instances behind the counts of a replay.
type jsonPlacement struct {
	Model string       `json:"model"`
	Steps []jsonPlaced `json:"steps"`
	Needs []needs.JSON `json:"needs"`
	// Left is the number of changes that the placement leaves out.
	Left int `json:"left"`
}

type jsonPlaced struct {
	Time      time.Time      `json:"time"`
	From      int            `json:"from"`
	To        int            `json:"to"`
	Added     []jsonInstance `json:"added"`
	Removed   []jsonInstance `json:"removed"`
	Zones     map[string]int `json:"zones"`
	Survivors *int           `json:"survivors"`
	Exceeds   []string       `json:"exceeds"`
}

type jsonInstance struct {
	ID           int    `json:"id"`
	Name         string `json:"name"`
	FaultDomain  int16  `json:"faultDomain"`
	UpdateDomain int16  `json:"updateDomain"`
	Zone         string `json:"zone"`
}

func newJSONMoment(m *autoscale.Moment) *jsonMoment {
	if m == nil {
		return nil
	}
	out := &jsonMoment{Time: m.Time.UTC(), Profile: m.Profile, Also: append([]int{}, m.Also...), Since: known(m.Since), Until: known(m.Until), Next: m.Next,
		Instances: m.Current, Bound: m.Bound, Actions: []jsonAction{}}
	for _, a := range m.Actions {
		action := jsonAction{Rule: a.Rule, To: a.To, Held: a.Held}
		if a.To < m.Bound {
			action.Below = &a.Below
		}
		out.Actions = append(out.Actions, action)
	}
	return out
}

// known returns a time, nil for the zero time.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func newJSONCalendar(c *autoscale.Calendar) *jsonCalendar {
	if c == nil {
		return nil
	}
	out := &jsonCalendar{From: c.From.UTC(), To: c.To.UTC(), Spans: []jsonSpan{}, Shifts: []jsonShift{}, Odd: []jsonOdd{}, Never: append([]int{}, c.Never...)}
	for _, s := range c.Spans {
		out.Spans = append(out.Spans, jsonSpan{s.From.UTC(), s.To.UTC(), s.Profile, append([]int{}, s.Also...)})
	}
	for _, s := range c.Shifts {
		out.Shifts = append(out.Shifts, jsonShift{s.At.UTC(), s.Location.String(), int(s.Before.Minutes()), int(s.After.Minutes())})
	}
	for _, o := range c.Odd {
		out.Odd = append(out.Odd, jsonOdd{o.Profile, fmt.Sprintf("%02d:%02d", o.Hour, o.Minute), o.At.UTC(), o.Twice})
	}
	return out
}

func newJSONPlacement(r *Replay, redact func(string) string) *jsonPlacement {
	p := r.Placement
	if p == nil {
		return nil
	}
	least, most := r.extremes()
	out := &jsonPlacement{Model: p.Headline(), Steps: []jsonPlaced{}, Needs: needs.NewJSON(p.NeedsAt(least, most), redact)}
	list := func(all []placement.Instance) []jsonInstance {
		instances := make([]jsonInstance, 0, len(all))
		for _, i := range all {
			instances = append(instances, jsonInstance{i.ID, redact(p.Name(i.ID)), i.FaultDomain, i.UpdateDomain, i.Zone})
		}
		return instances
	}
	changes := r.changes()
	for i, e := range changes {
		s := &p.Steps[i]
		step := jsonPlaced{Time: e.Time.UTC(), From: s.From, To: s.To, Added: list(s.Added), Removed: list(s.Removed), Zones: map[string]int{}, Exceeds: []string{}}
		for z, name := range p.Config.Zones {
			step.Zones[name] = s.Balance.Zones[z]
		}
		if left := s.Survivors; left.Zone >= 0 {
			step.Survivors = &left.Zone
		} else if left.FaultDomain >= 0 {
			step.Survivors = &left.FaultDomain
		}
		for _, d := range s.Findings {
			step.Exceeds = append(step.Exceeds, string(d.Code))
		}
		out.Steps = append(out.Steps, step)
	}
	for _, e := range r.Events {
		if e.To != e.From {
			out.Left++
		}
	}
	out.Left -= len(changes)
	return out
}

type jsonAutoscaleProfile struct {
	Name    string              `json:"name"`
	Minimum int                 `json:"minimum"`
	Maximum int                 `json:"maximum"`
	Default int                 `json:"default"`
	When    string              `json:"when"`
	Rules   []jsonAutoscaleRule `json:"rules"`
}

type jsonAutoscaleRule struct {
	Metric      string                `json:"metric"`
	Operator    autoscale.Operator    `json:"operator"`
	Threshold   float64               `json:"threshold"`
	Aggregation autoscale.Aggregation `json:"aggregation"`
	Window      string                `json:"window"`
	Cooldown    string                `json:"cooldown"`
	Direction   autoscale.Direction   `json:"direction"`
	Change      autoscale.ChangeType  `json:"change"`
	Value       int                   `json:"value"`
	// ScaleIn is, for a rule that scales in, what it takes at each count.
	ScaleIn []jsonRung `json:"scaleIn,omitempty"`
}

type jsonRung struct {
	From  int     `json:"from"`
	To    int     `json:"to"`
	Below float64 `json:"below"`
	Held  bool    `json:"held"`
}

type jsonReplay struct {
	Samples       int         `json:"samples"`
	Start         int         `json:"start"`
	End           int         `json:"end"`
	Least         int         `json:"least"`
	Most          int         `json:"most"`
	Out           int         `json:"scaleOuts"`
	In            int         `json:"scaleIns"`
	Held          int         `json:"heldBack"`
	InstanceHours float64     `json:"instanceHours"`
	Missing       []string    `json:"missingMetrics"`
	Events        []jsonEvent `json:"events"`
	Counts        []int       `json:"counts"`
	// Placement are the instances behind the counts.
	Placement *jsonPlacement `json:"placement,omitempty"`
}

type jsonEvent struct {
	Time      time.Time         `json:"time"`
	Profile   string            `json:"profile"`
	Outcome   autoscale.Outcome `json:"outcome"`
	From      int               `json:"from"`
	To        int               `json:"to"`
	Rules     []int             `json:"rules"`
	Blocker   *int              `json:"blocker,omitempty"`
	Projected *float64          `json:"projected,omitempty"`
	// Observed are the values that the rules saw, in the order of rules.
	Observed []float64 `json:"observed"`
	// Ready is when the cooldown ends that holds the action back.
	Ready *time.Time `json:"ready,omitempty"`
	Why   string     `json:"why"`
}

// Report implements [Reporter].
func (JSON) Report(w io.Writer, a Analysis) error {
	out := jsonAutoscale{Version: "1", Template: a.Template, Settings: []jsonAutoscaleSetting{}, Findings: findings.NewJSONFindings(a.Findings, a.Secrets)}
	for i := range a.Settings {
		out.Settings = append(out.Settings, newJSONAutoscaleSetting(&a.Settings[i], a.Secrets.Redact))
	}
	return render.WriteJSON(w, out)
}

func newJSONAutoscaleSetting(s *Setting, redact func(string) string) jsonAutoscaleSetting {
	out := jsonAutoscaleSetting{Name: s.Name, ScaleSet: s.Target, Enabled: s.Enabled, Profiles: []jsonAutoscaleProfile{}, Unknown: append([]string{}, s.Unknown...), Assumed: append([]string{}, s.Assumptions()...)}
	for _, p := range s.Profiles {
		profile := jsonAutoscaleProfile{Name: p.Name, Minimum: p.Minimum, Maximum: p.Maximum, Default: p.Default, When: when(p), Rules: []jsonAutoscaleRule{}}
		for i, r := range p.Rules {
			rule := jsonAutoscaleRule{r.Metric, r.Operator, r.Threshold, r.Aggregation, isoSpan(r.Window), isoSpan(r.Cooldown), r.Direction, r.Change, r.Value, nil}
			for _, rung := range p.Ladder(i, 1000) {
				rule.ScaleIn = append(rule.ScaleIn, jsonRung{rung.Count, rung.To, rung.Below, rung.Held})
			}
			profile.Rules = append(profile.Rules, rule)
		}
		out.Profiles = append(out.Profiles, profile)
	}
	out.At, out.Calendar = newJSONMoment(s.Moment), newJSONCalendar(s.Calendar)
	if s.Replay != nil {
		out.Replay = newJSONReplay(s, s.Replay, redact)
		out.Replay.Placement = newJSONPlacement(s.Replay, redact)
	}
	return out
}

func newJSONReplay(s *Setting, r *Replay, redact func(string) string) *jsonReplay {
	t := r.tally()
	out := &jsonReplay{
		Samples: len(r.Series.Samples), Start: r.Start, End: t.last, Least: t.least, Most: t.most, Out: t.out, In: t.in, Held: t.held,
		InstanceHours: math.Round(t.hours*100) / 100, Missing: append([]string{}, r.Missing...), Events: []jsonEvent{}, Counts: append([]int{}, r.Counts...),
	}
	for _, e := range r.Events {
		event := jsonEvent{Time: e.Time, Profile: s.Profiles[e.Profile].Name, Outcome: e.Outcome, From: e.From, To: e.To, Rules: append([]int{}, e.Rules...),
			Observed: finite(e.Observed), Ready: known(e.Ready), Why: redact(s.reason(e))}
		if e.Blocker >= 0 {
			event.Blocker, event.Projected = &e.Blocker, &e.Projected
		}
		out.Events = append(out.Events, event)
	}
	return out
}

// finite are numbers that JSON can hold.
func finite(all []float64) []float64 {
	out := make([]float64, 0, len(all))
	for _, v := range all {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			v = 0
		}
		out = append(out, v)
	}
	return out
}
