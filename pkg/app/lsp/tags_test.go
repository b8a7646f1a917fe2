package lsp

import (
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestTags: a name that nothing uses is unnecessary, and every rule about such names
// and about retirements has its tag.
func TestTags(t *testing.T) {
	for _, r := range rules.All() {
		var want []int
		switch {
		case strings.HasPrefix(r.Name, "unused-"), strings.HasPrefix(r.Name, "redundant-"):
			want = unnecessary
		case strings.HasPrefix(r.Name, "retired-"), strings.HasSuffix(r.Name, "-retired"):
			want = deprecated
		}
		if !slices.Equal(tagsOf[r.Code], want) {
			t.Errorf("%s %s has the tags %v, want %v", r.Code, r.Name, tagsOf[r.Code], want)
		}
	}
	for code := range tagsOf {
		if !slices.ContainsFunc(rules.All(), func(r *lint.Rule) bool { return r.Code == code }) {
			t.Errorf("%s is not a rule", code)
		}
	}
	s, conn := withRules(t, t.TempDir())
	s.didOpen(t.Context(), conn, openParams{document{URI: "file:///t.json", Text: `{` + head + `, "variables": {"none": 1}, "resources": []}`}})
	s.checkDirty()
	shown := s.diagnosticsOf("/t.json")
	if i := slices.IndexFunc(shown, func(d diagnostic) bool { return d.Code == string(diag.Code("SS2102")) }); i < 0 || !slices.Equal(shown[i].Tags, unnecessary) {
		t.Errorf("%+v", shown)
	}
}
