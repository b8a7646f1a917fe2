package render

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// A Kind says what an output holds, and so how a [Guard] writes a character that
// must not come out as it is.
type Kind int

// The kinds of outputs.
const (
	// PlainText is text: lines for people, CSV, YAML, DOT, Mermaid, configuration files.
	PlainText Kind = iota
	// ColoredText is text with the sequences of colours and links that this package
	// writes, for a terminal.
	ColoredText
	// MarkupText is HTML, SVG and Markdown.
	MarkupText
	// XMLText is XML for machines, which get every character as it is.
	XMLText
	// JSONText is JSON of ours, where any character in a string can be escaped.
	JSONText
	// SourceText is the text of a template, with comments: as JSON, but characters that
	// only join letters stay.
	SourceText
	// CommandLines are lines for a build service, which are meant to be obeyed.
	CommandLines
)

// A Guard is the last thing that an output passes: it keeps what only a hostile
// input can have brought from acting. Our own words hold no control characters but
// line ends and tabs, no characters that turn the direction of text, and no
// commands of build services; the guard spells all of these out (see [Neutral]).
// So a value that was not neutralized can only be a line of its own.
//
// Call Flush at the end.
type Guard struct {
	w    io.Writer
	kind Kind
	out  []byte
	held []byte // an incomplete character, "\r", or the begin of a sequence of a terminal
	// Where the text is: at the start of a line, and how much of a command was seen.
	blank  bool
	colons int
	hash   int // characters of "##vso" seen
}

// NewGuard returns a guard that writes to w.
func NewGuard(w io.Writer, kind Kind) *Guard { return &Guard{w: w, kind: kind, blank: true} }

// Unwrap returns the writer behind the guard.
func (g *Guard) Unwrap() io.Writer { return g.w }

// Guarded calls write with a guard of w and flushes it.
func Guarded(w io.Writer, kind Kind, write func(io.Writer) error) error {
	g := NewGuard(w, kind)
	if err := write(g); err != nil {
		return err
	}
	return g.Flush()
}

// Write implements [io.Writer].
func (g *Guard) Write(p []byte) (int, error) {
	n := len(p)
	if len(g.held) > 0 {
		p = append(g.held, p...)
		g.held = nil
	}
	g.text(p, false)
	return n, g.send()
}

// Flush writes what was held back because its end was not known.
func (g *Guard) Flush() error {
	p := g.held
	g.held = nil
	g.text(p, true)
	return g.send()
}

func (g *Guard) send() error {
	if len(g.out) == 0 {
		return nil
	}
	out := g.out
	g.out = g.out[:0] // also when the writer panics
	_, err := g.w.Write(out)
	return err
}

// text guards p. What cannot be judged without the text behind it is held, unless
// the output ends here.
func (g *Guard) text(p []byte, last bool) {
	for len(p) > 0 {
		if n := g.harmless(p); n > 0 {
			g.out = append(g.out, p[:n]...)
			p = p[n:]
			continue
		}
		n := g.character(p, last)
		if n == 0 {
			g.held = bytes.Clone(p)
			return
		}
		p = p[n:]
	}
}

// harmless returns the length of the text at the start of p that needs no look at its
// characters one by one: the indent of a line, or text inside of a line that is not
// behind a '#'.
func (g *Guard) harmless(p []byte) int {
	n := 0
	if (g.blank || g.hash > 0) && g.kind != CommandLines {
		if g.hash == 0 && g.colons == 0 {
			for n < len(p) && p[n] == ' ' {
				n++
			}
		}
		return n
	}
	for n+8 <= len(p) && arePlain(binary.LittleEndian.Uint64(p[n:])) {
		n += 8
	}
	for n < len(p) && p[n] >= ' ' && p[n] < 0x7F && p[n] != '#' {
		n++
	}
	return n
}

// arePlain reports whether each of eight bytes is a printable ASCII character other
// than '#'.
func arePlain(x uint64) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	hash, del := x^('#'*ones), x^(0x7F*ones)
	return (x|(x-' '*ones)|(hash-ones)&^hash|(del-ones)&^del)&high == 0
}

// character guards the first character of p and returns its length; 0 when more
// text is needed.
func (g *Guard) character(p []byte, last bool) int {
	r, n := utf8.DecodeRune(p)
	switch {
	case r == utf8.RuneError && n == 1 && !last && !utf8.FullRune(p):
		return 0
	case r == '\n':
		g.out = append(g.out, '\n')
		g.blank, g.colons, g.hash = true, 0, 0
		return 1
	case r == '\r' && g.isText() && len(p) == 1 && !last:
		return 0
	case r == '\r' && g.isText() && len(p) > 1 && p[1] == '\n':
		g.out = append(g.out, '\r')
		return 1
	case r == 0x1B && g.kind == ColoredText:
		if length, whole := sequence(p); length > 0 {
			g.out = append(g.out, p[:length]...)
			return length
		} else if !whole && !last {
			return 0
		}
	}
	if g.kind != CommandLines && g.breakCommand(r) {
		return n
	}
	switch {
	case g.stays(r, n):
		g.out = append(g.out, p[:n]...)
	case g.kind == JSONText || g.kind == SourceText:
		g.out = appendEscape(g.out, r)
	case g.kind == XMLText && !isPicture(r):
		g.out = fmt.Appendf(g.out, "&#x%X;", r)
	case g.kind == MarkupText && !isPicture(r):
		g.out = fmt.Appendf(g.out, "&lt;U+%04X&gt;", r)
	default:
		g.out = append(g.out, Spell(r)...)
	}
	return n
}

// isText reports an output that may hold lines of a file, with its line ends.
func (g *Guard) isText() bool {
	return g.kind == PlainText || g.kind == ColoredText || g.kind == SourceText
}

// stays reports whether r is written as it is; n is its length in the input.
func (g *Guard) stays(r rune, n int) bool {
	switch {
	case r == utf8.RuneError && n == 1:
		return false
	case r == '\t':
		return true
	case g.kind == SourceText && (r == '\uFEFF' || r == '\u200C' || r == '\u200D' || r == '\u00AD'):
		return true
	}
	return !Acts(r)
}

// isPicture reports whether [Spell] gives a single character for r.
func isPicture(r rune) bool { return r <= 0x7F || r == utf8.RuneError }

// appendEscape appends r as JSON escapes it.
func appendEscape(b []byte, r rune) []byte {
	if r > 0xFFFF {
		r -= 0x10000
		return fmt.Appendf(b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
	}
	return fmt.Appendf(b, `\u%04x`, r)
}

// breakCommand looks at the next character and writes what breaks a command before
// it, or in place of it; replaced says which.
func (g *Guard) breakCommand(r rune) (replaced bool) {
	if isIgnored(r) {
		return false
	}
	const word = "##vso"
	bracket := r == '[' && (g.hash == 2 || g.hash == len(word))
	switch {
	case g.hash < len(word) && unicode.ToLower(r) == rune(word[g.hash]):
		g.hash++
	case r == '#' && g.hash != 2:
		g.hash = 1
	case r != '#':
		g.hash = 0
	}
	if bracket {
		switch g.kind {
		case JSONText, SourceText:
			// It is in a string, where the escape means the same, or in a comment.
			g.out = append(g.out, `\u005b`...)
			return true
		case MarkupText, XMLText:
			g.out = append(g.out, "&#91;"...)
			return true
		}
		g.out = append(g.out, ' ')
	}
	if !g.blank {
		return false
	}
	switch {
	case r == ':' && g.colons == 1:
		g.out = append(g.out, ' ')
		g.blank = false
	case r == ':':
		g.colons++
	case !unicode.IsSpace(r) || g.colons > 0:
		g.blank = false
	}
	return false
}

// sequence returns the length of a sequence for a terminal that this package writes, at
// the start of p: a colour (SGR) or a link (OSC 8). whole is false when p ends
// before it does.
func sequence(p []byte) (length int, whole bool) {
	switch {
	case len(p) < 2:
		return 0, false
	case p[1] == '[':
		for i, c := range p[2:] {
			switch {
			case c == 'm':
				return i + 3, true
			case c != ';' && (c < '0' || c > '9'):
				return 0, true
			}
		}
		return 0, len(p) > longestSequence
	case bytes.HasPrefix(p, []byte("\x1b]8;;")):
		for i, c := range p[5:] {
			switch {
			case c == 0x1B && i+6 == len(p):
				return 0, false
			case c == 0x1B && p[i+6] == '\\':
				return i + 7, true
			case c < ' ' || c >= 0x7F:
				return 0, true
			}
		}
		return 0, len(p) > longestSequence
	}
	return 0, len(p) >= 5 || !bytes.HasPrefix([]byte("\x1b]8;;"), p)
}

// longestSequence bounds what is held: the address of a link is a path or the page
// of a rule.
const longestSequence = 1 << 14
