package findings

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/report/render"
	"github.com/scaleset/scaleset/pkg/syntax/secret"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// tabWidth is the number of columns from tab stop to tab stop.
const tabWidth = 4

// An excerpt is one line of source as it is shown, with the columns to underline.
type excerpt struct {
	Line int    // number of the line
	Text string // tabs expanded, controls spelled out, secrets masked, trimmed
	// Start and End are the columns of Text to underline, from 0.
	Start, End int
	// LastLine is the line where the range ends, if it continues after this one; else 0.
	LastLine int
}

// A glyph is a piece of a line that is shown or left out as a whole.
type glyph struct {
	text       string
	width      int
	start, end int // offsets in the file
	blank      bool
}

// newExcerpt shows the first line of r in at most limit columns. ok is false
// when r is not a place in a file with text.
func newExcerpt(r source.Range, secrets *secret.Set, limit int) (e excerpt, ok bool) {
	if r.IsZero() || r.File.Len() == 0 {
		return excerpt{}, false
	}
	number := r.StartPosition().Line
	_, line := r.File.Line(number)
	if number == 1 && bytes.HasPrefix(r.File.Bytes(), []byte("\uFEFF")) {
		line.Start += len("\uFEFF")
	}
	shown := near(line, r)
	if hidden := secrets.Within(shown); len(hidden) == 1 && hidden[0] == shown && shown.End > shown.Start {
		return excerpt{}, false // nothing of the line may be seen
	}
	glyphs := newGlyphs(shown, secrets)
	first, last := underlined(glyphs, r)
	glyphs, last = shortened(glyphs, first, last, limit)
	from, to := window(glyphs, first, last, limit)
	e = excerpt{Line: number}
	if last := r.EndPosition().Line; last > number && r.End > line.End+lineEnd(r.File, line.End) {
		e.LastLine = last
	}
	e.render(glyphs, from, to, first, last, line)
	return e, true
}

// lineEnd returns the number of bytes of the line end at offset.
func lineEnd(f *source.File, offset int) int {
	switch rest := f.Bytes()[offset:]; {
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return 2
	case len(rest) > 0:
		return 1
	}
	return 0
}

// farthest limits how much of a line is read on each side of a range: a
// minified template is one line of megabytes, and no terminal shows it.
const farthest = 1000

// near returns the part of the line around the start of r.
func near(line, r source.Range) source.Range {
	f := r.File
	start, end := max(line.Start, r.Start-farthest), min(line.End, r.Start+farthest)
	for start > line.Start && !utf8.RuneStart(f.Bytes()[start]) {
		start--
	}
	for end < line.End && !utf8.RuneStart(f.Bytes()[end]) {
		end++
	}
	return f.Range(start, end)
}

// longestCommand is more than the begin of a command of a build service has bytes,
// ignored characters in it aside.
const longestCommand = 64

func newGlyphs(line source.Range, secrets *secret.Set) []glyph {
	glyphs := make([]glyph, 0, line.End-line.Start+1)
	hidden := secrets.Within(line)
	column := 0
	add := func(g glyph) {
		glyphs = append(glyphs, g)
		column += g.width
	}
	text := line.File.Bytes()
	for at := line.Start; at < line.End; {
		if len(hidden) > 0 && at == hidden[0].Start {
			mask := render.MaskFor(hidden[0].Text())
			add(glyph{text: mask, width: len(mask), start: at, end: hidden[0].End})
			at, hidden = hidden[0].End, hidden[1:]
			continue
		}
		r, n := utf8.DecodeRune(text[at:line.End])
		g := glyph{start: at, end: at + n, blank: r == ' ' || r == '\t'}
		if r == '\t' {
			g.width = tabWidth - column%tabWidth
			g.text = strings.Repeat(" ", g.width)
		} else {
			g.text = render.Spell(r)
			if r == '#' && render.IsLogCommand(string(text[at:min(line.End, at+longestCommand)])) {
				g.text = "# " // broken, as in neutral
			}
			g.width = render.Width(g.text)
		}
		add(g)
		at += n
	}
	return glyphs
}

// underlined gives the half-open range of glyphs that r covers, at least
// where it starts when it is empty.
func underlined(glyphs []glyph, r source.Range) (first, last int) {
	first = len(glyphs)
	for i, g := range glyphs {
		if g.end > r.Start {
			first = i
			break
		}
	}
	last = first
	for last < len(glyphs) && glyphs[last].start < r.End {
		last++
	}
	return first, last
}

// shortened takes the middle out of a range that is wider than a line: what is wrong
// may be at either end.
func shortened(glyphs []glyph, first, last, limit int) (shorter []glyph, end int) {
	room := limit - 2*len([]rune(render.Ellipsis))
	if widthOf(glyphs[first:last]) <= room {
		return glyphs, last
	}
	// What is before the range, such as the key of a value, stays when it is short, and
	// so does what ends the line behind it.
	indent := 0
	for indent < first && glyphs[indent].blank {
		indent++
	}
	if before := widthOf(glyphs[indent:first]); before <= limit/2 {
		room -= before
	}
	room -= min(widthOf(glyphs[last:]), 2) + 1
	head := fitting(glyphs[:last], first, room/2)
	tail := last
	for width := 0; tail > head && width+glyphs[tail-1].width <= room-room/2; tail-- {
		width += glyphs[tail-1].width
	}
	gap := glyph{text: render.Ellipsis, width: 1, start: glyphs[head].start, end: glyphs[tail-1].end}
	shorter = slices.Concat(glyphs[:head], []glyph{gap}, glyphs[tail:])
	return shorter, head + 1 + last - tail
}

// window chooses the glyphs [from, to) that fit into limit columns and show as
// much as possible of [first, last) and of what is around it. The indentation
// goes first. What is too long to be shown whole keeps the text before it,
// such as the key of a value, when that is short.
func window(glyphs []glyph, first, last, limit int) (from, to int) {
	if widthOf(glyphs) <= limit {
		return 0, len(glyphs)
	}
	for from < first && glyphs[from].blank {
		from++
	}
	if widthOf(glyphs[from:]) <= limit {
		return from, len(glyphs)
	}
	if whole := widthOf(glyphs[first:last]); whole >= limit-2 && widthOf(glyphs[from:first]) <= limit/2 {
		return from, fitting(glyphs, from, limit-len([]rune(render.Ellipsis)))
	}
	limit -= 2 * len([]rune(render.Ellipsis))
	indent := from
	after := max(0, limit-widthOf(glyphs[first:last])) / 2 // what may follow the range
	for from, to = first, first; to < len(glyphs) && limit >= glyphs[to].width; to++ {
		if to >= last {
			if after -= glyphs[to].width; after < 0 {
				break
			}
		}
		limit -= glyphs[to].width
	}
	for from > indent && limit >= glyphs[from-1].width {
		from--
		limit -= glyphs[from].width
	}
	for to < len(glyphs) && limit >= glyphs[to].width {
		limit -= glyphs[to].width
		to++
	}
	return from, to
}

// fitting returns the end of the glyphs from from on that fit into limit columns.
func fitting(glyphs []glyph, from, limit int) int {
	for from < len(glyphs) && limit >= glyphs[from].width {
		limit -= glyphs[from].width
		from++
	}
	return from
}

func widthOf(glyphs []glyph) int {
	n := 0
	for _, g := range glyphs {
		n += g.width
	}
	return n
}

func (e *excerpt) render(glyphs []glyph, from, to, first, last int, line source.Range) {
	var b strings.Builder
	column := 0
	if cut(glyphs[:from]) || len(glyphs) > 0 && glyphs[0].start > line.Start {
		b.WriteString(render.Ellipsis)
		column++
	}
	e.Start = -1
	for i := from; i < to; i++ {
		if i == first {
			e.Start = column
		}
		b.WriteString(glyphs[i].text)
		column += glyphs[i].width
		if i < last {
			e.End = column
		}
	}
	if e.Start < 0 { // at the end of the line
		e.Start = column
	}
	e.End = max(e.End, e.Start+1)
	if to < len(glyphs) || len(glyphs) > 0 && glyphs[len(glyphs)-1].end < line.End {
		b.WriteString(render.Ellipsis)
	}
	e.Text = b.String()
}

// cut reports whether anything but indentation is left out.
func cut(glyphs []glyph) bool {
	for _, g := range glyphs {
		if !g.blank {
			return true
		}
	}
	return false
}

// underline returns the line below Text from column Start on: a caret, then
// tildes to the end.
func (e excerpt) underline() string {
	s := "^" + strings.Repeat("~", e.End-e.Start-1)
	if e.LastLine > 0 {
		s += fmt.Sprintf(" to line %d", e.LastLine)
	}
	return s
}

// parts are Text before, in and after the columns to underline.
func (e excerpt) parts() (before, marked, after string) {
	column, start, end := 0, len(e.Text), len(e.Text)
	for i, r := range e.Text {
		if column >= e.Start {
			start = min(start, i)
		}
		if column >= e.End {
			end = min(end, i)
		}
		column += render.RuneWidth(r)
	}
	return e.Text[:start], e.Text[start:end], e.Text[end:]
}
