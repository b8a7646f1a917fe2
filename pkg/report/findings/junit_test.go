package findings

import (
	"bytes"
	"encoding/xml"
	"os/exec"
	"testing"

	"github.com/scaleset/scaleset/pkg/report/render"
)

// The figures of a report are those of its parts, and no suite is empty, which
// some readers take for a failure.
func TestJUnitFigures(t *testing.T) {
	for name, r := range map[string]Result{"sample": sample(), "nothing": {}, "clean": {Files: []File{{Path: "a.json", Status: Checked}}}} {
		var b bytes.Buffer
		if err := (JUnit{}).Report(&b, r); err != nil {
			t.Fatal(err)
		}
		var got junitResult
		if err := xml.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		tests, failures := 0, 0
		for _, s := range got.Suites {
			failed := 0
			for _, c := range s.Cases {
				if c.Failure != nil {
					failed++
				}
			}
			if s.Tests != len(s.Cases) || s.Failures != failed || s.Tests == 0 {
				t.Errorf("%s: %s says %d tests and %d failures, and has %d and %d", name, s.Name, s.Tests, s.Failures, len(s.Cases), failed)
			}
			tests, failures = tests+s.Tests, failures+s.Failures
		}
		if got.Tests != tests || got.Failures != failures {
			t.Errorf("%s: the report says %d tests and %d failures, its suites %d and %d", name, got.Tests, got.Failures, tests, failures)
		}
	}
}

func TestJUnitIsValid(t *testing.T) {
	validXML(t, JUnit{}, "testdata/junit.xsd", "testsuites")
}

func TestCheckstyleIsValid(t *testing.T) {
	validXML(t, Checkstyle{}, "testdata/checkstyle.xsd", "checkstyle")
}

// validXML holds what a format writes against its schema, with the reader of
// ours and with xmllint where that is installed.
func validXML(t *testing.T, reporter Reporter, schema, root string) {
	xmllint, _ := exec.LookPath("xmllint")
	s := readXSD(t, schema)
	for name, r := range map[string]Result{"sample": sample(), "nothing": {}, "hostile": hostileResult(), "clean": {Files: []File{{Path: "a.json", Status: Checked}}}} {
		var b bytes.Buffer
		if err := reporter.Report(&b, r); err != nil {
			t.Fatal(err)
		}
		if err := s.validate(b.Bytes(), root); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if xmllint == "" {
			continue
		}
		cmd := exec.Command(xmllint, "--noout", "--nonet", "--schema", schema, "-")
		cmd.Stdin = &b
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

// A reader of Checkstyle gets every finding back: its file, place, severity, the
// text and a source whose last part is the code, which Jenkins takes for the type.
func TestCheckstyleIsReadAsMeant(t *testing.T) {
	r := hostileResult()
	var b bytes.Buffer
	if err := (Checkstyle{}).Report(&b, r); err != nil {
		t.Fatal(err)
	}
	var got checkstyleResult
	if err := xml.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	i := 0
	for _, f := range got.Files {
		for _, e := range f.Errors {
			d := &r.Findings[i]
			want := checkstyleError{2, 3, d.Severity.String(), message(d, r), "scaleset.SS4001"}
			if e != want || f.Name != render.XMLName(d.Subject.File.Path()) {
				t.Errorf("%s: %+v, want %s: %+v", f.Name, e, d.Subject.File.Path(), want)
			}
			i++
		}
	}
	if i != len(r.Findings) {
		t.Errorf("%d of %d findings", i, len(r.Findings))
	}
}
