package vmss

import (
	"cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
)

// State is whether a value is absent, known or unknown.
type State uint8

// The states of a value.
const (
	Absent  State = iota // not present, or null
	Known                // present, with the right type
	Unknown              // known only at deployment, or of another type
)

func (s State) String() string { return [...]string{"absent", "known", "unknown"}[s] }

// A Field is one value of the Azure model. The zero Field is absent.
type Field[T any] struct {
	State State
	// Node is the node of the value; nil if absent.
	Node *expand.Node

	value  T
	parent *expand.Node // the nearest parent that is present
}

// Known returns the value; ok is false if it is absent or unknown.
func (f Field[T]) Known() (v T, ok bool) { return f.value, f.State == Known }

// Or returns the value, or the default if it is absent; ok is false if it is
// unknown.
func (f Field[T]) Or(absent T) (v T, ok bool) {
	if f.State == Absent {
		return absent, true
	}
	return f.value, f.State == Known
}

// Absent reports whether the value is certainly absent.
func (f Field[T]) Absent() bool { return f.State == Absent }

// IsSet reports whether the template sets the field, known or unknown.
func (f Field[T]) IsSet() bool { return f.State != Absent }

// Place returns the node for findings: the value, or the object that should
// contain it.
func (f Field[T]) Place() *expand.Node { return cmp.Or(f.Node, f.parent) }

// A List is an array of the Azure model. Each item is a view or a field with a
// state of its own. The zero List is absent.
type List[T any] struct {
	State State
	// Node is the array; nil if absent.
	Node *expand.Node
	// Items are all items when the state is Known, none otherwise.
	Items []T

	parent *expand.Node
}

// Count returns the number of items; ok is false if it is unknown. An absent
// list has no items.
func (l List[T]) Count() (n int, ok bool) { return len(l.Items), l.State != Unknown }

// Absent reports whether the list is certainly absent.
func (l List[T]) Absent() bool { return l.State == Absent }

// IsSet reports whether the template sets the list, known or unknown.
func (l List[T]) IsSet() bool { return l.State != Absent }

// Place returns the node for findings: the array, or the object that should
// contain it.
func (l List[T]) Place() *expand.Node { return cmp.Or(l.Node, l.parent) }

// Is reports whether a field is known and equal to v.
func Is[T comparable](f Field[T], v T) bool {
	got, ok := f.Known()
	return ok && got == v
}

// follow returns the node at the end of a path, nil if it is absent or null,
// and the last node on the path that is present.
func follow(n *expand.Node, path []string) (at, parent *expand.Node) {
	for _, name := range path {
		if n == nil {
			return nil, parent
		}
		parent, n = n, n.Get(name)
	}
	if n != nil {
		if _, null := n.Value.(value.Null); null {
			return nil, cmp.Or(parent, n)
		}
	}
	return n, parent
}

func field[T any](n *expand.Node, read func(*expand.Node) (T, bool), path []string) Field[T] {
	at, parent := follow(n, path)
	f := Field[T]{Node: at, parent: parent}
	if at == nil {
		return f
	}
	f.State = Unknown
	if v, ok := read(at); ok {
		f.value, f.State = v, Known
	}
	return f
}

func list[T any](n *expand.Node, read func(*expand.Node) T, path ...string) List[T] {
	at, parent := follow(n, path)
	l := List[T]{Node: at, parent: parent}
	if at == nil {
		return l
	}
	l.State = Unknown
	if _, ok := at.Value.(value.Array); !ok {
		return l
	}
	l.State = Known
	l.Items = make([]T, len(at.Items))
	for i, item := range at.Items {
		l.Items[i] = read(item)
	}
	return l
}

func text(n *expand.Node, path ...string) Field[string] { return field(n, (*expand.Node).Text, path) }

func boolean(n *expand.Node, path ...string) Field[bool] { return field(n, (*expand.Node).Bool, path) }

func integer(n *expand.Node, path ...string) Field[int] { return field(n, readInt, path) }

func readInt(n *expand.Node) (int, bool) {
	i, ok := n.Int()
	return int(i), ok && int64(int(i)) == i
}

// A Part is an object whose members have no typed view: known if it is present
// and an object.
type Part = Field[*expand.Node]

func part(n *expand.Node, path ...string) Part { return field(n, readObject, path) }

func readObject(n *expand.Node) (*expand.Node, bool) {
	_, ok := n.Value.(*value.Object)
	return n, ok
}

func texts(n *expand.Node, path ...string) List[Field[string]] {
	return list(n, func(n *expand.Node) Field[string] { return text(n) }, path...)
}

// present returns the node if it is present and not null.
func present(n *expand.Node) *expand.Node {
	at, _ := follow(n, nil)
	return at
}

func number(n *expand.Node, path ...string) Field[float64] { return field(n, readFloat, path) }

func readFloat(n *expand.Node) (float64, bool) {
	if x, ok := n.Value.(value.Number); ok {
		return x.Float()
	}
	i, ok := n.Int()
	return float64(i), ok
}
