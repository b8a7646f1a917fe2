package expr_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestParseThroughEscapes parses an expression whose JSON string has escapes:
// every range is the one in the file.
func TestParseThroughEscapes(t *testing.T) {
	raw := `"[concat('\u00e9\"', vars('a\\b'), 3 4)]"`
	f := source.NewFile("t.json", []byte(raw))
	text := `[concat('é"', vars('a\b'), 3 4)]`
	b := source.NewMap(f, 1)
	b.Escape(strings.Index(text, "é"), len("é"), 6)
	b.Escape(strings.Index(text, `"`), 1, 2)
	b.Escape(strings.Index(text, `\`), 1, 2)
	n, diags := expr.Parse(text, b.Map(len(text), len(raw)-1))

	var got []string
	expr.Walk(n, func(n expr.Node) bool {
		got = append(got, n.Range().Text())
		return true
	})
	want := []string{`concat('\u00e9\"', vars('a\\b'), 3 4)`, `'\u00e9\"'`, `vars('a\\b')`, `'a\\b'`, "3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ranges (-want +got):\n%s", diff)
	}
	if len(diags) != 1 || diags[0].Subject.Text() != "4" || diags[0].Subject.StartPosition().Column != 38 {
		t.Errorf("findings = %v", diags)
	}
}

func TestParseLimits(t *testing.T) {
	deep := strings.Repeat("a(", expr.MaxDepth+1)
	chain := "[a()" + strings.Repeat(".b", expr.MaxDepth+1) + "]"
	tests := []struct{ name, in, want string }{
		{"long", "['" + strings.Repeat("x", expr.MaxLength) + "']", "SS1003 the expression has 81924 characters; the limit is 81920. Move parts of it into variables"},
		{"longer than documented", "['" + strings.Repeat("é", expr.DocumentedLength-3) + "']", "SS1003 the expression has 24577 characters; the documented limit is 24576, and Azure accepts 81920"},
		{"as long as documented", "['" + strings.Repeat("é", expr.DocumentedLength-4) + "']", ""},
		{"longest", "['" + strings.Repeat("é", expr.MaxLength-4) + "']", "SS1003 the expression has 81920 characters; the documented limit is 24576, and Azure accepts 81920"},
		{"deep calls", "[" + deep + strings.Repeat(")", expr.MaxDepth+1) + "]", "SS1004 the expression nests more than 256 levels deep; move parts of it into variables"},
		{"deep indices", "[" + strings.Repeat("a()[", expr.MaxDepth+1) + strings.Repeat("]", expr.MaxDepth+1) + "]", "SS1004 the expression nests more than 256 levels deep; move parts of it into variables"},
		{"deep properties", chain, "SS1004 the expression nests more than 256 levels deep; move parts of it into variables"},
		{"deep enough", "[" + strings.Repeat("a(", 200) + strings.Repeat(")", 200) + "]", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, diags := parse(tt.in)
			got := ""
			for _, d := range diags {
				got += string(d.Code) + " " + d.Summary
			}
			if got != tt.want {
				t.Errorf("findings = %q, want %q", got, tt.want)
			}
		})
	}
}

// TestWalkSkips checks the order, and that returning false skips the children.
func TestWalkSkips(t *testing.T) {
	n, _ := parse("[a(b(c()), d().e[f()])]")
	var got []string
	expr.Walk(n, func(n expr.Node) bool {
		c, ok := n.(*expr.Call)
		if ok {
			got = append(got, c.Name)
		}
		return !ok || c.Name != "b"
	})
	if diff := cmp.Diff([]string{"a", "b", "d", "f"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPrintWith(t *testing.T) {
	n, _ := parse("[concat(copyIndex(), x(copyIndex('a')).b)]")
	got := expr.PrintWith(n, func(c *expr.Call) (string, bool) { return "7", c.Name == "copyIndex" })
	if want := "concat(7, x(7).b)"; got != want {
		t.Errorf("PrintWith = %s, want %s", got, want)
	}
	if got := expr.Selector("a b"); got != "['a b']" {
		t.Errorf("Selector = %s", got)
	}
}

// TestParseAtTheLimits parses an expression of the greatest length and depth,
// and many expressions beside each other.
func TestParseAtTheLimits(t *testing.T) {
	nested := func(n int) string { return "[" + strings.Repeat("a(", n-1) + "1" + strings.Repeat(")", n-1) + "]" }
	tests := []struct {
		name, in, want string
	}{
		{"length", "['" + strings.Repeat("x", expr.MaxLength-4) + "']", "documented"},
		{"length, in characters of two bytes", "['" + strings.Repeat("é", expr.MaxLength-4) + "']", "documented"},
		{"one character too many", "['" + strings.Repeat("x", expr.MaxLength-3) + "']", "81921 characters; the limit is 81920"},
		{"depth", nested(expr.MaxDepth), ""},
		{"one level too many", nested(expr.MaxDepth + 1), "deep"},
		{"properties", "[a()" + strings.Repeat(".b", expr.MaxDepth) + "]", ""},
		{"one property too many", "[a()" + strings.Repeat(".b", expr.MaxDepth+1) + "]", "deep"},
		{"many beside each other", "[a(" + strings.Repeat("b(1), ", 4*expr.MaxDepth) + "2)]", ""},
	}
	for _, tt := range tests {
		_, diags := parse(tt.in)
		switch {
		case tt.want == "" && len(diags) > 0:
			t.Errorf("%s: %s", tt.name, diags[0].Summary)
		case tt.want != "" && (len(diags) == 0 || !strings.Contains(diags[0].Summary, tt.want)):
			t.Errorf("%s: %v, want a finding with %q", tt.name, diags, tt.want)
		}
	}
}

// TestNames checks which letters, digits and signs a name can contain.
func TestNames(t *testing.T) {
	for _, name := range []string{"azAZ", "a09", "_a", "$a", "été", "a٣"} {
		if n, diags := parse("[" + name + "()]"); len(diags) > 0 || dump(n) != "("+name+")" {
			t.Errorf("%s: %s, %v", name, dump(n), findings(diags))
		}
	}
	for _, sign := range []string{"`", "{", "@", "[", "/", ":", "\u2028", "\u00a7"} {
		if _, diags := parse("[a" + sign + "b()]"); len(diags) == 0 {
			t.Errorf("a%sb is taken as a name", sign)
		}
	}
}

// TestHints: what other languages have is answered with what to write instead.
func TestHints(t *testing.T) {
	hints := map[string]string{
		"\"`\u2018\u2019\u201c\u201d": "; strings are written in single quotes",
		"?":                           "; use tryGet() for a property that may be absent, if() to choose",
		"^":                           "; use indexFromEnd() to count from the end",
		"*/%=<>!&|":                   "; expressions have no operators, use functions such as add(), equals() or and()",
		"#@;":                         "",
	}
	for signs, want := range hints {
		for _, sign := range signs {
			_, diags := parse("[a() " + string(sign) + " b()]")
			if len(diags) == 0 {
				t.Errorf("%c is taken", sign)
				continue
			}
			if _, got, _ := strings.Cut(diags[0].Summary, "end of the expression"); got != want {
				t.Errorf("%c: %s, want %q at the end", sign, diags[0].Summary, want)
			}
		}
	}
}
