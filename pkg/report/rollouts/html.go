package rollouts

import (
	_ "embed" // the page
	"html/template"
	"io"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/capacity/upgrade"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/review/rollout"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
)

// CSS styles the parts of a plan, in its own page and in others that have
// [render.PageCSS].
const CSS = `:root{--old:#dfe6ee;--now:#ffd9a8;--nowline:#a15c00;--new:#bfe5cb;--newline:#1b7f3b;--bad:#fbe0dd;--badline:#b3261e;--serve:#1f6feb;--late:#f3c892}
@media (prefers-color-scheme:dark){:root{--old:#2f3947;--now:#5a3d12;--nowline:#f0b849;--new:#1c4a2e;--newline:#6fd694;--bad:#46211f;--badline:#ff8f85;--serve:#6cb0ff;--late:#7a5620}}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.75rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}.batches th,.batches td{white-space:nowrap}th{color:var(--soft);font-weight:600}td.over{color:var(--error);font-weight:700}
.finding{border-left:4px solid var(--soft);background:var(--cell);padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0}.finding.error{border-color:var(--error)}.finding.warning{border-color:var(--warning)}.finding p{margin:.25rem 0 0}
.timeline{display:block;min-width:44rem}
.timeline text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--soft)}.timeline text.strong{fill:var(--ink);font-weight:600}.timeline text.number{fill:var(--ink);font-size:11px}.timeline text.lane{fill:var(--ink)}
.timeline .grid{stroke:var(--line)}.timeline .serving{fill:none;stroke:var(--serve);stroke-width:2.5;stroke-linejoin:round}.timeline .lost{fill:none;stroke:var(--badline);stroke-width:1.5;stroke-dasharray:5 4}
.timeline .exists{fill:none;stroke:var(--soft);stroke-width:1.5;stroke-dasharray:2 3}.timeline .batch{fill:var(--late)}.timeline .least{fill:var(--now);stroke:var(--nowline)}.timeline .worst{fill:var(--badline);stroke:var(--bg);stroke-width:2}
p{overflow-wrap:anywhere}.batches td:last-child{white-space:normal;min-width:14rem}li{overflow-wrap:anywhere}
.cells{display:flex;gap:4px;margin:.45rem 0}
.cells .where{flex:0 0 5.5rem;color:var(--soft)}
.chips{display:flex;flex-wrap:wrap;gap:4px;align-items:center}
.chips>span,.parts>span,.key span{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;min-width:1.6rem;text-align:center;padding:.1rem .35rem;border-radius:4px;border:1px solid transparent}
.parts{display:flex;flex:1 1 0;gap:2px}.parts>span{flex-basis:0;overflow:hidden}
.key span{display:inline-block;margin:0 .3rem 0 .8rem}.key span:first-child{margin-left:0}
.pending{background:var(--old)}.cells .now,.key .now{background:var(--now);border-color:var(--nowline)!important;font-weight:700!important}.done{background:var(--new);border-color:var(--newline)!important}.fixed{background:none;border:1px dotted var(--soft)!important;color:var(--soft)}.failed{background:var(--bad);border:1px dashed var(--badline)!important;color:var(--badline);font-weight:700!important}
details{margin:.5rem 0;border:1px solid var(--line);border-radius:6px;padding:.35rem .8rem}summary{cursor:pointer}
.rests b{font-weight:600;color:var(--soft)}
@media (max-width:40rem){main{padding:1.25rem .9rem 3rem}.cells{flex-wrap:wrap}.cells .where{flex-basis:100%}}
@media print{:root{--bg:#fff;--ink:#000}main{max-width:none;padding:0}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible}.timeline{min-width:0;width:100%;height:auto}details.batch:not([open]){display:none}svg,tr,.finding,.cells{break-inside:avoid}h1,h2,h4{break-after:avoid}a{text-decoration:none}}
`

//go:embed page.html
var pageText string

var pageTemplates = lazy.Value[*template.Template]{Of: func() *template.Template { return render.Templates(pageText) }}

// WriteHTML writes the plans as one self-contained page: no scripts, nothing
// from outside, light and dark by the setting of the reader, and printable.
func (p Report) WriteHTML(w io.Writer) error {
	v := pageView{CSS: render.PageCSS + CSS, Title: "Upgrade"}
	for i, r := range p.Rollouts {
		s := newSetView(r, p.Secrets, false)
		if i == 0 {
			v.Title = "Upgrade of " + s.Name
		}
		v.Sets = append(v.Sets, s)
	}
	if len(p.Rollouts) == 0 {
		v.Title = "Terraform plan"
	}
	v.Terraform = p.Terraform.lines(p.Secrets)
	return render.Execute(w, pageTemplates.Get(), "page", v)
}

// Fragment is a plan as a part of another page, below headings of the third level.
func Fragment(r *rollout.Rollout, secrets *secret.Set) (template.HTML, error) {
	return render.Fragment(pageTemplates.Get(), "plan", newSetView(r, secrets, true))
}

// The views are what the page shows: texts without secrets, each on one line.
type pageView struct {
	Title string
	CSS   template.CSS
	Sets  []setView
	// Terraform is what a Terraform plan does beside the upgrades.
	Terraform []string
}

type setView struct {
	deep                                   bool
	Name, Verdict, Change, Capacity, Worst string
	Lost                                   []string
	Findings                               []findingView
	Stop                                   *stopView
	Timeline                               *timeline
	Table                                  *tableView
	Grids                                  []gridView
	Failing                                bool
	ByHand                                 string
	Needs                                  *needsView
	Cost                                   []string
	Notes                                  []noteView
}

// A heading is a heading of the page, or one of a lower level inside another.
type heading struct {
	Deep bool
	Text string
}

// Head returns a heading of the level of the view.
func (v setView) Head(text string) heading { return heading{v.deep, text} }

type findingView struct{ Severity, Summary, Code, Detail string }

type stopView struct {
	Text  string
	Lists []namedList
}

type namedList struct{ Name, Instances string }

type tableView struct {
	Header []string
	Rows   [][]string
	More   string
}

type needsView struct {
	Sentence string
	View     *needs.View
}

type noteView struct {
	Sureness string
	Text     render.Link
}

// A gridView is the instances during one batch.
type gridView struct {
	Name, Title string
	Open        bool
	Rows        []gridRow
}

type gridRow struct {
	Label string
	Chips []chipView // each instance, or
	Parts []partView // how many there are of each kind
}

type chipView struct{ Class, Title, Text string }

type partView struct {
	Class, Title string
	Count        int
}

func newSetView(r *rollout.Rollout, secrets *secret.Set, deep bool) setView {
	text := func(s string) string { return render.Neutral(secrets.Redact(s)) }
	p := r.Plan
	v := setView{
		deep: deep, Name: text(r.Name), Verdict: text(render.Sentence(verdict(r))) + ".",
		Change: text(kind(p) + ": " + change(r)), ByHand: text(names(r, p.ByHand, 100)),
		Failing: p.Stop != nil,
	}
	if r.From != r.To {
		v.Capacity = "Capacity " + strconv.Itoa(r.From) + " → " + strconv.Itoa(r.To)
	}
	if left := lost(p); left != "" && len(p.Batches) > 0 {
		v.Worst = text("Worst moment: " + moment(p) + ", " + strconv.Itoa(p.Worst.Running) + " running; " + left)
	}
	for _, s := range aftermath(r) {
		v.Lost = append(v.Lost, text(render.Sentence(s)))
	}
	for _, d := range r.Findings {
		v.Findings = append(v.Findings, findingView{d.Severity.String(), text(d.Summary), string(d.Code), text(d.Detail)})
	}
	if s := p.Stop; s != nil {
		v.Stop = &stopView{Text: text(render.Sentence(stopped(r)))}
		for _, l := range []struct {
			name string
			all  []upgrade.Instance
		}{{"New model", s.Upgraded}, {"Running when it was cancelled", s.Interrupted}, {"Failed", s.Failed}, {"Old model", s.Pending}} {
			if len(l.all) > 0 {
				v.Stop.Lists = append(v.Stop.Lists, namedList{l.name + " (" + strconv.Itoa(len(l.all)) + ")", text(names(r, l.all, 30))})
			}
		}
	}
	v.Timeline = newTimeline(r, text)
	if len(p.Batches) > 0 {
		v.Table = newTable(r, text)
		v.Grids = grids(r, text)
	}
	v.Needs = newNeeds(r, text)
	for _, s := range costs.Sentences(r.Cost) {
		v.Cost = append(v.Cost, text(s))
	}
	for _, n := range all(r) {
		v.Notes = append(v.Notes, noteView{string(n.Sureness), render.NewLink(text(n.Text), n.Source)})
	}
	return v
}

func newNeeds(r *rollout.Rollout, text func(string) string) *needsView {
	if same, ok := needs.Sentence(r.Needs); ok {
		return &needsView{Sentence: text(same)}
	}
	if len(r.Needs.Rows) == 0 {
		return nil
	}
	v := needs.NewView(r.Needs)
	for i := range v.Rows {
		v.Rows[i].Name, v.Rows[i].Available = text(v.Rows[i].Name), text(v.Rows[i].Available)
	}
	return &needsView{View: &v}
}

func newTable(r *rollout.Rollout, text func(string) string) *tableView {
	list := r.Plan.Batches
	t := &tableView{Header: []string{"batch", "starts", "takes"}}
	confined := placed(list)
	if confined {
		t.Header = append(t.Header, "where")
	}
	t.Header = append(t.Header, "running")
	for _, l := range list[0].Lost {
		t.Header = append(t.Header, text("without "+l.Loss.Short()))
	}
	t.Header = append(t.Header, "instances")
	for _, b := range list[:min(maxBatches, len(list))] {
		row := []string{strconv.Itoa(b.Number), starts(b), span(b.Took)}
		if confined {
			row = append(row, text(where(b)))
		}
		row = append(row, render.Thousands(b.Running))
		for _, l := range b.Lost {
			row = append(row, render.Thousands(l.Running))
		}
		what := render.Thousands(len(b.Instances)) + ": " + names(r, b.Instances, fewInstances)
		if len(b.Surge) > 0 {
			what += " → " + names(r, b.Surge, fewInstances)
		}
		if b.InPlace {
			what += " (in place)"
		}
		t.Rows = append(t.Rows, append(row, text(what)))
	}
	if more := len(list) - maxBatches; more > 0 {
		t.More = "And " + batches(more) + " more; the JSON and CSV formats list all."
	}
	return t
}

// Bounds of the grids: so many batches, of so many boxes together.
const (
	maxGrids     = 40
	maxChips     = 6000
	idsInPicture = 300 // instances; more are counted
)

// grids shows the instances during each batch, the worst one opened.
func grids(r *rollout.Rollout, text func(string) string) (out []gridView) {
	p := r.Plan
	rows := rowsOf(p)
	state := map[int]string{}
	for _, i := range p.Untouched {
		state[i.ID] = "fixed"
	}
	shown := p.Batches[:min(maxGrids, len(p.Batches))]
	total := 0
	for _, row := range rows {
		total += len(row.all)
	}
	chips := total <= idsInPicture && total*len(shown) <= maxChips
	became := map[int]int{} // the id of the instance that replaced one
	failed := map[int]bool{}
	if p.Stop != nil {
		for _, i := range p.Stop.Failed {
			failed[i.ID] = true
		}
	}
	open := max(p.Worst.Batch, 1)
	if p.Stop != nil {
		open = 0
	}
	grid := func(title string, opened bool) {
		g := gridView{Name: text(r.Name), Open: opened, Title: text(title)}
		for _, row := range rows {
			g.Rows = append(g.Rows, gridRowOf(r, row, state, became, chips, text))
		}
		out = append(out, g)
	}
	for _, b := range shown {
		for _, i := range b.Instances {
			state[i.ID] = "now"
		}
		grid(batchTitle(b), b.Number == open)
		for n, i := range b.Instances {
			now := i.ID
			if len(b.Surge) > 0 {
				now = b.Surge[n].ID
				became[i.ID] = now
			}
			state[i.ID] = "done"
			if failed[now] || failed[i.ID] {
				state[i.ID] = "failed"
			}
		}
	}
	if p.Stop != nil {
		grid("When the upgrade stops: "+render.Thousands(p.After)+" are running", true)
	}
	return out
}

func batchTitle(b upgrade.Batch) string {
	title := "Batch " + strconv.Itoa(b.Number)
	if w := where(b); w != "" {
		title += ", " + w
	}
	return title + ": " + render.Plural(len(b.Instances), "instance") + ", " + span(b.Took) + ", " + render.Thousands(b.Running) + " running"
}

// A placeRow is the instances of one zone and update domain.
type placeRow struct {
	label string
	all   []upgrade.Instance
}

// rowsOf divides the instances by the zones and update domains of the batches.
func rowsOf(p upgrade.Plan) (rows []placeRow) {
	at := map[string]int{}
	add := func(label string, i upgrade.Instance) {
		n, ok := at[label]
		if !ok {
			n = len(rows)
			at[label] = n
			rows = append(rows, placeRow{label: label})
		}
		rows[n].all = append(rows[n].all, i)
	}
	domains := false
	for _, b := range p.Batches {
		domains = domains || b.UpdateDomain >= 0
	}
	label := func(i upgrade.Instance) string {
		b := upgrade.Batch{Zone: i.Zone, UpdateDomain: -1}
		if domains {
			b.UpdateDomain = int(i.UpdateDomain)
		}
		return where(b)
	}
	var everything []upgrade.Instance
	for _, b := range p.Batches {
		everything = append(everything, b.Instances...)
	}
	if p.Stop != nil {
		everything = append(everything, p.Stop.Pending...)
	}
	everything = append(everything, p.Untouched...)
	for _, i := range everything {
		add(label(i), i)
	}
	return rows
}

// classes are the states of a grid, with what is said of them.
var classes = [...]struct{ class, words string }{
	{"failed", "failed"}, {"done", "has the new model"}, {"now", "is upgraded in this batch"}, {"pending", "has the old model"}, {"fixed", "is not touched"},
}

func gridRowOf(r *rollout.Rollout, row placeRow, state map[int]string, became map[int]int, chips bool, text func(string) string) gridRow {
	out := gridRow{Label: text(row.label)}
	counts := map[string]int{}
	for _, i := range row.all {
		class := state[i.ID]
		if class == "" {
			class = "pending"
		}
		counts[class]++
		if chips {
			title := name(r, i.ID) + " " + wordsOf(class, i)
			if now, ok := became[i.ID]; ok {
				title = name(r, i.ID) + " was replaced by " + name(r, now)
			}
			out.Chips = append(out.Chips, chipView{class, text(title), text(chipText(r, i))})
		}
	}
	if !chips {
		for _, c := range classes {
			if n := counts[c.class]; n > 0 {
				out.Parts = append(out.Parts, partView{c.class, render.Plural(n, "instance") + ": " + c.words, n})
			}
		}
	}
	return out
}

// chipText is what a box of the grid says: the id, or the end of the name of a
// Flexible instance, with the marks of its state.
func chipText(r *rollout.Rollout, i upgrade.Instance) string {
	label := strconv.Itoa(i.ID)
	if n := r.State.Names[i.ID]; r.State.Flexible && n != "" {
		if runes := []rune(n); len(runes) > 8 {
			n = "…" + string(runes[len(runes)-7:])
		}
		label = n + " " // marks are letters, and so are the ends of names
	}
	for _, m := range flagMarks {
		if i.Flags.Has(m.flag) {
			label += m.mark
		}
	}
	return strings.TrimRight(label, " ")
}

// flagMarks are the marks of the pictures of simulate.
var flagMarks = [...]struct {
	flag placement.Flags
	mark string
	name string
}{{placement.Pinned, "p", "protected"}, {placement.Unhealthy, "u", "unhealthy"}, {placement.Deallocated, "d", "deallocated"}, {placement.Stopped, "s", "stopped"}}

func wordsOf(class string, i upgrade.Instance) string {
	words := ""
	for _, c := range classes {
		if c.class == class {
			words = c.words
		}
	}
	for _, m := range flagMarks {
		if i.Flags.Has(m.flag) {
			words += ", " + m.name
		}
	}
	if i.FaultDomain >= 0 {
		words += ", FD" + strconv.Itoa(int(i.FaultDomain))
	}
	if i.UpdateDomain >= 0 {
		words += ", UD" + strconv.Itoa(int(i.UpdateDomain))
	}
	return words
}
