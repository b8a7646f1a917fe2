package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// runPage executes the page of a rule.
func runPage(t *testing.T, r *lint.Rule) {
	page, err := lint.ParsePage(r.Doc())
	if err != nil {
		t.Fatal(err) // Validate has said so, with all that is missing
	}
	got := output(execute(t, r, page.Bad))
	if golden.Update() {
		rewrite(t, r, got)
	} else if diff := cmp.Diff(page.Output, got); diff != "" {
		t.Errorf("Output of the page (-page +lint):\n%s", diff)
	}
	if got == "" {
		t.Error("the Bad template of the page gives no finding")
	}
	if got := output(execute(t, r, page.Good)); got != "" {
		t.Errorf("the Good template of the page gives a finding:\n%s", got)
	}
}

func execute(t *testing.T, r *lint.Rule, block string) diag.List {
	t.Helper()
	tmpl := parse(t, "azuredeploy.json", []byte(lint.PageTemplate(block)), "")
	options := saved(t, filepath.Join("testdata", strings.ToLower(string(r.Code)), "page"))
	options.Era = guidance.Auto | eraOf(t, tmpl.Tree)
	return check(t, r, options, []*lint.Template{tmpl})
}

// output renders findings as a page shows them: line and column are those of
// the block, as a block begins on the first line of its template.
func output(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		at := d.Subject.StartPosition()
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s %s]\n", at.Line, at.Column, d.Severity, d.Summary, d.Code, d.Rule)
		for _, more := range []string{d.Detail, d.Source} {
			if more != "" {
				fmt.Fprintf(&b, "  %s\n", more)
			}
		}
	}
	return b.String()
}

// rewrite writes the Output into the page, whose file is named after the rule.
func rewrite(t *testing.T, r *lint.Rule, output string) {
	t.Helper()
	pattern := strings.ToLower(string(r.Code)) + "_*.md"
	names, _ := filepath.Glob(pattern)
	if len(names) != 1 {
		t.Fatalf("the page of %s is one file %s, found %v", r.Code, pattern, names)
	}
	if err := os.WriteFile(names[0], []byte(lint.ReplaceOutput(r.Doc(), output)), 0o644); err != nil {
		t.Fatal(err)
	}
}
