package lsp

import (
	"strings"
	"unicode"
)

// A typing is what is typed before the cursor in an expression.
type typing struct {
	calls []typedCall // open before the cursor, outermost first
	// word is the identifier or literal before the cursor, start where it begins
	// in the text of the expression.
	word    string
	start   int
	literal bool   // the cursor is in a literal
	before  string // the expression before the word
}

type typedCall struct {
	name string // "" for a parenthesis or an index
	args []string
}

// typingOf reads an expression up to the cursor.
func typingOf(text string) typing {
	t := typing{}
	argument := 0 // where the argument began that is typed
	closeArgument := func(end int) {
		if n := len(t.calls); n > 0 {
			c := &t.calls[n-1]
			c.args = append(c.args, strings.TrimSpace(text[min(argument, end):end]))
		}
	}
	var starts []int
	word := -1
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isIdentifier(c) {
			if word < 0 {
				word = i
			}
			continue
		}
		name := ""
		if word >= 0 {
			name = text[word:i]
		}
		switch c {
		case '\'':
			end := i + 1
			for end < len(text) && (text[end] != '\'' || end+1 < len(text) && text[end+1] == '\'') {
				if text[end] == '\'' {
					end++
				}
				end++
			}
			if end >= len(text) {
				t.literal, t.start, t.word = true, i+1, text[min(i+1, len(text)):]
				t.before = text[:i]
				return t
			}
			i = end
		case '(', '[':
			if c == '[' {
				name = ""
			}
			if n := word - 1; name != "" && n >= 0 && text[n] == '.' {
				from := n
				for from > 0 && isIdentifier(text[from-1]) {
					from--
				}
				name = text[from:word] + name
			}
			t.calls = append(t.calls, typedCall{name: name})
			starts = append(starts, argument)
			argument = i + 1
		case ',':
			closeArgument(i)
			argument = i + 1
		case ')', ']':
			if n := len(t.calls); n > 0 {
				t.calls = t.calls[:n-1]
				argument = starts[n-1]
				starts = starts[:n-1]
			}
		}
		word = -1
	}
	if word < 0 {
		word = len(text)
	}
	t.start, t.word, t.before = word, text[word:], text[:word]
	return t
}

func isIdentifier(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))
}

// named returns the innermost call around the cursor that has a name: not a parenthesis or
// an index.
func (t typing) named() (call typedCall, ok bool) {
	for i := len(t.calls) - 1; i >= 0; i-- {
		if t.calls[i].name != "" {
			return t.calls[i], true
		}
	}
	return call, false
}

// inner returns the innermost call around the cursor.
func (t typing) inner() (name string, argument int, args []string) {
	if len(t.calls) == 0 {
		return "", 0, nil
	}
	c := t.calls[len(t.calls)-1]
	return strings.ToLower(c.name), len(c.args), c.args
}
