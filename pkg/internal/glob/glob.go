// Package glob matches names of files with the patterns that people write: *,
// ?, [a-z], {a,b} and ** for any number of folders.
//
// It is the only importer of the library that does so, and bounds what that
// takes: with alternatives it tries each of one group with each of the next, and
// settings and patterns may come from strangers.
package glob

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
)

// mostAlternatives are those that a pattern may stand for: {a,b}.{c,d} has four.
const mostAlternatives = 1000

// The errors follow the pattern that they are about.
var (
	// ErrMalformed is the error of a pattern with a bracket or brace too few.
	ErrMalformed = errors.New("is not well formed")
	// ErrAlternatives is the error of a pattern with too many of them.
	ErrAlternatives = fmt.Errorf("stands for more than %d alternatives", mostAlternatives)
)

// Validate reports why nothing can be looked for with a pattern.
func Validate(pattern string) error {
	switch {
	case !doublestar.ValidatePattern(pattern):
		return ErrMalformed
	case alternatives(pattern) > mostAlternatives:
		return ErrAlternatives
	}
	return nil
}

// Match reports whether a pattern means a name; one that [Validate] refuses
// means none. Both have slashes.
func Match(pattern, name string) bool {
	if Validate(pattern) != nil {
		return false
	}
	ok, err := doublestar.Match(pattern, name)
	return ok && err == nil
}

// MatchValid reports whether a pattern that [Validate] accepts means a name. It
// is for patterns that are matched with many names.
func MatchValid(pattern, name string) bool {
	// What most patterns of ignore files are: the name of a file or a folder, or
	// how it ends, at any depth.
	if rest, ok := strings.CutPrefix(pattern, "**/"); ok && rest != "" && !strings.Contains(rest, "/") {
		base := name[strings.LastIndexByte(name, '/')+1:]
		if end, ok := strings.CutPrefix(rest, "*"); ok && end != "" && !special(end) {
			return strings.HasSuffix(base, end)
		}
		if !special(rest) {
			return base == rest
		}
	}
	return doublestar.MatchUnvalidated(pattern, name)
}

// special reports whether a text has a character that is not for itself alone;
// the library takes all bytes that are not UTF-8 for the same.
func special(text string) bool {
	return strings.ContainsAny(text, `*?[]{}\`) || strings.ContainsRune(text, utf8.RuneError)
}

// Base is the folder below which a pattern looks.
func Base(pattern string) string {
	base, _ := doublestar.SplitPattern(pattern)
	return base
}

// alternatives is how many patterns without braces one stands for, at the most:
// those of all groups multiplied, however they lie in each other. It stops where
// there are too many.
func alternatives(pattern string) int {
	total := 1
	var open []int // the alternatives of the groups that are open
	for i := 0; i < len(pattern) && total <= mostAlternatives; i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case c == '{':
			open = append(open, 1)
		case len(open) == 0:
		case c == ',':
			open[len(open)-1]++
		case c == '}':
			total *= open[len(open)-1]
			open = open[:len(open)-1]
		}
	}
	return total
}
