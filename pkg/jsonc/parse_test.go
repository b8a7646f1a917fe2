package jsonc_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/jsonc"
	"github.com/scaleset/scaleset/pkg/source"
)

func parse(text string) *jsonc.Tree { return jsonc.Parse(source.NewFile("t.json", []byte(text))) }

// show prints a tree in one line, what is missing as ?.
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
				`1:2 info SS2008 string in single quotes, JSON has only double quotes`,
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
