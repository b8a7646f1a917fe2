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

	"github.com/bmatcuk/doublestar/v4"
)

// MostAlternatives are those that a pattern may stand for: {a,b}.{c,d} has four.
const MostAlternatives = 1000

// The errors follow the pattern that they are about.
var (
	// ErrMalformed is the error of a pattern with a bracket or brace too few.
	ErrMalformed = errors.New("is not well formed")
	// ErrAlternatives is the error of a pattern with too many of them.
	ErrAlternatives = fmt.Errorf("stands for more than %d alternatives", MostAlternatives)
)

// Validate reports why nothing can be looked for with a pattern.
func Validate(pattern string) error {
	switch {
	case !doublestar.ValidatePattern(pattern):
		return ErrMalformed
	case alternatives(pattern) > MostAlternatives:
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
	for i := 0; i < len(pattern) && total <= MostAlternatives; i++ {
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
