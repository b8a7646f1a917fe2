package plans

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// SVG draws the steps of all sets, one below the other, as one picture
// that stands alone: no scripts, no fonts or images from outside, light and
// dark by the setting of the viewer. What leaves has a minus and a dashed
// border, what comes a plus and a thick one, so that the picture reads without
// colour.
type SVG struct{}

// Measures of the picture, in its own units (pixels at 100%).
const (
	svgMargin  = 24
	svgChipH   = 22  // height of the box of one instance
	svgChipGap = 5   // between boxes
	svgCellPad = 8   // inside a cell
	svgColumn  = 150 // least width of a cell
	svgChar    = 7.0 // width of a digit of 12 pixels in the fonts asked for
	svgHeader  = 66  // above the grid of a step
	svgFooter  = 34
	svgBar     = 640 // all bars of a row together, where instances are only counted
	svgBarH    = 14
)

// svgStyle is for SVG that stands alone. In a page, the page's own colours
// (the same names) are used instead.
const svgStyle = `<style>
:root{--bg:#fff;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--cell:#f6f8fa;--chip:#dfe6ee;--out:#fbe0dd;--outline:#b3261e;--in:#d8f0df;--inline:#1b7f3b}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--ink:#e6eaf0;--soft:#9aa6b5;--line:#333c48;--cell:#1a2029;--chip:#2f3947;--out:#46211f;--outline:#ff8f85;--in:#173a25;--inline:#6fd694}}
` + CSS + `</style>
`

// CSS styles the shapes, in a picture and in a page alike.
const CSS = `.plan text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ink)}
.plan .title{font:600 15px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.plan .note{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--soft)}
.plan .axis{fill:var(--soft)}
.plan .page{fill:var(--bg)}
.plan .cell{fill:var(--cell);stroke:var(--line)}
.plan .stay{fill:var(--chip)}
.plan .leave{fill:var(--out);stroke:var(--outline);stroke-dasharray:3 2}
.plan .come{fill:var(--in);stroke:var(--inline);stroke-width:2}
.plan text.leave,.plan tspan.leave{fill:var(--outline);stroke:none;font-weight:700}
.plan text.come,.plan tspan.come{fill:var(--inline);stroke:none;font-weight:700}
`

// Report implements [Reporter].
func (SVG) Report(w io.Writer, p Preview) error {
	var pictures []picture
	width, height := 320.0, float64(svgMargin)
	for _, plan := range p.Plans {
		for _, pic := range Draw(plan) {
			width = max(width, pic.width+2*svgMargin)
			pic.top = height
			height += pic.height + svgMargin
			pictures = append(pictures, pic)
		}
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" class="plan" role="img" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">`+"\n", width, height, width, height)
	fmt.Fprintf(b, "<title>%s</title>\n", svgTitle(p))
	b.WriteString(svgStyle)
	fmt.Fprintf(b, `<rect class="page" width="%.0f" height="%.0f"/>`+"\n", width, height)
	for _, pic := range pictures {
		fmt.Fprintf(b, `<g transform="translate(%d %.0f)">`+"\n%s</g>\n", svgMargin, pic.top, pic.body)
	}
	b.WriteString("</svg>\n")
	return b.Flush()
}

func svgTitle(p Preview) string {
	names := make([]string, len(p.Plans))
	for i, plan := range p.Plans {
		names[i] = render.Markup(plan.ScaleSet)
	}
	return "Capacity preview of " + strings.Join(names, ", ")
}

// A picture is the drawing of one step.
type picture struct {
	width, height, top float64
	body               string
}

// Draw draws each step of a plan, or the set as it is when nothing changes.
func Draw(p *whatif.Plan) (all []picture) {
	if len(p.Steps) == 0 {
		return []picture{drawStep(p, standing(p), fmt.Sprintf("%s: %s", p.ScaleSet, render.Plural(len(p.Final), "instance")), true)}
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		title := fmt.Sprintf("%s: %s → %s, %s", p.ScaleSet, render.Thousands(s.From), render.Thousands(s.To), VerbCount(s))
		all = append(all, drawStep(p, s, title, i == 0))
	}
	return all
}

// idsInPicture is the most instances that are drawn one by one.
const idsInPicture = 300

type drawing struct {
	strings.Builder
	grid   planGrid
	label  float64   // width of the row labels
	widths []float64 // of the columns
	perRow []int     // boxes that a line of a column holds
}

func drawStep(p *whatif.Plan, s *whatif.Step, title string, first bool) picture {
	d := &drawing{grid: newPlanGrid(p, s, idsInPicture)}
	d.measure()
	width := d.label
	for _, w := range d.widths {
		width += w + svgChipGap
	}
	fmt.Fprintf(d, `<text class="title" x="0" y="16">%s</text>`+"\n", render.Markup(title))
	if first {
		fmt.Fprintf(d, `<text class="note" x="0" y="36">%s</text>`+"\n", render.Markup(p.Headline()))
	}
	summary := planSummary(p, s)
	bottom := d.draw()
	fmt.Fprintf(d, `<text class="note" x="0" y="%.0f">%s</text>`+"\n", bottom+22, render.Markup(summary))
	width = max(width, float64(len(summary))*6.2, float64(len(p.Headline()))*6.2, float64(len(title))*8.5)
	return picture{width: width, height: bottom + svgFooter, body: d.String()}
}

func (d *drawing) measure() {
	for _, r := range d.grid.Rows {
		d.label = max(d.label, float64(render.Width(render.Neutral(r)))*svgChar+16)
	}
	chip := d.chipWidth()
	for i := range d.grid.Columns {
		if !d.grid.IDs {
			d.perRow = append(d.perRow, 1)
			d.widths = append(d.widths, max(svgBar/float64(len(d.grid.Columns)), 3*chip)+2*svgCellPad)
			continue
		}
		most := 0
		for _, row := range d.grid.Cells {
			most = max(most, len(row[i].tokens(d.grid.IDs)))
		}
		per := 4
		if len(d.grid.Columns) == 1 {
			per = 16
		}
		per = max(1, min(per, most))
		d.perRow = append(d.perRow, per)
		d.widths = append(d.widths, max(svgColumn*float64(len(d.grid.Columns))/6, 2*svgCellPad+float64(per)*(chip+svgChipGap)-svgChipGap))
	}
}

// chipWidth fits the longest word of all cells.
func (d *drawing) chipWidth() float64 {
	longest := 2
	for _, row := range d.grid.Cells {
		for i := range row {
			for _, t := range row[i].tokens(d.grid.IDs) {
				longest = max(longest, render.Width(t.text))
			}
		}
	}
	return float64(longest)*svgChar + 10
}

// draw draws the grid and gives its lower edge.
func (d *drawing) draw() (bottom float64) {
	x := d.label
	for i, c := range d.grid.Columns {
		fmt.Fprintf(d, `<text class="axis" x="%.0f" y="%d">%s</text>`+"\n", x+svgCellPad, svgHeader-4, c)
		x += d.widths[i] + svgChipGap
	}
	y := float64(svgHeader) + 4
	for r, row := range d.grid.Cells {
		height := d.rowHeight(row)
		fmt.Fprintf(d, `<text class="axis" x="0" y="%.0f">%s</text>`+"\n", y+svgCellPad+15, render.Markup(d.grid.Rows[r]))
		x := d.label
		for i := range row {
			fmt.Fprintf(d, `<rect class="cell" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6"/>`+"\n", x, y, d.widths[i], height)
			if d.grid.IDs {
				d.chips(x+svgCellPad, y+svgCellPad, d.perRow[i], row[i].tokens(true))
			} else {
				d.bar(x+svgCellPad, y+svgCellPad, d.widths[i]-2*svgCellPad, row[i])
			}
			x += d.widths[i] + svgChipGap
		}
		y += height + svgChipGap
	}
	return y
}

func (d *drawing) rowHeight(row []planCell) float64 {
	if !d.grid.IDs {
		return 2*svgCellPad + svgBarH + svgChipGap + 14
	}
	lines := 1
	for i := range row {
		lines = max(lines, (len(row[i].tokens(true))+d.perRow[i]-1)/d.perRow[i])
	}
	return 2*svgCellPad + float64(lines)*(svgChipH+svgChipGap) - svgChipGap
}

// bar draws the counts of a cell to the scale of the fullest one, and writes
// them below.
func (d *drawing) bar(x, y, width float64, c planCell) {
	most := 1
	for _, row := range d.grid.Cells {
		for _, o := range row {
			most = max(most, o.Stay+o.Leave+o.Come)
		}
	}
	at := x
	for _, part := range []struct {
		class string
		n     int
	}{{"stay", c.Stay}, {"leave", c.Leave}, {"come", c.Come}} {
		if part.n > 0 {
			w := width * float64(part.n) / float64(most)
			fmt.Fprintf(d, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%d" rx="2"/>`, part.class, at, y, max(w-1, 0.5), svgBarH)
			at += w
		}
	}
	fmt.Fprintf(d, `<text x="%.1f" y="%.1f">`, x, y+svgBarH+svgChipGap+11)
	for i, t := range c.tokens(false) {
		if i > 0 {
			d.WriteString(" ")
		}
		fmt.Fprintf(d, `<tspan class="%s">%s</tspan>`, textClass(map[byte]string{' ': "stay", '-': "leave", '+': "come"}[t.sign]), t.text)
	}
	d.WriteString("</text>\n")
}

func (d *drawing) chips(x, y float64, perRow int, all []token) {
	width := d.chipWidth()
	for i, t := range all {
		class := map[byte]string{' ': "stay", '-': "leave", '+': "come"}[t.sign]
		cx, cy := x+float64(i%perRow)*(width+svgChipGap), y+float64(i/perRow)*(svgChipH+svgChipGap)
		fmt.Fprintf(d, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%d" rx="4"/>`, class, cx, cy, width, svgChipH)
		fmt.Fprintf(d, `<text class="%s" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`+"\n", textClass(class), cx+width/2, cy+15.5, render.Markup(t.text))
	}
}

// textClass: the words of what stays have the colour of all text.
func textClass(class string) string {
	if class == "stay" {
		return "kept"
	}
	return class
}
