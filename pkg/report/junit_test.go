package report

import (
	"bytes"
	"encoding/xml"
	"os/exec"
	"testing"
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
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed")
	}
	for name, r := range map[string]Result{"sample": sample(), "nothing": {}} {
		var b bytes.Buffer
		if err := (JUnit{}).Report(&b, r); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(xmllint, "--noout", "--nonet", "--schema", "testdata/junit.xsd", "-")
		cmd.Stdin = &b
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
