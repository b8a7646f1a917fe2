package findings

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// mark reads a text in which «» stand around the range to show and ‹› around
// a secret before it. Without «» the secret is the range.
func mark(text string) (source.Range, *secret.Set) {
	cut := func(sign string) int {
		at := strings.Index(text, sign)
		if at >= 0 {
			text = text[:at] + text[at+len(sign):]
		}
		return at
	}
	hideFrom, hideTo, from, to := cut("‹"), cut("›"), cut("«"), cut("»")
	f := source.NewFile("azuredeploy.json", []byte(text))
	s := new(secret.Set)
	if hideFrom >= 0 {
		s.AddRange(f.Range(hideFrom, hideTo))
	}
	if from < 0 {
		from, to = hideFrom, hideTo
	}
	return f.Range(from, to), s
}

func TestExcerpt(t *testing.T) {
	long := strings.Repeat("a", 100)
	tests := []struct {
		name  string
		text  string
		limit int
		want  string
	}{
		{"plain", "{\n  \"capacity\": «120»\n}", 60, "" +
			"2|  \"capacity\": 120\n" +
			"                ^~~"},
		{"tabs", "\t\"a\":\t«1»", 60, "" +
			"1|    \"a\":    1\n" +
			"              ^"},
		{"wide characters", `"名前": «"東京"»`, 60, "" +
			"1|\"名前\": \"東京\"\n" +
			"          ^~~~~~"},
		{"combining marks", "\"e\u0301\": «1»", 60, "" +
			"1|\"e\u0301\": 1\n" +
			"       ^"},
		{"byte order mark", "\uFEFF«{»", 60, "" +
			"1|{\n" +
			"  ^"},
		{"an escape sequence", "«\"\x1b[31m\"»", 60, "" +
			"1|\"␛[31m\"\n" +
			"  ^~~~~~~"},
		{"text that turns around", "«\"\u202Eabc\"»", 60, "" +
			"1|\"<U+202E>abc\"\n" +
			"  ^~~~~~~~~~~~~"},
		{"invalid UTF-8", "«\"\xff\"»", 60, "" +
			"1|\"\uFFFD\"\n" +
			"  ^~~"},
		{"a secret", `"adminPassword": {"value": ‹"hunter2"›, «x»}`, 60, "" +
			"1|\"adminPassword\": {\"value\": \"<secure>\", x}\n" +
			"                                         ^"},
		{"a secret is the range", `"adminPassword": ‹"hunter2"›`, 60, "" +
			"1|\"adminPassword\": \"<secure>\"\n" +
			"                   ^~~~~~~~~~"},
		{"indentation goes first", strings.Repeat(" ", 30) + `"capacity": «120»`, 20, "" +
			"1|\"capacity\": 120\n" +
			"              ^~~"},
		{"a long line is cut on both sides", long + "«bbbb»" + long, 20, "" +
			"1|…aaaaaaabbbbaaaaaaa…\n" +
			"          ^~~~"},
		{"a long range is cut in its middle", long + "«" + strings.Repeat("b", 100) + "»" + long, 20, "" +
			"1|…abbbbbbb…bbbbbbbba…\n" +
			"    ^~~~~~~~~~~~~~~~"},
		{"the end of a long value is seen", "  \"$schema\": «\"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json\"»,", 50, "" +
			"1|  \"$schema\": \"https://schema.m…mentTemplate.json\",\n" +
			"               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~"},
		{"a long line with the range at its end", long + "«bb»", 20, "" +
			"1|…aaaaaaaaaaaaaaaabb\n" +
			"                   ^~"},
		{"a minified line", strings.Repeat("a", 1<<20) + "«bb»" + strings.Repeat("c", 1<<20), 20, "" +
			"1|…aaaaaaaabbcccccccc…\n" +
			"           ^~"},
		{"several lines", "  «{\n    \"a\": 1\n  }»\n", 60, "" +
			"1|  {\n" +
			"    ^ to line 3"},
		{"an empty range at the end of the line", "{\"a\": 1«»\n", 60, "" +
			"1|{\"a\": 1\n" +
			"         ^"},
		{"an empty range in the middle", "{«»\"a\": 1\n", 60, "" +
			"1|{\"a\": 1\n" +
			"   ^"},
		{"a range that ends with the line end", "{«\"a\": 1\r\n»}", 60, "" +
			"1|{\"a\": 1\n" +
			"   ^~~~~~"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, s := mark(tt.text)
			e, ok := newExcerpt(r, s, tt.limit)
			if !ok {
				t.Fatal("no excerpt")
			}
			got := string(rune('0'+e.Line)) + "|" + e.Text + "\n" + strings.Repeat(" ", 2+e.Start) + e.underline()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if n := render.Width(e.Text); n > tt.limit {
				t.Errorf("%d columns, more than %d", n, tt.limit)
			}
		})
	}
}

func TestExcerptOfNothing(t *testing.T) {
	for name, r := range map[string]source.Range{"no place": {}, "empty file": source.NewFile("a.json", nil).Range(0, 0)} {
		if e, ok := newExcerpt(r, nil, 80); ok {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

// FuzzExcerpt holds that no byte of the input can make an excerpt wider than
// asked, act on a terminal or show a secret.
func FuzzExcerpt(f *testing.F) {
	f.Add("{\t\"a\": \"\x1b[2J\"}", 2, 5, 20, 7, 9)
	f.Add("名前\r\n\u202e", 0, 3, 1, 0, 3)
	f.Fuzz(func(t *testing.T, text string, start, end, limit, from, to int) {
		file := source.NewFile("f.json", []byte(text))
		var s secret.Set
		s.AddRange(file.Range(from, to))
		limit = min(max(limit, 10), 200)
		e, ok := newExcerpt(file.Range(start, end), &s, limit)
		if !ok {
			return
		}
		if strings.ContainsFunc(e.Text, render.Acts) {
			t.Errorf("%q acts on the terminal", e.Text)
		}
		if e.Start < 0 || e.End <= e.Start {
			t.Errorf("underline %d to %d", e.Start, e.End)
		}
		if n := render.Width(e.Text); n > limit {
			t.Errorf("%q has %d columns, more than %d", e.Text, n, limit)
		}
	})
}
