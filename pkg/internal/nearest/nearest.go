// Package nearest guesses which name somebody meant who wrote another one.
//
// It is the one owner of how near is near enough, for names in templates, in
// the configuration and on the command line. It reads no template and knows no
// names: callers bring theirs.
package nearest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

const (
	// enough is how much of the longer name stays as it is, at least. "contact"
	// and "concat" have 0.71 in common; unrelated names stay below 0.5.
	enough = 0.6
	// Hostile input has many names and long ones, and each is compared with each.
	tooMany = 1000
	tooLong = 128 // bytes
)

// Name is the one of names that was most likely meant by typed, in whatever
// case, the first of several that are equally near; "" when none is near enough
// to be worth a suggestion, or when there are more than 1,000.
func Name(typed string, names []string) string {
	if len(names) > tooMany {
		return ""
	}
	return InCatalog(typed, names)
}

// InCatalog is as [Name] for names of ours, however many there are.
func InCatalog(typed string, names []string) string {
	best, _ := find(typed, names)
	return best
}

// Unique is as [Name], and "" when another name is as near.
func Unique(typed string, names []string) string {
	if len(names) > tooMany {
		return ""
	}
	if best, unique := find(typed, names); unique {
		return best
	}
	return ""
}

// Likeness is the part of the longer name that stays when one is made of the
// other, in whatever case: 1 for the same name, 0 for nothing in common. Two
// neighbours that changed places, the usual slip, are one edit. It is for who
// must be surer than [Name].
func Likeness(a, b string) float64 {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if swapped(a, b) {
		return 1 - 1/float64(utf8.RuneCountInString(a))
	}
	return levenshtein.Similarity(a, b, nil)
}

// swapped reports whether two neighbouring letters are all that differs, and
// differ by their order.
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

// Slip reports whether typed is name but for two edits at most, the slip of a
// hand: where a wrong guess would do harm, because names that are merely alike
// may both exist. Short names are never one.
func Slip(typed, name string) bool {
	const most = 2
	a, b := utf8.RuneCountInString(typed), utf8.RuneCountInString(name)
	if max(a-b, b-a) > most || a <= 2*most || len(typed) > tooLong {
		return false
	}
	return levenshtein.Distance(strings.ToLower(typed), strings.ToLower(name), nil) <= most
}

// Hint is the end of a message about a name that does not exist: the nearest of
// names, or "".
func Hint(typed string, names []string) string {
	if n := Name(typed, names); n != "" {
		return fmt.Sprintf("; did you mean %q?", n)
	}
	return ""
}

// Question is the sentence that suggests the nearest of names, or "".
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
	score := enough
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

// lengthsFit reports whether names of so many letters can be near enough: what
// one has more is an edit each. It spares most of the comparisons.
func lengthsFit(a, b int) bool {
	return float64(min(a, b)) > enough*float64(max(a, b))
}
