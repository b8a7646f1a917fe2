// Package nearest suggests the closest known name for a misspelled one.
//
// It is the only place that decides how close is close enough, for names in
// templates, in the configuration and on the command line. Callers provide the
// names.
package nearest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

const (
	// minLikeness is the smallest part of the longer name that must be unchanged.
	// "contact" and "concat" have 0.71 in common; unrelated names stay below
	// 0.5.
	minLikeness = 0.6
	// Hostile input has many long names, and each is compared with each.
	tooMany = 1000
	tooLong = 128 // bytes
)

// Name returns the name that was most likely meant by typed, ignoring case, the
// first of several that are equally close; "" if none is close enough for a
// suggestion, or if there are more than 1,000 names.
func Name(typed string, names []string) string {
	if len(names) > tooMany {
		return ""
	}
	return InCatalog(typed, names)
}

// InCatalog is like [Name] for our own names, without a limit of their number.
func InCatalog(typed string, names []string) string {
	best, _ := find(typed, names)
	return best
}

// Unique is like [Name], but returns "" if another name is equally close.
func Unique(typed string, names []string) string {
	if len(names) > tooMany {
		return ""
	}
	if best, unique := find(typed, names); unique {
		return best
	}
	return ""
}

// Likeness returns the part of the longer name that is unchanged when one name
// is edited into the other, ignoring case: 1 for the same name, 0 for nothing
// in common. Two transposed neighbours, the most common mistake, count as one
// edit. Use it where [Name] is not strict enough.
func Likeness(a, b string) float64 {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if swapped(a, b) {
		return 1 - 1/float64(utf8.RuneCountInString(a))
	}
	return levenshtein.Similarity(a, b, nil)
}

// swapped reports whether two names differ only in the order of two
// neighbouring letters.
func swapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}

// Slip reports whether typed is name with at most two edits. Use it where a
// wrong guess would do harm, because similar names may both exist. It is false
// for short names.
func Slip(typed, name string) bool {
	const most = 2
	a, b := utf8.RuneCountInString(typed), utf8.RuneCountInString(name)
	if max(a-b, b-a) > most || a <= 2*most || len(typed) > tooLong {
		return false
	}
	return levenshtein.Distance(strings.ToLower(typed), strings.ToLower(name), nil) <= most
}

// Hint returns the end of a message about an unknown name, with the closest of
// names, or "".
func Hint(typed string, names []string) string {
	if n := Name(typed, names); n != "" {
		return fmt.Sprintf("; did you mean %q?", n)
	}
	return ""
}

// Question returns a sentence that suggests the closest of names, or "".
func Question(typed string, names []string) string {
	if n := Name(typed, names); n != "" {
		return "Did you mean '" + n + "'?"
	}
	return ""
}

func find(typed string, names []string) (best string, unique bool) {
	if typed == "" || len(typed) > tooLong {
		return "", false
	}
	typed = strings.ToLower(typed)
	score := minLikeness
	letters := utf8.RuneCountInString(typed)
	for _, n := range names {
		if len(n) > tooLong || !lengthsFit(letters, utf8.RuneCountInString(n)) {
			continue
		}
		switch s := Likeness(typed, n); {
		case s > score:
			best, unique, score = n, true, s
		case s == score && !strings.EqualFold(n, best):
			unique = false
		}
	}
	return best, unique
}

// lengthsFit reports whether names of these lengths can be close enough: each
// additional letter is an edit. It avoids most of the comparisons.
func lengthsFit(a, b int) bool {
	return float64(min(a, b)) > minLikeness*float64(max(a, b))
}
