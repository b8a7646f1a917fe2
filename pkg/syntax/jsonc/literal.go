package jsonc

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// literals are the words that the parser of the deployment service accepts, in
// exactly this case. Words without a JSON form become strings, which is how the
// service writes them.
const (
	literalTrue, literalFalse, literalNull = "true", "false", "null"
)

// word returns the node of a token that is neither a bracket nor a string.
func (p *parser) word(t token) Node {
	text := p.text[t.start:t.end]
	switch text {
	case literalTrue, literalFalse:
		n := p.bools.New()
		n.Value, n.At = text == literalTrue, p.at(t.start, t.end)
		return n
	case literalNull:
		n := p.nulls.New()
		n.At = p.at(t.start, t.end)
		return n
	case "NaN", "Infinity", "-Infinity":
		p.noteDialect(dialectNaN, t.start, t.end)
		return p.plain(t)
	}
	if c := text[0]; c == '-' || c == '.' || c >= '0' && c <= '9' {
		return p.number(t, text)
	}
	return p.badWord(t, text)
}

// badWord reports a word that is not a value.
func (p *parser) badWord(t token, text string) Node {
	lower := fold.Lower(text)
	switch lower {
	case literalTrue, literalFalse, literalNull:
		d := p.errorf(syntax, p.at(t.start, t.end), "'%s' must be written %s", words(text), words(lower))
		p.fixReplace(d, p.at(t.start, t.end), lower)
	default:
		d := p.errorf(syntax, p.at(t.start, t.end), "'%s' is not a value", excerpt(text))
		if d != nil && (unicode.IsLetter(rune(text[0])) || text[0] == '$' || text[0] == '_') {
			d.Detail = "Write strings in double quotes."
		}
	}
	return p.invalid(t.start, t.end)
}

// number returns the node of a word that begins like a number.
func (p *parser) number(t token, text string) Node {
	strict := isNumber(text)
	if !strict {
		switch kind := lenientNumber(text); kind {
		case numberBad:
			p.errorf(badNumber, p.at(t.start, t.end), "'%s' is not a number", excerpt(text))
			return p.invalid(t.start, t.end)
		case numberOctal:
			n, _ := strconv.ParseInt(text, 8, 64)
			p.errorf(octal, p.at(t.start, t.end), "%s begins with 0, so it is read as an octal number, %v", text, n)
		default:
			p.noteDialect(dialectNumber, t.start, t.end)
		}
	}
	n := p.numbers.New()
	n.Text, n.At = text, p.at(t.start, t.end)
	return n
}

// isNumber reports whether s is a number by RFC 8259, section 6.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole := digits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return false
	}
	s = s[whole:]
	if strings.HasPrefix(s, ".") {
		n := digits(s[1:])
		if n == 0 {
			return false
		}
		s = s[1+n:]
	}
	return s == "" || isExponent(s)
}

func isExponent(s string) bool {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return false
	}
	s = s[1:]
	if s != "" && (s[0] == '+' || s[0] == '-') {
		s = s[1:]
	}
	return s != "" && digits(s) == len(s)
}

// digits counts the decimal digits at the start of s.
func digits(s string) int {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return i
		}
	}
	return len(s)
}

type numberKind uint8

const (
	numberBad numberKind = iota
	numberHex
	numberOctal
	numberLoose // a leading zero after a sign, no digit before or after the point
)

// lenientNumber classifies text that is not a JSON number. The deployment
// service reads 0x1F in base 16, 017 in base 8 and, of the others, what .NET's
// Double.Parse accepts: ".5", "1.", "-01".
func lenientNumber(s string) numberKind {
	if len(s) > 2 && (s[:2] == "0x" || s[:2] == "0X") {
		if _, err := strconv.ParseUint(s[2:], 16, 64); err != nil {
			return numberBad
		}
		return numberHex
	}
	if len(s) > 1 && s[0] == '0' && s[1] != '.' && s[1] != 'e' && s[1] != 'E' {
		if _, err := strconv.ParseInt(s, 8, 64); err != nil || strings.Contains(s, "_") {
			return numberBad
		}
		return numberOctal
	}
	s = strings.TrimPrefix(s, "-")
	whole := digits(s)
	rest := s[whole:]
	fraction := 0
	if strings.HasPrefix(rest, ".") {
		fraction = digits(rest[1:])
		rest = rest[1+fraction:]
	}
	if whole+fraction == 0 || rest != "" && !isExponent(rest) {
		return numberBad
	}
	return numberLoose
}

// Decimal returns the number as RFC 8259 writes it: 31 for 0x1F, 15 for 017,
// 0.5 for ".5". The text of a JSON number is returned unchanged.
func (n *Number) Decimal() string {
	if isNumber(n.Text) {
		return n.Text
	}
	switch lenientNumber(n.Text) {
	case numberHex:
		// .NET's Convert.ToInt64 accepts all 64 bits, as two's complement.
		u, _ := strconv.ParseUint(n.Text[2:], 16, 64)
		return strconv.FormatInt(int64(u), 10)
	case numberOctal:
		i, _ := strconv.ParseInt(n.Text, 8, 64)
		return strconv.FormatInt(i, 10)
	}
	return looseDecimal(n.Text)
}

// looseDecimal adds a zero where a digit is missing and removes superfluous
// zeros.
func looseDecimal(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole := strings.TrimLeft(s[:digits(s)], "0")
	if whole == "" {
		whole = "0"
	}
	rest := s[digits(s):]
	if strings.HasPrefix(rest, ".") && digits(rest[1:]) == 0 {
		rest = ".0" + rest[1:]
	}
	return sign + whole + rest
}

// Int returns the value of a 64-bit integer written without a point or
// exponent; ok is false for every other number.
func (n *Number) Int() (i int64, ok bool) {
	i, err := strconv.ParseInt(n.Decimal(), 10, 64)
	return i, err == nil
}

// key returns the key of a member from a string or a word.
func (p *parser) key(t token) *String {
	if t.kind == tokenString {
		return p.str(t)
	}
	text := p.text[t.start:t.end]
	if i := strings.IndexFunc(text, notInIdentifier); i >= 0 {
		r, _ := utf8.DecodeRuneInString(text[i:])
		p.errorf(syntax, p.at(t.start, t.end), "property name %s is not in quotes and contains '%c'", excerpt(text), r)
	} else {
		p.noteDialect(dialectBareKey, t.start, t.end)
	}
	return p.plain(t)
}

// notInIdentifier reports whether the deployment service rejects r in a name
// without quotes.
func notInIdentifier(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '$'
}

// plain returns a string node with the text of a word, unchanged.
func (p *parser) plain(t token) *String {
	n := p.strings.New()
	n.Value, n.where = p.text[t.start:t.end], unquoted
	n.At = p.at(t.start, t.end)
	return n
}

// invalid returns a node for text that could not be read.
func (p *parser) invalid(start, end int) *Invalid { return &Invalid{At: p.at(start, end)} }
