package diag_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

func TestLevels(t *testing.T) {
	k := diag.Kind{Severity: diag.Warning, Also: []diag.Level{{Severity: diag.Info, When: "a"}, {Severity: diag.Error, When: "b"}, {Severity: diag.Error, When: "c"}}}
	want := []diag.Level{{Severity: diag.Error, When: "b"}, {Severity: diag.Error, When: "c"}, {Severity: diag.Warning}, {Severity: diag.Info, When: "a"}}
	if diff := cmp.Diff(want, k.Levels()); diff != "" {
		t.Error(diff)
	}
}

func TestWithPages(t *testing.T) {
	pages := fstest.MapFS{"pages/ss1001_unexpected_token.md": {Data: []byte("# SS1001")}}
	kinds := diag.WithPages([]diag.Kind{{Code: "SS1001", Name: "unexpected-token"}, {Code: "SS1002", Name: "other"}}, pages)
	if kinds[0].Page() != "# SS1001" || kinds[1].Page() != "" {
		t.Errorf("got %+v", kinds)
	}
	if got := diag.NameOf(kinds, "SS1002", "none") + diag.NameOf(kinds, "SS9", " none"); got != "other none" {
		t.Errorf("got %q", got)
	}
}
