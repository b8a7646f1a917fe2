package findings

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// A page is what a reader sees of Markdown: its headings and the rows of its
// tables, line breaks as "\n".
type page struct {
	headings []string
	rows     [][]string
}

// rendered gives a page of GitHub Flavored Markdown, with HTML let through, so
// that it would be seen. It fails for every element but those that our writers
// make, and for links that do not show where they lead, except those of pages.
func rendered(t *testing.T, markdown []byte, pages ...string) page {
	t.Helper()
	var out bytes.Buffer
	gfm := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := gfm.Convert(markdown, &out); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(&out)
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var p page
	var text strings.Builder
	href := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p
		} else if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.CharData:
			text.Write(e)
			if shown := string(e); href != "" && shown != href && !slices.Contains(pages, href) {
				t.Errorf("%q leads to %s", shown, href)
			}
		case xml.StartElement:
			switch name := e.Name.Local; name {
			case "br":
				text.WriteByte('\n')
			case "a":
				href = e.Attr[0].Value
			case "tr":
				p.rows = append(p.rows, nil)
				text.Reset()
			case "h2", "h3", "p", "table", "thead", "tbody", "th", "td", "strong", "code", "ul", "li":
				text.Reset()
			default:
				t.Errorf("an element <%s>", name)
			}
		case xml.EndElement:
			last := len(p.rows) - 1
			switch e.Name.Local {
			case "a":
				href = ""
			case "h2", "h3":
				p.headings = append(p.headings, text.String())
			case "th", "td":
				p.rows[last] = append(p.rows[last], strings.TrimSpace(text.String()))
			}
		case xml.Comment, xml.ProcInst, xml.Directive:
			t.Errorf("%v in the page", e)
		}
	}
}

// Whatever names and texts are, each finding is one row of four cells that says
// them, below the name of its file.
func TestMarkdownIsReadAsMeant(t *testing.T) {
	r := hostileResult()
	for i, text := range []string{"a | b", "`c", "**d** _e_ ~~f~~", "<b>g</b><!-- h", "[i](javascript:j)", "![k](https://l.example/m.png)", "# n", "> o", "- p", "1. q", "```", "&lt;r&#124;", `\| s \`, "@t #1", "---", "http://u.example", "<https://v.example>", "|", "$a$ :smile:"} {
		d := &r.Findings[i]
		d.Summary, d.Detail, d.Rule, d.ParameterSet = text, text, text, text
	}
	for i := range r.Findings {
		r.Findings[i].Help = "https://example.org/" + strconv.Itoa(i)
	}
	var b bytes.Buffer
	if err := (Markdown{}).Report(&b, r); err != nil {
		t.Fatal(err)
	}
	pages := make([]string, len(r.Findings))
	for i := range pages {
		pages[i] = r.Findings[i].Help
	}
	got := rendered(t, b.Bytes(), pages...)
	var want page
	spaces := func(s string) string { return render.Neutral(strings.Join(strings.Fields(s), " ")) }
	want.headings = []string{"scaleset lint"}
	for i := range r.Findings {
		d := &r.Findings[i]
		path := d.Subject.File.Path()
		if i == 0 || path != r.Findings[i-1].Subject.File.Path() {
			want.headings = append(want.headings, render.Neutral(path))
			want.rows = append(want.rows, []string{"severity", "line", "finding", "rule"})
		}
		lines := []string{spaces(d.Summary)}
		if d.ParameterSet != "" {
			lines = append(lines, "with the parameters of "+spaces(d.ParameterSet))
		}
		if d.Detail != "" {
			lines = append(lines, spaces(d.Detail))
		}
		want.rows = append(want.rows, []string{d.Severity.String(), "2", strings.TrimSpace(strings.Join(lines, "\n")), strings.TrimSpace("SS4001 " + d.Rule)})
	}
	if len(got.headings) != len(want.headings) || len(got.rows) != len(want.rows) {
		t.Fatalf("%d headings and %d rows, want %d and %d", len(got.headings), len(got.rows), len(want.headings), len(want.rows))
	}
	for i := range want.headings {
		if diff := cmp.Diff(strings.TrimSpace(want.headings[i]), strings.TrimSpace(got.headings[i])); diff != "" {
			t.Errorf("heading %d (-want +got):\n%s", i, diff)
		}
	}
	for i := range want.rows {
		if diff := cmp.Diff(want.rows[i], got.rows[i]); diff != "" {
			t.Errorf("row %d (-want +got):\n%s", i, diff)
		}
	}
}
