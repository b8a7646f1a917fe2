package findings

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// many has findings of two files, in the order of places.
func many() Result {
	text := strings.Repeat("line\n", 40)
	a, b := source.NewFile("a.json", []byte(text)), source.NewFile("b.json", []byte(text))
	at := func(f *source.File, line int) source.Range { return f.Range((line-1)*5, (line-1)*5+4) }
	r := Result{Files: []File{{Path: "a.json", Status: Checked}, {Path: "b.json", Status: Checked}}}
	r.Findings = append(r.Findings, diag.Diagnostic{Code: "SS1001", Severity: diag.Error, Subject: at(a, 1), Summary: "an error"})
	for line := 2; line <= 7; line++ {
		r.Findings = append(r.Findings, diag.Diagnostic{Code: "SS4001", Rule: "many", Severity: diag.Warning, Subject: at(a, line), Summary: "value " + string(rune('a'+line%3)),
			Fixes: []diag.Fix{{Message: "write it"}}})
	}
	for line := 1; line <= 2; line++ {
		r.Findings = append(r.Findings, diag.Diagnostic{Code: "SS5001", Rule: "few", Severity: diag.Warning, Subject: at(b, line), Summary: "a warning of the other file"})
	}
	r.Findings = append(r.Findings, diag.Diagnostic{Code: "SS6001", Rule: "advice", Subject: at(b, 9), Summary: "advice"})
	return r
}

// Errors are the last that a terminal shows, findings of one rule are reported once, and
// the summary counts by severity and rule.
func TestTextForTerminals(t *testing.T) {
	var b bytes.Buffer
	if err := (Text{FixWith: "scaleset lint --fix"}).Report(&b, many()); err != nil {
		t.Fatal(err)
	}
	excerpt := func(line string) string { return "    " + line + " | line\n      | ^~~~\n" }
	want := "b.json:9:1: info: advice [SS6001 advice]\n" + excerpt("9") + "\n" +
		"b.json:1:1: warning: a warning of the other file [SS5001 few]\n" + excerpt("1") + "\n" +
		"b.json:2:1: warning: a warning of the other file [SS5001 few]\n" + excerpt("2") + "\n" +
		"a.json:2:1: warning: value c [SS4001 many]\n" + excerpt("2") +
		"  fix: write it\n" +
		"  line 3, 6: value a\n  line 4, 7: value b\n  line 5: value c\n\n" +
		"a.json:1:1: error: an error [SS1001]\n" + excerpt("1") + "\n" +
		"1 error, 8 warnings, 1 info in 2 templates\n" +
		"  errors: 1 SS1001\n  warnings: 6 SS4001 many, 2 SS5001 few\n  info: 1 SS6001 advice\n" +
		"6 can be fixed with scaleset lint --fix\n" +
		"run scaleset explain CODE for details and examples\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// No line is wider than the terminal, but for a word that is.
func TestTextKeepsToWidth(t *testing.T) {
	for _, width := range []int{40, 80, 140} {
		var b bytes.Buffer
		if err := (Text{Width: width}).Report(&b, described()); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > width && len(strings.Fields(line)) > 2 {
				t.Errorf("%d columns of %d: %s", n, width, line)
			}
		}
	}
}

func TestCompact(t *testing.T) {
	var b bytes.Buffer
	r := many()
	r.Findings = r.Findings[:2]
	r.Secrets = new(secret.Set)
	r.Secrets.AddText("a.json:2") // the name of a file is not hidden
	if err := (Compact{}).Report(&b, r); err != nil {
		t.Fatal(err)
	}
	if want := "a.json:1:1: error: an error [SS1001]\na.json:2:1: warning: value c [SS4001]\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}

// A page is read from its top: errors come first, behind the counts of the rules.
func TestPageBeginsWithErrors(t *testing.T) {
	var b bytes.Buffer
	if err := (HTML{}).Report(&b, many()); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	at := -1
	for _, part := range []string{`<tr class="error"><td class="n">1</td><td><b>error</b></td><td><a href="#SS1001">SS1001</a></td></tr>`, `<tr class="warning"><td class="n">6</td><td><b>warning</b></td><td><a href="#SS4001">SS4001 many</a></td></tr>`, `<td><a href="#SS5001">SS5001 few</a></td>`, `<section data-file="a.json">`, `<article class="error">`, `<article class="warning">`, `<section data-file="b.json">`, `<article class="info">`} {
		i := strings.Index(page, part)
		if i <= at {
			t.Errorf("%q is at %d, behind %d is wanted", part, i, at)
		}
		at = i
	}
}

// TestManyFiles: findings in many files are under the names of their files, errors in
// full and the others in short.
func TestManyFiles(t *testing.T) {
	var r Result
	for i := range 11 {
		f := source.NewFile(fmt.Sprintf("web/%02d.json", i), []byte("{\n  \"a\": \"Correct-Horse-9\"\n}\n"))
		at := source.Range{File: f, Start: 4, End: 7}
		d := diag.Diagnostic{Code: "SS6024", Rule: "basic-retired", Severity: diag.Warning, Subject: at, Summary: "a public address is Basic", Detail: "Use the Standard SKU."}
		if i == 3 {
			d.Severity, d.Also = diag.Error, []diag.Related{{Range: source.Range{File: f, Start: 24, End: 25}}}
			r.Findings = append(r.Findings, diag.Diagnostic{Code: "SS4003", Severity: diag.Info, Subject: at, Summary: "Correct-Horse-9", Suppressed: &diag.Suppression{Kind: "comment", Reason: "later"}})
			d.Related = []diag.Related{{Range: source.Range{File: source.NewFile("web/x.json", []byte("{}")), End: 1}, Message: "the other"}, {Range: source.Range{File: source.NewFile("api/x.json", []byte("{}")), End: 1}, Message: "far away"}}
		}
		r.Findings = append(r.Findings, d)
	}
	r.Secrets = new(secret.Set)
	r.Secrets.AddText("Correct-Horse-9")
	r.ShowSuppressed = true
	var b bytes.Buffer
	if err := (Text{Quiet: true}).Report(&b, r); err != nil {
		t.Fatal(err)
	}
	golden.Equal(t, filepath.Join("testdata", "many-files.txt"), b.Bytes())
	r.Findings = r.Findings[2:4]
	b.Reset()
	if err := (Text{Quiet: true}).Report(&b, r); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "web/02.json:2:3: warning: ") {
		t.Errorf("findings in two files are not in full:\n%s", &b)
	}
}
