package expr

// kind is the kind of a token.
type kind uint8

const (
	tokEnd     kind = iota // end of the expression
	tokIdent               // name of a function, a namespace or a property
	tokString              // 'text'
	tokNumber              // -12, also 1.5, which is rejected
	tokLParen              // (
	tokRParen              // )
	tokLBrack              // [
	tokRBrack              // ]
	tokComma               // ,
	tokDot                 // .
	tokIllegal             // a character that is not part of any token
)

// A token is a piece of the text, without the brackets around the expression.
type token struct {
	kind       kind
	start, end int // byte offsets into the text
	// broken marks a token that is invalid by itself: a string without its end,
	// or an invalid number.
	broken bool
}

// punctuation returns the kind of a token of one character; tokIllegal for any other
// character.
func punctuation(c byte) kind {
	switch c {
	case '(':
		return tokLParen
	case ')':
		return tokRParen
	case '[':
		return tokLBrack
	case ']':
		return tokRBrack
	case ',':
		return tokComma
	case '.':
		return tokDot
	}
	return tokIllegal
}
