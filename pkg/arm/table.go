package arm

import (
	"iter"
	"strings"

	"github.com/agext/levenshtein"
)

// A Table holds declarations in the order of the text. Names compare without
// case; a name that is declared again keeps its place and takes the last value,
// as in the engine. The zero Table is empty.
type Table[T any] struct {
	names  []string
	values []T
	index  map[string]int
}

// Get finds the value of a name.
func (t *Table[T]) Get(name string) (T, bool) {
	if t == nil || len(t.values) == 0 {
		var none T
		return none, false
	}
	for i, n := range t.names { // exact spelling, the usual case
		if n == name {
			return t.values[i], true
		}
	}
	i, ok := t.index[strings.ToLower(name)]
	if !ok {
		var none T
		return none, false
	}
	return t.values[i], true
}

// Exact finds the value of a name with its case.
func (t *Table[T]) Exact(name string) (T, bool) {
	for i, n := range t.names {
		if n == name {
			return t.values[i], true
		}
	}
	var none T
	return none, false
}

// Len is the number of names.
func (t *Table[T]) Len() int { return len(t.values) }

// All gives names, as first written, and values in order.
func (t *Table[T]) All() iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for i, v := range t.values {
			if !yield(t.names[i], v) {
				return
			}
		}
	}
}

// Nearest is the declared name that is most like name, or "" when none is near.
func (t *Table[T]) Nearest(name string) string { return Nearest(name, t.names) }

// put adds a declaration. It answers the spelling of an earlier one of the same
// name, or "".
func (t *Table[T]) put(name string, v T) (earlier string) {
	key := strings.ToLower(name)
	if i, ok := t.index[key]; ok {
		t.values[i] = v
		return t.names[i]
	}
	if t.index == nil {
		t.index = make(map[string]int)
	}
	t.index[key] = len(t.values)
	t.names = append(t.names, name)
	t.values = append(t.values, v)
	return ""
}

// Nearest is the one of names that a person most likely meant by name, without
// case, or "" when none is near enough to be worth a suggestion.
func Nearest(name string, names []string) string {
	best, score := "", 0.6             // below this the suggestion would be a guess
	const tooMany, tooLong = 1000, 100 // keeps the search short on hostile input
	if len(names) > tooMany || len(name) > tooLong {
		return ""
	}
	low := strings.ToLower(name)
	for _, n := range names {
		if len(n) > tooLong {
			continue
		}
		if s := levenshtein.Similarity(low, strings.ToLower(n), nil); s > score {
			best, score = n, s
		}
	}
	return best
}

// DidYouMean is the sentence that suggests the nearest of names, or "".
func DidYouMean(name string, names []string) string {
	if n := Nearest(name, names); n != "" {
		return "Did you mean '" + n + "'?"
	}
	return ""
}
