package expr

// IsExpression reports whether the engine reads text as an expression: it
// starts with one bracket, not two, and its last character is the closing one.
// " [a()]", "[a()] ", "[a() tail" and "[[a()]" are plain text.
func IsExpression(text string) bool {
	n := len(text)
	return n >= 2 && text[0] == '[' && text[1] != '[' && text[n-1] == ']'
}

// Unescape is what a text that is not an expression stands for: "[[" at the start
// means one bracket when the text ends with "]", and nothing else is special.
func Unescape(text string) string {
	if n := len(text); n >= 3 && text[0] == '[' && text[1] == '[' && text[n-1] == ']' {
		return text[1:]
	}
	return text
}

// Escape is the inverse of [Unescape]: a string that stands for text and is no
// expression.
func Escape(text string) string {
	if n := len(text); n >= 2 && text[0] == '[' && text[n-1] == ']' {
		return "[" + text
	}
	return text
}
