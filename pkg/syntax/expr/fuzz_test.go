package expr_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// FuzzParse checks that every text has a tree with ranges inside the text and
// children inside parents, and that an expression without findings parses again
// from its printed form.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"[]", "[", "plain", "['it''s']", "[-7]", "[1.5]", "[concat('a', parameters('b'))]", "[a.b('c')[0].d['e f']]",
		"[concat('a',)]", "[concat('a','b)]", "[createArray(1,2)[^1]]", "[a(b(c(]", "[é('\xff')]", "[a\u00a0()]",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, diags := parse(text)
		checkRanges(t, n, len(text))
		for _, d := range diags {
			if d.Subject.Start < 0 || d.Subject.End > len(text) || d.Subject.Start > d.Subject.End {
				t.Errorf("finding at %d-%d outside of the text", d.Subject.Start, d.Subject.End)
			}
		}
		if len(diags) > 0 {
			return
		}
		again, diags := parse("[" + expr.Print(n) + "]")
		if len(diags) > 0 {
			t.Fatalf("the print %s has findings: %v", expr.Print(n), findings(diags))
		}
		if diff := cmp.Diff(n, again, cmpopts.IgnoreTypes(source.Range{})); diff != "" {
			t.Errorf("print and parse (-first +again):\n%s", diff)
		}
	})
}

func checkRanges(t *testing.T, n expr.Node, length int) {
	t.Helper()
	r := n.Range()
	if r.Start < 0 || r.End > length || r.Start > r.End {
		t.Errorf("%T at %d-%d outside of the text", n, r.Start, r.End)
	}
	expr.Walk(n, func(c expr.Node) bool {
		if !r.Contains(c.Range()) {
			t.Errorf("%T at %d-%d outside of its parent", c, c.Range().Start, c.Range().End)
		}
		return true
	})
}
