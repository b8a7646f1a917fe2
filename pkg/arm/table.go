package arm

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
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
	i, ok := t.find(name)
	if !ok {
		var none T
		return none, false
	}
	return t.values[i], true
}

// few is how many names are found sooner by looking at each than by their
// lower-case form, which has to be made first.
const few = 64

func (t *Table[T]) find(name string) (int, bool) {
	if len(t.names) <= few {
		if i := slices.Index(t.names, name); i >= 0 { // exact spelling, the usual case
			return i, true
		}
	}
	i, ok := t.index[strings.ToLower(name)]
	return i, ok
}

// Exact finds the value of a name with its case.
func (t *Table[T]) Exact(name string) (T, bool) {
	if i, ok := t.find(name); ok && t.names[i] == name {
		return t.values[i], true
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
func (t *Table[T]) Nearest(name string) string { return nearest.Name(name, t.names) }

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

// lowerNames are the names in lower case, sorted.
func (t *Table[T]) lowerNames() []string { return slices.Sorted(maps.Keys(t.index)) }
