package jsonc

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// startsValue reports whether the current token can begin a value.
func (p *parser) startsValue() bool {
	switch p.tok.kind {
	case tokenOpenBrace, tokenOpenBracket, tokenString, tokenWord:
		return true
	}
	return false
}

// atKey reports whether the current token is a string or word followed by a
// colon. It looks ahead over blanks and comments and consumes nothing.
func (p *parser) atKey() bool {
	if p.tok.kind != tokenString && p.tok.kind != tokenWord {
		return false
	}
	for i := p.pos; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case isBlank(c):
		case c == '/' && p.atComment(i):
			i = p.commentEnd(i) - 1
		default:
			return c == ':'
		}
	}
	return false
}

// atPlainValue reports whether the current token, which starts a value, is one
// that hardly occurs in running text: anything but an unknown word.
func (p *parser) atPlainValue() bool {
	if p.tok.kind != tokenWord {
		return true
	}
	switch text := p.text[p.tok.start:p.tok.end]; text {
	case literalTrue, literalFalse, literalNull:
		return true
	default:
		return isNumber(text)
	}
}

// commentEnd returns the end of the comment that begins at i.
func (p *parser) commentEnd(i int) int {
	if p.text[i+1] == '/' {
		return p.lineEnd(i)
	}
	if n := strings.Index(p.text[i+2:], "*/"); n >= 0 {
		return i + 2 + n + 2
	}
	return len(p.text)
}

// onNextLine reports whether the current token is on another line than the
// token before it.
func (p *parser) onNextLine() bool {
	return strings.ContainsAny(p.text[p.prevEnd:p.tok.start], "\r\n")
}

// missingComma handles a value or key that follows a value without a comma. If
// white space separates the two, the comma is missing and parsing continues at
// the current token: it returns true. Otherwise the token is garbage that
// belongs to the value before; it is skipped up to the end of the line or of
// the value, comma included.
func (p *parser) missingComma() bool {
	apart := p.prevEnd < p.tok.start
	if apart && (p.onNextLine() || p.atKey() || p.inArray(1) && p.atPlainValue()) {
		d := p.errorf(syntax, p.at(p.prevEnd, p.prevEnd), "',' is missing before %s", p.found())
		p.fixInsert(d, p.prevEnd, ",")
		return true
	}
	if p.text[p.tok.start] == ';' {
		d := p.errorf(syntax, p.tokAt(), "';' where ',' was expected")
		p.fixReplace(d, p.tokAt(), ",")
		p.next()
		return false
	}
	d := p.errorf(syntax, p.tokAt(), "unexpected %s after the end of a value", p.found())
	if d != nil && p.prevEnd > 0 && (p.text[p.prevEnd-1] == '"' || p.text[p.prevEnd-1] == '\'') {
		d.Detail = `Write a quote inside a string as \".`
	}
	p.passLine()
	p.comma()
	return false
}

// passLine skips tokens up to a comma, a closing bracket or the end of the
// line.
func (p *parser) passLine() {
	for depth := 0; ; {
		p.next()
		switch p.tok.kind {
		case tokenEOF:
			return
		case tokenOpenBrace, tokenOpenBracket:
			depth++
		case tokenCloseBrace, tokenCloseBracket:
			if depth == 0 {
				return
			}
			depth--
		case tokenComma:
			if depth == 0 {
				return
			}
		}
		if depth == 0 && p.onNextLine() {
			return
		}
	}
}

// inArray and inObject report whether the level-th open bracket, 1 for the
// innermost, is of that kind.
func (p *parser) inArray(level int) bool { return p.openBracket(level) == '[' }

func (p *parser) inObject(level int) bool { return p.openBracket(level) == '{' }

func (p *parser) openBracket(level int) byte {
	if level > len(p.stack) {
		return 0
	}
	return p.text[p.stack[len(p.stack)-level]]
}

// unclosed reports that the innermost bracket is not closed before the current
// token, and returns where its value ends. At the end of the file, only the
// innermost of the open brackets is reported.
func (p *parser) unclosed(expected words) int {
	at := p.stack[len(p.stack)-1]
	end := max(p.prevEnd, at+1)
	if p.tok.kind == tokenEOF && p.past {
		return end
	}
	p.past = p.past || p.tok.kind == tokenEOF
	d := p.errorf(Unclosed, p.at(at, at+1), "'%s' is not closed: found %s where %s was expected",
		words(p.text[at:at+1]), p.found(), expected)
	if d != nil {
		d.Related = []diag.Related{{Range: p.tokAt(), Message: "it should have been closed before here"}}
		p.suspicions = append(p.suspicions, suspicion{finding: len(p.tree.Diagnostics) - 1, opener: at})
	}
	return end
}
