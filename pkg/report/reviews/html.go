package reviews

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/comparisons"
	"github.com/scaleset/scaleset/pkg/report/connections"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/report/plans"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/rollouts"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// reviewCSS adds to the style of the other pages.
const reviewCSS = `:root{--edge:#8793a2;--set:#1f6feb;--setfill:#e8f1ff;--good:#1b7f3b;--goodfill:#d8f0df;--badfill:#fbe0dd;--warnfill:#fdf0d0;--chip:#dfe6ee;--out:#fbe0dd;--outline:#b3261e;--in:#d8f0df;--inline:#1b7f3b;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--edge:#6b7787;--set:#6cb0ff;--setfill:#14273f;--good:#6fd694;--goodfill:#173a25;--badfill:#46211f;--warnfill:#3d300f;--chip:#2f3947;--out:#46211f;--outline:#ff8f85;--in:#173a25;--inline:#6fd694;--warn:#f0b849}}
main{max-width:72rem}
h1,code,p,li{overflow-wrap:anywhere}h2{font-size:1.3rem;margin:2.75rem 0 .75rem;padding-top:1.25rem;border-top:1px solid var(--line)}h3{font-size:1.1rem;margin:1.75rem 0 .5rem;overflow-wrap:anywhere}h4{font-size:.95rem;margin:1.25rem 0 .4rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin:1rem 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(7.4rem,1fr));gap:.6rem;margin:1.25rem 0}
.tile{border:1px solid var(--line);border-radius:8px;padding:.6rem .9rem;background:var(--cell)}
.tile b{display:block;font-size:1.5rem;line-height:1.3}.tile span{color:var(--soft);font-size:.9rem}
.tile.bad{border-color:var(--error);background:var(--badfill)}.tile.bad b{color:var(--error)}
.tile.warn{border-color:var(--warning);background:var(--warnfill)}.tile.warn b{color:var(--warning)}
.tile.good b{color:var(--good)}
.verdict{border:1px solid var(--line);border-left:6px solid var(--good);border-radius:6px;padding:.7rem 1rem;margin:1rem 0;background:var(--cell)}
.verdict p{margin:0}.verdict ul{margin:.4rem 0 0;padding-left:1.2rem}.verdict.bad{border-left-color:var(--error);background:var(--badfill)}.verdict.warn{border-left-color:var(--warning);background:var(--warnfill)}
.scroll{overflow-x:auto;background:linear-gradient(to right,var(--bg) 40%,transparent) left/3rem 100% no-repeat local,linear-gradient(to left,var(--bg) 40%,transparent) right/3rem 100% no-repeat local,linear-gradient(to right,var(--line),transparent) left/1rem 100% no-repeat scroll,linear-gradient(to left,var(--line),transparent) right/1rem 100% no-repeat scroll}
.changed{margin-left:.4em}
table{border-collapse:collapse;width:100%;margin:.75rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}th{color:var(--soft);font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right}tfoot td{font-weight:600}tfoot td.soft{font-weight:400}td.w{white-space:nowrap}td .soft{font-size:.88em}td.n .soft{white-space:nowrap}
.groups{columns:19rem;column-gap:2.5rem}.groups section{break-inside:avoid}.groups h4{margin-top:0}.groups dl{margin-bottom:1.25rem}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.2rem .9rem;margin:.25rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.tag{font-size:.78em;color:var(--soft);border:1px solid var(--line);border-radius:4px;padding:0 .35em;margin-left:.3em;white-space:nowrap}
.class{display:inline-block;max-width:100%;box-sizing:border-box;border-radius:4px;padding:0 .45em;background:var(--cell);border:1px solid var(--line);white-space:nowrap;font-size:.9em}
.class.bad{background:var(--badfill);border-color:var(--error);color:var(--error);font-weight:600}.class.warn{background:var(--warnfill);border-color:var(--warning);color:var(--warning);font-weight:600}.class.good{background:var(--goodfill);border-color:var(--good);color:var(--good)}
.bar{position:relative;height:.85rem;min-width:8rem;background:var(--cell);border:1px solid var(--line);border-radius:4px;overflow:hidden}
.bar i{position:absolute;inset:0 auto 0 0;background:var(--set)}.bar i.most{background:var(--set);opacity:.35}.bar.full i{background:var(--error)}.bar.near i{background:var(--warning)}
svg{display:block;height:auto}svg.graph{max-width:none}svg.plan{max-width:none}
.key span{display:inline-block;padding:0 .5rem;border-radius:4px;margin-right:.6rem;border:1px solid transparent}
.key .k{background:var(--chip)}.key .o{background:var(--out);border:1px dashed var(--outline);color:var(--outline);font-weight:700}.key .i{background:var(--in);border:2px solid var(--inline);color:var(--inline);font-weight:700}.key .x{border:1px dashed var(--inline);color:var(--soft)}
.finding{border-left:4px solid var(--soft);background:var(--cell);padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0}.finding.error{border-color:var(--error)}.finding.warning{border-color:var(--warning)}.finding p{margin:.25rem 0 0}
details{margin:.75rem 0}summary{cursor:pointer;color:var(--soft)}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
@media screen and (max-width:40rem){main{padding:1.25rem .9rem 3rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}.tiles{grid-template-columns:repeat(auto-fit,minmax(6.5rem,1fr))}
table.stack,.stack tbody,.stack tfoot,.stack tr,.stack td{display:block}.stack thead{display:none}.stack tr{border-bottom:1px solid var(--line);padding:.5rem 0}.stack td{border:0;padding:.1rem 0;text-align:left;white-space:normal}.stack td.key{font-weight:600}.class{white-space:normal}.stack td[data-l]::before{content:attr(data-l) ": ";color:var(--soft)}}
@media print{:root{--bg:#fff;--ink:#000}body{font-size:11px}main{max-width:none;padding:0}nav{display:none}.tile,.verdict,.finding,tr,section{break-inside:avoid}h2,h3,h4,summary{break-after:avoid}h2{margin-top:1.25rem}.tiles{grid-template-columns:repeat(8,1fr)}.tile{padding:.3rem .5rem}.tile b{font-size:1.1rem}.scroll{overflow:visible;background:none}svg.graph,svg.plan{max-width:100%;max-height:11cm}td[data-l=before],td[data-l=after]{min-width:8rem}pre{white-space:pre-wrap;overflow:visible}details>*{display:block}details::details-content{content-visibility:visible;display:block}a{text-decoration:none}}
`

//go:embed page.html
var pageText string

var pageTemplates = lazy.Value[*template.Template]{Of: func() *template.Template { return render.Templates(pageText) }}

// The views are what the templates show: texts without secrets, each on one line.
type pageView struct {
	Template, Lead, Version string
	CSS                     template.CSS
	Verdict                 verdict
	Tiles                   []tile
	Graph                   template.HTML
	OpenResources           bool
	Resources               []resourceView
	MoreResources           int
	Footprints              []footprintView
	Total                   footprintView
	Sets                    []setView
	Exposure                []openingView
	Reaches                 []*connect.Set
	Parameters              []parameterView
	MoreParameters          int
	Plans                   []planView
	Findings                []findingsView
	Changes                 *changesView
	Rollouts                []rolloutView
	Assumed                 []expansions.Assumed
	Assumptions             []string
	Unknown                 []unknownView
}

// A rolloutView is the plan of one scale set, or the reason why there is none.
type rolloutView struct {
	Name, Why string
	Plan      template.HTML
}

type tile struct{ Class, Number, Noun string }

type resourceView struct {
	Type                 []string // in parts between which a line may break
	Name, APIVersion, At string
	Conditional          bool
}

// A setView is the facts of one set, or of several that are equal.
type setView struct {
	Title  string
	Groups []review.Group
}

// A planView is the capacity of one set, or of several that are equal.
type planView struct {
	Title    string
	WhyNot   string
	Headline string
	Steps    template.HTML
	Losses   []string
	Bars     []barView
}

type barView struct {
	Name, Class, Most, Share string // widths in percent
	Now, Autoscale, Max      int
	Because                  render.Link
}

type findingsView struct {
	Title    string
	Folded   bool
	Articles []template.HTML
}

type changesView struct {
	From, Mode string
	Same       int
	Any        bool
	Guards     []guardView
	Resources  []changedView
}

type guardView struct{ Severity, ScaleSet, Text, Advice string }

type changedView struct {
	Title, Tone, Words, Note string
	HasTable                 bool
	Rows                     []changeView
}

type changeView struct {
	Path                []string // in parts between which a line may break
	Old, New            sideView
	Tone, Words, Reason string
	Rule                render.Link
}

type sideView struct {
	Value, At       string
	Absent, Default bool
}

type unknownView struct{ Expression, Reason, Of string }

// WriteHTML writes the review as one self-contained page: no script at all,
// nothing from outside, light and dark by the setting of the reader, readable on
// a narrow screen and on paper.
func (d Document) WriteHTML(w io.Writer) error {
	v, err := d.page()
	if err != nil {
		return err
	}
	return render.Execute(w, pageTemplates.Get(), "page", v)
}

func (d Document) text(s string) string { return render.Neutral(d.Secrets.Redact(s)) }

// openResources is how many resources are listed before the list is folded.
const openResources = 15

// pictureMax is the most resources of a picture in a page.
const pictureMax = 60

func (d Document) page() (v pageView, err error) {
	r := d.Review
	v = pageView{
		Template: d.text(r.Template), Lead: d.text(d.lead()), Version: d.Version, CSS: render.PageCSS + rollouts.CSS + reviewCSS + plans.CSS + graphs.Style, Tiles: d.tiles(), Verdict: d.judgement(),
		OpenResources: len(r.Deployment.Resources) <= openResources, MoreResources: max(0, len(r.Deployment.Resources)-render.TableRows), Changes: d.changes(),
	}
	if v.Graph, err = graphs.Picture(d.picture(), graphs.SVG{Bare: true, MaxNodes: pictureMax, Mark: d.mark()}); err != nil {
		return v, err
	}
	for _, res := range r.Deployment.Resources[:len(r.Deployment.Resources)-v.MoreResources] {
		v.Resources = append(v.Resources, resourceView{strings.SplitAfter(d.text(res.Type), "/"), d.text(render.Clip(res.Name, render.ValueMax)), d.text(res.APIVersion), d.near(render.Place(res.Declared)), res.Conditional})
	}
	for _, same := range d.alike() {
		v.Sets = append(v.Sets, setView{d.titleOf(same), d.shownGroups(&r.Sets[same[0]])})
	}
	for i := range r.Sets {
		if s := &r.Sets[i]; s.Reach != nil {
			v.Reaches = append(v.Reaches, &connections.Mapped([]connect.Set{*s.Reach}, d.text)[0])
		}
	}
	if v.Plans, err = d.plans(); err != nil {
		return v, err
	}
	if v.Rollouts, err = d.rollouts(); err != nil {
		return v, err
	}
	v.Footprints, v.Total = d.footprints()
	v.Exposure = d.exposure()
	v.Parameters = d.parameters()
	if v.MoreParameters = max(0, len(v.Parameters)-render.TableRows); v.MoreParameters > 0 {
		v.Parameters = v.Parameters[:render.TableRows]
	}
	if v.Findings, err = d.judged(); err != nil {
		return v, err
	}
	for _, m := range d.Assumed {
		v.Assumed = append(v.Assumed, expansions.Assumed{Name: d.text(m.Name), Value: d.text(m.Value)})
	}
	for _, a := range redactAll(d, r.Assumptions) {
		v.Assumptions = append(v.Assumptions, render.Neutral(a))
	}
	for _, u := range d.unknowns() {
		of := u.Resource
		if u.Count > 1 {
			of += fmt.Sprintf(" and %d more values", u.Count-1)
		}
		v.Unknown = append(v.Unknown, unknownView{d.text(render.Clip(u.Expression, 2*render.ValueMax)), d.text(u.Reason), d.text(render.Clip(of, render.ValueMax))})
	}
	return v, nil
}

// rollouts are the plans of the sets, equal ones once; none without a comparison.
func (d Document) rollouts() (all []rolloutView, err error) {
	if d.Review.Diff == nil {
		return nil, nil
	}
	views := make([]rolloutView, len(d.Review.Sets))
	for i := range d.Review.Sets {
		s := &d.Review.Sets[i]
		switch {
		case s.Rollout != nil:
			if views[i].Plan, err = rollouts.Fragment(s.Rollout, d.Secrets); err != nil {
				return nil, err
			}
		case s.WhyNoRollout != "":
			views[i].Why = render.Sentence(d.text(s.WhyNoRollout)) + "."
		default:
			views[i].Why = "New scale set: its instances are created with the model in the template."
		}
	}
	for _, same := range d.merged(func(i int) any { return views[i] }) {
		view := views[same[0]]
		view.Name = d.titleOf(same)
		all = append(all, view)
	}
	return all, nil
}

func (d Document) tiles() (all []tile) {
	add := func(n int, noun, some, none string) {
		class := some
		if n == 0 {
			class = none
		}
		if n != 1 {
			noun += "s"
		}
		all = append(all, tile{class, render.Thousands(n), noun})
	}
	errors, warnings, infos := d.Review.Counts()
	add(errors, "error", "bad", "good")
	add(warnings, "warning", "warn", "good")
	all = append(all, tile{"", render.Thousands(infos), "info"})
	if d.Review.Diff != nil {
		add(d.Review.Refused(), "rejected change", "bad", "good")
	}
	if n, ok := d.Review.NewFindings(); ok {
		add(n, "new finding", "", "")
	}
	add(len(d.Review.Deployment.Resources), "resource", "", "")
	add(len(d.Review.Sets), "scale set", "", "")
	if total := d.Review.Total(); total.Cores > 0 {
		add(total.Cores, "core", "", "")
	}
	return all
}

// lead says which parameters and which other template the review is about.
func (d Document) lead() string {
	r := d.Review
	var parts []string
	if r.ParameterFile != "" {
		parts = append(parts, "with the parameters of "+r.ParameterFile)
	}
	if r.Diff != nil {
		parts = append(parts, "compared with "+r.Diff.Old.Name)
	}
	if len(parts) == 0 {
		return "With the defaults of its parameters."
	}
	return render.Sentence(strings.Join(parts, ", ")) + "."
}

// near shortens a place, "path:line:col", to its line and column in the template itself.
func (d Document) near(at string) string {
	if rest, ok := strings.CutPrefix(at, render.Neutral(d.Review.Template)+":"); ok {
		return "line " + rest
	}
	return at
}

// shownGroups are the facts of a set, as text of one line.
func (d Document) shownGroups(s *review.Set) (all []review.Group) {
	for _, g := range s.Facts {
		shown := review.Group{Title: d.text(g.Title)}
		for _, f := range g.Facts {
			f.Name, f.Value, f.At = d.text(f.Name), d.text(f.Value), d.text(f.At)
			shown.Facts = append(shown.Facts, f)
		}
		all = append(all, shown)
	}
	return all
}

// plans are the previews of the capacity, equal ones once.
func (d Document) plans() (all []planView, err error) {
	same, err := d.samePlans()
	if err != nil {
		return nil, err
	}
	for _, sets := range same {
		view, err := d.plan(&d.Review.Sets[sets[0]])
		if err != nil {
			return nil, err
		}
		view.Title = d.titleOf(sets)
		all = append(all, view)
	}
	return all, nil
}

// samePlans groups the sets whose previews are equal.
func (d Document) samePlans() ([][]int, error) {
	views := make([]planView, len(d.Review.Sets))
	for i := range d.Review.Sets {
		var err error
		if views[i], err = d.plan(&d.Review.Sets[i]); err != nil {
			return nil, err
		}
	}
	return d.merged(func(i int) any { return views[i] }), nil
}

func (d Document) plan(s *review.Set) (v planView, err error) {
	if s.Plan == nil {
		v.WhyNot = d.text(s.WhyNot)
		return v, nil
	}
	v.Headline = render.Sentence(d.text(s.Plan.Headline()))
	for _, l := range s.Losses {
		v.Losses = append(v.Losses, lossText(l))
	}
	for _, b := range s.Bars {
		v.Bars = append(v.Bars, d.bar(b))
	}
	v.Steps, err = plans.Steps(s.Plan, d.Secrets)
	return v, err
}

func (d Document) bar(b review.Bar) barView {
	share := b.Share()
	v := barView{Name: d.text(b.Limit.Name), Share: percent(share), Now: b.Now, Autoscale: b.Most, Max: b.Limit.Max, Because: render.NewLink(d.text(b.Limit.Reason), b.Limit.Says.Link())}
	switch {
	case share > 1:
		v.Class = " full"
	case share > 0.8:
		v.Class = " near"
	}
	if b.Most > b.Now && b.Limit.Max > 0 {
		v.Most = percent(float64(b.Most) / float64(b.Limit.Max))
	}
	return v
}

// percent is a share in percent, at most 100.
func percent(share float64) string { return fmt.Sprintf("%.1f", min(100*share, 100)) }

// judged are the findings in the order of findingGroups, those of severity info folded.
func (d Document) judged() (all []findingsView, err error) {
	result := d.result()
	for _, g := range d.findingGroups() {
		v := findingsView{Title: g.title, Folded: g.severity == diag.Info || g.existing && g.severity < diag.Error}
		for _, i := range g.indexes {
			article, err := result.Article(&d.Review.Findings[i])
			if err != nil {
				return nil, err
			}
			v.Articles = append(v.Articles, article)
		}
		all = append(all, v)
	}
	return all, nil
}

func classTone(c diff.Class) string {
	switch c {
	case diff.Refused, diff.Removed, diff.Replaced:
		return "bad"
	case diff.Reimage, diff.Restart, diff.Unknown:
		return "warn"
	case diff.Created:
		return "good"
	}
	return ""
}

// changes returns what differs from another template, or nil without one.
func (d Document) changes() *changesView {
	compared := d.Review.Diff
	if compared == nil {
		return nil
	}
	v := &changesView{From: d.text(compared.Old.Name), Mode: comparisons.Mode(compared), Same: compared.Same, Any: d.hasChanges()}
	for _, g := range compared.Guards {
		v.Guards = append(v.Guards, guardView{g.Severity.String(), d.text(g.ScaleSet), d.text(g.Text), d.text(g.Advice)})
	}
	for i := range compared.Resources {
		if r := &compared.Resources[i]; r.Class != diff.NoEffect {
			v.Resources = append(v.Resources, d.changed(r))
		}
	}
	return v
}

func (d Document) changed(r *diff.Resource) changedView {
	v := changedView{Title: d.text(r.Type) + " " + d.text(r.Name), Tone: classTone(r.Class), Words: r.Class.Words(), HasTable: len(r.Changes) > 0}
	if r.Note != "" {
		v.Note = render.Sentence(d.text(r.Note))
	}
	c := d.comparison()
	for i := range r.Changes {
		change := &r.Changes[i]
		if change.Class == diff.NoEffect {
			continue
		}
		v.Rows = append(v.Rows, changeView{
			Path: strings.SplitAfter(d.text(change.Path), "."), Old: side(c, change, change.Old), New: side(c, change, change.New), Tone: classTone(change.Class), Words: change.Words(),
			Reason: d.text(change.Reason), Rule: render.NewLink(change.Rule.Title(), change.Rule.Address()),
		})
	}
	return v
}

func side(c comparisons.Comparison, change *diff.Change, n *expand.Node) sideView {
	v := sideView{Value: render.Neutral(render.Clip(c.Shown(change, n), render.ValueMax)), At: comparisons.NodePlace(n)}
	v.Absent, v.Default = n == nil && change.Default == nil, n == nil && change.Default != nil
	return v
}

func redactAll(d Document, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = render.Sentence(d.Secrets.Redact(s))
	}
	return out
}
