package expr

import (
	"unicode"
	"unicode/utf8"
)

// A lexer splits text[pos:end] into tokens.
type lexer struct {
	text     string
	pos, end int
}

// next reads one token; at the end it returns tokEnd each time.
func (l *lexer) next() token {
	l.skipSpace()
	start := l.pos
	if start >= l.end {
		return token{kind: tokEnd, start: l.end, end: l.end}
	}
	c := l.text[start]
	if k := punctuation(c); k != tokIllegal {
		l.pos++
		return token{kind: k, start: start, end: l.pos}
	}
	switch {
	case c == '\'':
		return l.string()
	case c == '+' || c == '-' || isDigit(c):
		return l.number()
	}
	return l.name()
}

func (l *lexer) skipSpace() {
	for l.pos < l.end {
		r, n := l.rune()
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += n
	}
}

// rune returns the character at pos, and its length in bytes.
func (l *lexer) rune() (r rune, n int) {
	if c := l.text[l.pos]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(l.text[l.pos:l.end])
}

// string reads a string literal; two quotes inside mean one.
func (l *lexer) string() token {
	start := l.pos
	for l.pos++; l.pos < l.end; l.pos++ {
		if l.text[l.pos] != '\'' {
			continue
		}
		if l.pos+1 < l.end && l.text[l.pos+1] == '\'' {
			l.pos++
			continue
		}
		l.pos++
		return token{kind: tokString, start: start, end: l.pos}
	}
	return token{kind: tokString, start: start, end: l.pos, broken: true}
}

// number reads a sign and the number after it, including fractions and
// exponents, so that a finding covers the whole number.
func (l *lexer) number() token {
	start := l.pos
	if !isDigit(l.text[l.pos]) {
		l.pos++
	}
	digits := l.digits()
	broken := digits == 0
	if l.pos+1 < l.end && l.text[l.pos] == '.' && isDigit(l.text[l.pos+1]) {
		l.pos++
		l.digits()
		broken = true
	}
	return token{kind: tokNumber, start: start, end: l.pos, broken: broken}
}

func (l *lexer) digits() (n int) {
	for ; l.pos < l.end && isDigit(l.text[l.pos]); l.pos++ {
		n++
	}
	return n
}

func (l *lexer) name() token {
	start := l.pos
	for l.pos < l.end {
		r, n := l.rune()
		if !isNameRune(r) {
			break
		}
		l.pos += n
	}
	if l.pos == start {
		_, n := l.rune()
		l.pos += n
		return token{kind: tokIllegal, start: start, end: l.pos}
	}
	return token{kind: tokIdent, start: start, end: l.pos}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isNameRune(r rune) bool {
	return r == '_' || r == '$' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' ||
		r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// isName reports whether s can be written after a dot.
func isName(s string) bool {
	if s == "" || isDigit(s[0]) {
		return false
	}
	for _, r := range s {
		if r == utf8.RuneError || !isNameRune(r) {
			return false
		}
	}
	return true
}
