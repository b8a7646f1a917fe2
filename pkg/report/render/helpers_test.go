package render_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestTexts: what single texts become, for people and for formats.
func TestTexts(t *testing.T) {
	id := `"/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net"`
	for _, tt := range []struct {
		name      string
		got, want any
	}{
		{"a cell", render.Cell("web_1"), "web_1"},
		{"a cell that is a formula", render.Cell("=HYPERLINK(1)"), "'=HYPERLINK(1)"},
		{"a cell with a minus", render.Cell("-1"), "'-1"},
		{"a cell with a wide equals sign", render.Cell("＝1"), "'＝1"},
		{"a cell that moves the cursor", render.Cell("a\x1b[2J"), "a␛[2J"},
		{"a cell with a tab", render.Cell("\tx"), "'␉x"},
		{"no cell", render.Cell(""), ""},
		{"Markdown", render.Markdown("a|b <i>*x*</i> @me #1"), `a\|b &lt;i&gt;\*x\*&lt;/i&gt; &#64;me \#1`},
		{"a name of XML", render.XMLName("a\x00b\n"), "a␀b\n"},
		{"a string of JSON", string(render.JSONString("a<b\"\u202e")), `"a<b\"\u202e"`},
		{"a short value", render.Clip("abc", 3), "abc"},
		{"a long value", render.Clip("abcdef", 4), "abc…"},
		{"a long id", render.Clip(id, 60), `"…/Microsoft.Network/virtualNetworks/net"`},
		{"thousands", render.Thousands(1234567), "1,234,567"},
		{"thousands below zero", render.Thousands(-123456), "-123,456"},
		{"a hundred", render.Thousands(100), "100"},
		{"a sentence", render.Sentence("nothing"), "Nothing"},
		{"no sentence", render.Sentence(""), ""},
		{"one error", render.Severities(1, diag.Error), "1 error"},
		{"two warnings", render.Severities(2, diag.Warning), "2 warnings"},
		{"info has no plural", render.Severities(2, diag.Info), "2 info"},
		{"the width of letters", render.Width("abc"), 3},
		{"the width of wide letters", render.Width("日本"), 4},
		{"the width of a mark", render.Width("e\u0301"), 1},
		{"lines", render.Wrap("one two  three\n\nfour", 8), []string{"one two", "three", "four"}},
		{"a long word", render.Wrap("a extraordinary b", 6), []string{"a", "extraordinary", "b"}},
		{"no lines", render.Wrap(" ", 6), []string(nil)},
		{"an empty list", render.OrEmpty([]int(nil)), []int{}},
		{"a list", render.OrEmpty([]int{1}), []int{1}},
		{"a link", render.NewLink("x", "https://example.org"), render.Link{Text: "x", To: "https://example.org"}},
		{"a link that runs something", render.NewLink("x", "javascript:1"), render.Link{Text: "x"}},
		{"a mask keeps quotes", render.MaskFor(`"abc"`), `"<secure>"`},
		{"a mask", render.MaskFor("4"), "<secure>"},
		{"a hidden path", render.Hidden("properties.virtualMachineProfile.osProfile.adminPassword"), true},
		{"a path", render.Hidden("properties.upgradePolicy.mode"), false},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestPlaces(t *testing.T) {
	file, empty := source.NewFile("a\x1b.json", []byte("{\n  \"a\": 1\n}")), source.NewFile("e.json", nil)
	at := file.Range(4, 7)
	if got := render.Place(at); got != "a␛.json:2:3" {
		t.Errorf("a place is %q", got)
	}
	if got := render.Place(empty.Range(0, 0)); got != "e.json" {
		t.Errorf("a place in a file without text is %q", got)
	}
	if got := render.Place(source.Range{}); got != "scaleset" {
		t.Errorf("no place is %q", got)
	}
	if render.RangeOrNil(source.Range{}) != nil {
		t.Error("no place has a range")
	}
	if r := render.RangeOrNil(at); r == nil || r.Start.Line != 2 || r.Start.Column != 3 || r.End.Column != 6 || r.Start.Offset != 4 {
		t.Errorf("the range is %+v", r)
	}
	if n := render.NewNote("here", source.Range{}); n.Message != "here" || n.Start.Line != 1 || n.End.Column != 1 {
		t.Errorf("a note without a place is %+v", n)
	}
}

// TestValues: values as JSON, and what is hidden in them.
func TestValues(t *testing.T) {
	object := func(members ...any) value.Value {
		var all []value.Member
		for i := 0; i < len(members); i += 2 {
			all = append(all, value.Member{Name: members[i].(string), Value: members[i+1].(value.Value)})
		}
		return value.NewObject(all...)
	}
	v := object("a", value.Array{value.Int(1), value.Bool(true), value.Bool(false), value.Null{}, value.Array{}}, "b", object(), "c", value.Unknown{Residual: "parameters('x')"},
		"d", value.String("[x]"), "f", value.String("[x"), "e", value.Number{Text: "1.50"})
	for _, tt := range []struct {
		name   string
		escape bool
		want   string
	}{
		{"as it is", false, "{\n  \"a\": [\n    1,\n    true,\n    false,\n    null,\n    []\n  ],\n  \"b\": {},\n  \"c\": \"[parameters('x')]\",\n  \"d\": \"[x]\",\n  \"f\": \"[x\",\n  \"e\": 1.50\n}"},
		{"as a template has it", true, "{\n  \"a\": [\n    1,\n    true,\n    false,\n    null,\n    []\n  ],\n  \"b\": {},\n  \"c\": \"[parameters('x')]\",\n  \"d\": \"[[x]\",\n  \"f\": \"[x\",\n  \"e\": 1.50\n}"},
	} {
		w := render.ValueWriter{Escape: tt.escape}
		if w.Value(v); w.String() != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, &w, tt.want)
		}
	}
	hidden := render.MaskSecrets(value.Array{object("adminPassword", value.String("Zq7"), "customData", value.String("Zq7"), "count", value.Int(3), "dbPassword", value.String("Zq7"),
		"protectedSettings", object("x", value.String("Zq7")), "accountKey", value.Unknown{Residual: "listKeys('x')"})})
	const want = `[{"adminPassword":"<secure>","customData":"<secure>","count":3,"dbPassword":"<secure>","protectedSettings":"<secure>","accountKey":"[listKeys('x')]"}]`
	if got := value.JSON(hidden); got != want {
		t.Errorf("masked: %s\nwant %s", got, want)
	}
}

// TestWriters: texts of an input are neutral, escaped and without secrets in every
// writer; the formats are ours.
func TestWriters(t *testing.T) {
	secrets := new(secret.Set)
	secrets.AddText("Correct-Horse-9")
	const hostile = "a|`b` Correct-Horse-9\x1b\n::error::x"
	var b bytes.Buffer
	markdown := render.NewMarkdownWriter(&b, secrets)
	markdown.Printf("%s %s %s %d\n", hostile, render.Code(hostile), render.CodeLine(hostile), 4)
	if err := markdown.Flush(); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "a\\|\\`b\\` &lt;secure&gt;␊::error::x a\\|'b' <secure>␊::error::x a|`b` <secure>␊::error::x 4\n"; got != want {
		t.Errorf("Markdown: %q\nwant %q", got, want)
	}
	b.Reset()
	quoted := render.NewPrinter(&b, func(s string) string { return "<" + s + ">" })
	quoted.Printf("x %s %d", "a\x07b", 3)
	if err := quoted.Flush(); err != nil || b.String() != "x <a␇b> 3" {
		t.Errorf("printer: %q, %v", b.String(), err)
	}
	b.Reset()
	w := render.NewWriter(&b, false, 10, secrets) // 40 at least
	w.Printf("%s\n", "Correct-Horse-9 \x1b[1m")
	w.Styled(w.Hint, "%s %v\n", "a", errors.New("b\x07"))
	w.Paragraph("the password is Correct-Horse-9, which nobody should read here")
	w.About(source.NewFile("t.json", nil))
	w.Paragraph("of another file")
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "<secure> ␛[1m\na b␇\n  the password is <secure>, which nobody\n  should read here\n  of another file\n"; got != want {
		t.Errorf("text: %q\nwant %q", got, want)
	}
	b.Reset()
	styles := render.NewStyles(true)
	if got := styles.Severity[diag.Error].Sprint("x"); !strings.HasPrefix(got, "\x1b[") || render.NewStyles(false).Severity[diag.Error].Sprint("x") != "x" {
		t.Errorf("an error is %q in colour", got)
	}
	if err := render.WriteJSON(&b, map[string]string{"a": "<&\u202e"}); err != nil || b.String() != "{\n  \"a\": \"<&\\u202e\"\n}\n" {
		t.Errorf("JSON: %q, %v", b.String(), err)
	}
	b.Reset()
	type item struct {
		A string `xml:"a,attr"`
	}
	if err := render.WriteXML(&b, item{"x<\u202e"}); err != nil || !strings.HasPrefix(b.String(), "<?xml") || !strings.Contains(b.String(), `<item a="x&lt;`) || strings.Contains(b.String(), "\u202e") {
		t.Errorf("XML: %q, %v", b.String(), err)
	}
	if err := render.WriteXML(&b, func() {}); err == nil {
		t.Error("a function is XML")
	}
}

// TestPages: values in pages are escaped for their place, and the functions of pages
// write what their names say.
func TestPages(t *testing.T) {
	pages := render.Templates(`{{define "page"}}<p>{{.Text}}</p>{{template "link" .Link}} {{plural 2 "set"}} {{thousands 1000}} {{sentence "x"}} {{clip "abcdef" 4}} {{f0 1.6}} {{f1 1.25}}{{end}}`)
	data := map[string]any{"Text": "<b>\x1b", "Link": render.NewLink("a&b", "https://example.org/?a=\"")}
	const want = `<p>&lt;b&gt;␛</p><a href="https://example.org/?a=%22" rel="noreferrer">a&amp;b</a> 2 sets 1,000 X abc… 2 1.2`
	var b bytes.Buffer
	if err := render.Execute(&b, pages, "page", data); err != nil || b.String() != want {
		t.Errorf("page: %s, %v\nwant %s", b.String(), err, want)
	}
	part, err := render.Fragment(pages, "link", render.NewLink("<x>", "ftp://x"))
	if err != nil || string(part) != "&lt;x&gt;" {
		t.Errorf("part: %s, %v", part, err)
	}
	if err := render.Execute(&b, pages, "none", nil); err == nil {
		t.Error("a page that is not there is written")
	}
	if err := render.Execute(failing{}, pages, "page", data); !errors.Is(err, errFull) {
		t.Errorf("a full disk: %v", err)
	}
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }
