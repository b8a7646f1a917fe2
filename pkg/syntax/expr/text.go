package expr

// IsExpression reports whether the deployment service reads text as an
// expression: it starts with one bracket, not two, and ends with the closing
// one. " [a()]", "[a()] ", "[a() tail" and "[[a()]" are plain text.
func IsExpression(text string) bool {
	n := len(text)
	return n >= 2 && text[0] == '[' && text[1] != '[' && text[n-1] == ']'
}

// Unescape returns the text that a string without an expression represents:
// "[[" at the start means one bracket if the text ends with "]", and nothing
// else is special.
func Unescape(text string) string {
	if n := len(text); n >= 3 && text[0] == '[' && text[1] == '[' && text[n-1] == ']' {
		return text[1:]
	}
	return text
}

// Escape returns the inverse of [Unescape]: it returns a string that represents text
// and is not an expression.
func Escape(text string) string {
	if n := len(text); n >= 2 && text[0] == '[' && text[n-1] == ']' {
		return "[" + text
	}
	return text
}
