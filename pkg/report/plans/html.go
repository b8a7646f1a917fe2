package plans

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// HTML writes one self-contained page: no scripts, nothing from
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
td.n,th.n{text-align:right}td.w{white-space:nowrap}td.s{min-width:18rem}
code,td.c{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.92em}
.finding{border-left:4px solid var(--soft);background:var(--cell);padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0}
.finding.error{border-color:var(--outline)}.finding.warning{border-color:var(--warn)}
.finding b{text-transform:capitalize}.finding.error b{color:var(--outline)}.finding.warning b{color:var(--warn)}
.finding p{margin:.25rem 0 0}
td.over{color:var(--outline);font-weight:700}
details{margin:.75rem 0}summary{cursor:pointer;color:var(--soft)}
.key span{display:inline-block;padding:0 .5rem;border-radius:4px;margin-right:.6rem;border:1px solid transparent}
.key .k{background:var(--chip)}.key .o{background:var(--out);border:1px dashed var(--outline);color:var(--outline);font-weight:700}.key .i{background:var(--in);border:2px solid var(--inline);color:var(--inline);font-weight:700}.key .x{border:1px dashed var(--inline);color:var(--soft)}
ul{padding-left:1.2rem}a{color:inherit}
svg{display:block;max-width:100%;height:auto;min-width:26rem}
@media (max-width:44rem){main{padding:1.25rem .9rem 3rem}th,td{padding:.35rem .4rem}td.s{min-width:12rem}}
@media print{details>*{display:block}main{max-width:none}}
`

//go:embed page.html
var pageText string

var pageTemplates = lazy.Value[*template.Template]{Of: func() *template.Template { return render.Templates(pictureText, pageText) }}

// Report implements [Reporter].
func (h HTML) Report(w io.Writer, p Preview) error {
	v := &viewer{p.Secrets, h.MaxRows}
	if v.maxRows <= 0 {
		v.maxRows = render.TableRows
	}
	page := pageView{Title: pageTitle(p, v.text), CSS: planPageCSS + CSS, Findings: v.findings(p.Findings)}
	for i, plan := range p.Plans {
		view := v.plan(plan)
		view.Cost = notesView{"Cost", v.texts(costs.Sentences(p.cost(i)))}
		if p.Needs {
			view.Needs = v.needs(plan)
		}
		page.Plans = append(page.Plans, view)
	}
	return render.Execute(w, pageTemplates.Get(), "page", page)
}

// Steps are the steps of a plan as a part of another page, below headings of the
// third level.
func Steps(p *whatif.Plan, secrets *secret.Set) (template.HTML, error) {
	v := &viewer{secrets, render.TableRows}
	return render.Fragment(pageTemplates.Get(), "steps", v.steps(p, true))
}

// The views are what the templates show: texts without secrets, each on one line.
type pageView struct {
	Title    string
	CSS      template.CSS
	Findings []findingView
	Plans    []planView
}

type planView struct {
	ScaleSet, Headline string
	Overview           []overviewRow
	Needs              *needs.View
	Cost               notesView
	stepsView
	Explanations []notesView
	Limits       []limitView
	Basis        notesView
}

type overviewRow struct {
	Number, From, Reached, Removed, Added int
	Summary, Findings                     string
}

type stepsView struct {
	Current *picture // the set as it is, if there are no steps
	Lost    []string // what failures leave of it
	Surplus bool     // a step has a surplus of overprovisioning
	Steps   []stepView
}

type stepView struct {
	Deep      bool // below headings of the third level
	Heading   string
	Picture   picture
	Findings  []findingView
	Notes     []string
	Instances *tableView
}

type tableView struct {
	Summary string
	Header  []string
	Rows    [][]string
	Left    int // rows that are not shown
}

type findingView struct {
	Severity, Summary, Code, Detail, Place string
	Source                                 *render.Link
}

type notesView struct {
	Title string
	Lines []string
}

type limitView struct {
	Name    string
	First   int
	Because render.Link
}

// A viewer makes views.
type viewer struct {
	secrets *secret.Set
	maxRows int
}

func (v *viewer) text(s string) string { return render.Neutral(v.secrets.Redact(s)) }

func (v *viewer) texts(all []string) (out []string) {
	for _, s := range all {
		out = append(out, v.text(s))
	}
	return out
}

func (v *viewer) plan(p *whatif.Plan) planView {
	view := planView{ScaleSet: v.text(p.ScaleSet), Headline: render.Sentence(v.text(p.Headline())), stepsView: v.steps(p, false), Basis: notesView{"What this is based on", v.texts(p.Notes)}}
	for i := range p.Steps {
		s := &p.Steps[i]
		view.Overview = append(view.Overview, overviewRow{i + 1, s.From, s.Reached, len(s.Removed), len(s.Added), v.text(planSummary(p, s)), findingCounts(s.Findings)})
	}
	for _, e := range p.Explanations {
		view.Explanations = append(view.Explanations, notesView{v.text(e.Name), v.texts(e.Lines)})
	}
	for _, l := range p.Limits {
		view.Limits = append(view.Limits, limitView{v.text(l.Name), l.First(), render.NewLink(v.text(render.Thousands(l.Max)+" is "+l.Reason), l.Says.Link())})
	}
	return view
}

// needs is the table of what each capacity needs, without secrets.
func (v *viewer) needs(p *whatif.Plan) *needs.View {
	view := needs.NewView(p.Needs())
	for i := range view.Rows {
		view.Rows[i].Name, view.Rows[i].Available = v.text(view.Rows[i].Name), v.text(view.Rows[i].Available)
	}
	return &view
}

func (v *viewer) steps(p *whatif.Plan, deep bool) (view stepsView) {
	pictures := drawPlan(p, v.text)
	if len(p.Steps) == 0 {
		pictures[0].Label = "The scale set now"
		view.Current = &pictures[0]
		view.Lost = v.texts(p.Lost.Sentences())
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		step := stepView{Deep: deep, Heading: fmt.Sprintf("%s → %s %s", render.Thousands(s.From), render.Thousands(s.To), verbCount(s)), Picture: pictures[i],
			Findings: v.findings(s.Findings), Notes: v.texts(append(s.Lost.Sentences(), s.Notes...)), Instances: v.instances(p, s)}
		step.Picture.Label = fmt.Sprintf("Step %d: %s to %s", i+1, render.Thousands(s.From), render.Thousands(s.To))
		if deep {
			step.Picture.Label = fmt.Sprintf("%d to %d", s.From, s.To)
		}
		view.Steps = append(view.Steps, step)
		view.Surplus = view.Surplus || len(s.Surplus) > 0
	}
	return view
}

func (v *viewer) findings(l diag.List) (all []findingView) {
	for i := range l {
		d := &l[i]
		f := findingView{Severity: d.Severity.String(), Summary: v.text(d.Summary), Code: string(d.Code), Detail: v.text(d.Detail)}
		if !d.Subject.IsZero() {
			f.Place = render.Place(d.Subject)
		}
		if d.Source != "" {
			link := render.NewLink(v.text(d.Source), d.Help)
			f.Source = &link
		}
		all = append(all, f)
	}
	return all
}

// instances is the folded table of what a step adds or removes; nil for nothing.
func (v *viewer) instances(p *whatif.Plan, s *whatif.Step) *tableView {
	in := moved(s)
	if len(in) == 0 {
		return nil
	}
	header, extra := planTableHeader(p)
	t := &tableView{Summary: render.Sentence(verbCount(s)), Header: header, Left: max(0, len(in)-v.maxRows)}
	for i := range in[:min(len(in), v.maxRows)] {
		t.Rows = append(t.Rows, v.texts(planTableRow(p, &in[i], extra)))
	}
	return t
}
