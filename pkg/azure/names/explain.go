package names

import (
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// disallowed returns the first character of a name that the pattern allows
// nowhere.
func (r Rule) disallowed(name string) (rune, bool) {
	for _, m := range r.Match {
		parsed, err := syntax.Parse(m.String(), syntax.Perl)
		if err != nil {
			continue
		}
		for _, c := range name {
			if !allowsAnywhere(parsed, c) {
				return c, true
			}
		}
	}
	return 0, false
}

// allowsAnywhere reports whether a pattern allows a character anywhere.
func allowsAnywhere(p *syntax.Regexp, c rune) bool {
	switch p.Op {
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	case syntax.OpLiteral:
		return slices.ContainsFunc(p.Rune, func(r rune) bool {
			return r == c || p.Flags&syntax.FoldCase != 0 && unicode.ToLower(r) == unicode.ToLower(c)
		})
	case syntax.OpCharClass:
		for i := 0; i+1 < len(p.Rune); i += 2 {
			if p.Rune[i] <= c && c <= p.Rune[i+1] {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(p.Sub, func(sub *syntax.Regexp) bool { return allowsAnywhere(sub, c) })
}

var called = lazy.Value[map[rune]string]{Of: func() map[rune]string {
	return map[rune]string{
		' ': "a space", '-': "a hyphen", '_': "an underscore", '.': "a period", ',': "a comma", ':': "a colon", '/': "a slash", '\'': "an apostrophe",
		'{': "a brace", '}': "a brace", '[': "a bracket", ']': "a bracket", '(': "a parenthesis", ')': "a parenthesis",
	}
}}

// character returns the name of a character for a message, with its article.
func character(c rune) string {
	switch name, ok := called.Get()[c]; {
	case ok:
		return name
	case 'A' <= c && c <= 'Z':
		return "the upper-case letter " + string(c)
	case '0' <= c && c <= '9':
		return "the digit " + string(c)
	case !unicode.IsPrint(c):
		return "the character U+" + strings.ToUpper(strconv.FormatInt(int64(c), 16))
	}
	return strconv.Quote(string(c))
}
