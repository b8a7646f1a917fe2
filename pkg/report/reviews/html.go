package reviews

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/comparisons"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/report/plans"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/review/diff"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// reviewCSS adds to the style of the other pages.
const reviewCSS = `:root{--edge:#8793a2;--set:#1f6feb;--setfill:#e8f1ff;--good:#1b7f3b;--goodfill:#d8f0df;--badfill:#fbe0dd;--warnfill:#fdf0d0;--chip:#dfe6ee;--out:#fbe0dd;--outline:#b3261e;--in:#d8f0df;--inline:#1b7f3b;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--edge:#6b7787;--set:#6cb0ff;--setfill:#14273f;--good:#6fd694;--goodfill:#173a25;--badfill:#46211f;--warnfill:#3d300f;--chip:#2f3947;--out:#46211f;--outline:#ff8f85;--in:#173a25;--inline:#6fd694;--warn:#f0b849}}
main{max-width:72rem}
h1,code{overflow-wrap:anywhere}h2{font-size:1.3rem;margin:2.75rem 0 .75rem;padding-top:1.25rem;border-top:1px solid var(--line)}h3{font-size:1.1rem;margin:1.75rem 0 .5rem;overflow-wrap:anywhere}h4{font-size:.95rem;margin:1.25rem 0 .4rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin:1rem 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1.25rem 0}
.tile{border:1px solid var(--line);border-radius:8px;padding:.6rem .9rem;background:var(--cell)}
.tile b{display:block;font-size:1.5rem;line-height:1.3}.tile span{color:var(--soft);font-size:.9rem}
.tile.bad{border-color:var(--error);background:var(--badfill)}.tile.bad b{color:var(--error)}
.tile.warn{border-color:var(--warning);background:var(--warnfill)}.tile.warn b{color:var(--warning)}
.tile.good b{color:var(--good)}
.scroll{overflow-x:auto}.scroll table{min-width:40rem}
table{border-collapse:collapse;width:100%;margin:.75rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.35rem .7rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}th{color:var(--soft);font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right}td.w{white-space:nowrap}td .soft{font-size:.88em}td.n .soft{white-space:nowrap}
.groups{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:0 2.5rem}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.2rem .9rem;margin:.25rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.tag{font-size:.78em;color:var(--soft);border:1px solid var(--line);border-radius:4px;padding:0 .35em;margin-left:.3em;white-space:nowrap}
.class{display:inline-block;border-radius:4px;padding:0 .45em;background:var(--cell);border:1px solid var(--line);white-space:nowrap;font-size:.9em}
.class.bad{background:var(--badfill);border-color:var(--error);color:var(--error);font-weight:600}.class.warn{background:var(--warnfill);border-color:var(--warning);color:var(--warning);font-weight:600}.class.good{background:var(--goodfill);border-color:var(--good);color:var(--good)}
.bar{position:relative;height:.85rem;min-width:8rem;background:var(--cell);border:1px solid var(--line);border-radius:4px;overflow:hidden}
.bar i{position:absolute;inset:0 auto 0 0;background:var(--set)}.bar i.most{background:var(--set);opacity:.35}.bar.full i{background:var(--error)}.bar.near i{background:var(--warning)}
svg{display:block;height:auto}svg.graph{max-width:none}svg.plan{max-width:none}
.key span{display:inline-block;padding:0 .5rem;border-radius:4px;margin-right:.6rem;border:1px solid transparent}
.key .k{background:var(--chip)}.key .o{background:var(--out);border:1px dashed var(--outline);color:var(--outline);font-weight:700}.key .i{background:var(--in);border:2px solid var(--inline);color:var(--inline);font-weight:700}
.finding{border-left:4px solid var(--soft);background:var(--cell);padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0}.finding.error{border-color:var(--error)}.finding.warning{border-color:var(--warning)}.finding p{margin:.25rem 0 0}
details{margin:.75rem 0}summary{cursor:pointer;color:var(--soft)}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.9rem}
@media (max-width:40rem){main{padding:1.25rem .9rem 3rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}}
@media print{:root{--bg:#fff;--ink:#000}.scroll table{min-width:0}main{max-width:none;padding:0}nav{display:none}.tile,article,.finding,tr,svg{break-inside:avoid}h2,h3,h4{break-after:avoid}.scroll{overflow:visible}svg.graph,svg.plan{max-width:100%}details>*{display:block}details::details-content{content-visibility:visible;display:block}a{text-decoration:none}}
`

type reviewHTML struct {
	*bufio.Writer
	Document
	findings *findings.Page
	plans    *plans.Page
}

// WriteHTML writes the review as one page that stands alone: no script at all,
// nothing from outside, light and dark by the setting of the reader, readable on
// a narrow screen and on paper.
func (d Document) WriteHTML(w io.Writer) error {
	b := bufio.NewWriter(w)
	h := &reviewHTML{b, d, &findings.Page{Writer: b, Result: d.result(), Heading: "h4"}, &plans.Page{Writer: b, Preview: plans.Preview{Secrets: d.Secrets}, MaxRows: render.TableRows}}
	fmt.Fprintf(h, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>Review of %s</title>
<style>
%s%s%s%s</style>
</head>
<body>
<main>
`, render.Markup(d.Review.Template), render.PageCSS, reviewCSS, plans.CSS, graphs.Style)
	h.top()
	if err := h.deployed(); err != nil {
		return err
	}
	h.sets()
	h.judged()
	h.capacity()
	h.changes()
	h.unknown()
	fmt.Fprintf(h, "<footer>Written by scaleset %s from the files alone, without a look at the subscription. What the service decides (placement, quota, what exists) may differ.</footer>\n</main>\n</body>\n</html>\n", render.Markup(d.Version))
	return h.Flush()
}

func (h *reviewHTML) text(s string) string { return render.Markup(h.Secrets.Redact(s)) }

func (h *reviewHTML) top() {
	r := h.Review
	fmt.Fprintf(h, "<h1>Review of %s</h1>\n<p class=\"lead\">%s</p>\n", render.Markup(r.Template), h.text(h.lead()))
	errors, warnings, infos := r.Counts()
	h.WriteString("<div class=\"tiles\">\n")
	h.tile(errors, "error", "bad", "good")
	h.tile(warnings, "warning", "warn", "good")
	h.tile(infos, "hint", "", "")
	if r.Diff != nil {
		h.tile(r.Refused(), "refused change", "bad", "good")
	}
	h.tile(len(r.Deployment.Resources), "resource", "", "")
	h.tile(len(r.Sets), "scale set", "", "")
	h.WriteString("</div>\n<nav>")
	for _, link := range [][2]string{{"deployed", "What is deployed"}, {"sets", "Scale sets"}, {"findings", "Findings"}, {"capacity", "Capacity and limits"}, {"changes", "Changes"}, {"unknown", "Not known, assumed"}} {
		if link[0] != "changes" || r.Diff != nil {
			fmt.Fprintf(h, `<a href="#%s">%s</a>`, link[0], link[1])
		}
	}
	h.WriteString("</nav>\n")
}

func (h *reviewHTML) lead() string {
	r := h.Review
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

func (h *reviewHTML) tile(n int, noun, some, none string) {
	class := some
	if n == 0 {
		class = none
	}
	if n != 1 {
		noun += "s"
	}
	fmt.Fprintf(h, "<div class=\"tile %s\"><b>%s</b><span>%s</span></div>\n", class, render.Thousands(n), noun)
}

// openResources is how many resources are listed without being asked for.
const openResources = 15

// pictureMax is the most resources of a picture in a page.
const pictureMax = 60

func (h *reviewHTML) deployed() error {
	h.WriteString("<h2 id=\"deployed\">What is deployed</h2>\n<div class=\"scroll\">\n")
	if err := graphs.WriteSVG(h, h.picture(), graphs.SVG{Bare: true, MaxNodes: pictureMax}); err != nil {
		return err
	}
	h.WriteString("</div>\n<p class=\"soft\">Solid lines are references, dotted ones mere waiting; dashed boxes exist already or depend on a condition.</p>\n")
	open := ""
	if len(h.Review.Deployment.Resources) <= openResources {
		open = " open"
	}
	fmt.Fprintf(h, "<details%s><summary>All resources</summary>\n", open)
	h.WriteString("<div class=\"scroll\"><table><thead><tr><th>resource</th><th>name</th><th>API version</th><th>written at</th></tr></thead><tbody>\n")
	resources := h.Review.Deployment.Resources
	for i, r := range resources {
		if i == render.TableRows {
			fmt.Fprintf(h, "<tr><td colspan=\"4\" class=\"soft\">and %s more</td></tr>\n", render.Thousands(len(resources)-i))
			break
		}
		tag := ""
		if r.Conditional {
			tag = `<span class="tag">if its condition holds</span>`
		}
		fmt.Fprintf(h, "<tr><td>%s</td><td>%s%s</td><td class=\"w\">%s</td><td><code>%s</code></td></tr>\n", breakable(h.text(r.Type), "/"), h.text(render.Clip(r.Name, render.ValueMax)), tag, h.text(r.APIVersion), render.Markup(h.near(r.Body.Get("name"))))
	}
	h.WriteString("</tbody></table></div></details>\n")
	return nil
}

// breakable lets a line break behind each separator of marked text.
func breakable(marked, separator string) string {
	return strings.ReplaceAll(marked, separator, separator+"<wbr>")
}

// near is the place of a value: line and column alone in the template itself.
func (d Document) near(n *expand.Node) string {
	at := comparisons.NodePlace(n)
	if rest, ok := strings.CutPrefix(at, render.Neutral(d.Review.Template)+":"); ok {
		return "line " + rest
	}
	return at
}

func (h *reviewHTML) sets() {
	h.WriteString("<h2 id=\"sets\">Scale sets</h2>\n")
	if len(h.Review.Sets) == 0 {
		h.WriteString("<p>The template deploys no scale set.</p>\n")
	}
	for i := range h.Review.Sets {
		s := &h.Review.Sets[i]
		fmt.Fprintf(h, "<h3>%s</h3>\n<div class=\"groups\">\n", h.text(s.Name))
		for _, g := range h.groups(s) {
			fmt.Fprintf(h, "<section><h4>%s</h4>\n<dl>\n", render.Markup(g.Title))
			for _, f := range g.Facts {
				fmt.Fprintf(h, "<dt>%s</dt><dd title=\"%s\">%s%s</dd>\n", render.Markup(f.Name), render.Markup(f.At), render.Markup(f.Value), factTag(f))
			}
			h.WriteString("</dl></section>\n")
		}
		h.WriteString("</div>\n")
		h.reach(s.Reach)
	}
}

func factTag(f review.Fact) string {
	switch {
	case f.Unknown:
		return `<span class="tag">known at deployment</span>`
	case f.Default:
		return `<span class="tag">default</span>`
	}
	return ""
}

// reach tells how the instances are reached and where they are watched.
func (h *reviewHTML) reach(c *connect.Set) {
	if c == nil {
		return
	}
	h.WriteString("<h4>How to reach and monitor it</h4>\n<ul>\n")
	item := func(format string, args ...string) {
		marked := make([]any, len(args))
		for i, a := range args {
			marked[i] = h.text(a)
		}
		fmt.Fprintf(h, "<li>"+format+"</li>\n", marked...)
	}
	for _, p := range c.Ports {
		item("<code>%s</code>, ports %s to %s, one for each instance, lead to port %s (%s)", p.Host.Name, fmt.Sprint(p.First), fmt.Sprint(p.Last), fmt.Sprint(p.InstancePort), p.Name)
	}
	for _, e := range c.Endpoints {
		probe := "not probed"
		if e.Probe != "" {
			probe = "probed by " + e.Probe
		}
		item("<code>%s:%s</code> leads to port %s of any instance, %s (%s)", e.Host.Name, fmt.Sprint(e.Port), fmt.Sprint(e.InstancePort), probe, e.Name)
	}
	for _, j := range c.JumpBoxes {
		item("jump box %s, <code>%s:%s</code>", j.Name, j.Host.Name, fmt.Sprint(j.Port))
	}
	for _, b := range c.Bastions {
		item("Bastion %s", b)
	}
	if len(c.Addresses) > 0 {
		item("each instance has a public address of its own")
	}
	if !c.Reachable() {
		item("no way in from outside is part of this template")
	}
	item("resource <code>%s</code>", c.ID)
	for _, n := range c.Notes {
		item("%s", n)
	}
	h.WriteString("</ul>\n")
}

func (h *reviewHTML) judged() {
	h.WriteString("<h2 id=\"findings\">Findings</h2>\n")
	if len(h.Review.Findings) == 0 {
		h.WriteString("<p>None.</p>\n")
	}
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		var of []*diag.Diagnostic
		for i := range h.Review.Findings {
			if d := &h.Review.Findings[i]; d.Severity == s {
				of = append(of, d)
			}
		}
		if len(of) == 0 {
			continue
		}
		if s == diag.Info {
			fmt.Fprintf(h, "<details><summary>%s</summary>\n", render.Plural(len(of), "hint"))
		} else {
			fmt.Fprintf(h, "<h3>%s</h3>\n", render.Plural(len(of), s.String()))
		}
		for _, d := range of {
			h.findings.Finding(d)
		}
		if s == diag.Info {
			h.WriteString("</details>\n")
		}
	}
}

func (h *reviewHTML) capacity() {
	h.WriteString("<h2 id=\"capacity\">Capacity and limits</h2>\n")
	for i := range h.Review.Sets {
		s := &h.Review.Sets[i]
		fmt.Fprintf(h, "<h3>%s</h3>\n", h.text(s.Name))
		if s.Plan == nil {
			fmt.Fprintf(h, "<p>No preview: %s.</p>\n", h.text(s.WhyNot))
			continue
		}
		fmt.Fprintf(h, "<p class=\"soft\">%s</p>\n", h.text(render.Sentence(s.Plan.Headline())))
		h.steps(s.Plan)
		h.losses(s.Losses)
		h.bars(s)
	}
}

func (h *reviewHTML) steps(p *whatif.Plan) {
	pictures := plans.Draw(p)
	if len(p.Steps) == 0 {
		h.plans.Picture(pictures[0], "The set as it stands")
		return
	}
	h.WriteString(`<p class="key"><span class="k">12</span>stays &nbsp; <span class="o">-15</span>leaves &nbsp; <span class="i">+20</span>comes</p>` + "\n")
	for i := range p.Steps {
		s := &p.Steps[i]
		fmt.Fprintf(h, "<h4>%s → %s %s</h4>\n", render.Thousands(s.From), render.Thousands(s.To), plans.VerbCount(s))
		h.plans.Picture(pictures[i], fmt.Sprintf("%d to %d", s.From, s.To))
		for k := range s.Findings {
			h.plans.Finding(&s.Findings[k])
		}
		h.plans.List(s.Notes)
		h.plans.Instances(p, s)
	}
}

func (h *reviewHTML) losses(all []review.Loss) {
	if len(all) == 0 {
		return
	}
	h.WriteString("<h4>What survives a loss</h4>\n<ul>\n")
	for _, l := range all {
		fmt.Fprintf(h, "<li>the fullest %s is lost: %s of %s stay (%d%%)</li>\n", l.Domain, render.Thousands(l.Leaves), render.Plural(l.Of, "instance"), 100*l.Leaves/max(l.Of, 1))
	}
	h.WriteString("</ul>\n")
}

func (h *reviewHTML) bars(s *review.Set) {
	if len(s.Bars) == 0 {
		return
	}
	h.WriteString("<h4>How far it can grow</h4>\n<div class=\"scroll\"><table><thead><tr><th>limit</th><th></th><th class=\"n\">now</th><th class=\"n\">at most</th><th>because</th></tr></thead><tbody>\n")
	for _, b := range s.Bars {
		class, share := "", b.Share()
		switch {
		case share > 1:
			class = " full"
		case share > 0.8:
			class = " near"
		}
		most := ""
		if b.Most > b.Now && b.Limit.Max > 0 {
			most = fmt.Sprintf(`<i class="most" style="width:%.1f%%"></i>`, min(100*float64(b.Most)/float64(b.Limit.Max), 100))
		}
		now := render.Thousands(b.Now)
		if b.Most > 0 {
			now += fmt.Sprintf("<br><span class=\"soft\">autoscale to %s</span>", render.Thousands(b.Most))
		}
		fmt.Fprintf(h, "<tr><td class=\"w\">%s</td><td><div class=\"bar%s\">%s<i style=\"width:%.1f%%\"></i></div></td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>%s</td></tr>\n",
			render.Markup(b.Limit.Name), class, most, min(100*share, 100), now, render.Thousands(b.Limit.Max), h.plans.Link(h.Secrets.Redact(b.Limit.Reason), b.Limit.Says.Link()))
	}
	h.WriteString("</tbody></table></div>\n")
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

func (h *reviewHTML) changes() {
	if h.Review.Diff == nil {
		return
	}
	d := h.Review.Diff
	fmt.Fprintf(h, "<h2 id=\"changes\">Changes from %s</h2>\n", render.Markup(d.Old.Name))
	if !h.hasChanges() {
		fmt.Fprintf(h, "<p>None: %s the same.</p>\n", render.Plural(d.Same, "resource"))
	}
	for _, g := range d.Guards {
		fmt.Fprintf(h, "<div class=\"finding %s\"><b>%s</b> %s: %s<p>%s</p></div>\n", g.Severity, render.Sentence(g.Severity.String()), h.text(g.ScaleSet), h.text(g.Text), h.text(g.Advice))
	}
	for i := range d.Resources {
		if r := &d.Resources[i]; r.Class != diff.NoEffect {
			h.changed(r)
		}
	}
	if d.Same > 0 && h.hasChanges() {
		fmt.Fprintf(h, "<p class=\"soft\">%s the same (%s mode).</p>\n", render.Plural(d.Same, "resource"), comparisons.Mode(d))
	}
}

func (h *reviewHTML) changed(r *diff.Resource) {
	fmt.Fprintf(h, "<h3>%s %s <span class=\"class %s\">%s</span></h3>\n", h.text(r.Type), h.text(r.Name), classTone(r.Class), r.Class.Words())
	if r.Note != "" {
		fmt.Fprintf(h, "<p class=\"soft\">%s.</p>\n", h.text(render.Sentence(r.Note)))
	}
	if len(r.Changes) == 0 {
		return
	}
	c := h.comparison()
	h.WriteString("<div class=\"scroll\"><table><thead><tr><th>value</th><th>before</th><th>after</th><th>what happens</th></tr></thead><tbody>\n")
	for i := range r.Changes {
		change := &r.Changes[i]
		if change.Class == diff.NoEffect {
			continue
		}
		words := change.Class.Words()
		if change.Class == diff.Unknown {
			words += ", may be: " + change.May.Words()
		}
		fmt.Fprintf(h, "<tr><td>%s</td><td>%s</td><td>%s</td><td><span class=\"class %s\">%s</span><br><span class=\"soft\">%s (%s)</span></td></tr>\n",
			breakable(h.text(change.Path), "."), h.side(c, change, change.Old), h.side(c, change, change.New), classTone(change.Class), words,
			h.text(change.Reason), h.plans.Link(change.Rule.Title(), change.Rule.Address()))
	}
	h.WriteString("</tbody></table></div>\n")
}

func (h *reviewHTML) side(c comparisons.Comparison, change *diff.Change, n *expand.Node) string {
	text := "<code>" + render.Markup(render.Clip(c.Shown(change, n), render.ValueMax)) + "</code>"
	if n == nil && change.Default == nil {
		text = `<span class="soft">absent</span>`
	} else if n == nil {
		text += `<span class="tag">default</span>`
	}
	if at := comparisons.NodePlace(n); at != "" {
		text += "<br><span class=\"soft\">" + render.Markup(at) + "</span>"
	}
	return text
}

func (h *reviewHTML) unknown() {
	r := h.Review
	h.WriteString("<h2 id=\"unknown\">What is not known, and what is assumed</h2>\n")
	if len(h.MadeUp) > 0 {
		h.WriteString("<p>Nobody said where this deploys to; these values stand for it, and names computed from them will differ:</p>\n<ul>\n")
		for _, m := range h.MadeUp {
			fmt.Fprintf(h, "<li>%s: <code>%s</code></li>\n", render.Markup(m.Name), render.Markup(m.Value))
		}
		h.WriteString("</ul>\n")
	}
	h.plans.List(redactAll(h.Document, r.Assumptions))
	if len(r.Unknown) == 0 {
		h.WriteString("<p>Every value is known.</p>\n")
		return
	}
	h.WriteString("<h3>Known only at deployment</h3>\n<div class=\"scroll\"><table><thead><tr><th>what is left of the expression</th><th>why</th><th>of</th></tr></thead><tbody>\n")
	for _, u := range h.unknowns() {
		of := u.Resource
		if u.Count > 1 {
			of += fmt.Sprintf(" and %d more values", u.Count-1)
		}
		fmt.Fprintf(h, "<tr><td><code>%s</code></td><td>%s</td><td>%s</td></tr>\n", render.Markup(render.Clip(u.Expression, 2*render.ValueMax)), render.Markup(u.Reason), render.Markup(render.Clip(of, render.ValueMax)))
	}
	h.WriteString("</tbody></table></div>\n")
}

func redactAll(d Document, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = render.Sentence(d.Secrets.Redact(s))
	}
	return out
}
