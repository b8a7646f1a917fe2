package jsonc_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func parse(text string) *jsonc.Tree { return jsonc.Parse(source.NewFile("t.json", []byte(text))) }

// show prints a tree on one line, with ? for what is missing.
func show(n jsonc.Node) string {
	switch n := n.(type) {
	case *jsonc.Object:
		var parts []string
		for _, m := range n.Members {
			parts = append(parts, m.Key.Value+":"+show(m.Value))
		}
		return "{" + strings.Join(parts, " ") + "}"
	case *jsonc.Array:
		var parts []string
		for _, e := range n.Elements {
			parts = append(parts, show(e))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case *jsonc.String:
		return fmt.Sprintf("%q", n.Value)
	case *jsonc.Number:
		return n.Text
	case *jsonc.Bool:
		return fmt.Sprint(n.Value)
	case *jsonc.Null:
		return "null"
	}
	return "?"
}

// lines prints findings as "line:column severity code summary".
func lines(l diag.List) []string {
	var out []string
	for _, d := range l {
		at := d.Subject.StartPosition()
		out = append(out, fmt.Sprintf("%d:%d %s %s %s", at.Line, at.Column, d.Severity, d.Code, d.Summary))
	}
	return out
}

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, in, want string
		findings       []string
	}{
		{name: "values", in: `{"a": [1, -2.5e3, true, false, null, "x"], "b": {}}`, want: `{a:[1 -2.5e3 true false null "x"] b:{}}`},
		{name: "comments", in: "// a\n{ /* b\n */ \"x\" /**/ : 1 // c\n}\n// d", want: `{x:1}`},
		{name: "byte order mark", in: "\uFEFF[1]", want: `[1]`},
		{name: "escapes", in: `"caf\u00e9 \ud83d\ude00 \/ \"q\" \b\f\n\r\t\\"`, want: `"café 😀 / \"q\" \b\f\n\r\t\\"`},
		{
			name: "single quotes and bare names", in: `{'a':'b', c$1_: 'd"e'}`, want: `{a:"b" c$1_:"d\"e"}`,
			findings: []string{
				`1:2 info SS2008 string in single quotes; JSON requires double quotes`,
				`1:11 info SS2008 property name without quotes`,
			},
		},
		{name: "string over lines", in: "[\"[concat('a',\r\n 'b')]\"]", want: `["[concat('a',\r\n 'b')]"]`, findings: []string{"1:2 info SS2009 string over several lines"}},
		{name: "missing comma", in: "{\"a\": 1\n \"b\": 2}", want: `{a:1 b:2}`, findings: []string{`1:8 error SS2001 ',' is missing before string "b"`}},
		{
			name: "string without its closing quote", in: "{\n \"a\": \"x,\n \"b\": 2\n}", want: `{a:"x" b:2}`,
			findings: []string{`2:7 error SS2002 string "x is not closed, its second " is missing`},
		},
		{
			name: "value missing", in: "{\"a\": , \"b\":\n \"c\": 1, \"d\"}", want: `{a:? b:? c:1 d:?}`,
			findings: []string{
				`1:2 error SS2001 property "a" has no value`, `1:9 error SS2001 property "b" has no value`,
				`2:10 error SS2001 property "d" has no value`,
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := parse(test.in)
			if got := show(tree.Root); got != test.want {
				t.Errorf("tree %s, want %s", got, test.want)
			}
			if d := cmp.Diff(test.findings, lines(tree.Diagnostics)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDeepNestingEnds(t *testing.T) {
	for _, in := range []string{strings.Repeat("[", 200_000), strings.Repeat(`{"a":`, 200_000), strings.Repeat("[", 5000) + strings.Repeat("]", 5000)} {
		tree := parse(in)
		if !tree.Diagnostics.HasErrors() || tree.Diagnostics[len(tree.Diagnostics)-1].Code != jsonc.Limit.Code && tree.Diagnostics[0].Code != jsonc.Limit.Code {
			t.Errorf("findings %q, want one of the depth", lines(tree.Diagnostics))
		}
	}
}

// TestManyValues wants values beyond the limit to be left out, with one
// finding, and invalid UTF-8 to take no more time per byte than other text.
func TestManyValues(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"as many as there may be", `{"a":[` + strings.Repeat("1,", 99_997) + `1]}`, ""},
		{"elements", `{"a":[` + strings.Repeat("1,", 100_000) + `1]}`, "SS0003 this file has more than 100000 values; the rest is not read"},
		{"members", `{"a":{` + manyMembers(60_000) + `"d":1},"e":[`, "SS0003 this file has more than 100000 values; the rest is not read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := jsonc.Parse(source.NewFile("a.json", []byte(c.text)))
			var got []string
			for _, d := range tree.Diagnostics {
				got = append(got, string(d.Code)+" "+d.Summary)
			}
			if strings.Join(got, "; ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			n := 0
			jsonc.Walk(tree.Root, func(jsonc.Node) bool { n++; return true })
			if n < 99_000 || n > 100_010 {
				t.Errorf("%d values are read", n)
			}
		})
	}
}

func manyMembers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"b%d":{"c":1},`, i)
	}
	return b.String()
}

func BenchmarkNotUTF8(b *testing.B) {
	file := source.NewFile("a.json", []byte(`"`+strings.Repeat("\xff\xc0", 50_000)+`"`))
	for b.Loop() {
		jsonc.Parse(file)
	}
}
