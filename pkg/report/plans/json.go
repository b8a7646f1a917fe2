package plans

import (
	"bytes"
	"io"
	"strconv"

	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// JSON writes previews for machines. Its shape is a contract: members are
// added, never renamed or removed. The members of the object are those of the
// first scale set; "others" has further scale sets in the same form.
//
// A million instances are written as they are read, one a line, without a copy
// of the text in memory.
type JSON struct{}

// Report implements [Reporter].
func (JSON) Report(w io.Writer, p Preview) error {
	pw := &planJSON{w: w, b: make([]byte, 0, flushAt+4096), secrets: p.Secrets}
	pw.needs = p.Needs
	for i, plan := range p.Plans {
		pw.cost = p.cost(i)
		switch i {
		case 0:
			pw.text("{\n  \"version\": \"1\",\n")
		case 1:
			pw.text(",\n  \"others\": [{\n")
		default:
			pw.text("  }, {\n")
		}
		pw.plan(plan)
	}
	if len(p.Plans) > 1 {
		pw.text("  }]")
	}
	pw.text(",\n  \"findings\": ")
	pw.value(findings.NewJSONFindings(p.Findings, p.Secrets))
	pw.text("\n}\n")
	pw.flush()
	return pw.err
}

const flushAt = 1 << 16

type planJSON struct {
	w       io.Writer
	b       []byte
	err     error
	secrets *secret.Set
	scratch bytes.Buffer

	current *whatif.Plan
	needs   bool
	cost    *cost.Table
	zones   map[string][]byte
}

func (w *planJSON) text(s string) { w.b = append(w.b, s...) }

func (w *planJSON) flush() {
	if w.err == nil && len(w.b) > 0 {
		_, w.err = w.w.Write(w.b)
	}
	w.b = w.b[:0]
}

// value writes a small value with the standard encoder, on one line.
func (w *planJSON) value(v any) {
	w.scratch.Reset()
	if err := render.NewEncoder(&w.scratch).Encode(v); err != nil && w.err == nil {
		w.err = err
	}
	w.b = append(w.b, bytes.TrimRight(w.scratch.Bytes(), "\n")...)
}

func (w *planJSON) member(indent, name string, v any) {
	w.text(indent)
	w.b = strconv.AppendQuote(w.b, name)
	w.text(": ")
	w.value(v)
	w.text(",\n")
}

type jsonLimit struct {
	Name     string `json:"name"`
	Max      int    `json:"max"`
	First    int    `json:"firstBroken"`
	Severity string `json:"severity"`
	Code     string `json:"code"`
	Reason   string `json:"reason"`
	Remedy   string `json:"remedy"`
	Source   string `json:"source"`
	Help     string `json:"help"`
}

type jsonExplanation struct {
	ID    int      `json:"id"`
	Name  string   `json:"name"`
	Lines []string `json:"lines"`
}

func (w *planJSON) plan(p *whatif.Plan) {
	w.current, w.zones = p, map[string][]byte{}
	c := p.Config
	w.member("  ", "scaleSet", p.ScaleSet)
	w.member("  ", "model", c.Model.String())
	w.member("  ", "faultDomains", c.FaultDomains)
	w.member("  ", "updateDomains", c.UpdateDomains)
	w.member("  ", "zones", strings0(c.Zones))
	w.member("  ", "policy", c.Policy.String())
	w.member("  ", "orchestration", map[bool]string{false: "Uniform", true: "Flexible"}[c.Flexible])
	w.member("  ", "notes", strings0(p.Notes))
	w.member("  ", "grounds", newJSONGrounds(p.Grounds))
	if p.PlacedBy != "" {
		w.member("  ", "placedBy", p.PlacedBy)
	}
	w.member("  ", "start", newJSONBalance(p, p.Start))
	if len(p.Lost.Each) > 0 {
		w.member("  ", "lost", newJSONLost(p.Lost))
	}
	limits := make([]jsonLimit, len(p.Limits))
	for i, l := range p.Limits {
		limits[i] = jsonLimit{l.Name, l.Max, l.First(), l.Severity.String(), string(l.Code), l.Reason, l.Remedy, l.Says.Text, l.Says.Link()}
	}
	w.member("  ", "limits", limits)
	if len(p.Explanations) > 0 {
		all := make([]jsonExplanation, len(p.Explanations))
		for i, e := range p.Explanations {
			all[i] = jsonExplanation(e)
		}
		w.member("  ", "explanations", all)
	}
	if w.needs {
		w.member("  ", "needs", needs.NewJSON(p.Needs(), w.secrets.Redact))
	}
	if w.cost != nil {
		w.member("  ", "cost", costs.NewJSON(w.cost, w.secrets.Redact))
	}
	w.text("  \"steps\": [")
	for i := range p.Steps {
		if i > 0 {
			w.text(",")
		}
		w.step(&p.Steps[i])
	}
	w.text("],\n  \"final\": ")
	w.instances("  ", p.Final)
}

// strings0 returns a list that is never null.
func strings0(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func ints0(n []int) []int {
	if n == nil {
		return []int{}
	}
	return n
}

type jsonBalance struct {
	FaultDomains    []int          `json:"faultDomains"`
	UpdateDomains   []int          `json:"updateDomains"`
	Zones           map[string]int `json:"zones"`
	Capacity        int            `json:"capacity"`
	Running         int            `json:"running"`
	Regional        int            `json:"regional,omitempty"`
	PlacementGroups []int          `json:"placementGroups"`
	Priority        *jsonPriority  `json:"priority,omitempty"`
}

// A jsonGround is one statement that the plan rests on.
type jsonGround struct {
	Text     string          `json:"text"`
	Sureness whatif.Sureness `json:"sureness"`
	Records  int             `json:"records,omitempty"`
	Except   string          `json:"except,omitempty"`
}

func newJSONGrounds(all []whatif.Ground) []jsonGround {
	out := make([]jsonGround, len(all))
	for i, g := range all {
		out[i] = jsonGround{g.Text, g.Sure, g.Records, g.Except}
	}
	return out
}

// jsonPriority is there for a set with a priority mix.
type jsonPriority struct {
	Regular int `json:"regular"`
	Spot    int `json:"spot"`
}

func newJSONBalance(p *whatif.Plan, b placement.Balance) jsonBalance {
	j := jsonBalance{FaultDomains: ints0(b.FaultDomains), UpdateDomains: ints0(b.UpdateDomains), Zones: map[string]int{}, Capacity: b.Total, Running: b.Running, PlacementGroups: ints0(b.Groups)}
	for i, z := range p.Config.Zones {
		j.Zones[z] = b.Zones[i]
	}
	if len(p.Config.Zones) > 0 {
		j.Regional = b.Regional
	}
	if p.Config.Mix != nil {
		j.Priority = &jsonPriority{b.Total - b.Spot, b.Spot}
	}
	return j
}

// jsonLost is what failures leave.
type jsonLost struct {
	Each    []jsonRemainder `json:"each"`
	Running int             `json:"running"`
	Of      int             `json:"of"`
	Empty   []string        `json:"emptyBackendPools"`
	Refill  string          `json:"refill"`
}

type jsonRemainder struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Running int    `json:"running"`
}

func newJSONLost(a instances.Aftermath) jsonLost {
	j := jsonLost{Each: []jsonRemainder{}, Running: a.Running, Of: a.Of, Empty: strings0(a.Empty), Refill: a.Refill}
	for _, r := range a.Each {
		j.Each = append(j.Each, jsonRemainder{r.Loss.Kind.String(), r.Loss.Name(), r.Running})
	}
	return j
}

// jsonSurvivors has null if the scale set has no such domains.
type jsonSurvivors struct {
	FaultDomain  *int `json:"faultDomain"`
	UpdateDomain *int `json:"updateDomain"`
	Zone         *int `json:"zone"`
}

func newJSONSurvivors(s whatif.Survivors) jsonSurvivors {
	known := func(n int) *int {
		if n < 0 {
			return nil
		}
		return &n
	}
	return jsonSurvivors{known(s.FaultDomain), known(s.UpdateDomain), known(s.Zone)}
}

func (w *planJSON) step(s *whatif.Step) {
	w.text("\n    {\n")
	w.member("      ", "from", s.From)
	w.member("      ", "to", s.To)
	w.member("      ", "reached", s.Reached)
	w.member("      ", "change", s.Written)
	w.text("      \"added\": ")
	w.instances("      ", s.Added)
	w.text(",\n      \"removed\": ")
	w.instances("      ", s.Removed)
	if len(s.Surplus) > 0 {
		w.text(",\n      \"surplus\": ")
		w.instances("      ", s.Surplus)
		first, last := s.IDs()
		w.text(",\n      \"ids\": ")
		w.value([]int{first, last})
	}
	w.text(",\n")
	w.member("      ", "kept", s.From-len(s.Removed))
	w.member("      ", "balance", newJSONBalance(w.current, s.Balance))
	w.member("      ", "survivors", newJSONSurvivors(s.Survivors))
	if len(s.Lost.Each) > 0 {
		w.member("      ", "lost", newJSONLost(s.Lost))
	}
	w.member("      ", "notes", strings0(s.Notes))
	w.text("      \"findings\": ")
	w.value(findings.NewJSONFindings(s.Findings, w.secrets))
	w.text("\n    }")
}

func (w *planJSON) instances(indent string, all []placement.Instance) {
	w.text("[")
	for i := range all {
		if i > 0 {
			w.text(",")
		}
		w.text("\n  ")
		w.text(indent)
		w.instance(&all[i])
		if len(w.b) >= flushAt {
			w.flush()
		}
	}
	if len(all) > 0 {
		w.text("\n")
		w.text(indent)
	}
	w.text("]")
}

func (w *planJSON) instance(in *placement.Instance) {
	p := w.current
	b := append(w.b, `{"id":`...)
	b = strconv.AppendInt(b, int64(in.ID), 10)
	b = append(b, `,"name":"`...)
	b = appendSafe(b, p.AppendName, in.ID)
	b = append(b, `","faultDomain":`...)
	b = appendDomain(b, in.FaultDomain)
	b = append(b, `,"updateDomain":`...)
	b = appendDomain(b, in.UpdateDomain)
	b = append(b, `,"zone":"`...)
	b = append(b, w.zone(in.Zone)...)
	b = append(b, `","computerName":"`...)
	b = appendSafe(b, p.AppendComputerName, in.ID)
	b = append(b, `","placementGroup":`...)
	w.b = strconv.AppendInt(b, int64(in.Group), 10)
	if in.Flags != 0 {
		w.flags(in.Flags)
	}
	w.places(in.ID)
	w.b = append(w.b, '}')
}

// appendSafe appends a name, escaped where it needs to be.
func appendSafe(b []byte, appendName func([]byte, int) []byte, id int) []byte {
	at := len(b)
	if b = appendName(b, id); isPlain(b[at:]) {
		return b
	}
	return append(b[:at], escaped(string(b[at:]))...)
}

// isPlain reports whether text needs no escape in JSON.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c < 0x20 || c >= 0x7F || c == '"' || c == '\\' || c == '#' {
			return false
		}
	}
	return true
}

// escaped is text as it is in JSON between quotes.
func escaped(text string) []byte {
	quoted := render.JSONString(text)
	return quoted[1 : len(quoted)-1]
}

func (w *planJSON) zone(name string) []byte {
	if name == "" {
		return nil
	}
	quoted, ok := w.zones[name]
	if !ok {
		quoted = escaped(name)
		w.zones[name] = quoted
	}
	return quoted
}

// appendDomain appends a domain number, or null for an instance without one.
func appendDomain(b []byte, domain int16) []byte {
	if domain == placement.NoDomain {
		return append(b, "null"...)
	}
	return strconv.AppendInt(b, int64(domain), 10)
}

func (w *planJSON) flags(f placement.Flags) {
	for _, flag := range []struct {
		is   placement.Flags
		name string
	}{{placement.Protected, "protected"}, {placement.Unhealthy, "unhealthy"}, {placement.Deallocated, "deallocated"}, {placement.Stopped, "stopped"}, {placement.Pinned, "pinned"}, {placement.Outdated, "outdated"}, {placement.Spot, "spot"}} {
		if f.Has(flag.is) {
			w.text(`,"` + flag.name + `":true`)
		}
	}
}

// places appends the NAT ports and the storage account, where there are any.
func (w *planJSON) places(id int) {
	p := w.current
	first := true
	for _, pool := range p.Pools() {
		port, ok := p.Port(pool, id)
		if !ok {
			continue
		}
		if first {
			w.text(`,"ports":[`)
		} else {
			w.text(",")
		}
		first = false
		w.text(`{"pool":`)
		w.value(pool.Name)
		w.text(`,"port":`)
		w.b = strconv.AppendInt(w.b, int64(port), 10)
		w.text(`,"backendPort":`)
		w.b = strconv.AppendInt(w.b, int64(pool.BackendPort), 10)
		w.text("}")
	}
	if !first {
		w.text("]")
	}
	if account := p.Account(id); account != "" {
		w.text(`,"storageAccount":`)
		w.value(account)
	}
}
