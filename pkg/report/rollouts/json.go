package rollouts

import (
	"io"
	"strconv"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// An Object is the JSON of a plan. Its members are those of the first scale set;
// further sets are whole in Others.
type Object struct {
	Version string `json:"version"`
	jsonSet
	Others []jsonSet `json:"others,omitempty"`
	// Terraform is there for a Terraform plan.
	Terraform *jsonTerraform `json:"terraform,omitempty"`
}

type jsonSet struct {
	ScaleSet  string         `json:"scaleSet"`
	Capacity  int            `json:"capacity"`
	From      int            `json:"from"`
	Change    jsonChange     `json:"change"`
	Policy    jsonPolicy     `json:"policy"`
	Batches   []jsonBatch    `json:"batches"`
	Worst     jsonWorst      `json:"worst"`
	Before    int            `json:"before"`
	After     int            `json:"after"`
	Peak      int            `json:"peak"`
	Refill    string         `json:"refill,omitempty"`
	Empty     []string       `json:"emptyBackendPools,omitempty"`
	ByHand    []jsonInstance `json:"byHand"`
	Untouched []jsonInstance `json:"untouched"`
	Removed   []jsonInstance `json:"removed"`
	Minutes   jsonMinutes    `json:"minutes"`
	Needs     []needs.JSON   `json:"needs"`
	Cost      *costs.JSON    `json:"cost,omitempty"`
	Stops     []jsonStop     `json:"stops"`
	Notes     []jsonNote     `json:"notes"`
	Findings  any            `json:"findings"`
}

type jsonChange struct {
	Class      string   `json:"class"`
	Action     string   `json:"action"`
	Properties []string `json:"properties"`
	// ModelOnly are those that concern the scale set alone.
	ModelOnly []string `json:"modelOnly"`
}

type jsonPolicy struct {
	Mode                        string `json:"mode"`
	MaxBatchPercent             int    `json:"maxBatchInstancePercent"`
	MaxUnhealthyPercent         int    `json:"maxUnhealthyInstancePercent"`
	MaxUnhealthyUpgradedPercent int    `json:"maxUnhealthyUpgradedInstancePercent"`
	Pause                       string `json:"pauseTimeBetweenBatches"`
	MaxSurge                    bool   `json:"maxSurge"`
	CrossZone                   bool   `json:"enableCrossZoneUpgrade"`
}

type jsonMinutes struct {
	Least float64 `json:"least"`
	Most  float64 `json:"most"`
}

type jsonInstance struct {
	ID           int    `json:"id"`
	Name         string `json:"name"`
	FaultDomain  int16  `json:"faultDomain"`
	UpdateDomain int16  `json:"updateDomain"`
	Zone         string `json:"zone"`
}

type jsonBatch struct {
	Number       int            `json:"number"`
	Zone         string         `json:"zone"`
	UpdateDomain int            `json:"updateDomain"`
	Action       string         `json:"action"`
	Instances    []jsonInstance `json:"instances"`
	Surge        []jsonInstance `json:"surge"`
	InPlace      bool           `json:"inPlace,omitempty"`
	Running      int            `json:"running"`
	Lost         []jsonLoss     `json:"lost,omitempty"`
	Exists       int            `json:"exists"`
	Start        jsonMinutes    `json:"start"`
	Minutes      jsonMinutes    `json:"minutes"`
}

type jsonWorst struct {
	Batch    int           `json:"batch"`
	Running  int           `json:"running"`
	Lost     []jsonLost    `json:"lost"`
	Together *jsonTogether `json:"together,omitempty"`
}

type jsonTogether struct {
	Running int `json:"running"`
	Batch   int `json:"batch"`
}

type jsonLoss struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Running int    `json:"running"`
}

type jsonLost struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Running int    `json:"running"`
	Batch   int    `json:"batch"`
}

type jsonStop struct {
	Code       string         `json:"code"`
	AfterBatch int            `json:"afterBatch"`
	Unhealthy  int            `json:"unhealthy"`
	Of         int            `json:"of"`
	Limit      int            `json:"limitPercent"`
	Upgraded   []jsonInstance `json:"upgraded"`
	Failed     []jsonInstance `json:"failed"`
	Pending    []jsonInstance `json:"pending"`
	RolledBack bool           `json:"rolledBack"`
	// Interrupted are those of the batch that ran when it was cancelled.
	Interrupted []jsonInstance `json:"interrupted,omitempty"`
}

type jsonNote struct {
	Text     string `json:"text"`
	Source   string `json:"source"`
	Sureness string `json:"sureness"`
}

// WriteJSON writes the plans for machines.
func (p Report) WriteJSON(w io.Writer) error {
	o := Object{Version: "1"}
	for n, r := range p.Rollouts {
		s := newJSONSet(r, p.Secrets)
		if n == 0 {
			o.jsonSet = s
		} else {
			o.Others = append(o.Others, s)
		}
	}
	if len(p.Rollouts) == 0 {
		o.jsonSet = noSet()
	}
	o.Terraform = newJSONTerraform(p.Terraform, p.Secrets)
	return render.WriteJSON(w, o)
}

// noSet returns what is written where a Terraform plan changes no set that exists.
func noSet() jsonSet {
	return jsonSet{
		Change: jsonChange{Class: rollout.Rollout{}.Class.String(), Action: upgrade.Nothing.String(), Properties: []string{}, ModelOnly: []string{}}, Policy: jsonPolicy{Mode: upgrade.Manual.String(), Pause: "PT0S"},
		Batches: []jsonBatch{}, Worst: jsonWorst{Lost: []jsonLost{}}, ByHand: []jsonInstance{}, Untouched: []jsonInstance{}, Removed: []jsonInstance{}, Needs: []needs.JSON{},
		Stops: []jsonStop{}, Notes: []jsonNote{}, Findings: []findings.JSONFinding{},
	}
}

// WriteSetJSON writes one plan as a part of another document.
func WriteSetJSON(w io.Writer, r *rollout.Rollout, secrets *secret.Set) error {
	return render.WriteJSON(w, newJSONSet(r, secrets))
}

func newJSONSet(r *rollout.Rollout, secrets *secret.Set) jsonSet {
	p := r.Plan
	list := func(all []upgrade.Instance) []jsonInstance {
		out := make([]jsonInstance, 0, len(all))
		for _, i := range all {
			out = append(out, newJSONInstance(r, i.Instance, secrets))
		}
		return out
	}
	s := jsonSet{
		ScaleSet: secrets.Redact(r.Name), Capacity: r.To, From: r.From, Before: p.Before, After: p.After, Peak: p.Peak,
		Change: jsonChange{Class: r.Class.String(), Action: p.Change.Action.String(), Properties: []string{}, ModelOnly: []string{}},
		Policy: jsonPolicy{
			Mode: p.Policy.Mode.String(), MaxBatchPercent: p.Policy.MaxBatchPercent, MaxUnhealthyPercent: p.Policy.MaxUnhealthyPercent,
			MaxUnhealthyUpgradedPercent: p.Policy.MaxUnhealthyUpgradedPercent, MaxSurge: p.Policy.MaxSurge, CrossZone: p.Policy.CrossZone,
			Pause: "PT" + strconv.Itoa(int(p.Policy.Pause.Seconds())) + "S",
		},
		Batches: []jsonBatch{}, Worst: jsonWorst{Batch: p.Worst.Batch, Running: p.Worst.Running, Lost: []jsonLost{}},
		ByHand: list(p.ByHand), Untouched: list(p.Untouched), Removed: []jsonInstance{}, Minutes: jsonMinutes(p.Minutes), Needs: needs.NewJSON(r.Needs, secrets.Redact), Cost: costs.NewJSON(r.Cost, secrets.Redact), Stops: []jsonStop{}, Notes: []jsonNote{},
		Findings: findings.NewJSONFindings(r.Findings, secrets),
	}
	for _, path := range r.Paths {
		s.Change.Properties = append(s.Change.Properties, secrets.Redact(path))
	}
	for _, path := range r.ModelOnly {
		s.Change.ModelOnly = append(s.Change.ModelOnly, secrets.Redact(path))
	}
	for _, i := range r.Removed {
		s.Removed = append(s.Removed, newJSONInstance(r, i, secrets))
	}
	for _, b := range p.Batches {
		s.Batches = append(s.Batches, jsonBatch{
			Number: b.Number, Zone: b.Zone, UpdateDomain: b.UpdateDomain, Action: b.Action.String(), Instances: list(b.Instances), Surge: list(b.Surge), InPlace: b.InPlace,
			Running: b.Running, Exists: b.Exists, Start: jsonMinutes(b.Start), Minutes: jsonMinutes(b.Took),
		})
		for _, l := range b.Lost {
			last := &s.Batches[len(s.Batches)-1]
			last.Lost = append(last.Lost, jsonLoss{l.Loss.Kind.String(), l.Loss.Name(), l.Running})
		}
	}
	for n, l := range p.Worst.Lost {
		s.Worst.Lost = append(s.Worst.Lost, jsonLost{Kind: l.Loss.Kind.String(), Name: l.Loss.Name(), Running: l.Running, Batch: p.Worst.LostAt[n]})
	}
	if len(p.Worst.Lost) > 1 && len(r.Lost.Each) > 1 {
		s.Worst.Together = &jsonTogether{p.Worst.Together, p.Worst.TogetherAt}
	}
	s.Refill, s.Empty = secrets.Redact(r.Lost.Refill), r.Lost.Empty
	if stop := p.Stop; stop != nil {
		s.Stops = append(s.Stops, jsonStop{
			Code: stop.Code, AfterBatch: stop.After, Unhealthy: stop.Unhealthy, Of: stop.Of, Limit: stop.Limit,
			Upgraded: list(stop.Upgraded), Failed: list(stop.Failed), Pending: list(stop.Pending), RolledBack: stop.RolledBack, Interrupted: list(stop.Interrupted),
		})
	}
	for _, n := range all(r) {
		s.Notes = append(s.Notes, jsonNote{secrets.Redact(n.Text), n.Source, string(n.Sureness)})
	}
	return s
}

func newJSONInstance(r *rollout.Rollout, i placement.Instance, secrets *secret.Set) jsonInstance {
	return jsonInstance{ID: i.ID, Name: secrets.Redact(name(r, i.ID)), FaultDomain: i.FaultDomain, UpdateDomain: i.UpdateDomain, Zone: i.Zone}
}
