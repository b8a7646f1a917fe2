package diag_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestFold(t *testing.T) {
	f := source.NewFile("a.json", []byte(`{"A": "1", "B": "2", "C": "3"}`))
	other := source.NewFile("b.json", []byte(`{"A": "1"}`))
	at := func(file *source.File, start int) source.Range { return file.Range(start, start+3) }
	hint := func(file *source.File, start int, code diag.Code, summary string) diag.Diagnostic {
		r := at(file, start)
		return diag.Diagnostic{Code: code, Summary: summary, Subject: r,
			Fixes: []diag.Fix{{Message: "write it", Edits: []diag.Edit{{Range: r, Text: "x"}}}}}
	}
	suppressed := hint(f, 16, "SS3009", "quiet")
	suppressed.Suppressed = &diag.Suppression{Kind: "comment"}
	warning := hint(f, 16, "SS3009", "loud")
	warning.Severity = diag.Warning
	l := diag.List{
		hint(f, 1, "SS3009", "A"), hint(f, 1, "SS3010", "one"), hint(f, 11, "SS3009", "B"),
		suppressed, warning, hint(f, 21, "SS3009", "C"), hint(other, 1, "SS3009", "elsewhere"),
	}
	l.Fold()

	folded := hint(f, 1, "SS3009", "A")
	folded.Also = []diag.Related{{Range: at(f, 11), Message: "B"}, {Range: at(f, 21), Message: "C"}}
	folded.Fixes[0].Edits = []diag.Edit{{Range: at(f, 1), Text: "x"}, {Range: at(f, 11), Text: "x"}, {Range: at(f, 21), Text: "x"}}
	want := diag.List{folded, hint(f, 1, "SS3010", "one"), suppressed, warning, hint(other, 1, "SS3009", "elsewhere")}
	sameFile := cmp.Comparer(func(a, b *source.File) bool { return a == b })
	if diff := cmp.Diff(want, l, sameFile); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestFoldChoice wants a fix with a choice to be offered for each place alone.
func TestFoldChoice(t *testing.T) {
	f := source.NewFile("a.json", []byte(`{"A": "1"}`))
	d := diag.Diagnostic{Code: "SS3009", Subject: f.Range(1, 4), Fixes: []diag.Fix{{Message: "one", Choice: true}}}
	e := d
	e.Subject = f.Range(6, 9)
	l := diag.List{d, e}
	l.Fold()
	if len(l) != 1 || len(l[0].Also) != 1 || len(l[0].Fixes) != 1 || !l[0].Fixes[0].Choice {
		t.Errorf("got %+v", l)
	}
}

// TestFoldWarnings wants warnings to be folded if they have the same summary or
// the same Many.
func TestFoldWarnings(t *testing.T) {
	f := source.NewFile("a.json", []byte(`{"A": "1", "B": "2", "C": "3"}`))
	warning := func(start int, summary, name string) diag.Diagnostic {
		d := diag.Diagnostic{Code: "SS2102", Severity: diag.Warning, Summary: summary, Subject: f.Range(start, start+1)}
		if name != "" {
			d.Many = diag.Many{Format: "%d are not used: %s", Name: name}
		}
		return d
	}
	l := diag.List{
		warning(0, "a is not used", "a"), warning(1, "port open", ""), warning(2, "b is not used", "b"),
		warning(3, "port open", ""), warning(4, "another port open", ""), warning(5, "a is not used", "a"),
	}
	l.Fold()
	l.Fold() // folding twice changes nothing
	var got []string
	for _, d := range l {
		got = append(got, fmt.Sprintf("%s +%d", d.Summary, len(d.Also)))
	}
	want := []string{"3 are not used: a, b +2", "port open +1", "another port open +0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
