package jsonc_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestGrammar parses texts of each kind on which JSON parsers are known to
// differ, in the three classes of docs/json.md.
func TestGrammar(t *testing.T) {
	accepted := map[string]string{
		"array":             `[1]`,
		"array, blanks":     " [\t1\r\n,2 ]\n",
		"array, empty":      `[]`,
		"array, nested":     strings.Repeat("[", 900) + strings.Repeat("]", 900),
		"number":            `[0, -0, 1, 20, 0.5, -1.25, 1e5, 1E5, 1e+5, 1.5E-10, 123456789012345678901234567890]`,
		"number, huge":      `[1e999, -1e-999]`,
		"object, empty key": `{"": 0}`,
		"object, long key":  `{"` + strings.Repeat("k", 5000) + `": 0}`,
		"string, escapes":   `["\"\\\/\b\f\n\r\t\u0041\u0000"]`,
		"string, pair":      `["\uD801\udc37"]`,
		"string, UTF-8":     "[\"\u20ac\U0001D11E\uFEFF\uFFFE\U0010FFFF\u2028\x7f\"]",
		"scalar at the top": `"x"`,
		"number at the top": `42`,
		"null at the top":   ` null `,
		"byte order mark":   "\uFEFF{}",
		"line comment":      "// a\n[1] // b",
		"block comment":     "/* a\n*/[/**/1/* b // c */]",
		"comment in string": `["// a /* b */"]`,
	}
	tolerated := map[string]string{
		"comma after the last element": `[1,]`,
		"comma after the last member":  `{"a": 1,}`,
		"single quotes":                `['a']`,
		"escaped single quote":         `["\'"]`,
		"bare key":                     `{a: 1}`,
		"bare key of digits":           `{1: 1}`,
		"bare key of letters":          "{é: 1}",
		"line end in a string":         "[\"a\nb\"]",
		"tab in a string":              "[\"a\tb\"]",
		"NUL in a string":              "[\"a\x00b\"]",
		"half a pair":                  `["\uD801"]`,
		"halves in the wrong order":    `["\udc37\uD801"]`,
		"hexadecimal":                  `[0x1F, 0XaB]`,
		"octal":                        `[017]`,
		"no digit before the point":    `[.5, -.5]`,
		"no digit after the point":     `[1., 1.e3]`,
		"zero after the sign":          `[-01]`,
		"NaN":                          `[NaN, Infinity, -Infinity]`,
		"no-break space":               "[\u00a01]",
		"form feed":                    "[\f1]",
		"same key twice":               `{"a": 1, "a": 1}`,
		"key in two cases":             `{"a": 1, "A": 1}`,
		"invalid UTF-8":                "[\"\xe9\"]",
		"overlong UTF-8":               "[\"\xc0\xaf\"]",
		"encoded surrogate":            "[\"\xed\xa0\x80\"]",
	}
	rejected := map[string]string{
		"nothing":                    ``,
		"only a comment":             `// a`,
		"only a byte order mark":     "\uFEFF",
		"comma first":                `[,1]`,
		"two commas":                 `[1,,2]`,
		"only a comma":               `[,]`,
		"no comma":                   `[1 2]`,
		"colon in an array":          `["a": 1]`,
		"array not closed":           `[1`,
		"object not closed":          `{"a": 1`,
		"closed twice":               `[1]]`,
		"closed by the other":        `[1}`,
		"no colon":                   `{"a" 1}`,
		"two colons":                 `{"a":: 1}`,
		"no value":                   `{"a":}`,
		"no key":                     `{: 1}`,
		"key is a number with point": `{1.5: 1}`,
		"key is an array":            `{[1]: 1}`,
		"trailing word":              `{} x`,
		"trailing value":             `1 2`,
		"trailing comma":             `{},`,
		"trailing hash":              `{} #`,
		"plus":                       `[+1]`,
		"two signs":                  `[--1]`,
		"only a sign":                `[-]`,
		"only a point":               `[.]`,
		"two points":                 `[1.2.3]`,
		"no digit after e":           `[1e]`,
		"no octal digit":             `[09]`,
		"hexadecimal, no digit":      `[0x]`,
		"hexadecimal, other letter":  `[0xG]`,
		"digits apart":               `[1_000]`,
		"full-width digit":           "[１]",
		"letters after a number":     `[12abz]`,
		"TRUE":                       `[TRUE]`,
		"truth":                      `[truth]`,
		"nul":                        `[nul]`,
		"undefined":                  `[undefined]`,
		"constructor":                `[new Date(1)]`,
		"escape of a letter":         `["\a"]`,
		"hexadecimal escape":         `["\x41"]`,
		"short escape":               `["\u00A"]`,
		"escaped line end":           "[\"\\\n\"]",
		"string not closed":          `["a`,
		"backslash at the end":       `["\`,
		"escape outside of strings":  `[\n]`,
		"hash comment":               "# a\n[]",
		"block comment not closed":   `[] /* a`,
		"single slash":               `[] / a`,
		"byte order mark inside":     "[\uFEFF1]",
		"NUL outside of strings":     "[1\x00]",
		"invalid UTF-8 outside":      "[\xe9]",
		"UTF-16 without a mark":      "\x00[\x00]",
		"XML":                        `<a/>`,
	}
	for name, in := range accepted {
		if got := parse(in).Diagnostics; len(got) > 0 {
			t.Errorf("%s: %.60q is JSON, but %q", name, in, lines(got))
		}
	}
	for name, in := range tolerated {
		got := parse(in).Diagnostics
		if len(got) == 0 || got.HasErrors() {
			t.Errorf("%s: %.60q wants a hint or warning, got %q", name, in, lines(got))
		}
	}
	for name, in := range rejected {
		got := parse(in).Diagnostics
		if !got.HasErrors() {
			t.Errorf("%s: %.60q wants an error, got %q", name, in, lines(got))
		}
		for _, d := range got {
			if d.Severity == diag.Error && (d.Summary == "" || strings.HasSuffix(d.Summary, ".") || strings.Contains(d.Summary, "\n")) {
				t.Errorf("%s: summary %q is not one line without a full stop", name, d.Summary)
			}
		}
	}
}
