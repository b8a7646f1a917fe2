package plans

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Markdown writes previews for a pull request: a table of the steps, for
// each step its grid, what it crosses, and a folded table of the instances.
type Markdown struct {
	// MaxRows bounds the rows of each table of instances; 0 means 200.
	MaxRows int
}

// Report implements [Reporter].
func (m Markdown) Report(w io.Writer, p Preview) error {
	if m.MaxRows <= 0 {
		m.MaxRows = render.TableRows
	}
	mw := &planMarkdown{Writer: bufio.NewWriter(w), preview: p, maxRows: m.MaxRows}
	for i := range p.Findings {
		mw.finding(&p.Findings[i])
	}
	for i, plan := range p.Plans {
		if i > 0 {
			mw.WriteByte('\n')
		}
		mw.plan(plan)
		for k, text := range costs.Sentences(p.cost(i)) {
			if k == 0 {
				mw.WriteString("\n**Cost**\n\n")
			}
			fmt.Fprintf(mw, "- %s\n", mw.text(text))
		}
	}
	return mw.Flush()
}

type planMarkdown struct {
	*bufio.Writer
	preview Preview
	maxRows int
}

// text returns a text of the plan, ready for a page, secrets masked.
func (w *planMarkdown) text(s string) string { return render.Markdown(w.preview.Secrets.Redact(s)) }

func (w *planMarkdown) plan(p *whatif.Plan) {
	fmt.Fprintf(w, "## Capacity preview of %s\n\n%s\n\n", w.text(p.ScaleSet), w.text(render.Sentence(p.Headline())))
	if len(p.Steps) > 0 {
		w.overview(p)
	} else {
		w.grid(p, finalState(p))
		w.lost(p.Lost)
	}
	if w.preview.Needs {
		w.needs(p)
	}
	for i := range p.Steps {
		w.step(p, i)
	}
	w.explanations(p)
	if len(p.Notes) > 0 {
		w.WriteString("\n**What this is based on**\n\n")
		for _, n := range p.Notes {
			fmt.Fprintf(w, "- %s\n", w.text(n))
		}
	}
}

// needs is the table of what each capacity needs.
func (w *planMarkdown) needs(p *whatif.Plan) {
	v := needs.NewView(p.Needs())
	fmt.Fprintf(w, "\n### What each capacity needs\n\n| %s |\n| --- |%s --- |\n", strings.Join(v.Header, " | "), strings.Repeat(" ---: |", len(v.Header)-2))
	for _, r := range v.Rows {
		fmt.Fprintf(w, "| %s | %s |", w.text(r.Name), r.Each)
		for _, c := range r.Cells {
			text := c.Text
			if c.Over {
				text = "**" + text + "**"
			}
			fmt.Fprintf(w, " %s |", text)
		}
		fmt.Fprintf(w, " %s |\n", w.text(r.Available))
	}
	if v.Legend != "" {
		fmt.Fprintf(w, "\n%s.\n", w.text(v.Legend))
	}
}

func (w *planMarkdown) overview(p *whatif.Plan) {
	w.WriteString("| step | capacity | removed | added | afterwards | findings |\n| ---: | --- | ---: | ---: | --- | --- |\n")
	for i := range p.Steps {
		s := &p.Steps[i]
		fmt.Fprintf(w, "| %d | %s → %s | %s | %s | %s | %s |\n", i+1, render.Thousands(s.From), render.Thousands(s.Reached),
			render.Thousands(len(s.Removed)), render.Thousands(len(s.Added)), w.text(planSummary(p, s)), findingCounts(s.Findings))
	}
}

// findingCounts returns "1 error, 2 warnings", or "none".
func findingCounts(l diag.List) string {
	var n [3]int
	for i := range l {
		n[l[i].Severity]++
	}
	var parts []string
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		if n[s] > 0 {
			parts = append(parts, render.Severities(n[s], s))
		}
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

func (w *planMarkdown) step(p *whatif.Plan, i int) {
	s := &p.Steps[i]
	fmt.Fprintf(w, "\n### %s → %s %s\n\n", render.Thousands(s.From), render.Thousands(s.To), verbCount(s))
	w.grid(p, s)
	for k := range s.Findings {
		w.finding(&s.Findings[k])
	}
	w.lost(s.Lost)
	for _, n := range s.Notes {
		fmt.Fprintf(w, "- %s\n", w.text(n))
	}
	w.instances(p, s)
}

// lost says what failures leave.
func (w *planMarkdown) lost(a instances.Aftermath) {
	for _, text := range a.Sentences() {
		fmt.Fprintf(w, "- %s\n", w.text(text))
	}
}

// verbCount returns "removes 5" or "adds 3".
func verbCount(s *whatif.Step) string {
	if n := len(moved(s)); n > 0 {
		return verb(s) + " " + render.Thousands(n)
	}
	return verb(s)
}

func (w *planMarkdown) finding(d *diag.Diagnostic) {
	fmt.Fprintf(w, "- **%s**: %s (%s). %s", d.Severity, w.text(d.Summary), d.Code, w.text(d.Detail))
	if !d.Subject.IsZero() {
		fmt.Fprintf(w, " At %s.", w.text(render.Place(d.Subject)))
	}
	if strings.HasPrefix(d.Help, "https://") {
		fmt.Fprintf(w, " [Source](<%s>)", strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(d.Help))
	}
	w.WriteByte('\n')
}

// idsInMarkdown is the largest number of instances that a table shows by id.
const idsInMarkdown = 150

func (w *planMarkdown) grid(p *whatif.Plan, s *whatif.Step) {
	if s.From+len(s.Added) == 0 {
		return
	}
	g := newPlanGrid(p, s, idsInMarkdown)
	w.WriteString("| |")
	for _, c := range g.Columns {
		if c == "" {
			c = "instances"
		}
		fmt.Fprintf(w, " %s |", c)
	}
	w.WriteString("\n| --- |" + strings.Repeat(" --- |", len(g.Columns)) + "\n")
	for r, row := range g.Cells {
		fmt.Fprintf(w, "| **%s** |", w.text(g.Rows[r]))
		for i := range row {
			for _, t := range row[i].tokens(g.IDs) {
				w.token(t)
			}
			w.WriteString(" |")
		}
		w.WriteByte('\n')
	}
	w.WriteByte('\n')
	if text := legend(g, s); text != "" {
		fmt.Fprintf(w, "%s\n\n", render.Markdown(render.Sentence(text)+"."))
	}
}

func (w *planMarkdown) token(t token) {
	switch t.sign {
	case '-':
		fmt.Fprintf(w, " ~~%s~~", w.text(t.text))
	case '+':
		fmt.Fprintf(w, " **%s**", w.text(t.text))
	default:
		fmt.Fprintf(w, " %s", w.text(t.text))
	}
}

func (w *planMarkdown) instances(p *whatif.Plan, s *whatif.Step) {
	in := moved(s)
	if len(in) == 0 {
		return
	}
	fmt.Fprintf(w, "\n<details><summary>%s</summary>\n\n", verbCount(s))
	header, extra := planTableHeader(p)
	fmt.Fprintf(w, "| %s |\n|%s\n", strings.Join(header, " | "), strings.Repeat(" --- |", len(header)))
	for i := range in[:min(len(in), w.maxRows)] {
		row := planTableRow(p, &in[i], extra)
		for k := range row {
			row[k] = w.text(row[k])
		}
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
	if n := len(in) - w.maxRows; n > 0 {
		fmt.Fprintf(w, "\n… and %s more.\n", render.Thousands(n))
	}
	w.WriteString("\n</details>\n")
}

func (w *planMarkdown) explanations(p *whatif.Plan) {
	for _, e := range p.Explanations {
		fmt.Fprintf(w, "\n**%s**\n\n", w.text(e.Name))
		for _, line := range e.Lines {
			fmt.Fprintf(w, "- %s\n", w.text(line))
		}
	}
}
