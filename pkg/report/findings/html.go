package findings

import (
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// HTML writes one page that stands alone: nothing comes from outside, and its
// policy lets no script run but its own, which hides what the reader does not
// look for. Without scripts everything is shown. Light and dark follow the
// setting of the reader; printed, it is all there.
type HTML struct{}

// pageScript hides the findings that the form does not ask for. It looks at
// the classes and the text of the page alone, and writes none of them back. What
// follows a # in the address is what the form asks for first.
const pageScript = `
const form = document.querySelector("form"), none = document.getElementById("none");
function apply() {
  const words = form.search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const section of document.querySelectorAll("section")) {
    let here = 0;
    for (const a of section.querySelectorAll("article")) {
      const text = (section.dataset.file + " " + a.textContent).toLowerCase();
      a.hidden = !form[a.className].checked || !words.every(w => text.includes(w));
      here += a.hidden ? 0 : 1;
    }
    section.hidden = here === 0;
    shown += here;
  }
  none.hidden = shown > 0;
}
form.hidden = false;
form.addEventListener("input", apply);
form.addEventListener("submit", e => e.preventDefault());
try {
  form.search.value = decodeURIComponent(location.hash.slice(1));
} catch { /* no text: everything is shown */ }
apply();
`

// Report implements [Reporter].
func (HTML) Report(w io.Writer, r Result) error {
	hw := &Page{Writer: bufio.NewWriter(w), Result: r, Heading: "h3"}
	sum := sha256.Sum256([]byte(pageScript))
	fmt.Fprintf(hw, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'">
<title>scaleset lint</title>
<style>
%s</style>
</head>
<body>
<main>
<h1>scaleset lint</h1>
<p class="lead">%s</p>
`, base64.StdEncoding.EncodeToString(sum[:]), render.PageCSS, render.Markup(r.Count().String()))
	hw.findings()
	hw.others()
	fmt.Fprintf(hw, "</main>\n<script>%s</script>\n</body>\n</html>\n", pageScript)
	return hw.Flush()
}

// A Page writes findings into a page of HTML.
type Page struct {
	*bufio.Writer
	Result  Result
	Heading string // the element of what a finding says, below the headings around it
}

// form has one box for each kind of finding that the page holds.
func (w *Page) form(all []diag.Diagnostic) {
	count := map[string]int{}
	for i := range all {
		count[kindOf(&all[i])]++
	}
	w.WriteString(`<form hidden><input type="search" name="search" placeholder="Filter by file, rule, resource or text" aria-label="Filter">` + "\n")
	for _, kind := range []string{"error", "warning", "info", "suppressed"} {
		if count[kind] > 0 {
			fmt.Fprintf(w, `<label><input type="checkbox" name="%s" checked> %s (%d)</label>`+"\n", kind, kind, count[kind])
		}
	}
	w.WriteString("</form>\n<p id=\"none\" class=\"soft\" hidden>No finding is like that.</p>\n")
}

// kindOf is the class of a finding, and the name of its box.
func kindOf(d *diag.Diagnostic) string {
	if d.Suppressed != nil {
		return "suppressed"
	}
	return d.Severity.String()
}

func (w *Page) findings() {
	all := w.Result.shown()
	w.form(all)
	file := ""
	for i := range all {
		d := &all[i]
		if path := render.NewRange(d.Subject).Path; path != file || i == 0 {
			if i > 0 {
				w.WriteString("</section>\n")
			}
			file = path
			fmt.Fprintf(w, "<section data-file=\"%s\">\n<h2>%s</h2>\n", render.Markup(file), render.Markup(file))
		}
		w.Finding(d)
	}
	if len(all) > 0 {
		w.WriteString("</section>\n")
	}
}

// Finding writes one finding as an article.
func (w *Page) Finding(d *diag.Diagnostic) {
	fmt.Fprintf(w, "<article class=\"%s\">\n<header><b>%s</b> <%s>%s</%s> %s%s</header>\n",
		kindOf(d), d.Severity, w.Heading, w.text(d.Summary), w.Heading, w.rule(d), soft(linesOf(d.Subject)))
	w.excerpt(d)
	w.paragraph("soft", resourceLine(d))
	if d.ParameterSet != "" {
		w.paragraph("soft", "with the parameters of "+d.ParameterSet)
	}
	w.places(d)
	w.paragraph("", d.Detail)
	for _, f := range d.Fixes {
		w.paragraph("", "Fix: "+f.Message)
	}
	if d.Source != "" {
		fmt.Fprintf(w, "<p class=\"soft\">%s</p>\n", w.link(d.Source, d.Help))
	}
	if s := d.Suppressed; s != nil {
		w.paragraph("soft", "Suppressed ("+s.Kind+"): "+s.Reason)
	}
	w.WriteString("</article>\n")
}

// linesOf says where a range stands in its file.
func linesOf(r source.Range) string {
	switch at := render.NewRange(r); {
	case r.IsZero() || r.File.Len() == 0:
		return ""
	case at.End.Line > at.Start.Line:
		return fmt.Sprintf("lines %d to %d", at.Start.Line, at.End.Line)
	default:
		return fmt.Sprintf("line %d", at.Start.Line)
	}
}

// soft is text beside what matters, and the space before it; "" for none.
func soft(s string) string {
	if s == "" {
		return ""
	}
	return ` <span class="soft">` + s + `</span>`
}

func resourceLine(d *diag.Diagnostic) string {
	return strings.TrimSpace(d.Resource + " " + d.Pointer)
}

// text is a text of a finding, ready for the page.
func (w *Page) text(s string) string { return render.Markup(w.Result.Secrets.Redact(s)) }

func (w *Page) paragraph(class, s string) {
	if s == "" {
		return
	}
	if class != "" {
		class = ` class="` + class + `"`
	}
	fmt.Fprintf(w, "<p%s>%s</p>\n", class, w.text(s))
}

func (w *Page) rule(d *diag.Diagnostic) string {
	return "<code>" + w.link(strings.TrimSpace(string(d.Code)+" "+d.Rule), w.Result.help(d)) + "</code>"
}

// link is text that leads to an address, when that is one of the web.
func (w *Page) link(s, to string) string {
	if !strings.HasPrefix(to, "https://") {
		return w.text(s)
	}
	return `<a href="` + render.Markup(to) + `" rel="noreferrer">` + w.text(s) + `</a>`
}

// excerptWidth is how much of a line is shown; more scrolls.
const excerptWidth = 160

func (w *Page) excerpt(d *diag.Diagnostic) {
	e, ok := newExcerpt(d.Subject, w.Result.Secrets, excerptWidth)
	if !ok {
		return
	}
	before, marked, after := e.parts()
	fmt.Fprintf(w, "<pre><i>%s  </i>%s<mark>%s</mark>%s</pre>\n", strconv.Itoa(e.Line), render.Markup(before), render.Markup(marked), render.Markup(after))
}

// places are the others that belong to a finding, and the way of its value.
func (w *Page) places(d *diag.Diagnostic) {
	if len(d.Related)+len(d.Trail)+len(d.Also) == 0 {
		return
	}
	w.WriteString("<ul>\n")
	for _, s := range d.Trail {
		w.place(trail.Sentence(s), s.Place, d.Subject)
	}
	for _, r := range d.Related {
		w.place(r.Message, r.Range, d.Subject)
	}
	if also := alsoAt(d); also != "" {
		fmt.Fprintf(w, "<li>%s</li>\n", w.text(also))
	}
	w.WriteString("</ul>\n")
}

// place is another place of a finding. In the same file its line is enough, and
// the place of the finding itself needs no telling.
func (w *Page) place(message string, at, subject source.Range) {
	where := ""
	switch {
	case at.IsZero() || at == subject:
	case at.File == subject.File:
		where = soft(linesOf(at))
	default:
		where = " <code>" + render.Markup(render.Place(at)) + "</code>"
	}
	fmt.Fprintf(w, "<li>%s%s</li>\n", w.text(message), where)
}

// others are the files about which nothing is said above.
func (w *Page) others() {
	found := map[string]bool{}
	for _, d := range w.Result.shown() {
		found[render.NewRange(d.Subject).Path] = true
	}
	var clean []string
	for _, f := range w.Result.Files {
		if f.Status == Checked && !found[f.Path] {
			clean = append(clean, f.Path)
		}
	}
	if len(clean) == 0 {
		return
	}
	fmt.Fprintf(w, "<details>\n<summary class=\"soft\">%s without a finding</summary>\n<ul>\n", render.Plural(len(clean), "template"))
	for _, path := range clean {
		fmt.Fprintf(w, "<li><code>%s</code></li>\n", render.Markup(path))
	}
	w.WriteString("</ul>\n</details>\n")
}
