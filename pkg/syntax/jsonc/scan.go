package jsonc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

type tokenKind uint8

const (
	tokenEOF tokenKind = iota
	tokenOpenBrace
	tokenCloseBrace
	tokenOpenBracket
	tokenCloseBracket
	tokenColon
	tokenComma
	tokenString // closed or not, quotes included
	tokenWord   // any other run of characters: a number, a literal, a bare key, garbage
)

// A token is a piece of the text. For strings, the flags say whether the
// content can be used without decoding.
type token struct {
	kind       tokenKind
	escaped    bool // a string with a backslash
	raw        bool // a string with control characters
	lines      bool // a string with line ends
	open       bool // a string whose closing quote is missing
	start, end int
}

// excerptLen limits how much of a value a message repeats, in code points.
const excerptLen = 40

// excerpt returns text shortened to fit on one line of a message.
func excerpt(s string) string {
	cut := false
	if i := strings.IndexAny(s, "\r\n"); i >= 0 {
		s, cut = s[:i], true
	}
	if utf8.RuneCountInString(s) > excerptLen {
		s, cut = string([]rune(s[:min(len(s), 4*excerptLen)])[:excerptLen-1]), true
	}
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	if cut {
		s += "…"
	}
	return s
}

// scanner splits a text into tokens. It reports only errors inside a token or a
// comment; whether a token is allowed at its place is up to the parser.
type scanner struct {
	text     string
	valid    bool // the text is valid UTF-8
	pos      int  // offset after tok
	tok      token
	prevEnd  int // end of the token before tok
	comments []Comment
	file     *source.File
	// rescanned counts the bytes that were read as part of a string that turned
	// out to end earlier. It bounds the work for a file full of such strings.
	rescanned int
	report    func(c diag.Kind, start, end int, format string, args ...any)
	blank     int // offset of the first unusual blank, or -1
}

// next reads the next token. Comments before it are kept.
func (s *scanner) next() {
	s.prevEnd = s.tok.end
	s.skip()
	s.tok = token{start: s.pos, end: s.pos + 1}
	if s.pos >= len(s.text) {
		s.tok.end = s.pos
		return
	}
	switch s.text[s.pos] {
	case '{':
		s.tok.kind = tokenOpenBrace
	case '}':
		s.tok.kind = tokenCloseBrace
	case '[':
		s.tok.kind = tokenOpenBracket
	case ']':
		s.tok.kind = tokenCloseBracket
	case ':':
		s.tok.kind = tokenColon
	case ',':
		s.tok.kind = tokenComma
	case '"', '\'':
		s.scanString()
	default:
		s.tok.kind = tokenWord
		s.tok.end = s.wordEnd(s.pos)
	}
	s.pos = s.tok.end
}

// skip skips blanks and comments.
func (s *scanner) skip() {
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case isBlank(c):
			s.pos = blankEnd(s.text, s.pos+1)
		case c == '/' && s.atComment(s.pos):
			s.comment()
		case c >= utf8.RuneSelf || c == '\v' || c == '\f':
			n := blankLen(s.text[s.pos:])
			if n == 0 {
				return
			}
			if s.blank < 0 {
				s.blank = s.pos
			}
			s.pos += n
		case s.atMarker():
			start := s.pos
			s.pos = s.lineEnd(start)
			s.report(syntax, start, s.pos, "merge conflict marker")
		default:
			return
		}
	}
}

func blankEnd(text string, i int) int {
	for i < len(text) && isBlank(text[i]) {
		i++
	}
	return i
}

// atMarker reports whether the line at pos is a conflict marker of version
// control. Both sides of the conflict are then read, one after the other.
func (s *scanner) atMarker() bool {
	c := s.text[s.pos]
	if c != '<' && c != '=' && c != '>' || s.pos > 0 && s.text[s.pos-1] != '\n' {
		return false
	}
	return strings.HasPrefix(s.text[s.pos:], strings.Repeat(string(c), markerLen))
}

const markerLen = 7

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// blankLen returns the length of a white-space character that JSON does not
// allow but the deployment service skips: its parser uses .NET's
// Char.IsWhiteSpace, which is the Unicode property.
func blankLen(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsSpace(r) {
		return n
	}
	return 0
}

func (s *scanner) atComment(i int) bool {
	return i+1 < len(s.text) && (s.text[i+1] == '/' || s.text[i+1] == '*')
}

// comment reads the comment at pos, without the line end of a line comment.
func (s *scanner) comment() {
	start := s.pos
	if s.text[start+1] == '/' {
		s.pos = s.lineEnd(start)
	} else if i := strings.Index(s.text[start+2:], "*/"); i >= 0 {
		s.pos = start + 2 + i + 2
	} else {
		s.pos = len(s.text)
		s.report(Unclosed, start, start+2, "comment is not closed; */ is missing")
	}
	if len(s.comments) == maxComments {
		s.report(Limit, start, start+2, "this file has more than %d comments; the rest is not read", maxComments)
		s.pos = len(s.text)
		return
	}
	s.comments = append(s.comments, Comment{At: source.Range{File: s.file, Start: start, End: s.pos}})
}

// lineEnd returns the offset of the line end at or after i, or the end of the
// text.
func (s *scanner) lineEnd(i int) int {
	if n := strings.IndexAny(s.text[i:], "\r\n"); n >= 0 {
		return i + n
	}
	return len(s.text)
}

// wordEnd returns the end of the word that starts at i: the next blank,
// structural character, quote or comment. A word is never empty.
func (s *scanner) wordEnd(i int) int {
	for start := i; i < len(s.text); i++ {
		switch c := s.text[i]; c {
		case ' ', '\n', '\r', '\t', '\v', '\f', '{', '}', '[', ']', ':', ',', ';', '"', '\'':
			if i > start {
				return i
			}
		case '/':
			if i > start && s.atComment(i) {
				return i
			}
		default:
			if c >= utf8.RuneSelf && i > start && utf8.RuneStart(c) && blankLen(s.text[i:]) > 0 {
				return i
			}
		}
	}
	return len(s.text)
}

// skipMark skips a byte order mark.
func (s *scanner) skipMark() {
	s.blank = -1
	if strings.HasPrefix(s.text, "\uFEFF") {
		s.pos = len("\uFEFF")
	}
}

// scanString reads the string at pos.
func (s *scanner) scanString() {
	s.tok.kind = tokenString
	quote := s.text[s.pos]
	line := -1 // offset of the first line end in the string
	i := s.pos + 1
	for ; i < len(s.text); i++ {
		i = plainEnd(s.text, i)
		if i == len(s.text) {
			break
		}
		c := s.text[i]
		if c == quote {
			break
		}
		if c == '\\' {
			s.tok.escaped = true
			i++
			if i < len(s.text) && (s.text[i] == '\n' || s.text[i] == '\r') {
				i--
			}
			continue
		}
		if c < ' ' {
			s.tok.raw = true
			if line < 0 && (c == '\n' || c == '\r') {
				line = i
				if s.rescanned > 4*len(s.text) {
					break
				}
			}
		}
	}
	s.tok.lines = line >= 0
	closed := i < len(s.text) && s.text[i] == quote
	if s.tok.end = min(i+1, len(s.text)); closed && (line < 0 || s.closes(i+1)) {
		return
	}
	s.cutString(line)
}

// plainEnd returns the offset from i on of the first byte that a string cannot have as
// it is: a quote, a backslash, a control character.
func plainEnd(text string, i int) int {
	for i < len(text) && !unplain[text[i]] {
		i++
	}
	return i
}

var unplain = [256]bool{
	0: true, 1: true, 2: true, 3: true, 4: true, 5: true, 6: true, 7: true, 8: true, 9: true, 10: true, 11: true, 12: true, 13: true, 14: true, 15: true,
	16: true, 17: true, 18: true, 19: true, 20: true, 21: true, 22: true, 23: true, 24: true, 25: true, 26: true, 27: true, 28: true, 29: true, 30: true, 31: true,
	'"': true, '\'': true, '\\': true,
}

// closes reports whether the quote before i can end a string over several
// lines. It cannot if a value continues right after it: then it opens the next
// string, and the current one was never closed.
func (s *scanner) closes(i int) bool {
	for i < len(s.text) && (s.text[i] == ' ' || s.text[i] == '\t') {
		i++
	}
	if i >= len(s.text) {
		return true
	}
	switch s.text[i] {
	case ',', '}', ']', ':', '\n', '\r':
		return true
	case '/':
		return s.atComment(i)
	}
	return false
}

// cutString ends the current string, whose closing quote is missing, at the end
// of its first line, before a comma that ends that line.
func (s *scanner) cutString(line int) {
	s.tok.open, s.tok.lines = true, false
	end := s.tok.end
	if line >= 0 {
		s.rescanned += s.tok.end - line
		end = line
	}
	for end > s.tok.start+1 && isBlank(s.text[end-1]) {
		end--
	}
	if end > s.tok.start+1 && s.text[end-1] == ',' {
		end--
	}
	s.tok.end = end
	body := s.text[s.tok.start:end]
	s.tok.escaped = strings.IndexByte(body, '\\') >= 0
	s.tok.raw = strings.ContainsFunc(body, func(r rune) bool { return r < ' ' })
	s.report(Unclosed, s.tok.start, end, "string %s is not closed, its second %c is missing", excerpt(body), body[0])
}
