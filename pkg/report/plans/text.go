package plans

import (
	"fmt"
	"io"
	"strings"

	"github.com/fatih/color"
	"github.com/scaleset/scaleset/pkg/capacity/cost"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/costs"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/report/needs"
	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/report/trail"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Text writes previews for people: for each step one line that says what
// is removed or added, the grid of domains with -id for removed and +id for added
// instances (so that it reads without colour), how the rest is spread, and
// the limits that the step crosses. It keeps to Width; sets that are too large
// for a grid of ids are counted.
type Text struct {
	Color bool
	// Width is the number of columns; 0 means 80.
	Width int
	// MaxRows bounds the lines of names of one step; 0 means 4.
	MaxRows int
	// Quiet leaves out what is not a result: the notes on the model.
	Quiet bool
	// Needs adds what each capacity needs to each preview.
	Needs bool
}

type planTextWriter struct {
	*render.Writer
	maxRows      int
	said         map[string]bool // sources that were quoted already
	leave, come  *color.Color
	faint, title *color.Color
}

// Report implements [Reporter].
func (t Text) Report(w io.Writer, p Preview) error {
	tw := &planTextWriter{
		Writer:  render.NewWriter(w, t.Color, t.Width, p.Secrets),
		maxRows: t.MaxRows, said: map[string]bool{},
		leave: render.Paint(t.Color, color.FgRed), come: render.Paint(t.Color, color.FgGreen),
		faint: render.Paint(t.Color, color.Faint), title: render.Paint(t.Color, color.Bold),
	}
	if tw.maxRows <= 0 {
		tw.maxRows = 4
	}
	for i := range p.Findings {
		tw.planFinding(&p.Findings[i])
	}
	for i, plan := range p.Plans {
		if i > 0 {
			tw.WriteByte('\n')
		}
		if p.Needs {
			tw.needs(plan)
			tw.costs(p.cost(i))
			continue
		}
		tw.plan(plan, t.Quiet)
		tw.costs(p.cost(i))
		if t.Needs {
			tw.WriteByte('\n')
			tw.needsTable(plan)
		}
	}
	return tw.Flush()
}

// costs writes what the set costs; nothing without prices.
func (w *planTextWriter) costs(t *cost.Table) {
	for i, text := range costs.Sentences(t) {
		if i == 0 {
			w.WriteByte('\n')
		}
		w.Paragraph(text)
	}
}

// needs writes what the set needs at each capacity, and the limits that the
// highest of them exceeds; the marks show which others do.
func (w *planTextWriter) needs(p *whatif.Plan) {
	w.title.Fprint(w, render.Neutral(p.ScaleSet))
	w.WriteString("   what each capacity needs\n\n")
	w.needsTable(p)
	most := -1
	for i := range p.Steps {
		if most < 0 || p.Steps[i].To > p.Steps[most].To {
			most = i
		}
	}
	if most >= 0 {
		for i := range p.Steps[most].Findings {
			w.planFinding(&p.Steps[most].Findings[i])
		}
	}
}

func (w *planTextWriter) needsTable(p *whatif.Plan) {
	t := p.Needs()
	for _, line := range needs.Lines(t, w.Width-2) {
		fmt.Fprintf(w, "%s\n", strings.TrimRight("  "+w.Redact(line), " "))
	}
	if legend := needs.NewView(t).Legend; legend != "" {
		w.dim(legend)
	}
	w.WriteByte('\n')
}

func (w *planTextWriter) plan(p *whatif.Plan, quiet bool) {
	if len(p.Steps) == 0 {
		w.title.Fprint(w, render.Neutral(p.ScaleSet))
		fmt.Fprintf(w, "   %s\n", render.Plural(len(p.Final), "instance"))
		w.model(p)
		w.WriteByte('\n')
		s := finalState(p)
		w.grid(p, s)
		w.summary(p, s)
	}
	for i := range p.Steps {
		if i > 0 {
			w.WriteByte('\n')
		}
		w.step(p, &p.Steps[i], i == 0)
	}
	for _, e := range p.Explanations {
		w.WriteByte('\n')
		w.title.Fprint(w, render.Neutral(e.Name))
		w.WriteByte('\n')
		for _, line := range e.Lines {
			w.Paragraph(line)
		}
	}
	if !quiet && len(p.Notes) > 0 {
		w.WriteByte('\n')
		for _, n := range p.Notes {
			w.dim(n)
		}
	}
}

// model writes what the numbers rest on, below the name of the set.
func (w *planTextWriter) model(p *whatif.Plan) {
	for _, line := range render.Wrap(w.Redact(p.Headline()), w.Width-6) {
		w.WriteString("      ")
		w.faint.Fprint(w, line)
		w.WriteByte('\n')
	}
}

// dim writes a paragraph that need not be read.
func (w *planTextWriter) dim(text string) {
	for _, line := range render.Wrap(w.Redact(text), w.Width-2) {
		w.WriteString("  ")
		w.faint.Fprint(w, line)
		w.WriteByte('\n')
	}
}

func (w *planTextWriter) step(p *whatif.Plan, s *whatif.Step, first bool) {
	w.headline(p, s)
	if first {
		w.model(p)
	}
	w.WriteByte('\n')
	w.grid(p, s)
	w.summary(p, s)
	for _, n := range s.Notes {
		w.Paragraph(n)
	}
	for i := range s.Findings {
		w.planFinding(&s.Findings[i])
	}
}

// headline is "web   20 -> 15   removes web_19 web_18 ...", wrapped below the
// names and cut after maxRows lines.
func (w *planTextWriter) headline(p *whatif.Plan, s *whatif.Step) {
	set := render.Neutral(p.ScaleSet)
	change := fmt.Sprintf("%s -> %s", render.Thousands(s.From), render.Thousands(s.To))
	w.title.Fprint(w, set)
	fmt.Fprintf(w, "   %s   %s", change, verb(s))
	at := render.Width(set) + 3 + len(change) + 3 + len(verb(s))
	indent := min(at+1, w.Width/2)
	style := w.come
	if len(s.Removed) > 0 {
		style = w.leave
	}
	names, lines := w.names(p, s), 1
	for i, name := range names {
		if n := render.Width(name); at+1+n > w.Width && at > indent {
			if lines++; lines > w.maxRows {
				fmt.Fprintf(w, "\n%*s... and %s more (the CSV format lists all)", indent-1, "", render.Plural(len(names)-i, "name"))
				break
			}
			fmt.Fprintf(w, "\n%*s", indent-1, "")
			at = indent - 1
		}
		w.WriteByte(' ')
		style.Fprint(w, name)
		at += 1 + render.Width(name)
	}
	w.WriteByte('\n')
}

// names returns the names of what moves; runs of four and more are joined.
func (w *planTextWriter) names(p *whatif.Plan, s *whatif.Step) (all []string) {
	in := moved(s)
	if p.Config.Flexible {
		for i := range in[:min(len(in), 20*w.maxRows)] { // a line holds fewer
			all = append(all, render.Neutral(p.Name(in[i].ID)))
		}
		return all
	}
	if len(in) > 20 {
		all = append(all, render.Thousands(len(in))+":")
	}
	for _, run := range spans(in) {
		n, step := run.last-run.first, 1
		if n < 0 {
			n, step = -n, -1
		}
		if len(in) > 20 && n > 2 {
			all = append(all, render.Neutral(p.Name(run.first)+" to "+p.Name(run.last)))
			continue
		}
		for id := run.first; ; id += step {
			all = append(all, render.Neutral(p.Name(id)))
			if id == run.last {
				break
			}
		}
	}
	return all
}

// idsInText is the most instances of which a grid for the terminal may name
// the ids: eight in each of 25 cells would already not fit.
const idsInText = 125

func (w *planTextWriter) grid(p *whatif.Plan, s *whatif.Step) {
	if s.From+len(s.Added) == 0 {
		return
	}
	g := newPlanGrid(p, s, idsInText)
	if g.IDs && len(g.Columns) > 1 && w.gridWidth(g) > w.Width && w.cellRoom(g) < leastCell {
		g = newPlanGrid(p, s, 0)
	}
	if !g.IDs && len(g.Columns) > 1 && w.gridWidth(g) > w.Width {
		g = g.addUp()
	}
	label := 0
	for _, r := range g.Rows {
		label = max(label, render.Width(render.Neutral(r)))
	}
	if len(g.Columns) == 1 {
		w.rows(g, label)
	} else {
		w.table(g, label)
	}
	if text := legend(g, s); text != "" {
		w.dim(text)
	}
	w.WriteByte('\n')
}

// columnWidth returns the width of the widest cell: what is between columns counts.
func columnWidth(g planGrid) int {
	width := 4
	for _, row := range g.Cells {
		for i := range row {
			n := 0
			for _, t := range row[i].tokens(g.IDs) {
				n += render.Width(t.text) + 1
			}
			width = max(width, n-1)
		}
	}
	return width + columnGap(g)
}

// columnGap is wide between ids, which are in groups of two and three.
func columnGap(g planGrid) int {
	if g.IDs {
		return 3
	}
	return 2
}

func (w *planTextWriter) gridWidth(g planGrid) int {
	label := 0
	for _, r := range g.Rows {
		label = max(label, render.Width(render.Neutral(r)))
	}
	return 2 + label + 3 + columnWidth(g)*len(g.Columns) - columnGap(g)
}

// leastCell is the least width of a cell whose ids are wrapped: three ids of
// three digits.
const leastCell = 11

// cellRoom returns the width that the terminal has for each cell.
func (w *planTextWriter) cellRoom(g planGrid) int {
	label := 0
	for _, r := range g.Rows {
		label = max(label, render.Width(render.Neutral(r)))
	}
	return (w.Width-2-label-3)/len(g.Columns) - 2
}

// foldCell breaks the words of a cell into lines of a width.
func foldCell(all []token, width int) (lines [][]token) {
	if len(all) == 0 {
		all = []token{{text: "·", sign: '.'}} // so that a row can be followed with the eye
	}
	used := width
	for _, t := range all {
		n := render.Width(t.text)
		if used+1+n > width {
			lines, used = append(lines, nil), -1
		}
		last := len(lines) - 1
		lines[last] = append(lines[last], t)
		used += 1 + n
	}
	return lines
}

func (w *planTextWriter) table(g planGrid, label int) {
	width := columnWidth(g)
	if w.gridWidth(g) > w.Width {
		width = w.cellRoom(g) + 2
	}
	fmt.Fprintf(w, "  %*s   ", label, "")
	for i, c := range g.Columns {
		pad := width - len(c)
		if i == len(g.Columns)-1 {
			pad = 0
		}
		w.faint.Fprint(w, c)
		fmt.Fprintf(w, "%*s", pad, "")
	}
	w.WriteByte('\n')
	for r, row := range g.Cells {
		if g.newZone(r) {
			w.WriteByte('\n')
		}
		folded, height := make([][][]token, len(row)), 0
		for i := range row {
			folded[i] = foldCell(row[i].tokens(g.IDs), width-2)
			height = max(height, len(folded[i]))
		}
		for line := range height {
			name := g.Rows[r]
			if line > 0 {
				name = ""
			}
			w.label(name, label)
			w.tableLine(folded, line, width)
		}
	}
}

// tableLine writes one line of a row, without blanks at its end.
func (w *planTextWriter) tableLine(cells [][][]token, line, width int) {
	blank := 0
	for _, c := range cells {
		used := 0
		if line < len(c) {
			fmt.Fprintf(w, "%*s", blank, "")
			blank, used = 0, w.tokens(c[line])
		}
		blank += width - used
	}
	w.WriteByte('\n')
}

func (w *planTextWriter) label(text string, width int) {
	text = render.Neutral(text)
	w.WriteString("  ")
	w.faint.Fprint(w, text)
	fmt.Fprintf(w, "%*s   ", width-render.Width(text), "")
}

func (w *planTextWriter) tokens(all []token) (used int) {
	for i, t := range all {
		if i > 0 {
			w.WriteByte(' ')
			used++
		}
		w.token(t)
		used += render.Width(t.text)
	}
	return used
}

func (w *planTextWriter) token(t token) {
	switch t.sign {
	case '-':
		w.leave.Fprint(w, t.text)
	case '+':
		w.come.Fprint(w, t.text)
	case '.', '~':
		w.faint.Fprint(w, t.text)
	default:
		w.WriteString(t.text)
	}
}

// rows writes a grid of one column: each row a list, wrapped.
func (w *planTextWriter) rows(g planGrid, label int) {
	for r, row := range g.Cells {
		w.label(g.Rows[r], label)
		at := 2 + label + 2
		for _, t := range row[0].tokens(g.IDs) {
			if at+1+render.Width(t.text) > w.Width {
				fmt.Fprintf(w, "\n%*s", 2+label+3, "")
				at = 2 + label + 2
			} else if at > 2+label+2 {
				w.WriteByte(' ')
			}
			w.token(t)
			at += 1 + render.Width(t.text)
		}
		w.WriteByte('\n')
	}
}

// summary says how the instances are spread after the step.
func (w *planTextWriter) summary(p *whatif.Plan, s *whatif.Step) {
	w.Paragraph(planSummary(p, s))
	for _, text := range lostOf(p, s).Sentences() {
		w.Paragraph(text)
	}
}

// lostOf returns what failures leave after a step, or of the set as it is.
func lostOf(p *whatif.Plan, s *whatif.Step) instances.Aftermath {
	if len(p.Steps) == 0 {
		return p.Lost
	}
	return s.Lost
}

func planSummary(p *whatif.Plan, s *whatif.Step) string {
	b, c := s.Balance, p.Config
	switch {
	case b.Total == 0 && s.From == 0:
		return "the scale set has no instances"
	case b.Total == 0:
		return "no instance is left"
	}
	text := render.Thousands(b.Total) + " instances"
	if b.Total == 1 {
		text = "1 instance"
	}
	switch {
	case len(s.Removed) > 0 && b.Total == 1:
		text += " remains"
	case len(s.Removed) > 0:
		text += " remain"
	}
	if b.Running < b.Total {
		text += fmt.Sprintf(", %s of them running", render.Thousands(b.Running))
	}
	var parts []string
	if len(c.Zones) > 0 {
		parts = append(parts, each(b.Zones, "zone"))
		if b.Regional > 0 {
			parts = append(parts, render.Thousands(b.Regional)+" in none")
		}
	}
	if c.FaultDomains > 1 {
		parts = append(parts, each(b.FaultDomains, "fault domain"))
	}
	if c.UpdateDomains > 1 {
		parts = append(parts, each(b.UpdateDomains, "update domain"))
	}
	if n := len(b.Groups); n > max(1, len(b.Zones)) {
		parts = append(parts, render.Thousands(n)+" placement groups")
	}
	if len(parts) > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	return text + worst(p, s)
}

// worst says how many running instances are left when the worst domain fails.
func worst(p *whatif.Plan, s *whatif.Step) string {
	v := whatif.SurvivorsOf(p.Config, s.Balance)
	var parts []string
	for _, k := range []struct {
		n    int
		noun string
	}{{v.Zone, "a zone"}, {v.FaultDomain, "a fault domain"}, {v.UpdateDomain, "an update domain"}} {
		if k.n >= 0 {
			parts = append(parts, fmt.Sprintf("%s fails, %s", k.noun, areLeft(k.n, len(parts) == 0)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "; if " + strings.Join(parts, "; if ")
}

// areLeft says how many instances are left, in whole words the first time.
func areLeft(n int, first bool) string {
	switch {
	case n == 0:
		return "none is left"
	case !first:
		return render.Thousands(n)
	case n == 1:
		return "1 is left"
	}
	return render.Thousands(n) + " are left"
}

func (w *planTextWriter) planFinding(d *diag.Diagnostic) {
	w.WriteString("  ")
	w.Severity[d.Severity].Fprintf(w, "%s:", d.Severity)
	text := w.Redact(d.Summary)
	lines := render.Wrap(text+" "+findings.CodeLabel(d), w.Width-len(d.Severity.String())-5)
	for i, line := range lines {
		if i > 0 {
			w.WriteString("   ")
		}
		fmt.Fprintf(w, " %s\n", line)
	}
	for _, s := range d.Trail {
		w.indented(trail.Sentence(s))
	}
	if !d.Subject.IsZero() {
		w.indented("at " + render.Place(d.Subject))
	}
	w.indented(d.Detail)
	if d.Source != "" && !w.said[d.Source] {
		w.said[d.Source] = true
		for _, line := range render.Wrap(w.Redact(d.Source)+" · scaleset explain "+string(d.Code), w.Width-4) {
			w.WriteString("    ")
			w.faint.Fprint(w, line)
			w.WriteByte('\n')
		}
	}
}

func (w *planTextWriter) indented(text string) {
	for _, line := range render.Wrap(w.Redact(text), w.Width-4) {
		fmt.Fprintf(w, "    %s\n", line)
	}
}
