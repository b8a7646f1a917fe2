package findings

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// jsonResult is the document that JSON writes in parts.
type jsonResult struct {
	Version  string        `json:"version"`
	Files    []jsonFile    `json:"files"`
	Findings []JSONFinding `json:"findings"`
	Summary  jsonSummary   `json:"summary"`
	// Packs are there when the run has some.
	Packs []string `json:"packs,omitempty"`
	// Narrowed is there when settings take something away from the run.
	Narrowed *Narrowing `json:"narrowed,omitempty"`
}

// TestSchemaDescribesTypes compares docs/json with the types that are written.
func TestSchemaDescribesTypes(t *testing.T) {
	golden.Describes(t, "lint", reflect.TypeFor[jsonResult]())
}

// TestJSONInParts compares the parts with the document as a whole.
func TestJSONInParts(t *testing.T) {
	f := source.NewFile("t.json", []byte("{\n  \"a\": 1\n}\n"))
	one := diag.Diagnostic{Code: "SS0001", Rule: "a-rule", Severity: diag.Error, Summary: "one <line>", Subject: f.Range(4, 7), Related: []diag.Related{{Message: "here", Range: f.Range(9, 10)}}}
	two := one
	two.Severity, two.Suppressed = diag.Info, &diag.Suppression{Kind: "comment", Reason: "it is so"}
	narrowed := &Narrowing{File: ".scaleset.yaml", By: []NarrowedBy{{Key: "rules", Count: 1, Text: "1 rule"}}}
	for _, r := range []Result{
		{},
		{Files: []File{{Path: "t.json", Status: Checked, ParameterSets: 1, CheckedSets: 1}}},
		{Files: []File{{Path: "t.json", Status: Checked}, {Path: "b.json", Status: Unreadable}}, Findings: diag.List{one}, Left: 3},
		{Findings: diag.List{one, two}, ShowSuppressed: true, Narrowed: narrowed},
		{Findings: diag.List{two}, Narrowed: narrowed, Packs: []string{"security", "psrule"}},
	} {
		c := r.Count()
		whole := jsonResult{"1", make([]jsonFile, len(r.Files)), NewJSONFindings(r.shown(), nil), jsonSummary{c.Files, c.Errors, c.Warnings, c.Infos, c.Suppressed, c.Left}, r.Packs, r.Narrowed}
		for i, f := range r.Files {
			whole.Files[i] = jsonFile{f.Path, f.Status}
		}
		var want, got bytes.Buffer
		if err := render.WriteJSON(&want, whole); err != nil {
			t.Fatal(err)
		}
		if err := (JSON{}).Report(&got, r); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), got.String()); diff != "" {
			t.Errorf("(-whole +parts):\n%s", diff)
		}
	}
}
