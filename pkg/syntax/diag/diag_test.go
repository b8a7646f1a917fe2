package diag_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestSeverity(t *testing.T) {
	for name, want := range map[string]diag.Severity{"info": diag.Info, "Warning": diag.Warning, "ERROR": diag.Error} {
		if got, err := diag.ParseSeverity(name); got != want || err != nil {
			t.Errorf("%s is %v, %v", name, got, err)
		}
	}
	if _, err := diag.ParseSeverity("fatal"); err == nil || err.Error() != `"fatal" is not a severity; use one of: info, warning, error` {
		t.Errorf("error %v", err)
	}
	if text, err := json.Marshal(diag.Warning); string(text) != `"warning"` || err != nil {
		t.Errorf("%s, %v", text, err)
	}
}

func TestListSort(t *testing.T) {
	a, b := source.NewFile("a.json", []byte("0123456789")), source.NewFile("b.json", []byte("0123456789"))
	var l diag.List
	l.Errorf("SS2001", "r", b.Range(0, 1), "in b")
	l.Warningf("SS2002", "r", a.Range(5, 6), "later")
	l.Infof("SS2002", "r", a.Range(1, 6), "longer")
	l.Infof("SS2002", "r", a.Range(1, 2), "code 2")
	l.Infof("SS2001", "r", a.Range(1, 2), "z")
	l.Infof("SS2001", "r", a.Range(1, 2), "%s", "y")
	l.Infof("SS2001", "r", a.Range(1, 2), "y")
	l.Infof("SS2001", "r", a.Range(1, 2), "y").Detail = "with detail"
	l.Errorf("SS0001", "r", source.Range{}, "no place")
	l.Sort()
	var got []string
	for _, d := range l {
		got = append(got, d.Summary+d.Detail)
	}
	want := []string{"no place", "y", "ywith detail", "z", "code 2", "longer", "later", "in b"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestHasErrors(t *testing.T) {
	var l diag.List
	l.Warningf("SS2001", "r", source.Range{}, "w")
	if l.HasErrors() {
		t.Error("a warning is an error")
	}
	l.Errorf("SS2001", "r", source.Range{}, "e").Suppressed = &diag.Suppression{Kind: "comment"}
	if l.HasErrors() {
		t.Error("a suppressed error counts")
	}
	l.Add(diag.Diagnostic{Severity: diag.Error})
	if !l.HasErrors() {
		t.Error("an error does not count")
	}
}
