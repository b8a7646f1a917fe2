package plans

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/report/render"
)

// SVG draws the steps of all sets, one below the other, as one picture
// that is self-contained: no scripts, no fonts or images from outside, light and
// dark by the setting of the viewer. A removed instance has a minus and a dashed
// border, an added one a plus and a thick border, so that the picture reads without
// colour.
type SVG struct{}

// Measures of the picture, in its own units (pixels at 100%).
const (
	svgMargin  = 24
	svgChipH   = 22  // height of the box of one instance
	svgChipGap = 5   // between boxes
	svgCellPad = 8   // inside a cell
	svgColumn  = 150 // least width of a cell
	svgChar    = 7.0 // width of a digit of 12 pixels in the fonts of the style sheet
	svgHeader  = 66  // above the grid of a step
	svgFooter  = 34
	svgBar     = 640 // all bars of a row together, where instances are only counted
	svgBarH    = 14
	svgZoneGap = 12 // between the rows of two zones
)

// svgColours are for a self-contained SVG. In a page, the page's own colours
// (the same names) are used instead.
const svgColours = `:root{--bg:#fff;--ink:#1c2430;--soft:#5b6675;--line:#d5dbe3;--cell:#f6f8fa;--chip:#dfe6ee;--out:#fbe0dd;--outline:#b3261e;--in:#d8f0df;--inline:#1b7f3b}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--ink:#e6eaf0;--soft:#9aa6b5;--line:#333c48;--cell:#1a2029;--chip:#2f3947;--out:#46211f;--outline:#ff8f85;--in:#173a25;--inline:#6fd694}}
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
.plan .surplus{fill:var(--cell);stroke:var(--inline);stroke-dasharray:2 3}
.plan text.surplus,.plan tspan.surplus{fill:var(--soft);stroke:none}
.plan text.leave,.plan tspan.leave{fill:var(--outline);stroke:none;font-weight:700}
.plan text.come,.plan tspan.come{fill:var(--inline);stroke:none;font-weight:700}
`

//go:embed picture.svg.tmpl
var pictureText string

// Report implements [Reporter].
func (SVG) Report(w io.Writer, p Preview) error {
	text := func(s string) string { return render.Neutral(p.Secrets.Redact(s)) }
	v := svgView{Width: 320, Height: svgMargin, Title: pageTitle(p, text), Style: svgColours + CSS}
	for _, plan := range p.Plans {
		for _, pic := range drawPlan(plan, text) {
			v.Width = max(v.Width, pic.Width+2*svgMargin)
			pic.Left, pic.Top = svgMargin, v.Height
			v.Height += pic.Height + svgMargin
			v.Pictures = append(v.Pictures, pic)
		}
	}
	return render.Execute(w, pageTemplates.Get(), "svg", v)
}

// An svgView is what the template "svg" shows.
type svgView struct {
	Width, Height float64
	Title         string
	Style         template.CSS
	Pictures      []picture
}

func pageTitle(p Preview, text func(string) string) string {
	names := make([]string, len(p.Plans))
	for i, plan := range p.Plans {
		names[i] = text(plan.ScaleSet)
	}
	return "Capacity preview of " + strings.Join(names, ", ")
}

// A picture is the drawing of one step, in its own units.
type picture struct {
	Width, Height float64
	// GridWidth and GridHeight are without the captions.
	GridWidth, GridHeight float64
	Left                  int
	Top                   float64
	Title, Note           string // above the grid; a page has them as headings
	Label                 string // for screen readers
	Columns               []word
	Rows                  []pictureRow
	Summary               string
	SummaryY              float64
	Legend                string // of the marks; "" without any
	LegendY               float64
}

// OuterWidth is the width of the picture in a page.
func (p picture) OuterWidth() float64 { return p.GridWidth + 4 }

// OuterHeight is the height of the picture in a page, which has the title above
// and the caption below it.
func (p picture) OuterHeight() float64 { return p.GridHeight - float64(p.Cut()) }

// Cut is the height of the title.
func (p picture) Cut() int { return svgHeader - 18 }

type word struct {
	X, Y        float64
	Class, Text string
}

type pictureRow struct {
	Y     float64
	Text  string
	Cells []pictureCell
}

type pictureCell struct {
	X, Y, Width, Height float64
	Chips               []chip // one for each instance, or
	Bar                 *bar   // a bar of counts
}

type chip struct {
	Class, TextClass, Text    string
	Title                     string // shown on hover
	X, Y, Width, TextX, TextY float64
	Height                    int
}

type bar struct {
	Parts []chip
	Title string  // the instances, shown on hover
	X, Y  float64 // of the words
	Words []word
}

// drawPlan draws each step of a plan, or the set as it is when nothing changes. text
// masks and neutralizes.
func drawPlan(p *whatif.Plan, text func(string) string) (all []picture) {
	if len(p.Steps) == 0 {
		return []picture{drawStep(p, finalState(p), fmt.Sprintf("%s: %s", p.ScaleSet, render.Plural(len(p.Final), "instance")), true, text)}
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		title := fmt.Sprintf("%s: %s → %s, %s", p.ScaleSet, render.Thousands(s.From), render.Thousands(s.To), verbCount(s))
		all = append(all, drawStep(p, s, title, i == 0, text))
	}
	return all
}

// idsInPicture is the most instances that are drawn one by one.
const idsInPicture = 300

type drawing struct {
	picture
	grid   planGrid
	label  float64   // width of the row labels
	widths []float64 // of the columns
	perRow []int     // boxes that a line of a column holds
	text   func(string) string
}

func drawStep(p *whatif.Plan, s *whatif.Step, title string, first bool, text func(string) string) picture {
	d := &drawing{grid: newPlanGrid(p, s, idsInPicture), text: text}
	d.measure()
	width := d.label
	for _, w := range d.widths {
		width += w + svgChipGap
	}
	d.Title = text(title)
	if first {
		d.Note = text(p.Headline())
	}
	summary := planSummary(p, s)
	bottom := d.draw()
	d.Summary, d.SummaryY = text(summary), bottom+22
	d.GridWidth, d.GridHeight = width, bottom+4
	d.Height = bottom + svgFooter
	if d.Legend = legend(d.grid, s); d.Legend != "" {
		d.LegendY = bottom + 40
		d.Height += 18
	}
	d.Width = max(width, float64(len(d.Legend))*6.2, float64(len(summary))*6.2, float64(len(p.Headline()))*6.2, float64(len(title))*8.5)
	return d.picture
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
		d.Columns = append(d.Columns, word{X: x + svgCellPad, Y: svgHeader - 4, Text: c})
		x += d.widths[i] + svgChipGap
	}
	y := float64(svgHeader) + 4
	for r, row := range d.grid.Cells {
		if d.grid.newZone(r) {
			y += svgZoneGap
		}
		height := d.rowHeight(row)
		line := pictureRow{Y: y + svgCellPad + 15, Text: d.text(d.grid.Rows[r])}
		x := d.label
		for i := range row {
			cell := pictureCell{X: x, Y: y, Width: d.widths[i], Height: height}
			if d.grid.IDs {
				cell.Chips = d.chips(x+svgCellPad, y+svgCellPad, d.perRow[i], row[i].tokens(true))
			} else {
				cell.Bar = d.bar(x+svgCellPad, y+svgCellPad, d.widths[i]-2*svgCellPad, row[i])
			}
			line.Cells = append(line.Cells, cell)
			x += d.widths[i] + svgChipGap
		}
		d.Rows = append(d.Rows, line)
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
func (d *drawing) bar(x, y, width float64, c planCell) *bar {
	most := 1
	for _, row := range d.grid.Cells {
		for _, o := range row {
			most = max(most, o.Stay+o.Leave+o.Come+o.Extra)
		}
	}
	b := &bar{Title: d.text(c.title()), X: x, Y: y + svgBarH + svgChipGap + 11}
	at := x
	for _, part := range []struct {
		class string
		n     int
	}{{"stay", c.Stay}, {"leave", c.Leave}, {"come", c.Come}, {"surplus", c.Extra}} {
		if part.n > 0 {
			w := width * float64(part.n) / float64(most)
			b.Parts = append(b.Parts, chip{Class: part.class, X: at, Y: y, Width: max(w-1, 0.5), Height: svgBarH})
			at += w
		}
	}
	for _, t := range c.tokens(false) {
		b.Words = append(b.Words, word{Class: textClass(classOf(t)), Text: t.text})
	}
	return b
}

func (d *drawing) chips(x, y float64, perRow int, all []token) (chips []chip) {
	width := d.chipWidth()
	for i, t := range all {
		class := classOf(t)
		cx, cy := x+float64(i%perRow)*(width+svgChipGap), y+float64(i/perRow)*(svgChipH+svgChipGap)
		chips = append(chips, chip{Class: class, X: cx, Y: cy, Width: width, Height: svgChipH, TextClass: textClass(class), TextX: cx + width/2, TextY: cy + 15.5, Text: d.text(t.text), Title: d.text(t.title)})
	}
	return chips
}

// classOf is the class of what becomes of the instances of a word.
func classOf(t token) string {
	return map[byte]string{' ': "stay", '-': "leave", '+': "come", '~': "surplus"}[t.sign]
}

// textClass: the words of what stays have the colour of all text.
func textClass(class string) string {
	if class == "stay" {
		return "kept"
	}
	return class
}
