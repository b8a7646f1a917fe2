package jsonc

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// str returns the node of a string token.
func (p *parser) str(t token) *String {
	n := p.strings.New()
	n.At = p.at(t.start, t.end)
	from, to := t.start+1, t.end
	if !t.open {
		to--
	}
	switch {
	case t.lines:
		p.noteDialect(dialectLines, t.start, t.end)
	case t.raw:
		p.noteDialect(dialectControl, t.start, t.end)
	}
	if p.text[t.start] == '\'' {
		p.noteDialect(dialectQuote, t.start, t.end)
	}
	if body := p.text[from:to]; t.escaped || !p.valid && !utf8.ValidString(body) {
		p.decode(n, from, to)
	} else {
		n.Value, n.where = body, afterQuote
	}
	return n
}

// decode resolves the escapes of the text [from, to).
func (p *parser) decode(n *String, from, to int) {
	var out strings.Builder
	out.Grow(to - from)
	m := source.NewMap(p.file, from)
	for i := from; i < to; {
		if p.text[i] != '\\' {
			size := p.plainRun(i, to)
			if size > 0 {
				out.WriteString(p.text[i : i+size])
				i += size
				continue
			}
			// One byte that is not UTF-8.
			m.Escape(out.Len(), utf8.RuneLen(utf8.RuneError), 1)
			out.WriteRune(utf8.RuneError)
			i++
			continue
		}
		if p.escapes++; p.escapes > maxEscapes {
			p.errorf(Limit, p.at(i, i+1), "the strings of this file have more than %d escapes; the rest is not read", maxEscapes)
			p.pos, p.past = len(p.text), true
			p.next()
			break
		}
		r, size := p.escape(i, to)
		m.Escape(out.Len(), utf8.RuneLen(r), size)
		out.WriteRune(r)
		i += size
	}
	n.Value = out.String()
	kept := m.Map(out.Len(), to)
	n.where = &kept
}

// plainRun returns the length of the valid text at i without a backslash.
func (p *parser) plainRun(i, to int) int {
	s := p.text[i:to]
	if p.valid {
		if j := strings.IndexByte(s, '\\'); j >= 0 {
			return j
		}
		return len(s)
	}
	n := 0 // no further than needed: the next byte may be invalid UTF-8 too
	for n < len(s) && s[n] != '\\' {
		r, size := utf8.DecodeRuneInString(s[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// escape decodes the escape at i and returns its length in the text. Half of a
// surrogate pair becomes U+FFFD, as in the deployment service. An unknown
// escape is reported and decodes to the character after the backslash.
func (p *parser) escape(i, to int) (rune, int) {
	if i+1 >= to {
		p.errorf(badEscape, p.at(i, to), `'\' at the end of the string`)
		return '\\', 1
	}
	switch c := p.text[i+1]; c {
	case '"', '\'', '\\', '/':
		if c == '\'' {
			p.noteDialect(dialectEscape, i, i+2)
		}
		return rune(c), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		return p.unicodeEscape(i, to)
	}
	r, size := utf8.DecodeRuneInString(p.text[i+1 : to])
	d := p.errorf(badEscape, p.at(i, i+1+size), `'%s' is not a JSON escape`, excerpt(p.text[i:i+1+size]))
	if d != nil {
		d.Detail = `Write a backslash itself as \\.`
	}
	p.fixInsert(d, i, `\`)
	return r, 1 + size
}

func (p *parser) unicodeEscape(i, to int) (rune, int) {
	r, ok := hex4(p.text[i+2 : to])
	if !ok {
		end := i + 2
		for end < to && end < i+6 && isHex(p.text[end]) {
			end++
		}
		p.errorf(badEscape, p.at(i, end), `'%s' needs four hexadecimal digits`, p.text[i:end])
		return utf8.RuneError, end - i
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if rest := p.text[i+6 : to]; strings.HasPrefix(rest, `\u`) {
		if low, ok := hex4(rest[2:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 12
			}
		}
	}
	p.noteDialect(dialectSurrogate, i, i+6)
	return utf8.RuneError, 6
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	var r rune
	for i := range 4 {
		if !isHex(s[i]) {
			return 0, false
		}
		r = r<<4 | rune(hexDigit(s[i]))
	}
	return r, true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// hexDigit returns the value of a digit for which isHex is true.
func hexDigit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}
