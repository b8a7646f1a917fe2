package jsonc_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func TestRecovery(t *testing.T) {
	for _, test := range []struct {
		name, in, want string
		findings       []string
	}{
		{
			"object not closed", "{\n  \"a\": {\n    \"b\": 1\n  ,\n  \"c\": 2\n}\n", `{a:{b:1 c:2}}`,
			[]string{`2:8 error SS2002 '{' is not closed`},
		},
		{
			"object not closed in an array", "{\n  \"r\": [\n    {\n      \"p\": {\n        \"a\": 1\n    },\n    {\n      \"t\": 2\n    }\n  ],\n  \"o\": {}\n}\n",
			`{r:[{p:{a:1}} {t:2}] o:{}}`, []string{`4:12 error SS2002 '{' is not closed`},
		},
		{
			"bracket too many", "{\n  \"a\": {\n    \"b\": 1\n    }\n  },\n  \"c\": {\"d\": 2}\n}\n", `{a:{b:1} c:{d:2}}`,
			[]string{`5:4 error SS2005 unexpected ',' after the end of the document`},
		},
		{
			"wrong bracket", "{\n  \"a\": [\n    1\n  },\n  \"c\": 2\n}\n", `{a:[1] c:2}`,
			[]string{`4:3 error SS2001 '}' where ']' was expected to close the array`},
		},
		{
			"array not closed", "{\n  \"a\": [\n    1,\n    2\n  \"c\": 2,\n  \"d\": [3]\n}\n", `{a:[1 2] c:2 d:[3]}`,
			[]string{`2:8 error SS2002 '[' is not closed: found string "c" where ']' was expected`},
		},
		{
			"object not closed before its array", "{\n  \"a\": [\n    {\"b\": 1\n  ],\n  \"c\": 2\n}\n", `{a:[{b:1}] c:2}`,
			[]string{`3:5 error SS2002 '{' is not closed: found ']' where '}' was expected`},
		},
		{
			"quotes in a string", "{\n \"a\": \"the \"big\" one\",\n \"b\": 2\n}", `{a:"the " b:2}`,
			[]string{`2:13 error SS2001 unexpected 'big' after the end of a value`},
		},
		{
			"key not closed", "{\n \"a: 1,\n \"b\": 2\n}", `{a: 1:? b:2}`,
			[]string{`2:2 error SS2002 string "a: 1 is not closed, its second " is missing`},
		},
		{
			"words", `{"a": TRUE, "b": None, "c": 1.2.3, "d": +1, "e": $x, f-g: 1}`, `{a:? b:? c:? d:? e:? f-g:1}`,
			[]string{
				`1:7 error SS2001 'TRUE' must be written true`, `1:18 error SS2001 'None' is not a value`,
				`1:29 error SS2004 '1.2.3' is not a number`, `1:41 error SS2001 '+1' is not a value`, `1:50 error SS2001 '$x' is not a value`,
				`1:54 error SS2001 property name f-g is not in quotes and contains '-'`,
			},
		},
		{
			"other languages", `{"a" = 1; "b": (2), "c" 3}`, `{a:1 b:? c:3}`,
			[]string{
				`1:6 error SS2001 '=' where ':' was expected`, `1:9 error SS2001 ';' where ',' was expected`,
				`1:16 error SS2001 '(2)' is not a value`, `1:24 error SS2001 ':' is missing after property "c"`,
			},
		},
		{
			"merge", "{\n<<<<<<< ours\n  \"a\": 1,\n=======\n  \"A\": 2,\n>>>>>>> theirs\n  \"b\": 3\n}", `{a:1 A:2 b:3}`,
			[]string{
				`2:1 error SS2001 merge conflict marker`, `4:1 error SS2001 merge conflict marker`,
				`5:3 info SS2007 property 'A' differs from 'a' in case only`, `6:1 error SS2001 merge conflict marker`,
			},
		},
		{
			"escapes", `{"a":"\x\u12", "b": "c:\dir"}`, "{a:\"x\uFFFD\" b:\"c:dir\"}",
			[]string{
				`1:7 error SS2003 '\x' is not a JSON escape`, `1:9 error SS2003 '\u12' needs four hexadecimal digits`,
				`1:24 error SS2003 '\d' is not a JSON escape`,
			},
		},
		{"two documents", `{"a": 1} {"b": 2}`, `{a:1}`, []string{`1:10 error SS2005 unexpected '{' after the end of the document`}},
		{"closed twice", `{"a": 1}}`, `{a:1}`, []string{`1:9 error SS2005 unexpected '}'; every bracket is already closed`}},
		{"empty", " ", `?`, []string{`1:2 error SS2001 the file is empty; a JSON value is expected`}},
		{"bracket first", "]", `?`, []string{`1:1 error SS2001 unexpected ']' before the document`}},
		{"comment not closed", "{} /* x", `{}`, []string{`1:4 error SS2002 comment is not closed; */ is missing`}},
		{"holes", `{"a": [1,,2],,"b":3}`, `{a:[1 ? 2] b:3}`, []string{
			`1:10 error SS2001 unexpected ',' where a value was expected`, `1:14 error SS2001 unexpected ',' where a property name was expected`,
		}},
		{"cut off", `{"a": [1, 2`, `{a:[1 2]}`, []string{`1:7 error SS2002 '[' is not closed: found end of the file where ']' was expected`}},
		{"values for keys", `{{"x": 1}, [2], "b": 3}`, `{b:3}`, []string{
			`1:2 error SS2001 unexpected '{' where a property name was expected`, `1:12 error SS2001 unexpected '[' where a property name was expected`,
		}},
		{"no commas", `{"a": 1 "b": [1 true "x" {}]}`, `{a:1 b:[1 true "x" {}]}`, []string{
			`1:8 error SS2001 ',' is missing before string "b"`, `1:16 error SS2001 ',' is missing before 'true'`,
			`1:21 error SS2001 ',' is missing before string "x"`, `1:25 error SS2001 ',' is missing before '{'`,
		}},
		{"other encoding", "\xff\xfe{\x00}\x00", `{}`, []string{`1:1 warning SS2000 the file is UTF-16LE; not every tool reads that`}},
		{"other encoding, without a mark", "\x00{\x00}", `?`, []string{`1:1 error SS2000 the file is UTF-16BE without a byte order mark; UTF-8 is expected`}},
		{"a byte of another encoding", "{\"a\": \"caf\xe9\"}", "{a:\"caf\uFFFD\"}", []string{`1:11 warning SS2000 byte 0xe9 is not valid UTF-8; it is read as U+FFFD`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := parse(test.in)
			checkRanges(t, tree)
			if got := show(tree.Root); got != test.want {
				t.Errorf("tree %s, want %s", got, test.want)
			}
			if d := cmp.Diff(test.findings, lines(tree.Diagnostics)); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestQuietly: messages about a file of secrets show punctuation, and nothing
// else of the text.
func TestQuietly(t *testing.T) {
	for in, want := range map[string]string{
		`{"a": [1, 2`:             `1:7 error SS2002 '[' is not closed: found end of the file where ']' was expected`,
		`{"a": 1 "secret": 2}`:    `1:8 error SS2001 ',' is missing before text in quotes`,
		`{"a": [1 secret]}`:       `1:10 error SS2001 unexpected text after the end of a value`,
		`{"secret" 5}`:            `1:10 error SS2001 ':' is missing after property …`,
		`{"a": [secret]}`:         `1:8 error SS2001 '…' is not a value`,
		"s\x00":                   `1:1 error SS2000 the file is UTF-16LE without a byte order mark; UTF-8 is expected`,
		"{\"a\": \"secret\xe9\"}": `1:14 warning SS2000 byte 0xe9 is not valid UTF-8; it is read as U+FFFD`,
	} {
		tree := jsonc.ParseQuietly(source.NewFile("t.json", []byte(in)))
		if got := lines(tree.Diagnostics); !slices.Contains(got, want) || strings.Contains(strings.Join(got, "\n"), "secret") {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestRecoveryIsBounded parses texts for which a careless recovery would read
// the rest of the file again at each error. That would take about 10^10 steps,
// so the test would exceed the time limit of go test; it reads no clock.
func TestRecoveryIsBounded(t *testing.T) {
	const n = 100_000
	for _, in := range []string{
		strings.Repeat("\"\n\\\"\n", n), strings.Repeat("'\n\"x\n", n), strings.Repeat("{\"a\":[", n), strings.Repeat("/*", n),
		strings.Repeat("]}", n), strings.Repeat("[{]", n), strings.Repeat("\"a\n", n), strings.Repeat("{\"a\" \n", n),
		"[" + strings.Repeat("\n]}", n), strings.Repeat(" ", n) + strings.Repeat("[}", n), "{" + strings.Repeat("a /*x*/", n),
	} {
		tree := parse(in)
		if got := len(tree.Diagnostics); got == 0 || got > 1100 {
			t.Errorf("%.20q… has %d findings", in, got)
		}
	}
}

func TestFixesRemoveErrors(t *testing.T) {
	for in, want := range map[string]string{
		"{\"a\": 1\n \"b\": TRUE}": "{\"a\": 1,\n \"b\": true}",
		`{"a" = "c:\dir"; "b" 2}`:  `{"a" : "c:\\dir", "b": 2}`,
	} {
		tree := parse(in)
		got, err := fixAll(tree)
		if err != nil || got != want {
			t.Errorf("%q becomes %q (%v), want %q", in, got, err, want)
		}
		if again := parse(got); len(again.Diagnostics) > 0 {
			t.Errorf("%q has %q", got, lines(again.Diagnostics))
		}
	}
}
