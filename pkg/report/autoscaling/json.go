package autoscaling

import (
	"io"
	"math"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/report/findings"
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
	Replay   *jsonReplay            `json:"replay,omitempty"`
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
}

// Report implements [Reporter].
func (JSON) Report(w io.Writer, a Analysis) error {
	out := jsonAutoscale{Version: "1", Template: a.Template, Settings: []jsonAutoscaleSetting{}, Findings: findings.NewJSONFindings(a.Findings, a.Secrets)}
	for i := range a.Settings {
		out.Settings = append(out.Settings, newJSONAutoscaleSetting(&a.Settings[i]))
	}
	return render.WriteJSON(w, out)
}

func newJSONAutoscaleSetting(s *Setting) jsonAutoscaleSetting {
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
	if s.Replay != nil {
		out.Replay = newJSONReplay(s, s.Replay)
	}
	return out
}

func newJSONReplay(s *Setting, r *Replay) *jsonReplay {
	t := r.tally()
	out := &jsonReplay{
		Samples: len(r.Series.Samples), Start: r.Start, End: t.last, Least: t.least, Most: t.most, Out: t.out, In: t.in, Held: t.held,
		InstanceHours: math.Round(t.hours*100) / 100, Missing: append([]string{}, r.Missing...), Events: []jsonEvent{}, Counts: append([]int{}, r.Counts...),
	}
	for _, e := range r.Events {
		event := jsonEvent{Time: e.Time, Profile: s.Profiles[e.Profile].Name, Outcome: e.Outcome, From: e.From, To: e.To, Rules: append([]int{}, e.Rules...)}
		if e.Blocker >= 0 {
			event.Blocker, event.Projected = &e.Blocker, &e.Projected
		}
		out.Events = append(out.Events, event)
	}
	return out
}
