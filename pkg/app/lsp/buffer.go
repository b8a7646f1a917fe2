package lsp

import (
	"math"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// A buffer is a text with a gap where it was last edited. Edits in text order, or in
// reverse order as editors send them, cost the distance between them and not a copy
// of the whole text.
type buffer struct {
	text       []byte   // what is before the gap, the gap, and what is behind it
	start, end int      // of the gap
	at         position // of the gap, in the encoding
	encoding   encoding
}

func newBuffer(text string, e encoding) *buffer {
	return &buffer{text: []byte(text), encoding: e}
}

// String returns the text.
func (b *buffer) String() string {
	return string(b.text[:b.start]) + string(b.text[b.end:])
}

// replace puts a text in the place of a range, which is clamped to the text. A range
// that ends before it starts is empty.
func (b *buffer) replace(r textRange, text string) {
	b.seek(r.Start)
	n, _ := ahead(b.text[b.end:], b.encoding, b.at, r.End)
	b.end += n
	if b.end-b.start < len(text) {
		rest := b.text[b.end:]
		grown := slices.Grow(slices.Clone(b.text[:b.start]), len(text)+len(rest)+len(b.text))
		grown = grown[:cap(grown)]
		b.end = len(grown) - copy(grown[len(grown)-len(rest):], rest)
		b.text = grown
	}
	counted := text
	if b.start > 0 && b.text[b.start-1] == '\r' && len(text) > 0 && text[0] == '\n' {
		counted = text[1:] // the two are one line end, which counts already
	}
	b.start += copy(b.text[b.start:], text)
	_, b.at = ahead(counted, b.encoding, b.at, position{Line: b.at.Line + len(text) + 1})
	if b.start > 0 && b.text[b.start-1] == '\r' && b.end < len(b.text) && b.text[b.end] == '\n' {
		b.move(1)
	}
}

// seek moves the gap to a position.
func (b *buffer) seek(p position) {
	p.Line, p.Character = max(p.Line, 0), max(p.Character, 0)
	if p.Line < b.at.Line { // to the start of its line
		i := b.start
		for line := b.at.Line; i > 0; i-- {
			if c := b.text[i-1]; c != '\n' && c != '\r' {
				continue
			}
			if line == p.Line {
				break
			}
			line--
			if i > 1 && b.text[i-1] == '\n' && b.text[i-2] == '\r' {
				i--
			}
		}
		b.move(i - b.start)
		b.at = position{Line: p.Line}
	}
	if p.Line == b.at.Line && p.Character < b.at.Character {
		i, column := b.start, b.at.Character
		for i > 0 {
			r, n := utf8.DecodeLastRune(b.text[:i])
			width := b.encoding.width(r, n)
			if column-width < p.Character {
				break
			}
			i, column = i-n, column-width
		}
		b.move(i - b.start)
		b.at.Character = column
	}
	n, at := ahead(b.text[b.end:], b.encoding, b.at, p)
	b.move(n)
	b.at = at
}

// move moves the gap by a number of bytes.
func (b *buffer) move(n int) {
	if n > 0 {
		copy(b.text[b.start:], b.text[b.end:b.end+n])
	} else {
		copy(b.text[b.end+n:b.end], b.text[b.start+n:b.start])
	}
	b.start, b.end = b.start+n, b.end+n
}

// width is what a character counts in a column.
func (e encoding) width(r rune, bytes int) int {
	switch e {
	case utf8Bytes:
		return bytes
	case utf32Runes:
		return 1
	}
	return max(utf16.RuneLen(r), 1)
}

// ahead returns how many bytes of a text that starts at a position are before
// another position, and the position there: p clamped to its line and to the text.
// A line ends with LF, CRLF or CR.
func ahead[T string | []byte](text T, e encoding, at, p position) (int, position) {
	i := 0
	p.Line = max(p.Line, 0)
	for at.Line < p.Line {
		end := i
		for end < len(text) && text[end] != '\n' && text[end] != '\r' {
			end++
		}
		if end == len(text) {
			p = position{Line: at.Line, Character: math.MaxInt}
			break
		}
		if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
			end++
		}
		i, at = end+1, position{Line: at.Line + 1}
	}
	for at.Line == p.Line && at.Character < p.Character && i < len(text) && text[i] != '\n' && text[i] != '\r' {
		if text[i] < utf8.RuneSelf {
			i, at.Character = i+1, at.Character+1
			continue
		}
		r, n := utf8.DecodeRuneInString(string(text[i:min(i+utf8.UTFMax, len(text))]))
		i, at.Character = i+n, at.Character+e.width(r, n)
	}
	return i, at
}
