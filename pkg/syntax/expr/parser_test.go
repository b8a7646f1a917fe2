package expr_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// parse parses a text that is at the start of a file, so that offsets in the
// file are offsets in the text.
func parse(text string) (expr.Node, diag.List) {
	f := source.NewFile("t.json", []byte(text))
	return expr.Parse(text, source.NewMap(f, 0).Map(len(text), len(text)))
}

// dump returns the shape of a tree as text.
func dump(n expr.Node) string {
	switch n := n.(type) {
	case *expr.String:
		return fmt.Sprintf("%q", n.Value)
	case *expr.Int:
		return n.Text
	case *expr.Call:
		args := make([]string, len(n.Args))
		for i, a := range n.Args {
			args[i] = dump(a)
		}
		return "(" + strings.Join(append([]string{n.FullName()}, args...), " ") + ")"
	case *expr.Property:
		return "(." + n.Name + " " + dump(n.Target) + ")"
	case *expr.Index:
		return "([] " + dump(n.Target) + " " + dump(n.Key) + ")"
	}
	return "?"
}

// findings returns each finding as start-end code message.
func findings(l diag.List) []string {
	var out []string
	for _, d := range l {
		out = append(out, fmt.Sprintf("%d-%d %s %s", d.Subject.Start, d.Subject.End, d.Code, d.Summary))
	}
	return out
}

func TestParse(t *testing.T) {
	tests := []struct {
		in, tree, printed string
		findings          []string
	}{
		{in: `['it''s']`, tree: `"it's"`, printed: `'it''s'`},
		{in: `['']`, tree: `""`, printed: `''`},
		{in: `['''']`, tree: `"'"`, printed: `''''`},
		{in: `[-7]`, tree: `-7`, printed: `-7`},
		{in: `[+5]`, tree: `+5`, printed: `+5`},
		{in: `[a()]`, tree: `(a)`, printed: `a()`},
		{in: `[concat('a',parameters( 'b' ) , 3)]`, tree: `(concat "a" (parameters "b") 3)`, printed: `concat('a', parameters('b'), 3)`},
		{in: "[ toUpper\n(\t'sp' ) ]", tree: `(toUpper "sp")`, printed: `toUpper('sp')`},
		{in: `[acme.rule('web', 443).properties.port]`, tree: `(.port (.properties (acme.rule "web" 443)))`, printed: `acme.rule('web', 443).properties.port`},
		{in: `[resourceGroup() . name]`, tree: `(.name (resourceGroup))`, printed: `resourceGroup().name`},
		{in: `[a('x')[0]['a b'].c]`, tree: `(.c ([] ([] (a "x") 0) "a b"))`, printed: `a('x')[0]['a b'].c`},
		{in: `[a()[b()[1]]]`, tree: `([] (a) ([] (b) 1))`, printed: `a()[b()[1]]`},
		{in: `[été('日本')]`, tree: `(été "日本")`, printed: `été('日本')`},

		{in: `[]`, tree: `?`, findings: []string{`1-2 SS1001 expected an expression, found the end of the expression`}},
		{in: `[concat('a',)]`, tree: `(concat "a" ?)`, printed: `concat('a', )`,
			findings: []string{`12-13 SS1001 expected an argument of concat(), found ')'`}},
		{in: `[concat(,'a')]`, tree: `(concat ? "a")`, printed: `concat(, 'a')`,
			findings: []string{`8-9 SS1001 expected an argument of concat(), found ','`}},
		{in: `[concat('a']`, tree: `(concat "a")`, printed: `concat('a')`,
			findings: []string{`11-12 SS1001 expected ',' or ')' in the arguments of concat(), found the end of the expression`}},
		{in: `[concat('a' 'b', c d, e())]`, tree: `(concat "a" ? (e))`, printed: `concat('a', , e())`, findings: []string{
			`12-15 SS1001 expected ',' or ')' in the arguments of concat(), found 'b'`,
			`19-20 SS1001 expected '(' after the function name c, found 'd'`}},
		{in: `[concat('a','b)]`, tree: `(concat "a" ?)`, printed: `concat('a', )`,
			findings: []string{`12-15 SS1002 the string that starts here has no closing quote ('); a quote inside a string is written twice ('')`}},
		{in: `[concat("a","b")]`, tree: `(concat ?)`, printed: `concat()`,
			findings: []string{`8-9 SS1006 unexpected character '"', expected an argument of concat(); strings are written in single quotes`}},
		{in: `[add(1,2)][add(3,4)]`, tree: `(add 1 2)`, findings: []string{`9-10 SS1001 expected the end of the expression, found ']'`}},
		{in: `[1 + 2]`, tree: `1`, printed: `1`, findings: []string{`3-4 SS1001 expected the end of the expression, found '+'; expressions have no operators, use functions such as add(), equals() or and()`}},
		{in: `[add(1, 2.75)]`, tree: `(add 1 2.75)`, printed: `add(1, 2.75)`,
			findings: []string{`8-12 SS1005 2.75 is a fraction; expressions have integers only (float('2.75') makes one from text)`}},
		{in: `[9223372036854775808]`, tree: `9223372036854775808`, printed: `9223372036854775808`,
			findings: []string{`1-20 SS1005 9223372036854775808 does not fit a 64-bit integer (-9223372036854775808 to 9223372036854775807)`}},
		{in: `[variables('o').?x]`, tree: `?`,
			findings: []string{`16-17 SS1006 unexpected character '?', expected the name of a property after '.'; use tryGet() for a property that may be absent, if() to choose`}},
		{in: `['a'.b]`, tree: `"a"`, printed: `'a'`, findings: []string{`4-5 SS1001 expected the end of the expression, found '.'`}},
		{in: `[concat('it's', 'b')]`, tree: `(concat "it")`, findings: []string{
			`12-13 SS1001 expected ',' or ')' in the arguments of concat(), found 's' right after a string; a quote inside a string is written twice ('')`}},
		{in: `[a.b.c()]`, tree: `(.c ?)`, findings: []string{`4-5 SS1001 expected '(' after the function name b, found '.'`}},
		{in: `[parameters]`, tree: `?`, findings: []string{`11-12 SS1001 expected '(' after the function name parameters, found the end of the expression`}},
		{in: `plain`, tree: `?`, findings: []string{`0-5 SS1001 an expression is written between [ and ]`}},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			n, diags := parse(tt.in)
			if diff := cmp.Diff(tt.findings, findings(diags)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if got := dump(n); got != tt.tree {
				t.Errorf("tree = %s, want %s", got, tt.tree)
			}
			if got := expr.Print(n); tt.printed != "" && got != tt.printed {
				t.Errorf("Print = %s, want %s", got, tt.printed)
			}
		})
	}
}
