package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestSuppressionsAreBounded: of very many suppressions the first count, and one
// finding says so.
func TestSuppressionsAreBounded(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("t.json", []byte("[\n"+strings.Repeat("// scaleset:ignore SS0001 because\n1,\n", 30_000)+"1]")))
	r, err := NewRunner(nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := r.Suppress([]*jsonc.Tree{tree}, nil)
	limits, unused := 0, 0
	for _, d := range found {
		switch d.Code {
		case CodeSuppressionBroken:
			limits++
		case CodeSuppressionUnused:
			unused++
		}
	}
	if limits != 1 || unused != maxSuppressions {
		t.Errorf("%d findings say that not all suppressions count, and %d suppressions do; want 1 and %d", limits, unused, maxSuppressions)
	}
}

// TestSuppressionLooksAtItsRules: a suppression looks at the findings of the
// rules that it names alone.
func TestSuppressionLooksAtItsRules(t *testing.T) {
	var found diag.List
	for i := range 1000 {
		found.Add(diag.Diagnostic{Code: diag.Code(fmt.Sprintf("SS%04d", i)), Rule: fmt.Sprintf("rule-%d", i)})
	}
	names := newNamesOf(found)
	for _, name := range []string{"ss0007", "rule-7"} {
		if n := len(names[name]); n != 1 {
			t.Errorf("%s looks at %d findings, want 1", name, n)
		}
	}
}

func TestSuppressionOfManyRules(t *testing.T) {
	if s := parseDirective(strings.Repeat("SS0001,", 51) + " because"); s.broken == "" || len(s.codes) != maxCodes {
		t.Errorf("%d rules are named: %q", len(s.codes), s.broken)
	}
}

// TestSuppressionsOfSettingsAreBounded: suppressions of settings ask once for each
// file, and look at no finding that another one has silenced.
func TestSuppressionsOfSettingsAreBounded(t *testing.T) {
	var found diag.List
	for i := range 3000 {
		found.Add(diag.Diagnostic{Code: "SS1001", Rule: "rule", Subject: source.NewFile(fmt.Sprintf("%d.json", i%3), nil).Range(0, 0)})
	}
	asked := 0
	var all []Suppression
	for i := range 2000 {
		all = append(all, Suppression{Codes: []string{"ss1001"}, Reason: fmt.Sprint(i), Match: func(path string) bool { asked++; return path != "2.json" }})
	}
	r, err := NewRunner(nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	found = r.SuppressPaths(all, found)
	for i, d := range found {
		switch silenced := d.Suppressed != nil; {
		case silenced != (d.Subject.File.Path() != "2.json"):
			t.Fatalf("finding %d of %s: silenced %t", i, d.Subject.File.Path(), silenced)
		case silenced && d.Suppressed.Reason != "0":
			t.Fatalf("finding %d is silenced by suppression %s, want the first", i, d.Suppressed.Reason)
		}
	}
	if len(found) != 3000 || asked != 3*2000 {
		t.Errorf("%d findings, and %d questions whether a suppression is about a file; want 3000 and 6000", len(found), asked)
	}
}
