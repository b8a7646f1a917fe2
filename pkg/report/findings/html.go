package findings

import (
	"crypto/sha256"
	_ "embed" // the page
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// HTML writes one self-contained page: it loads nothing, and its
// policy lets no script run but its own, which hides what the reader does not
// look for. Without scripts everything is shown. Light and dark follow the
// setting of the reader; printed, it is all there.
type HTML struct{}

//go:embed page.html
var pageText string

var pageTemplates = lazy.Value[*template.Template]{Of: func() *template.Template { return render.Templates(pageText) }}

// pageScript hides the findings that the form does not select. It looks at
// the classes and the text of the page alone, and writes none of them back. What
// follows a # in the address is the first selection of the form.
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
function follow() {
  try {
    form.search.value = decodeURIComponent(location.hash.slice(1));
  } catch { /* not a text: everything is shown */ }
  apply();
}
addEventListener("hashchange", follow);
follow();
`

// A pageView is what the template "page" shows.
type pageView struct {
	CSS      template.CSS
	Script   template.JS
	Hash     string // of the script, for the policy
	Counts   string
	Narrowed string
	Packs    string // "" for none
	ByRule   []ruleCount
	Kinds    []kindCount // a box for each kind of finding that the page holds
	Sections []section
	Clean    []string // the files about which nothing is said
}

// A ruleCount is how many findings of a severity a rule has. Query is what the filter
// shows them by.
type ruleCount struct {
	Severity, Count, Rule, Query string
}

// maxRuleCounts is how many rules of a severity the page counts.
const maxRuleCounts = 100

// pageCounts splits the counts by rule, errors first.
func (r Result) pageCounts() (all []ruleCount) {
	for _, s := range r.ruleCounts(maxRuleCounts) {
		for _, text := range s.Rules {
			count, rule, _ := strings.Cut(text, " ")
			code, _, _ := strings.Cut(rule, " ")
			if count == "and" {
				count, rule, code = "", text, ""
			}
			all = append(all, ruleCount{map[string]string{"errors": "error", "warnings": "warning", "info": "info"}[s.Title], count, rule, code})
		}
	}
	return all
}

type kindCount struct {
	Name  string
	Count int
}

// A section is the findings of one file.
type section struct {
	File     string
	Articles []Article
}

// An Article is a finding as the template "finding" shows it, without secrets.
type Article struct {
	Kind, Severity, Summary string
	Deep                    bool // below headings of the third level
	Rule                    render.Link
	Lines                   string
	Excerpt                 *excerptView
	About                   []string // the resource, the parameter file
	Places                  []placeView
	Advice                  []string
	Source                  *render.Link
	Suppressed              string
}

type excerptView struct {
	Line                  int
	Before, Marked, After string
}

type placeView struct {
	Text, Where string
	Elsewhere   bool // in another file
}

// Report implements [Reporter].
func (HTML) Report(w io.Writer, r Result) error {
	sum := sha256.Sum256([]byte(pageScript))
	p := pageView{CSS: render.PageCSS, Script: pageScript, Hash: base64.StdEncoding.EncodeToString(sum[:]), Counts: r.Count().String(), ByRule: r.pageCounts(), Clean: r.clean()}
	p.Packs = r.packs()
	if r.Narrowed != nil {
		p.Narrowed = r.shownText(r.Narrowed.String())
	}
	count := map[string]int{}
	file := ""
	for i, d := range forPage(r.shown()) {
		path := render.NewRange(d.Subject).Path
		if i == 0 || path != file {
			file = path
			p.Sections = append(p.Sections, section{File: render.Neutral(path)})
		}
		last := &p.Sections[len(p.Sections)-1]
		last.Articles = append(last.Articles, r.article(&d, false))
		count[kindOf(&d)]++
	}
	for _, kind := range []string{"error", "warning", "info", "suppressed"} {
		if count[kind] > 0 {
			p.Kinds = append(p.Kinds, kindCount{kind, count[kind]})
		}
	}
	return render.Execute(w, pageTemplates.Get(), "page", p)
}

// Article is a finding as a part of another page, below headings of the third level.
func (r Result) Article(d *diag.Diagnostic) (template.HTML, error) {
	return render.Fragment(pageTemplates.Get(), "finding", r.article(d, true))
}

// kindOf is the class of a finding, and the name of its box.
func kindOf(d *diag.Diagnostic) string {
	if d.Suppressed != nil {
		return "suppressed"
	}
	return d.Severity.String()
}

// shownText is a text of a finding on one line, without secrets.
func (r Result) shownText(text string) string { return render.Neutral(r.Secrets.Redact(text)) }

func (r Result) article(d *diag.Diagnostic, deep bool) Article {
	r = r.about(d)
	redact := r.shownText
	a := Article{
		Kind: kindOf(d), Severity: d.Severity.String(), Summary: redact(d.Summary), Deep: deep, Lines: linesOf(d.Subject), Excerpt: r.excerpt(d),
		Rule: render.NewLink(redact(strings.TrimSpace(string(d.Code)+" "+d.Rule)), r.help(d)), Places: r.places(d),
	}
	add := func(to *[]string, text string) {
		if text != "" {
			*to = append(*to, redact(text))
		}
	}
	add(&a.About, strings.TrimSpace(d.Resource+" "+d.Pointer))
	add(&a.About, declaredAs(d))
	add(&a.About, producedBy(d))
	add(&a.Advice, d.Detail)
	for _, f := range d.Fixes {
		add(&a.Advice, "Fix: "+f.Message)
	}
	if d.Source != "" {
		link := render.NewLink(redact(d.Source), d.Help)
		a.Source = &link
	}
	if s := d.Suppressed; s != nil {
		a.Suppressed = redact("Suppressed (" + s.Kind + "): " + s.Reason)
	}
	return a
}

// linesOf says where a range is in its file.
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

// excerptWidth is how much of a line is shown; more scrolls.
const excerptWidth = 160

func (r Result) excerpt(d *diag.Diagnostic) *excerptView {
	e, ok := newExcerpt(d.Subject, r.Secrets, excerptWidth)
	if !ok {
		return nil
	}
	before, marked, after := e.parts()
	before = strings.TrimLeft(before, " ") // the indentation would push the text out of a narrow page
	return &excerptView{e.Line, before, marked, after}
}

// places lists the trail of the value of a finding, then the others that belong to it.
// In the same file a line is enough, and the place of the finding itself needs no
// telling.
func (r Result) places(d *diag.Diagnostic) (all []placeView) {
	add := func(message string, at source.Range) {
		p := placeView{Text: r.shownText(message)}
		switch {
		case at.IsZero() || at == d.Subject:
		case at.File == d.Subject.File:
			p.Where = linesOf(at)
		default:
			p.Where, p.Elsewhere = render.Place(at), true
		}
		all = append(all, p)
	}
	for _, s := range d.Trail {
		add(trail.Sentence(s), s.Place)
	}
	for _, related := range d.Related {
		add(related.Message, related.Range)
	}
	if also := alsoAt(d); also != "" {
		all = append(all, placeView{Text: also})
	}
	return all
}

// clean are the files about which nothing is said.
func (r Result) clean() (paths []string) {
	found := map[string]bool{}
	for _, d := range r.shown() {
		found[render.NewRange(d.Subject).Path] = true
	}
	for _, f := range r.Files {
		if f.Status == Checked && !found[f.Path] {
			paths = append(paths, render.Neutral(f.Path))
		}
	}
	return paths
}
