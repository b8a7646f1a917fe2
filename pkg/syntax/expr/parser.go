package expr

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/internal/slab"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Parse parses text, which is a decoded JSON string with the brackets of the
// expression, such as "[concat('a', 'b')]"; [IsExpression] reports whether it
// is one. m maps the text to the file; with its zero value no node and no
// finding has a range.
//
// There is always a tree. Where the text is broken the tree has an [Invalid]
// node and the list has a finding. Such a tree is for editors, not for
// evaluation: the deployment service rejects the whole expression, even if the
// broken part is never evaluated.
func Parse(text string, m source.Map) (Node, diag.List) { return new(Parser).Parse(text, m) }

// A Parser parses the expressions of one template, whose nodes share their memory.
// Its zero value is ready; it is for one goroutine at a time.
type Parser struct {
	calls   slab.Of[Call]
	strings slab.Of[String]
	lists   slab.Of[Node]
	args    []Node // of the calls being read, innermost last
}

// Expect says roughly how many expressions will be parsed. In templates, ten of them
// have 18 calls, 17 strings and 24 arguments.
func (all *Parser) Expect(expressions int) {
	all.calls.Expect(expressions * 18 / 10)
	all.strings.Expect(expressions * 17 / 10)
	all.lists.Expect(expressions * 24 / 10)
}

// Reset lets the next expressions reuse the memory of those before, whose nodes must
// not be in use.
func (all *Parser) Reset() {
	all.calls.Reset()
	all.strings.Reset()
	all.lists.Reset()
}

// Parse is [Parse].
func (all *Parser) Parse(text string, m source.Map) (Node, diag.List) {
	p := parser{Parser: all, lexer: lexer{text: text, pos: min(1, len(text)), end: max(len(text)-1, min(1, len(text)))}, places: m, reported: -1}
	if !IsExpression(text) {
		p.lexer.pos, p.lexer.end = 0, len(text)
		p.errorf(codeUnexpected, 0, len(text), "an expression is written between [ and ]")
		return p.invalid(0, len(text)), p.diags
	}
	length := len(text)
	if length > DocumentedLength {
		length = utf8.RuneCountInString(text)
	}
	if length > MaxLength {
		p.errorf(codeTooLong, 0, len(text), "the expression has %d characters; the limit is %d. Move parts of it into variables", length, MaxLength)
		return p.invalid(0, len(text)), p.diags
	}
	p.tok.end = p.lexer.pos
	p.advance()
	n := p.operand(wanted{"an expression", "", ""})
	if p.tok.kind != tokEnd && len(p.diags) == 0 {
		p.unexpected(wanted{"the end of the expression", "", ""})
	}
	if length > DocumentedLength && len(p.diags) == 0 {
		p.errorf(codeTooLong, 0, len(text), "the expression has %d characters; the documented limit is %d, and Azure accepts %d", length, DocumentedLength, MaxLength)
		p.diags[0].Severity = diag.Warning
	}
	return n, p.diags
}

// A parser reads one expression with one token of lookahead.
type parser struct {
	*Parser
	lexer  lexer
	tok    token
	prev   int // end of the last consumed token
	depth  int
	places source.Map
	diags  diag.List
	// reported is the offset of the token that was reported last: one finding
	// for a token is enough.
	reported int
}

func (p *parser) advance() {
	p.prev = p.tok.end
	p.tok = p.lexer.next()
}

// operand reads an expression with the properties and indices that follow it.
func (p *parser) operand(want wanted) Node {
	if p.depth++; p.depth > MaxDepth {
		return p.tooDeep()
	}
	defer func() { p.depth-- }()
	switch p.tok.kind {
	case tokString:
		return p.str()
	case tokNumber:
		return p.number()
	case tokIdent:
		start := p.tok.start
		return p.selectors(p.call(), start)
	}
	at := p.prev
	p.unexpected(want)
	return p.invalid(at, at)
}

// str reads a string literal, which cannot have a property or index in the
// deployment service.
func (p *parser) str() Node {
	t := p.tok
	p.advance()
	if t.broken {
		p.errorf(codeUnterminated, t.start, t.end, "the string that starts here has no closing quote ('); a quote inside a string is written twice ('')")
		p.giveUp()
		return p.invalid(t.start, t.end)
	}
	n := p.strings.New()
	n.Value, n.At = unquote(p.lexer.text[t.start+1:t.end-1]), p.at(t.start, t.end)
	return n
}

func unquote(s string) string {
	if strings.IndexByte(s, '\'') < 0 {
		return s
	}
	return strings.ReplaceAll(s, "''", "'")
}

func (p *parser) number() Node {
	t := p.tok
	p.advance()
	text := p.lexer.text[t.start:t.end]
	n := &Int{Text: text, At: p.at(t.start, t.end)}
	switch _, err := strconv.ParseInt(text, 10, 64); {
	case err == nil:
	case len(text) == 1:
		p.errorf(CodeNumber, t.start, t.end, "'%s' is not a number, and expressions have no operators; use add() or sub()", text)
		p.giveUp()
		return p.invalid(t.start, t.end)
	case t.broken:
		p.errorf(CodeNumber, t.start, t.end, "%s is a fraction; expressions have integers only (float('%s') makes one from text)", text, text)
	default:
		p.errorf(CodeNumber, t.start, t.end, "%s does not fit a 64-bit integer (%d to %d)", text, int64(-1<<63), int64(1<<63-1))
	}
	return n
}

// call reads name(...) or namespace.name(...).
func (p *parser) call() Node {
	start := p.tok.start
	c := p.calls.New()
	c.Name, c.NameAt = p.word(), p.at(p.tok.start, p.tok.end)
	p.advance()
	if p.tok.kind == tokDot {
		p.advance()
		if p.tok.kind != tokIdent {
			p.unexpected(wanted{"the name of a function", "", ""})
			return p.invalid(start, p.prev)
		}
		c.Namespace, c.Name, c.NameAt = c.Name, p.word(), p.at(p.tok.start, p.tok.end)
		p.advance()
	}
	if p.tok.kind != tokLParen {
		p.unexpected(wanted{"'(' after the function name ", c.Name, ""})
		return p.invalid(start, p.prev)
	}
	p.advance()
	c.Args = p.arguments(c.Name)
	c.At = p.at(start, p.prev)
	return c
}

// arguments reads the arguments up to the closing parenthesis, and that.
func (p *parser) arguments(name string) []Node {
	if p.tok.kind == tokRParen {
		p.advance()
		return nil
	}
	mark := len(p.args)
	for {
		arg := p.operand(wanted{"an argument of ", name, "()"})
		p.args = append(p.args, arg)
		if p.tok.kind != tokComma && p.tok.kind != tokRParen {
			p.unexpected(wanted{"',' or ')' in the arguments of ", name, "()"})
			p.skipTo(tokComma, tokRParen)
		}
		if p.tok.kind != tokComma {
			break
		}
		p.advance()
	}
	if p.tok.kind == tokRParen {
		p.advance()
	}
	args := p.lists.Slice(p.args[mark:])
	p.args = p.args[:mark]
	return args
}

// selectors reads the .name and [key] after the call that begins at start.
func (p *parser) selectors(n Node, start int) Node {
	for levels := p.depth; ; levels++ {
		switch {
		case p.tok.kind != tokDot && p.tok.kind != tokLBrack:
			return n
		case levels > MaxDepth:
			return p.tooDeep()
		case p.tok.kind == tokDot:
			n = p.property(n, start)
		default:
			n = p.index(n, start)
		}
	}
}

func (p *parser) property(target Node, start int) Node {
	p.advance()
	if p.tok.kind != tokIdent {
		p.unexpected(wanted{"the name of a property after '.'", "", ""})
		return p.invalid(start, p.prev)
	}
	n := &Property{Target: target, Name: p.word(), NameAt: p.at(p.tok.start, p.tok.end)}
	p.advance()
	n.At = p.at(start, p.prev)
	return n
}

func (p *parser) index(target Node, start int) Node {
	p.advance()
	n := &Index{Target: target, Key: p.operand(wanted{"an index or a property name in [ ]", "", ""})}
	if p.tok.kind != tokRBrack {
		p.unexpected(wanted{"']' after the index", "", ""})
		p.skipTo(tokRBrack, tokRParen, tokComma)
	}
	if p.tok.kind == tokRBrack {
		p.advance()
	}
	n.At = p.at(start, p.prev)
	return n
}

// word returns the text of the current token.
func (p *parser) word() string { return p.lexer.text[p.tok.start:p.tok.end] }

func (p *parser) at(start, end int) source.Range { return p.places.Range(start, end) }

func (p *parser) invalid(start, end int) Node { return &Invalid{At: p.at(start, max(start, end))} }

// skipTo skips tokens up to one of the kinds outside nested brackets, so that
// one mistake invalidates one argument.
func (p *parser) skipTo(stop ...kind) {
	for open := 0; p.tok.kind != tokEnd; p.advance() {
		if open == 0 && slices.Contains(stop, p.tok.kind) {
			return
		}
		switch p.tok.kind {
		case tokLParen, tokLBrack:
			open++
		case tokRParen, tokRBrack:
			open = max(0, open-1)
		}
	}
}

func (p *parser) tooDeep() Node {
	t := p.tok
	p.errorf(codeTooDeep, t.start, t.end, "the expression nests more than %d levels deep; move parts of it into variables", MaxDepth)
	p.giveUp()
	return p.invalid(t.start, t.end)
}

// giveUp skips the rest of the text if it cannot be parsed sensibly, such as
// after a string without an end: nothing more is reported.
func (p *parser) giveUp() {
	p.lexer.pos = p.lexer.end
	p.advance()
	p.reported = p.tok.start
}

// wanted describes what was expected, in parts that are joined only for a
// message, which most expressions do not need.
type wanted struct{ before, name, after string }

// unexpected reports the current token where another was expected.
func (p *parser) unexpected(w wanted) {
	t := p.tok
	if t.start == p.reported {
		return
	}
	p.reported = t.start
	want := w.before + w.name + w.after
	switch t.kind {
	case tokEnd: // the closing bracket of the expression is there
		p.errorf(codeUnexpected, t.start, t.end+1, "expected %s, found the end of the expression", want)
	case tokIllegal:
		p.errorf(codeCharacter, t.start, t.end, "unexpected character %s, expected %s%s", quoted(p.word()), want, hint(p.word()))
		p.giveUp()
	case tokIdent:
		if p.prev == t.start && t.start > 0 && p.lexer.text[t.start-1] == '\'' { // 'it's'
			p.errorf(codeUnexpected, t.start, t.end, "expected %s, found %s right after a string; a quote inside a string is written twice ('')", want, quoted(p.word()))
			p.giveUp()
			return
		}
		fallthrough
	default:
		p.errorf(codeUnexpected, t.start, t.end, "expected %s, found %s%s", want, quoted(p.word()), hint(p.word()))
	}
}

// hint returns advice for a character that other languages use.
func hint(character string) string {
	switch character {
	case `"`, "`", "\u2018", "\u2019", "\u201C", "\u201D":
		return "; strings are written in single quotes"
	case "?":
		return "; use tryGet() for a property that may be absent, if() to choose"
	case "^":
		return "; use indexFromEnd() to count from the end"
	case "+", "-", "*", "/", "%", "=", "<", ">", "!", "&", "|":
		return "; expressions have no operators, use functions such as add(), equals() or and()"
	}
	return ""
}

// quoted returns a token for messages, on one line; strings have quotes
// already.
func quoted(s string) string {
	const most = 40
	if len(s) > most {
		cut := most
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "..."
	}
	if s[0] == '\'' {
		return s
	}
	return "'" + s + "'"
}

func (p *parser) errorf(code diag.Code, start, end int, format string, args ...any) {
	p.diags.Errorf(code, diag.NameOf(kinds.Get(), code, ""), p.at(start, end), format, args...)
}
