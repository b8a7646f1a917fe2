package jsonc

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// Options are the options of Format. The zero value indents by two spaces and
// keeps line ends, byte order mark and the order of keys.
type Options struct {
	// Indent is one level: two or four spaces, or a tab. "" is two spaces.
	Indent string
	// Width is the column, in code points, up to which an object or array
	// that was written on one line stays on it. 0 is 100.
	Width int
	// LineEnd is "\n" or "\r\n"; "" keeps that of the first line. Inside
	// strings and block comments line ends are never changed.
	LineEnd string
	// DropMark removes a byte order mark.
	DropMark bool
	// RootKeys is the order of the keys of the root object, ignoring case.
	// Other keys follow in their own order. nil keeps the order.
	RootKeys []string
}

// TemplateKeys returns the keys of a template in the order of the documentation
// (https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax).
func TemplateKeys() []string {
	return []string{
		"$schema", "languageVersion", "contentVersion", "apiProfile", "metadata", "definitions",
		"parameters", "functions", "variables", "resources", "outputs",
	}
}

// maxIndent is the deepest level that is indented further than its parent. Real
// templates stay below 60. Without the limit, the indentation of a text of
// brackets would be hundreds of times as long as the text.
const maxIndent = 64

// defaultWidth fits a terminal and a review side by side.
const defaultWidth = 100

// Format returns the text of a tree in a standard layout: one member or element
// a line, ": " after a key, no comma after the last, a line end at the end of
// the file.
//
// Comments, the text of every value and key, and the order of keys are kept.
// One blank line between members is kept; several become one. An object or
// array that was on one line stays on it if it ends within Width; the root is
// always broken into lines, an empty object or array never. Format is
// idempotent. A text with errors is returned unchanged.
func Format(t *Tree, o Options) []byte {
	if t.Diagnostics.HasErrors() {
		return bytes.Clone(t.File.Bytes())
	}
	p := &printer{tree: t, text: t.File.Bytes(), Options: o}
	p.defaults()
	p.document()
	return p.out
}

type printer struct {
	Options
	tree  *Tree
	text  []byte
	out   []byte
	depth int
	line  int // offset in out of the current line
}

func (p *printer) defaults() {
	if p.Indent == "" {
		p.Indent = "  "
	}
	if p.Width == 0 {
		p.Width = defaultWidth
	}
	if p.LineEnd == "" {
		p.LineEnd = lineBreak(p.text)
	}
	p.out = make([]byte, 0, len(p.text)+len(p.text)/4)
}

// document writes the whole file.
func (p *printer) document() {
	mark := []byte("\uFEFF")
	start := 0
	if bytes.HasPrefix(p.text, mark) {
		start = len(mark)
		if !p.DropMark {
			p.out = append(p.out, mark...)
			p.line = len(p.out)
		}
	}
	root := p.tree.Root.Range()
	before := p.tree.gap(start, root.Start, false)
	before.own = append(slices.Clone(before.trailing), before.own...)
	before.blank = append(make([]bool, len(before.trailing)), before.blank...)
	for i, c := range before.own {
		p.blankIf(i > 0 && before.blank[i])
		p.raw(c.At.Start, c.At.End)
		p.newline()
	}
	p.blankIf(len(before.own) > 0 && before.blank[len(before.own)])
	p.leading(before.leading)
	p.value(p.tree.Root, true)
	after := p.tree.gap(root.End, len(p.text), true)
	p.trailing(after.trailing)
	p.newline()
	for i, c := range after.own {
		p.blankIf(after.blank[i])
		p.raw(c.At.Start, c.At.End)
		p.newline()
	}
}

// newline ends the line and indents the next. At the end of the document the
// depth is 0, so nothing follows it.
func (p *printer) newline() {
	p.out = append(p.out, p.LineEnd...)
	p.line = len(p.out)
	for range min(p.depth, maxIndent) {
		p.out = append(p.out, p.Indent...)
	}
}

// blankIf writes an empty line before the current line.
func (p *printer) blankIf(blank bool) {
	if blank {
		p.out = append(p.out[:p.line], p.LineEnd...)
		p.line = len(p.out)
		for range p.depth {
			p.out = append(p.out, p.Indent...)
		}
	}
}

// raw copies a piece of the file, which may contain line ends.
func (p *printer) raw(start, end int) {
	piece := p.text[start:end]
	if i := bytes.LastIndexAny(piece, "\r\n"); i >= 0 {
		p.line = len(p.out) + i + 1
	}
	p.out = append(p.out, piece...)
}

// trailing writes comments at the end of the current line.
func (p *printer) trailing(comments []Comment) {
	for _, c := range comments {
		p.out = append(p.out, ' ')
		p.raw(c.At.Start, c.At.End)
	}
}

// leading writes comments before the next text of the current line.
func (p *printer) leading(comments []Comment) {
	for _, c := range comments {
		p.raw(c.At.Start, c.At.End)
		p.out = append(p.out, ' ')
	}
}

// value writes one value. The root is never kept on one line.
func (p *printer) value(n Node, root bool) {
	items, brackets := p.items(n, root)
	if brackets == "" {
		r := n.Range()
		p.raw(r.Start, r.End)
		return
	}
	if len(items) == 0 && len(p.tree.commentsIn(n.Range().Start, n.Range().End)) == 0 {
		p.out = append(p.out, brackets...)
		return
	}
	if !root && p.flat(n, items, brackets) {
		return
	}
	p.broken(n, items, brackets)
}

// An item is a member or an element.
type item struct {
	key        *String // nil for an element
	value      Node
	start, end int
	prev, next int // ends of the gaps before and after the item
	last       bool
}

// items returns the children of n in source order, and its brackets, which are
// "" if n has no children.
func (p *printer) items(n Node, root bool) (items []item, brackets string) {
	switch n := n.(type) {
	case *Object:
		items = make([]item, len(n.Members))
		for i, m := range n.Members {
			r := m.Range()
			items[i] = item{key: m.Key, value: m.Value, start: r.Start, end: r.End}
		}
		brackets = "{}"
	case *Array:
		items = make([]item, len(n.Elements))
		for i, e := range n.Elements {
			r := e.Range()
			items[i] = item{value: e, start: r.Start, end: r.End}
		}
		brackets = "[]"
	default:
		return nil, ""
	}
	r := n.Range()
	for i := range items {
		items[i].prev, items[i].next = r.Start+1, r.End-1
		if i > 0 {
			items[i].prev, items[i-1].next = items[i-1].end, items[i].start
		}
		items[i].last = i == len(items)-1
	}
	if root && p.RootKeys != nil && brackets == "{}" {
		slices.SortStableFunc(items, func(a, b item) int { return p.rank(a) - p.rank(b) })
	}
	return items, brackets
}

// rank returns the index of a member in RootKeys.
func (p *printer) rank(it item) int {
	i := slices.IndexFunc(p.RootKeys, func(k string) bool { return strings.EqualFold(k, it.key.Value) })
	if i < 0 {
		return len(p.RootKeys)
	}
	return i
}

// broken writes one item a line.
func (p *printer) broken(n Node, items []item, brackets string) {
	r := n.Range()
	p.out = append(p.out, brackets[0])
	p.depth++
	first, closing := r.End-1, r.End-1
	if len(items) > 0 {
		first = r.Start + 1
		for _, it := range items {
			if it.prev == r.Start+1 {
				first = it.start
			}
		}
	}
	p.trailing(p.tree.gap(r.Start+1, first, len(items) == 0).trailing)
	end := r.Start + 1 // of the previous item in the file
	for i, it := range items {
		p.before(it, i == 0)
		p.item(it)
		if i < len(items)-1 {
			p.out = append(p.out, ',')
		}
		p.trailing(p.tree.gap(it.end, it.next, it.last).trailing)
		end = max(end, it.end)
	}
	g := p.tree.gap(end, closing, true)
	for i, c := range g.own {
		p.newline()
		p.blankIf(g.blank[i] && (i > 0 || len(items) > 0))
		p.raw(c.At.Start, c.At.End)
	}
	p.depth--
	p.newline()
	p.out = append(p.out, brackets[1])
}

// before starts the line of an item, after its comments.
func (p *printer) before(it item, first bool) {
	g := p.tree.gap(it.prev, it.start, false)
	for i, c := range g.own {
		p.newline()
		p.blankIf(g.blank[i] && !(first && i == 0))
		p.raw(c.At.Start, c.At.End)
	}
	p.newline()
	p.blankIf(g.blank[len(g.own)] && !(first && len(g.own) == 0))
	p.leading(g.leading)
}

// item writes a key, if there is one, and the value, with the comments between.
func (p *printer) item(it item) {
	if it.key != nil {
		p.raw(it.key.At.Start, it.key.At.End)
		p.out = append(p.out, ": "...)
		for _, c := range p.tree.commentsIn(it.key.At.End, it.value.Range().Start) {
			p.raw(c.At.Start, c.At.End)
			if c.isLine() {
				p.depth++
				p.newline()
				p.depth--
			} else {
				p.out = append(p.out, ' ')
			}
		}
	}
	p.value(it.value, false)
}

// flat writes n on the current line if it was on one line and ends within
// Width; otherwise it writes nothing and returns false.
func (p *printer) flat(n Node, items []item, brackets string) bool {
	r := n.Range()
	// Four times the width leaves room for blanks, and bounds the work.
	if r.End-r.Start > 4*p.Width || bytes.ContainsAny(p.text[r.Start:r.End], "\r\n") {
		return false
	}
	mark := len(p.out)
	p.flatItems(r.Start, r.End, items, brackets)
	if utf8.RuneCount(p.out[p.line:]) <= p.Width-len(",") {
		return true
	}
	p.out = p.out[:mark]
	return false
}

func (p *printer) flatItems(start, end int, items []item, brackets string) {
	space := brackets == "{}"
	p.out = append(p.out, brackets[0])
	if len(items) == 0 {
		p.trailing(p.tree.commentsIn(start, end))
		p.out = append(p.out, ' ', brackets[1])
		return
	}
	if space {
		p.out = append(p.out, ' ')
	}
	for i, it := range items {
		g := p.tree.gap(it.prev, it.start, false)
		if i == 0 {
			p.leading(g.trailing)
		} else {
			p.trailing(g.trailing)
			p.out = append(p.out, ", "...)
		}
		p.leading(g.leading)
		p.flatItem(it)
	}
	p.trailing(p.tree.gap(items[len(items)-1].end, end-1, true).trailing)
	if space {
		p.out = append(p.out, ' ')
	}
	p.out = append(p.out, brackets[1])
}

// flatItem writes an item without a line break.
func (p *printer) flatItem(it item) {
	if it.key != nil {
		p.raw(it.key.At.Start, it.key.At.End)
		p.out = append(p.out, ": "...)
		p.leading(p.tree.commentsIn(it.key.At.End, it.value.Range().Start))
	}
	items, brackets := p.items(it.value, false)
	r := it.value.Range()
	switch {
	case brackets == "":
		p.raw(r.Start, r.End)
	case len(items) == 0 && len(p.tree.commentsIn(r.Start, r.End)) == 0:
		p.out = append(p.out, brackets...)
	default:
		p.flatItems(r.Start, r.End, items, brackets)
	}
}
