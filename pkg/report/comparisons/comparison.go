package comparisons

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/plans"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// A Comparison is what a diff found, with what must not be shown of it.
type Comparison struct {
	Diff *diff.Diff
	// Secrets are those of both sides.
	Secrets *secret.Set
	// Costs are what the scale sets of both sides cost; nil without prices.
	Costs []SetCost
}

// A SetCost is what one scale set costs before and after.
type SetCost struct {
	Name string
	Cost *cost.Table
}

// costLines say what the sets cost, not yet escaped.
func (c Comparison) costLines() (all []string) {
	for _, s := range c.Costs {
		for _, text := range costs.Sentences(s.Cost) {
			all = append(all, s.Name+": "+text)
		}
	}
	return all
}

// A Document is the JSON of diff: a comparison, and with prices what the scale
// sets cost.
type Document struct {
	Object
	Costs []jsonSetCost `json:"costs,omitempty"`
}

type jsonSetCost struct {
	ScaleSet string      `json:"scaleSet"`
	Cost     *costs.JSON `json:"cost"`
}

// absentText is shown in place of a value that is absent.
const absentText = "(absent)"

// Shown is a value as compact JSON, secrets masked.
func (c Comparison) Shown(change *diff.Change, n *expand.Node) string {
	if n == nil {
		if change.Default != nil {
			return value.JSON(change.Default)
		}
		return absentText
	}
	if u, ok := n.Value.(value.Unknown); ok {
		return c.Secrets.Redact("[" + u.Residual + "]")
	}
	if render.Hidden(change.Path) {
		return `"` + secret.Mask + `"`
	}
	return c.Secrets.Redact(value.JSON(render.MaskSecrets(n.Value)))
}

// NodePlace returns where to change a value, or "" if it has no position.
func NodePlace(n *expand.Node) string {
	if n == nil || n.At().IsZero() {
		return ""
	}
	return render.Place(n.At())
}

// An Object is a comparison as the JSON of diff and review has it.
type Object struct {
	Version       string         `json:"version"`
	Old           string         `json:"old"`
	New           string         `json:"new"`
	Mode          string         `json:"mode"`
	Worst         diff.Class     `json:"worst"`
	Summary       map[string]int `json:"summary"`
	Unchanged     int            `json:"unchanged"`
	LeftToService int            `json:"leftToService"`
	Resources     []jsonCompared `json:"resources"`
	Guards        []jsonGuard    `json:"guards"`
}

type jsonCompared struct {
	Type    string          `json:"type"`
	Name    string          `json:"name"`
	Class   diff.Class      `json:"class"`
	Rule    *jsonClassRule  `json:"rule,omitempty"`
	Note    string          `json:"note,omitempty"`
	At      *render.Range   `json:"at,omitempty"`
	Changes []jsonChange    `json:"changes"`
	Plan    json.RawMessage `json:"capacity,omitempty"`
}

type jsonClassRule struct {
	Path   string `json:"path"`
	Why    string `json:"why"`
	Source string `json:"source"`
	Sure   string `json:"sureness"`
	Help   string `json:"help"`
}

type jsonSideValue struct {
	Present bool            `json:"present"`
	Default bool            `json:"default,omitempty"` // the value is the default of Azure
	Unknown bool            `json:"unknown,omitempty"`
	Value   json.RawMessage `json:"value,omitempty"`
	At      *render.Range   `json:"at,omitempty"`
}

type jsonChange struct {
	Pointer string        `json:"pointer"`
	Path    string        `json:"path"`
	Class   diff.Class    `json:"class"`
	May     *diff.Class   `json:"may,omitempty"`
	ByHand  bool          `json:"byHand,omitempty"`
	Old     jsonSideValue `json:"old"`
	New     jsonSideValue `json:"new"`
	Rule    jsonClassRule `json:"rule"`
}

type jsonGuard struct {
	ScaleSet string          `json:"scaleSet"`
	Severity string          `json:"severity"`
	Text     string          `json:"text"`
	Advice   string          `json:"advice"`
	Pointer  string          `json:"pointer"`
	At       *render.Range   `json:"at,omitempty"`
	Plan     json.RawMessage `json:"capacity,omitempty"`
}

// WriteJSON writes the comparison for machines, one resource at a time. Its shape
// is a contract: members are added, never renamed or removed.
func (c Comparison) WriteJSON(w io.Writer) error {
	j := render.NewJSONWriter(w)
	j.Members(Document{Object: c.head(), Costs: c.costs()}, c.streamed(j))
	return j.End()
}

// WriteMembers writes the members of an [Object].
func (c Comparison) WriteMembers(j *render.JSONWriter) { j.Members(c.head(), c.streamed(j)) }

func (c Comparison) streamed(j *render.JSONWriter) map[string]func(string) {
	return map[string]func(string){
		"resources": func(name string) { render.JSONList(j, name, c.resources(j.Fail)) },
		"guards":    func(name string) { render.JSONList(j, name, c.guards(j.Fail)) },
	}
}

func (c Comparison) costs() (all []jsonSetCost) {
	for _, s := range c.Costs {
		all = append(all, jsonSetCost{c.Secrets.Redact(s.Name), costs.NewJSON(s.Cost, c.Secrets.Redact)})
	}
	return all
}

// head is the comparison without resources and guards.
func (c Comparison) head() Object {
	d := c.Diff
	out := Object{Version: "1", Old: d.Old.Name, New: d.New.Name, Mode: Mode(d), Worst: d.Worst(), Summary: map[string]int{},
		Unchanged: d.Same, LeftToService: d.LeftToService}
	for class, n := range d.Counts() {
		out.Summary[class.String()] = n
	}
	return out
}

func (c Comparison) resources(fail func(error)) iter.Seq[jsonCompared] {
	return func(yield func(jsonCompared) bool) {
		for i := range c.Diff.Resources {
			r := &c.Diff.Resources[i]
			j := jsonCompared{Type: r.Type, Name: c.Secrets.Redact(r.Name), Class: r.Class, Note: r.Note, Changes: []jsonChange{}}
			if r.Rule != nil {
				j.Rule = newJSONClassRule(r.Rule, r.Rule.Why)
			}
			if there := either(r.New, r.Old); there != nil {
				j.At = render.RangeOrNil(there.Body.Get("name").At())
			}
			for k := range r.Changes {
				j.Changes = append(j.Changes, c.jsonChange(&r.Changes[k]))
			}
			j.Plan = c.jsonPlan(r.Plan, fail)
			if !yield(j) {
				return
			}
		}
	}
}

func (c Comparison) guards(fail func(error)) iter.Seq[jsonGuard] {
	return func(yield func(jsonGuard) bool) {
		for _, g := range c.Diff.Guards {
			j := jsonGuard{ScaleSet: g.ScaleSet, Severity: g.Severity.String(), Text: g.Text, Advice: g.Advice, Pointer: g.At.Pointer(), At: render.RangeOrNil(g.At.At())}
			j.Plan = c.jsonPlan(g.Plan, fail)
			if !yield(j) {
				return
			}
		}
	}
}

func either(a, b *expand.Resource) *expand.Resource {
	if a != nil {
		return a
	}
	return b
}

// Mode is the deployment mode that a comparison assumes, "complete" or
// "incremental".
func Mode(d *diff.Diff) string {
	if d.Complete {
		return "complete"
	}
	return "incremental"
}

func (c Comparison) jsonChange(change *diff.Change) jsonChange {
	j := jsonChange{Pointer: change.Pointer, Path: change.Path, Class: change.Class, Rule: *newJSONClassRule(change.Rule, change.Reason)}
	if change.Class == diff.Unknown {
		j.May = &change.May
	}
	j.ByHand = change.Class == diff.Reimage && change.Rule.ByHand
	j.Old, j.New = c.jsonSide(change, change.Old), c.jsonSide(change, change.New)
	return j
}

func (c Comparison) jsonSide(change *diff.Change, n *expand.Node) jsonSideValue {
	text := c.Shown(change, n)
	if n == nil {
		if change.Default == nil {
			return jsonSideValue{}
		}
		return jsonSideValue{Default: true, Value: json.RawMessage(text)}
	}
	j := jsonSideValue{Present: true, Unknown: !n.Known(), At: render.RangeOrNil(n.At())}
	if raw := json.RawMessage(text); json.Valid(raw) && !j.Unknown {
		j.Value = raw
	} else if quoted, err := json.Marshal(text); err == nil { // text always encodes
		j.Value = quoted
	}
	return j
}

func newJSONClassRule(r *diff.Rule, why string) *jsonClassRule {
	return &jsonClassRule{Path: r.Path, Why: why, Source: r.Title(), Sure: r.Sure.String(), Help: r.Address()}
}

// jsonPlan is a preview as simulate writes it; nil for none.
func (c Comparison) jsonPlan(p *whatif.Plan, fail func(error)) json.RawMessage {
	if p == nil {
		return nil
	}
	var b bytes.Buffer
	if err := (plans.JSON{}).Report(&b, plans.Preview{Plans: []*whatif.Plan{p}, Secrets: c.Secrets}); err != nil {
		fail(err)
		return nil
	}
	return b.Bytes()
}
