package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/source"
)

// described is the sample with a page for one of its rules, and with what is
// suppressed.
func described() Result {
	r := sample()
	r.Version, r.ShowSuppressed = "1.2.3", true
	r.Rules = map[diag.Code]*Rule{"SS5001": {
		Code: "SS5001", Name: "storage-account-spread", Severity: diag.Error, Summary: "A storage account serves too many instances",
		Page: "# SS5001 storage-account-spread\n\nA storage account serves too many instances.\n", Help: "https://example.org/rules/SS5001.md",
	}}
	return r
}

// The schema is the official one, which comes with the library.
func TestSARIFIsValid(t *testing.T) {
	for name, r := range map[string]Result{"sample": sample(), "described": described(), "nothing": {}} {
		var b bytes.Buffer
		if err := (SARIF{}).Report(&b, r); err != nil {
			t.Fatal(err)
		}
		log, err := sarif.FromBytes(b.Bytes(), sarif.WithStrictValidation())
		if err != nil {
			t.Fatal(err)
		}
		if err := log.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Columns count what UTF-16 takes two units for as two, and the mark at the
// beginning of a file as none.
func TestSARIFColumns(t *testing.T) {
	f := source.NewFile("ä b#.json", []byte("\uFEFF[\"\U0001F600é\", 1,\r\n  2]"))
	at := func(s string) source.Range {
		i := bytes.Index(f.Bytes(), []byte(s))
		return f.Range(i, i+len(s))
	}
	type place struct{ StartLine, StartColumn, EndLine, EndColumn int }
	for s, want := range map[string]place{
		"[":          {1, 1, 1, 2},
		"\U0001F600": {1, 3, 1, 5},
		"1":          {1, 9, 1, 10},
		"2":          {2, 3, 2, 4},
		"1,\r\n  2":  {1, 9, 2, 4},
	} {
		r := region(at(s))
		if got := (place{*r.StartLine, *r.StartColumn, *r.EndLine, *r.EndColumn}); got != want {
			t.Errorf("%q: %v, want %v", s, got, want)
		}
	}
}

func TestSARIFPaths(t *testing.T) {
	for name, want := range map[string]string{
		"web/azure deploy.json": "web/azure%20deploy.json %SRCROOT%",
		"a:b.json":              "./a:b.json %SRCROOT%", // else it would read as a scheme
		"100%.json":             "100%25.json %SRCROOT%",
		"../up.json":            "../up.json",
		"/abs/ä.json":           "file:///abs/%C3%A4.json",
		`C:\x\y.json`:           "file:///C:/x/y.json",
	} {
		a := artifact(name)
		got := *a.URI
		if a.URIBaseID != nil {
			got += " " + *a.URIBaseID
		}
		if got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}

// fingerprintsOf gives the fingerprints of the findings of a text, in order.
func fingerprintsOf(t *testing.T, text string) []string {
	t.Helper()
	f := source.NewFile("t.json", []byte(text))
	var found diag.List
	for from := 0; ; {
		i := strings.Index(text[from:], "60")
		if i < 0 {
			break
		}
		d := found.Errorf("SS4001", "capacity-limit", f.Range(from+i, from+i+2), "60 is too much")
		d.Pointer = "/resources/0/sku/capacity"
		from += i + 2
	}
	var b bytes.Buffer
	if err := (SARIF{}).Report(&b, Result{Findings: found}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Results []struct{ PartialFingerprints map[string]string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range log.Runs[0].Results {
		all = append(all, r.PartialFingerprints["scaleset/v1"])
	}
	return all
}

func TestFingerprintsSurviveMovedLines(t *testing.T) {
	before := fingerprintsOf(t, `{"capacity": 60, "other": 60}`)
	after := fingerprintsOf(t, "// a comment\n\n{\n  \"capacity\": 60,\n  \"other\":\n    60\n}")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if len(before) != 2 || before[0] == before[1] {
		t.Errorf("two findings have the fingerprints %v", before)
	}
}
