package lint_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

const page = "# SS9001 too-many\n\nToo many of them.\n\n## Bad\n\n```json\n{\"type\": \"a\"}\n```\n\n## Output\n\n```text\n1:1: error\n```\n\n" +
	"## Good\n\n```json\n[]\n```\n\n## Why\n\nBecause.\n\n## How to fix\n\nTake some away.\n"

func TestParsePage(t *testing.T) {
	got, err := lint.ParsePage(page)
	want := lint.Page{Title: "SS9001 too-many", Sentence: "Too many of them.", Bad: "{\"type\": \"a\"}\n", Output: "1:1: error\n", Good: "[]\n",
		Why: "Because.", Fix: "Take some away."}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("ParsePage: %v (-want +got):\n%s", err, diff)
	}
	again, err := lint.ParsePage(lint.ReplaceOutput(page, "2:2: warning\n"))
	want.Output = "2:2: warning\n"
	if diff := cmp.Diff(want, again); err != nil || diff != "" {
		t.Errorf("ReplaceOutput: %v (-want +got):\n%s", err, diff)
	}
}

func TestBrokenPages(t *testing.T) {
	tests := []struct{ name, old, text, want string }{
		{"title", "# SS9001", "SS9001", "does not begin with a title"},
		{"sentence", "Too many of them.", "", "one sentence"},
		{"missing section", "## Why\n\nBecause.\n\n", "", `section 4 of the page is "Why"`},
		{"order", "## Why", "## How to fix", `section 4 of the page is "Why"`},
		{"empty section", "Because.", "", `section "Why" of the page is empty`},
		{"no block", "```json\n[]\n```", "Nothing.", "one fenced block"},
		{"one too many", "Take some away.", "Take some away.\n\n## More\n\nText", `a section too many: "More"`},
	}
	for _, tt := range tests {
		_, err := lint.ParsePage(strings.Replace(page, tt.old, tt.text, 1))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestPageTemplate(t *testing.T) {
	for block, want := range map[string]string{
		"{\"type\": \"a\"}":              `"resources": [{"type": "a"}]}`,
		"[{\"type\": \"a\"}]":            `"resources": [{"type": "a"}]}`,
		"{\"$schema\": \"https://x\"}\n": `{"$schema": "https://x"}`,
	} {
		got := lint.PageTemplate(block)
		if !strings.HasSuffix(got, want+"\n") || strings.Count(got, "\n") != 1 {
			t.Errorf("PageTemplate(%q) = %q, want it to end in %q on one line", block, got, want)
		}
	}
}

func TestLevelsText(t *testing.T) {
	for _, tt := range []struct {
		usual diag.Severity
		also  []diag.Level
		want  string
	}{
		{diag.Error, nil, "error"},
		{diag.Error, []diag.Level{{Severity: diag.Warning, When: "a"}, {Severity: diag.Warning, When: "b"}}, "error; warning when a, or when b"},
		{diag.Warning, []diag.Level{{Severity: diag.Error, When: "a"}, {Severity: diag.Info, When: "b"}}, "error when a; info when b; otherwise warning"},
	} {
		if got := lint.LevelsText(diag.Levels(tt.usual, tt.also)); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
