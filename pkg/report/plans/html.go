package plans

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// HTML writes one page that stands alone: no scripts, nothing from
// outside, light and dark by the setting of the reader, and printable.
type HTML struct {
	// MaxRows bounds the rows of each table of instances; 0 means 200.
	MaxRows int
}

const planPageCSS = `:root{color-scheme:light dark;--bg:#fff;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--cell:#f6f8fa;--chip:#dfe6ee;--out:#fbe0dd;--outline:#b3261e;--in:#d8f0df;--inline:#1b7f3b;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--ink:#e6eaf0;--soft:#9aa6b5;--line:#333c48;--cell:#1a2029;--chip:#2f3947;--out:#46211f;--outline:#ff8f85;--in:#173a25;--inline:#6fd694;--warn:#f0b849}}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:64rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.6rem;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.5rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
p.lead,.soft{color:var(--soft)}p.lead{margin:0 0 1.5rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.75rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.35rem .7rem;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right}td.w{white-space:nowrap}
code,td.c{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
.finding{border-left:4px solid var(--soft);background:var(--cell);padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0}
.finding.error{border-color:var(--outline)}.finding.warning{border-color:var(--warn)}
.finding b{text-transform:capitalize}.finding.error b{color:var(--outline)}.finding.warning b{color:var(--warn)}
.finding p{margin:.25rem 0 0}
details{margin:.75rem 0}summary{cursor:pointer;color:var(--soft)}
.key span{display:inline-block;padding:0 .5rem;border-radius:4px;margin-right:.6rem;border:1px solid transparent}
.key .k{background:var(--chip)}.key .o{background:var(--out);border:1px dashed var(--outline);color:var(--outline);font-weight:700}.key .i{background:var(--in);border:2px solid var(--inline);color:var(--inline);font-weight:700}
ul{padding-left:1.2rem}a{color:inherit}
svg{display:block;max-width:100%;height:auto;min-width:34rem}
@media print{details>*{display:block}main{max-width:none}}
`

// Report implements [Reporter].
func (h HTML) Report(w io.Writer, p Preview) error {
	if h.MaxRows <= 0 {
		h.MaxRows = render.TableRows
	}
	hw := &Page{Writer: bufio.NewWriter(w), Preview: p, MaxRows: h.MaxRows}
	fmt.Fprintf(hw, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>%s</title>
<style>
%s%s</style>
</head>
<body>
<main>
`, svgTitle(p), planPageCSS, CSS)
	for i := range p.Findings {
		hw.Finding(&p.Findings[i])
	}
	for _, plan := range p.Plans {
		hw.plan(plan)
	}
	hw.WriteString("</main>\n</body>\n</html>\n")
	return hw.Flush()
}

// A Page writes plans into a page of HTML.
type Page struct {
	*bufio.Writer
	Preview Preview
	MaxRows int
}

func (w *Page) plan(p *whatif.Plan) {
	fmt.Fprintf(w, "<h1>Capacity preview of %s</h1>\n<p class=\"lead\">%s</p>\n", render.Markup(p.ScaleSet), render.Markup(render.Sentence(p.Headline())))
	if len(p.Steps) > 0 {
		w.overview(p)
		w.WriteString(`<p class="key"><span class="k">12</span>stays &nbsp; <span class="o">-15</span>leaves &nbsp; <span class="i">+20</span>comes</p>` + "\n")
	} else {
		w.Picture(Draw(p)[0], "The set as it stands")
	}
	pictures := Draw(p)
	for i := range p.Steps {
		w.step(p, i, pictures[i])
	}
	w.explanations(p)
	w.limits(p)
	w.notes("What this rests on", p.Notes)
}

func (w *Page) overview(p *whatif.Plan) {
	w.WriteString(`<div class="scroll"><table><thead><tr><th class="n">step</th><th>capacity</th><th class="n">removed</th><th class="n">added</th><th>afterwards</th><th>findings</th></tr></thead><tbody>` + "\n")
	for i := range p.Steps {
		s := &p.Steps[i]
		fmt.Fprintf(w, "<tr><td class=\"n\">%d</td><td class=\"w\">%s → %s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td><td>%s</td></tr>\n",
			i+1, render.Thousands(s.From), render.Thousands(s.Reached), render.Thousands(len(s.Removed)), render.Thousands(len(s.Added)), render.Markup(planSummary(p, s)), findingCounts(s.Findings))
	}
	w.WriteString("</tbody></table></div>\n")
}

func (w *Page) step(p *whatif.Plan, i int, pic picture) {
	s := &p.Steps[i]
	fmt.Fprintf(w, "<h2>%s → %s %s</h2>\n", render.Thousands(s.From), render.Thousands(s.To), VerbCount(s))
	w.Picture(pic, fmt.Sprintf("Step %d: %s to %s", i+1, render.Thousands(s.From), render.Thousands(s.To)))
	for k := range s.Findings {
		w.Finding(&s.Findings[k])
	}
	w.List(s.Notes)
	w.Instances(p, s)
}

// Picture puts the drawing of a step in the page, without its title, which
// the page has as a heading.
func (w *Page) Picture(pic picture, title string) {
	const top = svgHeader - 18
	_, body, _ := strings.Cut(pic.body, "</text>\n")
	if strings.HasPrefix(body, `<text class="note" x="0" y="36">`) {
		_, body, _ = strings.Cut(body, "</text>\n")
	}
	fmt.Fprintf(w, `<div class="scroll"><svg class="plan" role="img" aria-label="%s" width="%.0f" height="%.0f" viewBox="0 %d %.0f %.0f">`+"\n%s</svg></div>\n",
		render.Markup(title), pic.width+4, pic.height-top, top, pic.width+4, pic.height-top, body)
}

// Finding writes a finding about a plan.
func (w *Page) Finding(d *diag.Diagnostic) {
	redact := w.Preview.Secrets.Redact
	fmt.Fprintf(w, `<div class="finding %s"><b>%s</b> %s <code>%s</code>`, d.Severity, d.Severity, render.Markup(redact(d.Summary)), d.Code)
	if d.Detail != "" {
		fmt.Fprintf(w, "<p>%s</p>", render.Markup(redact(d.Detail)))
	}
	if !d.Subject.IsZero() {
		fmt.Fprintf(w, "<p class=\"soft\"><code>%s</code></p>", render.Markup(render.Place(d.Subject)))
	}
	if d.Source != "" {
		fmt.Fprintf(w, "<p class=\"soft\">%s</p>", w.Link(d.Source, d.Help))
	}
	w.WriteString("</div>\n")
}

// Link is text that leads to an address, when that is one of the web.
func (w *Page) Link(text, to string) string {
	if !strings.HasPrefix(to, "https://") {
		return render.Markup(text)
	}
	return `<a href="` + render.Markup(to) + `" rel="noreferrer">` + render.Markup(text) + `</a>`
}

// List writes a list of sentences; nothing for none.
func (w *Page) List(items []string) {
	if len(items) == 0 {
		return
	}
	w.WriteString("<ul>\n")
	for _, n := range items {
		fmt.Fprintf(w, "<li>%s</li>\n", render.Markup(n))
	}
	w.WriteString("</ul>\n")
}

func (w *Page) notes(title string, items []string) {
	if len(items) > 0 {
		fmt.Fprintf(w, "<h2>%s</h2>\n", title)
		w.List(items)
	}
}

// Instances writes the folded table of what a step adds or removes.
func (w *Page) Instances(p *whatif.Plan, s *whatif.Step) {
	in := moved(s)
	if len(in) == 0 {
		return
	}
	header, extra := planTableHeader(p)
	fmt.Fprintf(w, "<details><summary>%s, one by one</summary>\n<div class=\"scroll\"><table><thead><tr><th>%s</th></tr></thead><tbody>\n", render.Sentence(VerbCount(s)), strings.Join(header, "</th><th>"))
	for i := range in[:min(len(in), w.MaxRows)] {
		w.WriteString("<tr>")
		for _, c := range planTableRow(p, &in[i], extra) {
			fmt.Fprintf(w, "<td class=\"c\">%s</td>", render.Markup(c))
		}
		w.WriteString("</tr>\n")
	}
	w.WriteString("</tbody></table></div>\n")
	if n := len(in) - w.MaxRows; n > 0 {
		fmt.Fprintf(w, "<p class=\"soft\">… and %s more.</p>\n", render.Thousands(n))
	}
	w.WriteString("</details>\n")
}

func (w *Page) explanations(p *whatif.Plan) {
	for _, e := range p.Explanations {
		w.notes(render.Markup(e.Name), e.Lines)
	}
}

func (w *Page) limits(p *whatif.Plan) {
	if len(p.Limits) == 0 {
		return
	}
	w.WriteString("<h2>How far it can grow</h2>\n<div class=\"scroll\"><table><thead><tr><th>limit</th><th class=\"n\">breaks at</th><th>because</th></tr></thead><tbody>\n")
	for _, l := range p.Limits {
		fmt.Fprintf(w, "<tr><td>%s</td><td class=\"n\">%s</td><td>%s</td></tr>\n", render.Markup(l.Name), render.Thousands(l.First()), w.Link(render.Thousands(l.Max)+" is "+l.Reason, l.Says.Link()))
	}
	w.WriteString("</tbody></table></div>\n")
}
