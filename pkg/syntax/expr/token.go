package expr

// kind is the kind of a token.
type kind uint8

const (
	tokEnd     kind = iota // end of the expression
	tokIdent               // name of a function, a namespace or a property
	tokString              // 'text'
	tokNumber              // -12, also 1.5, which is refused
	tokLParen              // (
	tokRParen              // )
	tokLBrack              // [
	tokRBrack              // ]
	tokComma               // ,
	tokDot                 // .
	tokIllegal             // a character that belongs to no token
)

// A token is a piece of the text, without the brackets around the expression.
type token struct {
	kind       kind
	start, end int // byte offsets into the text
	// broken says that the token is bad in itself: a string without its end,
	// a number that is none.
	broken bool
}

var punctuation = [...]struct {
	c byte
	k kind
}{{'(', tokLParen}, {')', tokRParen}, {'[', tokLBrack}, {']', tokRBrack}, {',', tokComma}, {'.', tokDot}}
