package jsonc

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
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
// colon. It looks ahead, past blanks and comments, and moves nothing.
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

// commentEnd is the end of the comment that begins at i.
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
// one before it.
func (p *parser) onNextLine() bool {
	return strings.ContainsAny(p.text[p.prevEnd:p.tok.start], "\r\n")
}

// missingComma handles a value or key that follows a value without a comma.
// If the two stand apart, the comma is missing and reading goes on at the
// current token: the answer is true. Else it is garbage that belongs to the
// value before, and is passed over to where the line, or the value, ends, with
// the comma there.
func (p *parser) missingComma() bool {
	apart := p.prevEnd < p.tok.start
	if apart && (p.onNextLine() || p.atKey() || p.tok.kind != tokenWord && p.inArray(1)) {
		d := p.errorf(Syntax, p.at(p.prevEnd, p.prevEnd), "',' is missing before %s", p.tok.describe(p.text))
		p.fixInsert(d, p.prevEnd, ",")
		return true
	}
	d := p.errorf(Syntax, p.tokAt(), "unexpected %s after the end of a value", p.tok.describe(p.text))
	if d != nil && p.prevEnd > 0 && (p.text[p.prevEnd-1] == '"' || p.text[p.prevEnd-1] == '\'') {
		d.Detail = `A quote inside a string is written \".`
	}
	p.passLine()
	p.comma()
	return false
}

// passLine passes tokens up to a comma or closing bracket, or to the end of the line.
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

// inArray and inObject report whether the level-th bracket from inside, 1 for
// the innermost, is of that kind.
func (p *parser) inArray(level int) bool { return p.openBracket(level) == '[' }

func (p *parser) inObject(level int) bool { return p.openBracket(level) == '{' }

func (p *parser) openBracket(level int) byte {
	if level > len(p.stack) {
		return 0
	}
	return p.text[p.stack[len(p.stack)-level]]
}

// belongsToParent reports whether the current token, a closing bracket of the
// wrong kind, more likely closes the nearest open bracket of the right kind
// than this one: there is one, and the indentation does not say otherwise.
func (p *parser) belongsToParent(opening byte) bool {
	for i := len(p.stack) - 2; i >= 0; i-- {
		if p.text[p.stack[i]] != opening {
			continue
		}
		inner, outer := p.indent(p.stack[len(p.stack)-1]), p.indent(p.stack[i])
		return p.indent(p.tok.start) == outer || inner == outer || !p.sameIndent()
	}
	return false
}

// sameIndent reports whether the current token begins its line with the
// indentation of the line of the innermost open bracket.
func (p *parser) sameIndent() bool {
	return p.beginsLine(p.tok.start) && p.indent(p.tok.start) == p.indent(p.stack[len(p.stack)-1])
}

func (p *parser) beginsLine(offset int) bool {
	start := p.lineStart(offset)
	return start+len(p.indent(offset)) == offset
}

// indent is the blank text at the start of the line of an offset.
func (p *parser) indent(offset int) string {
	line := p.text[p.lineStart(offset):]
	for i := range len(line) {
		if line[i] != ' ' && line[i] != '\t' {
			return line[:i]
		}
	}
	return line
}

func (p *parser) lineStart(offset int) int {
	return strings.LastIndexAny(p.text[:offset], "\r\n") + 1
}

// unclosed reports that the innermost bracket is not closed before the current
// token, and returns where its value ends. At the end of the file the
// innermost of all open brackets stands for the others.
func (p *parser) unclosed(expected string) int {
	end := max(p.prevEnd, p.stack[len(p.stack)-1]+1)
	if p.tok.kind == tokenEOF && p.past {
		return end
	}
	p.past = p.past || p.tok.kind == tokenEOF
	at := p.stack[len(p.stack)-1]
	d := p.errorf(Unclosed, p.at(at, at+1), "'%c' is not closed, %s where %s was expected",
		p.text[at], p.tok.describe(p.text), expected)
	if d != nil {
		d.Related = []diag.Related{{Range: p.tokAt(), Message: "it should have been closed before here"}}
	}
	return end
}
