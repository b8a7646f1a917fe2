package funcs

import (
	"hash/maphash"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// sameShape checks that all arguments are arrays, or all objects.
func sameShape(c *Call) error {
	_, arrays := c.Args[0].(value.Array)
	mixed := -1
	for i, v := range c.Args {
		switch v.(type) {
		case value.Array:
			if !arrays && mixed < 0 {
				mixed = i
			}
		case *value.Object:
			if arrays && mixed < 0 {
				mixed = i
			}
		default:
			return wrongType(i, "an array or an object", v)
		}
	}
	if mixed >= 0 {
		return wrong(mixed, "is %s, but argument 1 is %s: all must be arrays or all objects", describe(c.Args[mixed]), describe(c.Args[0]))
	}
	return nil
}

func union(c *Call) (value.Value, error) {
	if err := sameShape(c); err != nil {
		return nil, err
	}
	if _, ok := c.Args[0].(value.Array); ok {
		return unionArrays(c.Args)
	}
	merged := c.Args[0].(*value.Object)
	for i := 1; i < len(c.Args); i++ {
		var err error
		if merged, err = mergeObjects(merged, c.Args[i].(*value.Object)); err != nil {
			return nil, &ArgError{Index: i, Err: err}
		}
	}
	return merged, nil
}

func unionArrays(arrays []value.Value) (value.Value, error) {
	all, err := joinArrays(arrays)
	if err != nil {
		return nil, err
	}
	d := newDistinct()
	for _, e := range all.(value.Array) {
		if _, err := d.add(e); err != nil {
			return nil, err
		}
	}
	return d.list, nil
}

// withoutRepetition keeps the first of equal elements.
func withoutRepetition(c *Call) (value.Value, error) {
	if _, err := c.array(0); err != nil {
		return nil, err
	}
	return unionArrays(c.Args)
}

// A distinct is a list of distinct values.
type distinct struct {
	list  value.Array
	plain map[value.Value]bool   // strings, ints, bools and null
	rest  map[uint64]value.Array // all others, by hash: lists may be long
	seed  maphash.Seed
}

func newDistinct() *distinct {
	return &distinct{list: value.Array{}, plain: map[value.Value]bool{}, rest: map[uint64]value.Array{}, seed: maphash.MakeSeed()}
}

// has reports whether d contains an equal value.
func (d *distinct) has(v value.Value) (bool, error) {
	if isPlain(v) {
		return d.plain[v], nil
	}
	if !value.IsKnown(v) { // it may be equal to any of them
		i, err := find(d.list, v)
		return i >= 0, err
	}
	i, err := find(d.rest[value.Hash(d.seed, v)], v)
	return i >= 0, err
}

// add adds v and reports whether it is new.
func (d *distinct) add(v value.Value) (bool, error) {
	has, err := d.has(v)
	if has || err != nil {
		return false, err
	}
	if !value.IsKnown(v) {
		return false, ErrUnknown // it may be equal to any other
	}
	if isPlain(v) {
		d.plain[v] = true
	} else {
		h := value.Hash(d.seed, v)
		d.rest[h] = append(d.rest[h], v)
	}
	d.list = append(d.list, v)
	return true, nil
}

func isPlain(v value.Value) bool {
	switch v.(type) {
	case value.String, value.Int, value.Bool, value.Null:
		return true
	}
	return false
}

func intersection(c *Call) (value.Value, error) {
	if err := sameShape(c); err != nil {
		return nil, err
	}
	for _, v := range c.Args {
		if !value.IsKnown(v) {
			return nil, ErrUnknown
		}
	}
	if _, ok := c.Args[0].(value.Array); ok {
		return intersectArrays(c.Args)
	}
	return intersectObjects(c.Args), nil
}

func intersectArrays(arrays []value.Value) (value.Value, error) {
	common := arrays[0].(value.Array)
	for _, other := range arrays[1:] {
		in := newDistinct()
		for _, e := range other.(value.Array) {
			if _, err := in.add(e); err != nil {
				return nil, err
			}
		}
		kept := newDistinct()
		for _, e := range common {
			has, err := in.has(e)
			if err == nil && has {
				_, err = kept.add(e)
			}
			if err != nil {
				return nil, err
			}
		}
		common = kept.list
	}
	return common, nil
}

func intersectObjects(objects []value.Value) value.Value {
	var kept []value.Member
	for _, m := range objects[0].(*value.Object).Members() {
		if inAll(m, objects[1:]) {
			kept = append(kept, m)
		}
	}
	return value.NewObject(kept...)
}

func inAll(m value.Member, objects []value.Value) bool {
	for _, o := range objects {
		v, ok := o.(*value.Object).Get(m.Name)
		if eq, _ := value.Equal(m.Value, v); !ok || !eq {
			return false
		}
	}
	return true
}

// mergeObjects returns a with the members of b, merging nested objects; a null
// in b does not replace a value of a.
func mergeObjects(a, b *value.Object) (*value.Object, error) {
	m := newMembers(a.Len() + b.Len())
	for _, old := range a.Members() {
		m.set(old.Name, old.Value)
	}
	for _, add := range b.Members() {
		old, ok := m.get(add.Name)
		v := add.Value
		if ok {
			var err error
			if v, err = mergeMember(add.Name, old, add.Value); err != nil {
				return nil, err
			}
		}
		m.set(add.Name, v)
	}
	return m.object(), nil
}

func mergeMember(name string, a, b value.Value) (value.Value, error) {
	x, xObject := a.(*value.Object)
	y, yObject := b.(*value.Object)
	_, aNull := a.(value.Null)
	_, bNull := b.(value.Null)
	_, aUnknown := a.(value.Unknown)
	u, bUnknown := b.(value.Unknown)
	switch {
	case bNull:
		return a, nil
	case bUnknown:
		was := value.Expression(a)
		u.Residual = "if(equals(" + u.Residual + ", null()), " + was + ", " + u.Residual + ")"
		u.Kind = ""
		return u, nil
	case xObject && yObject:
		return mergeObjects(x, y)
	case xObject != yObject && !aNull && !aUnknown:
		return nil, errMismatch(name, a, b)
	}
	return b, nil
}

func errMismatch(name string, a, b value.Value) error {
	return &mismatchError{name, value.KindName(a), value.KindName(b)}
}

type mismatchError struct{ name, was, is string }

func (e *mismatchError) Error() string {
	return "does not merge: member '" + e.name + "' is of type " + e.was + " before and " + e.is + " here"
}

// members is an object under construction; names are case-insensitive and keep
// the first spelling.
type members struct {
	list  []value.Member
	index map[string]int
}

func newMembers(n int) *members {
	return &members{list: make([]value.Member, 0, n), index: make(map[string]int, n)}
}

func (m *members) get(name string) (value.Value, bool) {
	i, ok := m.index[strings.ToLower(name)]
	if !ok {
		return nil, false
	}
	return m.list[i].Value, true
}

func (m *members) set(name string, v value.Value) {
	key := strings.ToLower(name)
	if i, ok := m.index[key]; ok {
		m.list[i].Value = v
		return
	}
	m.index[key] = len(m.list)
	m.list = append(m.list, value.Member{Name: name, Value: v})
}

func (m *members) object() *value.Object { return value.NewObject(m.list...) }
