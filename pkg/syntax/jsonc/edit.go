package jsonc

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Apply returns the text of f after the edits. The edits can come in any order;
// insertions at one offset are made in the order given, before a replacement
// that starts there. It returns an error if two edits overlap or one is of
// another file.
func Apply(f *source.File, edits []diag.Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b diag.Edit) int {
		return cmp.Or(cmp.Compare(a.Range.Start, b.Range.Start), cmp.Compare(min(a.Range.End-a.Range.Start, 1), min(b.Range.End-b.Range.Start, 1)))
	})
	var out bytes.Buffer
	at := 0
	for _, e := range sorted {
		if e.Range.File != f {
			return nil, fmt.Errorf("edit of %s in %s", pathOf(e.Range), f.Path())
		}
		if e.Range.Start < at {
			return nil, fmt.Errorf("edits of %s overlap at offset %d", f.Path(), e.Range.Start)
		}
		if e.Range.End < e.Range.Start || e.Range.End > f.Len() {
			return nil, fmt.Errorf("edit of %s from %d to %d, the file has %d bytes", f.Path(), e.Range.Start, e.Range.End, f.Len())
		}
		out.Write(f.Bytes()[at:e.Range.Start])
		out.WriteString(e.Text)
		at = e.Range.End
	}
	out.Write(f.Bytes()[at:])
	return out.Bytes(), nil
}

func pathOf(r source.Range) string {
	if r.File == nil {
		return "no file"
	}
	return r.File.Path()
}

// Quote returns s as a JSON string.
func Quote(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Replace returns an edit that replaces a value with JSON text. Lines of the
// text after the first get the indentation of the line where the value begins.
func (t *Tree) Replace(n Node, text string) diag.Edit {
	r := n.Range()
	return diag.Edit{Range: r, Text: t.reindent(text, t.indentAt(r.Start))}
}

// InsertMember returns the edits that add a member before the i-th of o, or at
// the end if i is the number of members. The value is JSON text whose lines
// after the first are indented from column 1; they get the indentation of their
// new place. The layout follows the neighbours.
func (t *Tree) InsertMember(o *Object, i int, key, value string) []diag.Edit {
	places := make([]source.Range, len(o.Members))
	for j, m := range o.Members {
		places[j] = m.Range()
	}
	return t.insert(o.At, places, i, Quote(key)+": "+value)
}

// InsertElement returns the edits that add an element before the i-th of a,
// like InsertMember.
func (t *Tree) InsertElement(a *Array, i int, value string) []diag.Edit {
	return t.insert(a.At, elementRanges(a.Elements), i, value)
}

// RemoveMember returns the edits that remove the i-th member of o with its
// comma, and its line if nothing else is on it. Comments stay.
func (t *Tree) RemoveMember(o *Object, i int) []diag.Edit {
	// Only the neighbours are needed: a fix for each member of a large object
	// must not read all the others each time.
	from, to := max(i-1, 0), min(i+2, len(o.Members))
	var places []source.Range
	for _, m := range o.Members[from:to] {
		places = append(places, m.Range())
	}
	return t.remove(o.At, places, i-from)
}

// RemoveElement returns the edits that remove the i-th element of a, like
// RemoveMember.
func (t *Tree) RemoveElement(a *Array, i int) []diag.Edit {
	from, to := max(i-1, 0), min(i+2, len(a.Elements))
	return t.remove(a.At, elementRanges(a.Elements[from:to]), i-from)
}

func elementRanges(elements []Node) []source.Range {
	places := make([]source.Range, len(elements))
	for j, e := range elements {
		places[j] = e.Range()
	}
	return places
}

// insert adds text before the i-th item between brackets.
func (t *Tree) insert(outer source.Range, items []source.Range, i int, text string) []diag.Edit {
	switch {
	case len(items) == 0:
		return t.insertOnly(outer, text)
	case t.sharesLine(outer, items, min(i, len(items)-1)):
		return t.insertInline(items, i, text)
	case i == 0:
		indent := t.indentAt(items[0].Start)
		at := t.afterTrailing(outer.Start+1, items[0].Start, false)
		return []diag.Edit{t.insertion(at, t.nl()+indent+t.reindent(text, indent)+",")}
	}
	previous := items[i-1]
	indent := t.indentAt(previous.Start)
	line := t.nl() + indent + t.reindent(text, indent)
	if i < len(items) {
		at := t.afterTrailing(previous.End, items[i].Start, false)
		return []diag.Edit{t.insertion(at, line+",")}
	}
	at := t.afterTrailing(previous.End, outer.End-1, true)
	if comma := t.commaIn(previous.End, outer.End-1); comma >= 0 {
		at = max(at, comma+1)
		return []diag.Edit{t.insertion(at, line+",")}
	}
	return []diag.Edit{t.insertion(previous.End, ","), t.insertion(at, line)}
}

// insertOnly adds the first item between empty brackets.
func (t *Tree) insertOnly(outer source.Range, text string) []diag.Edit {
	indent := t.indentAt(outer.Start)
	inner := indent + t.Indent()
	line := t.nl() + inner + t.reindent(text, inner)
	inside := t.commentsIn(outer.Start, outer.End)
	if len(inside) == 0 {
		return []diag.Edit{{Range: t.at(outer.Start+1, outer.End-1), Text: line + t.nl() + indent}}
	}
	at := inside[len(inside)-1].At.End
	if breaks(string(t.File.Bytes()[at:outer.End])) == 0 {
		line += t.nl() + indent
	}
	return []diag.Edit{t.insertion(at, line)}
}

// insertInline adds an item on the line of its neighbour.
func (t *Tree) insertInline(items []source.Range, i int, text string) []diag.Edit {
	if i == len(items) {
		return []diag.Edit{t.insertion(items[i-1].End, ", "+t.reindent(text, t.indentAt(items[i-1].Start)))}
	}
	return []diag.Edit{t.insertion(items[i].Start, t.reindent(text, t.indentAt(items[i].Start))+", ")}
}

// sharesLine reports whether the i-th item begins on the line of the item or
// bracket before it.
func (t *Tree) sharesLine(outer source.Range, items []source.Range, i int) bool {
	before := outer.Start + 1
	if i > 0 {
		before = items[i-1].End
	}
	return breaks(string(t.File.Bytes()[before:items[i].Start])) == 0
}

// afterTrailing returns the end of the comma and of the comments that start on
// the same line, at most end.
func (t *Tree) afterTrailing(start, end int, closing bool) int {
	at := start
	if comma := t.commaIn(start, end); comma >= 0 {
		at = comma + 1
	}
	if g := t.gap(start, end, closing); len(g.trailing) > 0 {
		at = max(at, g.trailing[len(g.trailing)-1].At.End)
	}
	return at
}

// remove removes the i-th item between brackets. Of items, only its neighbours
// are needed.
func (t *Tree) remove(outer source.Range, items []source.Range, i int) []diag.Edit {
	at := items[i]
	next := outer.End - 1
	if i+1 < len(items) {
		next = items[i+1].Start
	}
	comma := t.commaIn(at.End, next)
	if len(items) == 1 && len(t.commentsIn(outer.Start, outer.End)) == len(t.commentsIn(at.Start, at.End)) {
		return []diag.Edit{{Range: t.at(outer.Start+1, outer.End-1)}}
	}
	var edits []diag.Edit
	if i > 0 && i == len(items)-1 && comma < 0 {
		before := t.commaIn(items[i-1].End, at.Start)
		if before >= 0 && strings.TrimSpace(string(t.File.Bytes()[before+1:at.Start])) == "" && breaks(string(t.File.Bytes()[before:at.Start])) == 0 {
			return []diag.Edit{{Range: t.at(before, at.End)}}
		}
		if before >= 0 {
			edits = append(edits, diag.Edit{Range: t.at(before, before+1)})
		}
	}
	if comma < 0 {
		return append(edits, diag.Edit{Range: t.wholeLine(at.Start, at.End)})
	}
	if len(t.commentsIn(at.End, comma)) == 0 {
		return append(edits, diag.Edit{Range: t.wholeLine(at.Start, comma+1)})
	}
	return append(edits, diag.Edit{Range: at}, diag.Edit{Range: t.at(comma, comma+1)})
}

// wholeLine extends [start, end) to its lines, line end included, if nothing
// else is on them; otherwise to the blanks after it.
func (t *Tree) wholeLine(start, end int) source.Range {
	text := t.File.Bytes()
	from, to := start, end
	for from > 0 && (text[from-1] == ' ' || text[from-1] == '\t') {
		from--
	}
	for to < len(text) && (text[to] == ' ' || text[to] == '\t') {
		to++
	}
	begins := from == 0 || text[from-1] == '\n' || text[from-1] == '\r'
	ends := to == len(text) || text[to] == '\n' || text[to] == '\r'
	switch {
	case begins && ends:
		if to < len(text) && text[to] == '\r' {
			to++
		}
		if to < len(text) && text[to] == '\n' {
			to++
		}
		return t.at(from, to)
	case begins || !ends:
		return t.at(start, to)
	default:
		return t.at(from, end)
	}
}

// Indent returns one level of indentation as the text uses it: that of the
// first indented line, or two spaces if no line is indented.
func (t *Tree) Indent() string {
	o, ok := t.Root.(*Object)
	if !ok || len(o.Members) == 0 {
		return "  "
	}
	if indent := t.indentAt(o.Members[0].Key.At.Start); indent != "" && indent != t.indentAt(o.At.Start) {
		return indent
	}
	return "  "
}

// indentAt returns the white space at the start of the line of an offset.
func (t *Tree) indentAt(offset int) string {
	text := t.File.Bytes()
	start := bytes.LastIndexAny(text[:offset], "\r\n") + 1
	end := start
	for end < offset && (text[end] == ' ' || text[end] == '\t') {
		end++
	}
	return string(text[start:end])
}

// reindent puts the indentation before each line of a text but the first.
func (t *Tree) reindent(text, indent string) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", t.nl()+indent)
}

func (t *Tree) nl() string { return lineBreak(t.File.Bytes()) }

func (t *Tree) at(start, end int) source.Range {
	return source.Range{File: t.File, Start: start, End: end}
}

func (t *Tree) insertion(at int, text string) diag.Edit {
	return diag.Edit{Range: t.at(at, at), Text: text}
}
