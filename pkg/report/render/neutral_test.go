package render_test

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/report/render"
)

func TestNeutral(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "",
		"## heading, a::b, ::1 and fe80::/10": "## heading, a::b, ::1 and fe80::/10",
		"::ffff:10.0.0.4 is an address":       "::ffff:10.0.0.4 is an address",
		"##vso[a.b]":                          "# #vso[a.b]",
		"##VSO[a.b]":                          "# #VSO[a.b]",
		"###[debug]":                          "## #[debug]",
		"##\uFE0Fvso\u034F[a.b]":              "# #\uFE0Fvso\u034F[a.b]",
		"::error::x":                          ": :error::x",
		"::new-command::x":                    ": :new-command::x",
		"\uFE0F::debug::x":                    "\uFE0F: :debug::x",
		":\uFE0F:debug::x":                    ": \uFE0F:debug::x",
		"a ::Add-Mask v=1::x":                 "a : :Add-Mask v=1::x",
		"\u00A0::stop-commands::tok.json":     "\u00A0: :stop-commands::tok.json",
		"\u3000::set-env name=A::b":           "\u3000: :set-env name=A::b",
		"two\r\nlines":                        "two␍␊lines",
		"\x1b[31mred\a\x7f":                   "␛[31mred␇␡",
		"\u009b31m\u0090":                     "<U+009B>31m<U+0090>",
		"a\u2028::error::b\u2029":             "a<U+2028>::error::b<U+2029>",
		"\u202Exe.cod\u2066\u200B\uFEFF":      "<U+202E>xe.cod<U+2066><U+200B><U+FEFF>",
		"\xff\xed\xa0\x80":                    "\uFFFD\uFFFD\uFFFD\uFFFD",
		"日本語 é Ünïcode 👍":                     "日本語 é Ünïcode 👍",
	} {
		if got := render.Neutral(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// acts says what is wrong with a text that should be neutral, by the rules of
// terminals and of the two build services; "" for nothing. It shares no code with
// the package.
func acts(text string) string {
	for _, r := range text {
		if unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return "it has a character that acts"
		}
	}
	if !utf8.ValidString(text) {
		return "it is not UTF-8"
	}
	// Comparisons by a culture pass over marks and the like.
	seen := strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.M, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
	if strings.Contains(seen, "##[") || strings.Contains(seen, "##vso[") {
		return "Azure Pipelines or GitHub take a command from it"
	}
	// A word of the text may come to stand at the start of a line.
	for i := range seen {
		if i > 0 && !unicode.IsSpace([]rune(seen[:i])[len([]rune(seen[:i]))-1]) {
			continue
		}
		rest, found := strings.CutPrefix(strings.TrimLeftFunc(seen[i:], unicode.IsSpace), "::")
		name, _, _ := strings.Cut(rest, "::")
		name, _, _ = strings.Cut(name, " ")
		for _, known := range []string{"error", "warning", "notice", "debug", "group", "endgroup", "echo", "add-mask", "add-path", "add-matcher", "remove-matcher", "set-env", "set-output", "save-state", "stop-commands", "internal-set-repo-path"} {
			if found && name == known {
				return "GitHub takes a command from it"
			}
		}
	}
	return ""
}

var seeds = []string{
	"", "plain", "##vso[a.b]c", "###[x]", "##\u034fvso[", "::error::x", " \u00a0::add-mask::x", ":\ufe0f:debug::", "::1", "::ffff:1.2.3.4", "a\nb", "a\r\nb", "\r", "\x1b[31m", "\x1b]8;;x\x1b\\y",
	"\u009b\u0090\u0085", "\u2028\u2029", "\u202e\u2066", "\xff\xfe\xc3", "\xed\xa0\x80", "<b>&\"'", "`$(x)`", "👍🏽", "e\u0301", "\U000e0001", "#", "##", "##v", ":", "::", "# ##[ ::error",
}

func FuzzNeutral(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 500 {
			return
		}
		got := render.Neutral(s)
		if bad := acts(got); bad != "" {
			t.Errorf("%q: %q: %s", s, got, bad)
		}
		if again := render.Neutral(got); again != got {
			t.Errorf("%q: %q becomes %q", s, got, again)
		}
		seen := strings.Map(func(r rune) rune { // without what a comparison by culture passes over
			if unicode.In(r, unicode.M, unicode.Other_Default_Ignorable_Code_Point) {
				return -1
			}
			return r
		}, s)
		if printable := acts(s) == "" && !strings.Contains(seen, "::") && !strings.Contains(seen, "##"); printable && got != s {
			t.Errorf("%q needs no change and becomes %q", s, got)
		}
	})
}

func guarded(t testing.TB, kind render.Kind, parts ...string) string {
	t.Helper()
	var b strings.Builder
	g := render.NewGuard(&b, kind)
	for _, p := range parts {
		if n, err := g.Write([]byte(p)); n != len(p) || err != nil {
			t.Fatalf("%d of %d bytes written, %v", n, len(p), err)
		}
	}
	if err := g.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGuard(t *testing.T) {
	tests := []struct {
		kind     render.Kind
		in, want string
	}{
		{render.PlainText, "a line\n\ttab: ## not ::a\r\nb::c\n", "a line\n\ttab: ## not ::a\r\nb::c\n"},
		{render.PlainText, "  ::error::x\n\u00a0::debug::y", "  : :error::x\n\u00a0: :debug::y"},
		{render.PlainText, "x ##[group]y ##vso[a.b]c ###[d]", "x ## [group]y ##vso [a.b]c ### [d]"},
		{render.PlainText, "\x1b[31mred\a \u202e \r", "␛[31mred␇ <U+202E> ␍"},
		{render.PlainText, "\xffend\xe2\x80", "\uFFFDend\uFFFD\uFFFD"},
		{render.ColoredText, "\x1b[1;31mred\x1b[0m\x1b]8;;https://a/b\x1b\\link\x1b]8;;\x1b\\\x1b[2J\x1b]0;title\a", "\x1b[1;31mred\x1b[0m\x1b]8;;https://a/b\x1b\\link\x1b]8;;\x1b\\␛[2J␛]0;title␇"},
		{render.ColoredText, "cut \x1b[3", "cut ␛[3"},
		{render.MarkupText, "<p>\u009b ##[a] \x00</p>\n  ::debug::", "<p>&lt;U+009B&gt; ##&#91;a] ␀</p>\n  : :debug::"},
		{render.XMLText, "<a b=\"\u202e\u0085\x00##[a]\"/>", "<a b=\"&#x202E;&#x85;␀##&#91;a]\"/>"},
		{render.JSONText, "{\"a\": \"\u0085\u202e\x7f##[b]\U000e0001\"}\n", `{"a": "\u0085\u202e\u007f##\u005bb]\udb40\udc01"}` + "\n"},
		{render.SourceText, "\ufeff{ // \u200d ##vso[a.b]\n \"a\": \"\u2028\" }\r\n", "\ufeff{ // \u200d ##vso\\u005ba.b]\n \"a\": \"\\u2028\" }\r\n"},
		{render.CommandLines, "::error file=a::b\x1b\n##vso[task.x]y\n", "::error file=a::b␛\n##vso[task.x]y\n"},
	}
	for _, tt := range tests {
		if got := guarded(t, tt.kind, tt.in); got != tt.want {
			t.Errorf("kind %d: %q: %q, want %q", tt.kind, tt.in, got, tt.want)
		}
		if got := guarded(t, tt.kind, strings.Split(tt.in, "")...); got != tt.want {
			t.Errorf("kind %d, one character a time: %q: %q, want %q", tt.kind, tt.in, got, tt.want)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

var errBroken = &json.UnsupportedValueError{Str: "broken"}

func TestGuardGivesErrors(t *testing.T) {
	if _, err := render.NewGuard(broken{}, render.PlainText).Write([]byte("x")); err != errBroken {
		t.Errorf("got %v", err)
	}
	if err := render.NewEncoder(broken{}).Encode("##"); err != errBroken {
		t.Errorf("got %v", err)
	}
}

// FuzzGuard wants outputs that do nothing, however they are cut into pieces, and
// JSON that means what it meant.
func FuzzGuard(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, 1)
		f.Add("x\n"+s+"\n"+s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, cut int) {
		if len(s) > 500 {
			return
		}
		for _, kind := range []render.Kind{render.PlainText, render.MarkupText} {
			whole := guarded(t, kind, s)
			for line := range strings.SplitSeq(strings.ReplaceAll(whole, "\r\n", "\n"), "\n") {
				if bad := acts(strings.ReplaceAll(strings.TrimLeftFunc(line, unicode.IsSpace), "\t", " ")); bad != "" && !strings.Contains(bad, "GitHub takes") {
					t.Errorf("%q: %q: %s", s, line, bad)
				}
				if start := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(start, "::") {
					t.Errorf("%q: a line begins with a command: %q", s, line)
				}
			}
			if again := guarded(t, kind, whole); again != whole {
				t.Errorf("%q: %q becomes %q", s, whole, again)
			}
			at := max(0, min(cut, len(s)))
			if pieces := guarded(t, kind, s[:at], s[at:]); pieces != whole {
				t.Errorf("%q cut at %d: %q, whole %q", s, at, pieces, whole)
			}
		}
		var got string
		if err := json.Unmarshal(render.JSONString(s), &got); err != nil || got != strings.ToValidUTF8(s, "\uFFFD") && utf8.ValidString(s) {
			t.Errorf("%q as JSON: %q, %v", s, got, err)
		}
		if bad := acts(string(render.JSONString(s))); bad != "" && !strings.Contains(bad, "GitHub takes") {
			t.Errorf("%q as JSON: %s: %s", s, render.JSONString(s), bad)
		}
	})
}

func TestSprintf(t *testing.T) {
	if got, want := render.Sprintf("%s:\n%d of %v, %v\n", "a\nb", 3, errBroken, nil), "a␊b:\n3 of json: unsupported value: broken, <nil>\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func BenchmarkGuard(b *testing.B) {
	line := []byte("web,1,1000000,500000,remove,1,12,web_12,node00000C,0,2,,0,natpool=50015,account1\n")
	text := []byte(strings.Repeat(string(line), 1000))
	g := render.NewGuard(io.Discard, render.PlainText)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.Write(text); err != nil {
			b.Fatal(err)
		}
	}
}
