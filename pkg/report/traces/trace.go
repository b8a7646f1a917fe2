package traces

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/trace"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Traces are the answer to a question about values, or about a name.
type Traces struct {
	Template string
	Asked    string // pointer, place or name
	Traces   []trace.Trace
	// Uses lists what uses a name; nil for a question about values.
	Uses    *trace.Uses
	Secrets *secret.Set
}

type jsonTraces struct {
	Version  string      `json:"version"`
	Template string      `json:"template"`
	Asked    string      `json:"asked"`
	Traces   []jsonTrace `json:"traces"`
	Uses     *jsonUses   `json:"uses,omitempty"`
}

type jsonTrace struct {
	Pointer  string          `json:"pointer"`
	Resource string          `json:"resource,omitempty"`
	Output   string          `json:"output,omitempty"`
	Known    bool            `json:"known"`
	Value    json.RawMessage `json:"value"`
	At       *render.Range   `json:"at,omitempty"` // the text to change
	Hops     []jsonHop       `json:"hops"`
	Around   []render.Note   `json:"around"`
	Needs    []jsonNeed      `json:"needs"`
}

type jsonHop struct {
	Depth int    `json:"depth"`
	What  string `json:"what"`
	render.Range
	Text string `json:"text"`
}

type jsonNeed struct {
	Pointer    string `json:"pointer"`
	Expression string `json:"expression"`
	Reason     string `json:"reason"`
}

type jsonUses struct {
	Name   string       `json:"name"`
	Kind   string       `json:"kind"`
	At     render.Range `json:"at"`
	Uses   []jsonUse    `json:"uses"`
	Values []jsonUsedBy `json:"values"`
	Total  int          `json:"total"`
}

type jsonUse struct {
	render.Range
	In  string `json:"in"`
	By  string `json:"by"`
	Raw string `json:"text"`
}

type jsonUsedBy struct {
	Pointer  string          `json:"pointer"`
	Resource string          `json:"resource,omitempty"`
	Output   string          `json:"output,omitempty"`
	Value    json.RawMessage `json:"value"`
}

// WriteJSON writes the answer for machines. Its shape is a contract: members
// are added, never renamed or removed.
func (t Traces) WriteJSON(w io.Writer) error {
	out := jsonTraces{Version: "1", Template: t.Template, Asked: t.Asked, Traces: []jsonTrace{}}
	for i := range t.Traces {
		out.Traces = append(out.Traces, t.jsonTrace(&t.Traces[i]))
	}
	if u := t.Uses; u != nil {
		j := &jsonUses{Name: u.Name, Kind: u.Kind, At: render.NewRange(u.At), Uses: []jsonUse{}, Values: []jsonUsedBy{}, Total: u.Total}
		for _, use := range u.Uses {
			j.Uses = append(j.Uses, jsonUse{render.NewRange(use.At), use.In, use.By, t.Secrets.Redact(use.At.Text())})
		}
		for _, v := range u.Values {
			j.Values = append(j.Values, jsonUsedBy{v.Node.Pointer(), resourceName(v.Resource), v.Output, t.json(v.Node)})
		}
		out.Uses = j
	}
	return render.WriteJSON(w, out)
}

func resourceName(r *expand.Resource) string {
	if r == nil {
		return ""
	}
	return r.Type + " " + r.Name
}

func (t Traces) jsonTrace(tr *trace.Trace) jsonTrace {
	j := jsonTrace{Pointer: tr.Node.Pointer(), Resource: resourceName(tr.Resource), Output: tr.Output, Known: tr.Node.Known(), Value: t.json(tr.Node),
		At: render.RangeOrNil(tr.Node.At()), Hops: []jsonHop{}, Around: []render.Note{}, Needs: []jsonNeed{}}
	for _, h := range tr.Hops {
		j.Hops = append(j.Hops, jsonHop{h.Depth, trail.Sentence(h.Step), render.NewRange(h.Step.Place), t.source(h.Step.Place)})
	}
	for _, s := range tr.Around {
		j.Around = append(j.Around, render.NewNote(trail.Sentence(s), s.Place))
	}
	for _, n := range tr.Needs {
		j.Needs = append(j.Needs, jsonNeed{n.Pointer, t.Secrets.Redact(n.Expression), n.Reason})
	}
	return j
}

// shown returns a value as JSON, secrets masked.
func (t Traces) shown(n *expand.Node) string {
	if render.Hidden(strings.ReplaceAll(n.Pointer(), "/", ".")) && n.Known() {
		return `"` + secret.Mask + `"`
	}
	return t.Secrets.Redact(value.JSON(render.MaskSecrets(n.Value)))
}

func (t Traces) json(n *expand.Node) json.RawMessage {
	if raw := json.RawMessage(t.shown(n)); json.Valid(raw) {
		return raw
	}
	return json.RawMessage(`"` + secret.Mask + `"`)
}

// source returns the text of a place on one line, with secrets masked.
func (t Traces) source(at source.Range) string {
	if len(t.Secrets.Within(at)) > 0 {
		return render.MaskFor(at.Text())
	}
	return t.Secrets.Redact(strings.Join(strings.Fields(at.Text()), " "))
}

// maxTraces is how many values are written in full; a loop can have thousands.
const maxTraces = 5

type traceWriter struct {
	*render.Writer
	Traces
}

// WriteText writes the answer for people.
func (t Traces) WriteText(w io.Writer, format findings.Text) error {
	tw := &traceWriter{render.NewWriter(w, format.Color, format.Width, t.Secrets), t}
	for i := range t.Traces {
		if i == maxTraces {
			fmt.Fprintf(tw, "... and %s more at the same position (the JSON format lists all)\n", render.Plural(len(t.Traces)-i, "value"))
			break
		}
		tw.trace(&t.Traces[i])
	}
	if t.Uses != nil {
		tw.uses(t.Uses)
	}
	return tw.Flush()
}

func (w *traceWriter) trace(t *trace.Trace) {
	of := "output " + t.Output
	if t.Resource != nil {
		of = resourceName(t.Resource)
	}
	w.Writer.WriteString(render.Neutral(w.Redact(of)) + "\n")
	w.Place.Fprint(w, render.Neutral(t.Node.Pointer()))
	fmt.Fprintf(w, " = %s\n", render.Neutral(render.Clip(w.shown(t.Node), 4*render.ValueMax)))
	wide := 0
	for _, h := range t.Hops {
		wide = max(wide, render.Width(render.Place(h.Step.Place)))
	}
	for _, h := range t.Hops {
		w.line(render.Place(h.Step.Place), wide, strings.Repeat("  ", h.Depth)+trail.Sentence(h.Step), w.source(h.Step.Place))
	}
	for _, s := range t.Around {
		w.step(s, wide)
	}
	for _, n := range t.Needs {
		w.Hint.Fprintf(w, "  not known offline: %s", render.Neutral(render.Clip(w.Redact(n.Expression), 2*render.ValueMax)))
		w.Hint.Fprintf(w, " (%s)\n", render.Neutral(n.Reason))
	}
	w.WriteByte('\n')
}

func (w *traceWriter) step(s diag.Step, wide int) {
	w.line(render.Place(s.Place), wide, "  in "+trail.Sentence(s), "")
}

func (w *traceWriter) line(at string, wide int, what, text string) {
	w.Gutter.Fprintf(w, "  %s%*s", at, max(wide-render.Width(at), 0), "")
	fmt.Fprint(w, "  "+render.Neutral(what))
	if text != "" {
		w.Hint.Fprint(w, "  "+render.Neutral(render.Clip(text, render.ValueMax)))
	}
	w.WriteByte('\n')
}

func (w *traceWriter) uses(u *trace.Uses) {
	w.Place.Fprintf(w, "%s %s", u.Kind, render.Neutral(u.Name))
	fmt.Fprintf(w, " is declared at %s\n", render.Place(u.At))
	if len(u.Uses) == 0 {
		w.WriteString("  it is not used\n")
	}
	wide := 0
	for _, use := range u.Uses {
		wide = max(wide, render.Width(render.Place(use.At)))
	}
	for _, use := range u.Uses {
		what := use.In
		if use.By != "" {
			what += ", through " + use.By
		}
		w.line(render.Place(use.At), wide, what, "")
	}
	if u.Total > 0 {
		fmt.Fprintf(w, "%s:\n", render.Plural(u.Total, "dependent value"))
	}
	for i, v := range u.Values {
		if i == 4*maxTraces {
			fmt.Fprintf(w, "  ... and %d more (the JSON format lists more)\n", u.Total-i)
			break
		}
		fmt.Fprintf(w, "  %s", render.Neutral(v.Node.Pointer()))
		w.Hint.Fprintf(w, "  %s\n", render.Neutral(render.Clip(w.shown(v.Node), render.ValueMax)))
	}
}
