package value

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth limits the nesting of arrays and objects in text for [ParseJSON].
const maxDepth = 512

// ParseJSON parses the text of one JSON value as the deployment service's
// json() does. It accepts what Json.NET accepts beyond JSON: comments, trailing
// commas, single quotes, names without quotes, and the constants in any case.
// Fractions are rewritten in Azure's spelling (1.50 becomes 1.5, 1e2
// becomes 100.0); integers of any size are kept exactly. Of repeated names the
// last one counts. The error says what is wrong and at which position.
func ParseJSON(text string) (Value, error) {
	p := &parser{text: text}
	v, err := p.value(0)
	if err != nil {
		return nil, err
	}
	p.space()
	if p.pos < len(p.text) {
		return nil, p.errorf("unexpected %s after the value", p.here())
	}
	return v, nil
}

type parser struct {
	text string
	pos  int
}

func (p *parser) errorf(format string, args ...any) error {
	return fmt.Errorf("at character %d: %s", utf8.RuneCountInString(p.text[:p.pos])+1, fmt.Sprintf(format, args...))
}

func (p *parser) here() string {
	if p.pos >= len(p.text) {
		return "end of text"
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return strconv.QuoteRune(r)
}

func (p *parser) peek() byte {
	if p.pos < len(p.text) {
		return p.text[p.pos]
	}
	return 0
}

// space skips white space and comments.
func (p *parser) space() {
	for p.pos < len(p.text) {
		rest := p.text[p.pos:]
		switch {
		case strings.HasPrefix(rest, "//"):
			if i := strings.IndexAny(rest, "\r\n"); i >= 0 {
				p.pos += i
			} else {
				p.pos = len(p.text)
			}
		case strings.HasPrefix(rest, "/*"):
			i := strings.Index(rest[2:], "*/")
			if i < 0 {
				return
			}
			p.pos += i + 4
		default:
			r, size := utf8.DecodeRuneInString(rest)
			if !unicode.IsSpace(r) && r != '\ufeff' {
				return
			}
			p.pos += size
		}
	}
}

func (p *parser) value(depth int) (Value, error) {
	if depth > maxDepth {
		return nil, p.errorf("nested deeper than %d", maxDepth)
	}
	p.space()
	switch c := p.peek(); {
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.array(depth)
	case c == '"', c == '\'':
		s, err := p.quoted(c)
		return String(s), err
	case c == '-', c == '.', c == '+', c >= '0' && c <= '9':
		return p.number()
	}
	return p.constant()
}

func (p *parser) array(depth int) (Value, error) {
	p.pos++
	list := Array{}
	for {
		p.space()
		if p.peek() == ']' {
			p.pos++
			return list, nil
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
		if err := p.separator(']'); err != nil {
			return nil, err
		}
	}
}

// separator skips a comma, or stops before the closing bracket.
func (p *parser) separator(end byte) error {
	p.space()
	switch p.peek() {
	case ',':
		p.pos++
		return nil
	case end:
		return nil
	}
	return p.errorf("expected ',' or '%c', found %s", end, p.here())
}

func (p *parser) object(depth int) (Value, error) {
	p.pos++
	var members []Member
	at := map[string]int{}
	for {
		p.space()
		if p.peek() == '}' {
			p.pos++
			return NewObject(members...), nil
		}
		name, err := p.name()
		if err != nil {
			return nil, err
		}
		v, err := p.value(depth + 1)
		if err != nil {
			return nil, err
		}
		if i, ok := at[name]; ok {
			members[i].Value = v
		} else {
			at[name] = len(members)
			members = append(members, Member{Name: name, Value: v})
		}
		if err := p.separator('}'); err != nil {
			return nil, err
		}
	}
}

// name reads the name of a member and its colon.
func (p *parser) name() (string, error) {
	var name string
	var err error
	if c := p.peek(); c == '"' || c == '\'' {
		name, err = p.quoted(c)
	} else if name = p.word(); name == "" {
		err = p.errorf("expected a name, found %s", p.here())
	}
	if err != nil {
		return "", err
	}
	p.space()
	if p.peek() != ':' {
		return "", p.errorf("expected ':' after %q, found %s", name, p.here())
	}
	p.pos++
	return name, nil
}

func (p *parser) word() string {
	start := p.pos
	for p.pos < len(p.text) {
		r, size := utf8.DecodeRuneInString(p.text[p.pos:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '$' {
			break
		}
		p.pos += size
	}
	return p.text[start:p.pos]
}

func (p *parser) constant() (Value, error) {
	start := p.pos
	switch strings.ToLower(p.word()) {
	case "true":
		return Bool(true), nil
	case "false":
		return Bool(false), nil
	case "null", "undefined":
		return Null{}, nil
	case "nan":
		return String("NaN"), nil // as the parser of the deployment service does
	}
	p.pos = start
	return nil, p.errorf("expected a value, found %s", p.here())
}

func (p *parser) number() (Value, error) {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("+-.eE0123456789", p.text[p.pos]) >= 0 {
		p.pos++
	}
	text := p.text[start:p.pos]
	if len(text) > 1 && text[0] == '0' && strings.IndexByte(".eE", text[1]) < 0 || text == "0" && p.peek()|0x20 == 'x' {
		p.pos = start
		return p.otherBase()
	}
	if i, err := strconv.ParseInt(text, 10, 64); err == nil && text[0] != '+' {
		return Int(i), nil
	}
	if (Number{Text: text}).isInteger() {
		return Number{Text: text}, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || text[0] == '+' {
		p.pos = start
		return nil, p.errorf("%q is not a number", text)
	}
	return Number{Text: FormatFloat(f)}, nil
}

// otherBase reads text that starts with 0x as hexadecimal, and with another 0
// as octal, like Json.NET.
func (p *parser) otherBase() (Value, error) {
	text := p.word()
	base, digits := 8, text
	if strings.HasPrefix(strings.ToLower(text), "0x") {
		base, digits = 16, text[2:]
	}
	n, err := strconv.ParseInt(digits, base, 64)
	if err != nil {
		return nil, p.errorf("%q is not a number", text)
	}
	return Int(n), nil
}

func (p *parser) quoted(quote byte) (string, error) {
	p.pos++
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] != quote && p.text[p.pos] != '\\' {
		p.pos++
	}
	if p.peek() == quote && p.pos < len(p.text) {
		p.pos++
		return p.text[start : p.pos-1], nil
	}
	var b strings.Builder
	b.WriteString(p.text[start:p.pos])
	for p.pos < len(p.text) {
		c := p.text[p.pos]
		p.pos++
		switch c {
		case quote:
			return b.String(), nil
		case '\\':
			if err := p.unescape(&b); err != nil {
				return "", err
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", p.errorf("the string has no closing %c", quote)
}

func (p *parser) unescape(b *strings.Builder) error {
	c := p.peek()
	p.pos++
	switch c {
	case 'n':
		b.WriteByte('\n')
	case 'r':
		b.WriteByte('\r')
	case 't':
		b.WriteByte('\t')
	case 'b':
		b.WriteByte('\b')
	case 'f':
		b.WriteByte('\f')
	case '\\', '/', '"', '\'':
		b.WriteByte(c)
	case 'u':
		r, err := p.hex4()
		if err != nil {
			return err
		}
		if utf16.IsSurrogate(r) && strings.HasPrefix(p.text[p.pos:], `\u`) {
			p.pos += 2
			low, err := p.hex4()
			if err != nil {
				return err
			}
			r = utf16.DecodeRune(r, low)
		}
		b.WriteRune(r)
	default:
		p.pos = min(p.pos-1, len(p.text))
		return p.errorf("unknown escape \\%s", p.here())
	}
	return nil
}

func (p *parser) hex4() (rune, error) {
	if p.pos+4 > len(p.text) {
		return 0, p.errorf(`\u needs four hexadecimal digits`)
	}
	n, err := strconv.ParseUint(p.text[p.pos:p.pos+4], 16, 16)
	if err != nil {
		return 0, p.errorf(`\u needs four hexadecimal digits`)
	}
	p.pos += 4
	return rune(n), nil
}
