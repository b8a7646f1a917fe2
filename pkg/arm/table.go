package arm

import (
	"iter"
	"maps"
	"slices"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// A Table is an ordered map of declarations. Names are case-insensitive; a name
// that is declared again keeps its position and gets the last value, as in the
// deployment service. The zero Table is empty.
type Table[T any] struct {
	names  []string
	values []T
	index  map[string]int
}

// Get returns the value of a name, ignoring case.
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

// few is the size up to which comparing each name is faster than a lookup, for
// which a lower-case copy of the name has to be made.
const few = 64

func (t *Table[T]) find(name string) (int, bool) {
	if len(t.names) <= few {
		if i := slices.Index(t.names, name); i >= 0 { // exact spelling, the usual case
			return i, true
		}
	}
	i, ok := t.index[fold.Lower(name)]
	return i, ok
}

// Index returns the position of a name among [Table.All], ignoring case.
func (t *Table[T]) Index(name string) (i int, ok bool) {
	if t == nil {
		return 0, false
	}
	return t.find(name)
}

// Exact returns the value of a name with exactly this spelling.
func (t *Table[T]) Exact(name string) (T, bool) {
	if i, ok := t.find(name); ok && t.names[i] == name {
		return t.values[i], true
	}
	var none T
	return none, false
}

// Len returns the number of names.
func (t *Table[T]) Len() int { return len(t.values) }

// All returns the names, in their first spelling, and the values, in order.
func (t *Table[T]) All() iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for i, v := range t.values {
			if !yield(t.names[i], v) {
				return
			}
		}
	}
}

// Nearest returns the declared name that is closest to name, or "" if none is
// close.
func (t *Table[T]) Nearest(name string) string { return nearest.Name(name, t.names) }

// put adds a declaration. It returns the spelling of an earlier one with the
// same name, or "".
func (t *Table[T]) put(name string, v T) (earlier string) {
	key := fold.Lower(name)
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

// lowerNames returns the names in lower case, sorted.
func (t *Table[T]) lowerNames() []string { return slices.Sorted(maps.Keys(t.index)) }
