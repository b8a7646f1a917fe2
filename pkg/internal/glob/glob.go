// Package glob matches file names with patterns: *, ?, [a-z], {a,b} and ** for
// any number of folders.
//
// It is the only importer of its library and limits the work: the library tries
// each alternative of one group with each of the next, and settings and
// patterns may come from strangers.
package glob

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
)

const (
	// mostAlternatives limits the alternatives of a pattern: {a,b}.{c,d} has four.
	mostAlternatives = 1000
	// longestName is how many bytes a name can have and still match a pattern: the
	// work is the product of the size of the pattern and the length of the name.
	longestName = 1024
)

// The errors follow the pattern in a message.
var (
	// ErrMalformed is the error for a pattern with a missing bracket or brace.
	ErrMalformed = errors.New("is not well formed")
	// ErrAlternatives is the error for a pattern with too many alternatives.
	ErrAlternatives = fmt.Errorf("has more than %d alternatives", mostAlternatives)
)

// Validate returns an error that says why a pattern cannot be used.
func Validate(pattern string) error {
	switch {
	case !doublestar.ValidatePattern(pattern):
		return ErrMalformed
	case alternatives(pattern) > mostAlternatives:
		return ErrAlternatives
	}
	return nil
}

// Size returns the bytes of a valid pattern with all of its alternatives
// written out. Whoever takes patterns from strangers limits their sum: each
// name is compared with all of them.
func Size(pattern string) int { return alternatives(pattern) * len(pattern) }

// Match reports whether a pattern matches a name; a pattern that [Validate]
// rejects matches none, and no pattern matches a name of more than 1,024 bytes.
// Both use slashes.
func Match(pattern, name string) bool {
	if len(name) > longestName || Validate(pattern) != nil {
		return false
	}
	ok, err := doublestar.Match(pattern, name)
	return ok && err == nil
}

// MatchValid reports whether a valid pattern matches a name. Use it for
// patterns that are matched with many names.
func MatchValid(pattern, name string) bool {
	if len(name) > longestName {
		return false
	}
	// The form of most patterns of ignore files: the name of a file or a
	// folder, or its ending, at any depth.
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

// special reports whether a text has a character with a special meaning; the
// library treats all bytes that are not UTF-8 alike.
func special(text string) bool {
	return strings.ContainsAny(text, `*?[]{}\`) || strings.ContainsRune(text, utf8.RuneError)
}

// Base returns the folder that contains all matches of a pattern.
func Base(pattern string) string {
	base, _ := doublestar.SplitPattern(pattern)
	return base
}

// alternatives returns an upper bound of the number of patterns without braces
// that a pattern expands to: the product of all groups, nested or not. It stops
// above the limit.
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
