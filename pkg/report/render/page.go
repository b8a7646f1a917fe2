package render

import (
	"bytes"
	"html/template"
	"io"
	"strconv"
	"strings"
)

// Execute writes a page or a picture: the named template with data. Every value in
// it is escaped for its place by html/template, and the whole passes a guard.
func Execute(w io.Writer, t *template.Template, name string, data any) error {
	var b bytes.Buffer
	guard := NewGuard(&b, MarkupText)
	if err := t.ExecuteTemplate(guard, name, data); err != nil {
		return err
	}
	if err := guard.Flush(); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// Fragment returns the named template with data, as a part of another page.
func Fragment(t *template.Template, name string, data any) (template.HTML, error) {
	var b bytes.Buffer
	err := t.ExecuteTemplate(&b, name, data)
	return template.HTML(b.String()), err
}

// A Link is text that leads to an address, when To is not empty.
type Link struct{ Text, To string }

// NewLink returns text with a link, when the address is one of the web.
func NewLink(text, to string) Link {
	if !strings.HasPrefix(to, "https://") {
		to = ""
	}
	return Link{text, to}
}

// Templates parses templates that can use "link" for a [Link].
// Beside it there are the functions ticks, plural, thousands, sentence, clip, and f0 and f1,
// which write a number with so many decimals.
func Templates(texts ...string) *template.Template {
	t := template.Must(template.New("").Funcs(template.FuncMap{
		"plural": Plural, "ticks": ticks, "thousands": Thousands, "sentence": Sentence, "clip": Clip,
		"f0": func(x float64) string { return strconv.FormatFloat(x, 'f', 0, 64) },
		"f1": func(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) },
	}).Parse(linkTemplate))
	for _, text := range texts {
		template.Must(t.Parse(text))
	}
	return t
}

// ticks returns a text in which what is between backticks is code. All of it is escaped.
func ticks(text string) template.HTML {
	parts := strings.Split(text, "`")
	if len(parts)%2 == 0 { // a backtick without a second one
		return template.HTML(template.HTMLEscapeString(text))
	}
	for i, part := range parts {
		if parts[i] = template.HTMLEscapeString(part); i%2 == 1 {
			parts[i] = "<code>" + parts[i] + "</code>"
		}
	}
	return template.HTML(strings.Join(parts, ""))
}

const linkTemplate = `{{define "link"}}{{if .To}}<a href="{{.To}}" rel="noreferrer">{{.Text}}</a>{{else}}{{.Text}}{{end}}{{end}}`
