package findings

import (
	"io"
	"iter"
	"slices"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// JSON writes findings for machines. Its shape is a contract: members are
// added, never renamed or removed. Lines and columns start at 1, columns count
// code points, offsets count bytes from 0.
type JSON struct{}

type jsonFile struct {
	Path   string `json:"path"`
	Status Status `json:"status"`
}

type jsonSummary struct {
	Files      int `json:"files"`
	Errors     int `json:"errors"`
	Warnings   int `json:"warnings"`
	Infos      int `json:"infos"`
	Suppressed int `json:"suppressed"`
	// NotShown is there when the findings are too many and some are left out.
	NotShown int `json:"notShown,omitempty"`
}

// A JSONFinding is a finding as the JSON of all commands has it.
type JSONFinding struct {
	Code     diag.Code     `json:"code"`
	Rule     string        `json:"rule"`
	Severity diag.Severity `json:"severity"`
	Message  string        `json:"message"`
	Detail   string        `json:"detail"`
	render.Range
	Pointer      string        `json:"pointer"`
	Resource     string        `json:"resource"`
	Symbol       string        `json:"symbolicName,omitempty"`
	Guidance     string        `json:"guidance"`
	Source       string        `json:"source,omitempty"`
	Help         string        `json:"help"`
	Reference    string        `json:"reference,omitempty"`
	ParameterSet string        `json:"parameterSet,omitempty"`
	Values       string        `json:"parameterValues,omitempty"`
	Related      []render.Note `json:"related"`
	Fixes        []jsonFix     `json:"fixes"`
	Trail        []render.Note `json:"trail"`
	// Suppressed is set only in suppressed findings, which are reported on request.
	Suppressed *jsonSuppression `json:"suppressed,omitempty"`
}

type jsonSuppression struct {
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Choice  bool       `json:"choice,omitempty"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	render.Range
	Text string `json:"text"`
}

// Report implements [Reporter]. Each finding is written when it is made.
func (JSON) Report(w io.Writer, r Result) error {
	c := r.Count()
	files := make([]jsonFile, len(r.Files))
	for i, f := range r.Files {
		files[i] = jsonFile{f.Path, f.Status}
	}
	j := render.NewJSONWriter(w)
	j.Member("version", "1")
	j.Member("files", files)
	render.JSONList(j, "findings", func(yield func(JSONFinding) bool) {
		for _, d := range r.shown() {
			f := newJSONFinding(&d, r.Secrets)
			if help := r.help(&d); help != d.Help { // what it refers to is not lost
				f.Help, f.Reference = help, d.Help
			}
			if !yield(f) {
				return
			}
		}
	})
	j.Member("summary", jsonSummary{c.Files, c.Errors, c.Warnings, c.Infos, c.Suppressed, c.Left})
	if len(r.Packs) > 0 {
		j.Member("packs", r.Packs)
	}
	if r.Narrowed != nil {
		j.Member("narrowed", r.Narrowed)
	}
	return j.End()
}

// NewJSONFindings gives findings with secrets masked; never nil.
func NewJSONFindings(l []diag.Diagnostic, secrets *secret.Set) []JSONFinding {
	return slices.AppendSeq(make([]JSONFinding, 0, len(l)), JSONFindings(l, secrets))
}

// JSONFindings returns findings one by one, with secrets masked.
func JSONFindings(l []diag.Diagnostic, secrets *secret.Set) iter.Seq[JSONFinding] {
	return func(yield func(JSONFinding) bool) {
		for i := range l {
			if !yield(newJSONFinding(&l[i], secrets)) {
				return
			}
		}
	}
}

func newJSONFinding(d *diag.Diagnostic, secrets *secret.Set) JSONFinding {
	secrets = secrets.For(d.Subject.File)
	f := JSONFinding{
		Code: d.Code, Rule: d.Rule, Severity: d.Severity,
		Message: secrets.Redact(d.Summary), Detail: secrets.Redact(d.Detail),
		Range:   render.NewRange(d.Subject),
		Pointer: secrets.Redact(d.Pointer), Resource: secrets.Redact(d.Resource), Symbol: secrets.Redact(d.Symbol), Guidance: d.Guidance, Source: d.Source,
		Help: d.Help, ParameterSet: d.ParameterSet, Values: secrets.Redact(d.Values),
		Related: make([]render.Note, 0, len(d.Related)+len(d.Also)), Fixes: make([]jsonFix, 0, len(d.Fixes)), Trail: make([]render.Note, len(d.Trail)),
	}
	if s := d.Suppressed; s != nil {
		f.Suppressed = &jsonSuppression{s.Kind, secrets.Redact(s.Reason)}
	}
	for _, places := range [...][]diag.Related{d.Related, d.Also} {
		for _, r := range places {
			f.Related = append(f.Related, render.NewNote(secrets.Redact(r.Message), r.Range))
		}
	}
	for i, s := range d.Trail {
		f.Trail[i] = render.NewNote(secrets.Redact(trail.Sentence(s)), s.Place)
	}
	for _, fix := range d.Fixes {
		out := jsonFix{Message: secrets.Redact(fix.Message), Choice: fix.Choice, Edits: make([]jsonEdit, 0, len(fix.Edits))}
		for _, e := range fix.Edits {
			if !secrets.Holds(e.Text) {
				out.Edits = append(out.Edits, jsonEdit{render.NewRange(e.Range), e.Text})
			}
		}
		if len(out.Edits) == len(fix.Edits) { // else it would spell a secret out
			f.Fixes = append(f.Fixes, out)
		}
	}
	return f
}
