package ruletest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// checkFixes applies every fix that needs no choice, finding by finding: the
// template still expands, one finding fewer is left, and at the end nothing is
// left to apply.
func checkFixes(t *testing.T, r *lint.Rule, options lint.Options, tmpl *lint.Template, found diag.List) {
	t.Helper()
	for round := 0; ; round++ {
		fix, ok := firstFix(found)
		if !ok {
			return
		}
		if round > 50 {
			t.Fatalf("fix %q is offered again and again", fix.Message)
		}
		for _, e := range fix.Edits {
			// What a loop or others compute is not replaced unseen.
			if strings.HasPrefix(e.Range.Text(), `"[`) && e.Text != "" && !strings.HasPrefix(e.Text, `"[`) {
				t.Errorf("fix %q writes %s over the expression %s: that is a choice", fix.Message, e.Text, e.Range.Text())
			}
		}
		text := apply(tmpl.Tree.File, fix.Edits)
		if bytes.Equal(text, tmpl.Tree.File.Bytes()) {
			t.Fatalf("fix %q changes nothing", fix.Message)
		}
		before := len(found)
		tmpl = parse(t, tmpl.Tree.File.Path(), text, "")
		found = check(t, r, options, []*lint.Template{tmpl})
		if len(found) >= before {
			t.Fatalf("fix %q leaves %d of %d findings:\n%s", fix.Message, len(found), before, text)
		}
	}
}

func firstFix(found diag.List) (diag.Fix, bool) {
	for _, d := range found {
		for _, fix := range d.Fixes {
			if !fix.Choice {
				return fix, true
			}
		}
	}
	return diag.Fix{}, false
}

// apply returns the text of the file with the edits made, as [jsonc.Apply] makes
// them. Edits of other files are left out; edits that contradict each other
// change nothing.
func apply(file *source.File, edits []diag.Edit) []byte {
	edits = slices.DeleteFunc(slices.Clone(edits), func(e diag.Edit) bool { return e.Range.File != file })
	text, err := jsonc.Apply(file, edits)
	if err != nil {
		return file.Bytes()
	}
	return text
}
