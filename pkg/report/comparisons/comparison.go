package comparisons

import (
	"bytes"
	"encoding/json"
	"io"

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

// WriteJSON writes the comparison for machines. Its shape is a contract:
// members are added, never renamed or removed.
func (c Comparison) WriteJSON(w io.Writer) error {
	out, err := c.Object()
	if err != nil {
		return err
	}
	document := Document{Object: out}
	for _, s := range c.Costs {
		document.Costs = append(document.Costs, jsonSetCost{c.Secrets.Redact(s.Name), costs.NewJSON(s.Cost, c.Secrets.Redact)})
	}
	return render.WriteJSON(w, document)
}

// Object is the comparison for machines. An error is one of encoding a preview.
func (c Comparison) Object() (out Object, err error) {
	d := c.Diff
	out = Object{Version: "1", Old: d.Old.Name, New: d.New.Name, Mode: Mode(d), Worst: d.Worst(), Summary: map[string]int{},
		Unchanged: d.Same, LeftToService: d.LeftToService, Resources: []jsonCompared{}, Guards: []jsonGuard{}}
	for class, n := range d.Counts() {
		out.Summary[class.String()] = n
	}
	for i := range d.Resources {
		r := &d.Resources[i]
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
		if j.Plan, err = c.jsonPlan(r.Plan); err != nil {
			return out, err
		}
		out.Resources = append(out.Resources, j)
	}
	for _, g := range d.Guards {
		j := jsonGuard{ScaleSet: g.ScaleSet, Severity: g.Severity.String(), Text: g.Text, Advice: g.Advice, Pointer: g.At.Pointer(), At: render.RangeOrNil(g.At.At())}
		if j.Plan, err = c.jsonPlan(g.Plan); err != nil {
			return out, err
		}
		out.Guards = append(out.Guards, j)
	}
	return out, nil
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
func (c Comparison) jsonPlan(p *whatif.Plan) (json.RawMessage, error) {
	if p == nil {
		return nil, nil
	}
	var b bytes.Buffer
	err := plans.JSON{}.Report(&b, plans.Preview{Plans: []*whatif.Plan{p}, Secrets: c.Secrets})
	return b.Bytes(), err
}
