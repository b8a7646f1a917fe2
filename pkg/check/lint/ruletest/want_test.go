package ruletest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const wanting = `[
  1, // want SS9001 "one"
  2, // want SS9001 "two" "zwei"
  3 // want SS9001 info "three"
]`

func TestCompare(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("t.json", []byte(wanting)))
	parameters := source.NewFile("p.json", []byte("1"))
	at := func(line int) source.Range {
		_, r := tree.File.Line(line)
		return r
	}
	finding := func(subject source.Range, text string) diag.Diagnostic {
		return diag.Diagnostic{Code: "SS9001", Severity: diag.Warning, Subject: subject, Summary: text}
	}
	three := finding(at(4), "three")
	three.Severity = diag.Info
	elsewhere := finding(parameters.Range(0, 1), "one")
	elsewhere.Context = at(2)
	tests := []struct {
		name  string
		found diag.List
		want  []string
	}{
		{"all there", diag.List{finding(at(2), "this one"), finding(at(3), "two"), finding(at(3), "zwei"), three}, nil},
		{"written in the template, changed elsewhere", diag.List{elsewhere, finding(at(3), "two"), finding(at(3), "zwei"), three}, nil},
		{"one missing", diag.List{finding(at(2), "one"), finding(at(3), "two"), three}, []string{`t.json:3: no warning SS9001 matches "zwei"`}},
		{"one twice", diag.List{finding(at(2), "one"), finding(at(2), "one"), finding(at(3), "two"), finding(at(3), "zwei"), three},
			[]string{"t.json:2: unexpected warning SS9001: one"}},
		{"on another line", diag.List{finding(at(4), "one"), finding(at(3), "two"), finding(at(3), "zwei"), three},
			[]string{"t.json:4: unexpected warning SS9001: one", `t.json:2: no warning SS9001 matches "one"`}},
		{"of another severity", diag.List{finding(at(2), "one"), finding(at(3), "two"), finding(at(3), "zwei"), finding(at(4), "three")},
			[]string{"t.json:4: unexpected warning SS9001: three", `t.json:4: no info SS9001 matches "three"`}},
	}
	for _, tt := range tests {
		wants, err := wantsOf(tree, diag.Warning)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, compare(wants, tt.found)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestBadWants(t *testing.T) {
	for _, text := range []string{`1 // want SS9001`, `1 // want "x"`, `1 // want SS9001 "("`, `1 // want SS9001 x`, `1 // want SS9001 fatal "x"`} {
		if _, err := wantsOf(jsonc.Parse(source.NewFile("t.json", []byte(text))), diag.Error); err == nil {
			t.Errorf("%s: taken, want an error", text)
		}
	}
}

func TestApply(t *testing.T) {
	f := source.NewFile("t.json", []byte("abcdef"))
	got := apply(f, []diag.Edit{{Range: f.Range(1, 2), Text: "BB"}, {Range: f.Range(4, 4), Text: "-"}, {Range: source.NewFile("o", nil).Range(0, 0), Text: "no"}})
	if string(got) != "aBBcd-ef" {
		t.Errorf("Apply = %q", got)
	}
}

func TestUndeclared(t *testing.T) {
	r := &lint.Rule{Code: "SS9001", Name: "one", Severity: diag.Warning, Also: []diag.Level{{Severity: diag.Info, When: "it is small"}}}
	for severity, want := range map[diag.Severity]string{
		diag.Info: "", diag.Warning: "",
		diag.Error: `SS9001 one reports "so" as error, and does not declare that severity; add it to Also, with when it applies`,
	} {
		if got := undeclared(r, diag.Diagnostic{Code: "SS9001", Severity: severity, Summary: "so"}); got != want {
			t.Errorf("%s: got %q", severity, got)
		}
	}
	if got := undeclared(r, diag.Diagnostic{Code: lint.CodeRuleFailed, Severity: diag.Error}); got != "" {
		t.Errorf("a finding of another code: %q", got)
	}
}
