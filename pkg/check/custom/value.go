package custom

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A scope is one template under evaluation by one rule. Values have it, to decide
// what is unknown. It is for one goroutine.
type scope struct {
	pass *lint.Pass
	// met is set once an unknown value was read, so that an error that follows may
	// come from it.
	met bool
	// partial is set while a scale set without a profile is evaluated: what it leaves
	// out is not absent.
	partial bool
	// work is what this package did for the evaluation: members and items that it
	// looked up, compared or listed, of which the library counts only some.
	work int
	// texts are the values of strings, which take long to decide on, by their nodes.
	texts map[*expand.Node]ref.Val
}

// spend counts work. Once there was too much, every value is an error, so that the
// evaluation ends soon.
func (s *scope) spend(n int) (ended ref.Val) {
	if s.work += n; s.work > maxCost {
		return types.NewErr("too many steps")
	}
	return nil
}

// unknown is every unknown value: which one it is does not matter.
var unknown = types.NewUnknown(0, nil)

func (s *scope) unknown() ref.Val {
	s.met = true
	return unknown
}

// value returns the value of a node that is present; nil for null, which is absent.
func (s *scope) value(n *expand.Node) ref.Val {
	switch v := n.Value.(type) {
	case value.Null, nil:
		return nil
	case value.Bool:
		return types.Bool(v)
	case value.Int:
		return types.Int(v)
	case value.Number:
		if f, ok := v.Float(); ok {
			return types.Double(f)
		}
	case value.String:
		return s.text(n, string(v))
	case value.Array:
		return s.array(n)
	case *value.Object:
		return &object{scope: s, node: n}
	}
	return s.unknown()
}

// text is the value of a string.
func (s *scope) text(n *expand.Node, v string) ref.Val {
	known, ok := s.texts[n]
	if !ok {
		s.work += 10
		if known = types.String(v); s.hides(n, v) {
			known = unknown
		}
		if s.texts == nil {
			s.texts = map[*expand.Node]ref.Val{}
		}
		s.texts[n] = known
	}
	s.met = s.met || known == ref.Val(unknown)
	return known
}

// hides reports whether a text is not to be judged or shown: a secret, a
// placeholder, a name that was assumed, or a value that the deployment must pass.
func (s *scope) hides(n *expand.Node, text string) bool {
	if n.NeedsValue() || s.pass.Assumed(text) {
		return true
	}
	if assumed := s.pass.Template.AssumedLocation; assumed != "" && text == assumed && lint.Calls(n, "resourceGroup", "deployment") {
		return true
	}
	return s.secret(n, text)
}

func (s *scope) secret(n *expand.Node, text string) bool {
	secrets := s.pass.Template.Secrets
	return len(secrets.Within(n.At())) > 0 || secrets.For(n.At().File).Holds(strconv.Quote(text))
}

// member returns a member of a node; nil if it is absent.
func (s *scope) member(n *expand.Node, name string) ref.Val {
	m := n.Get(name)
	if m == nil {
		if o, ok := n.Value.(*value.Object); ok && !value.IsKnown(o.Contains(name)) || s.partial {
			return s.unknown()
		}
		return nil
	}
	return s.value(m)
}

// A placed value knows the node of each of its parts.
type placed interface {
	// part returns the place of a member or an item; nil if it has none.
	part(key ref.Val) lint.Placer
	// place returns the place of the value itself; nil if it has none.
	place() lint.Placer
}

// An object is an object of the template.
type object struct {
	scope *scope
	node  *expand.Node
}

var _ traits.Mapper = (*object)(nil)

func (o *object) place() lint.Placer { return o.node }

func (o *object) part(key ref.Val) lint.Placer {
	if name, ok := key.(types.String); ok {
		if n := o.node.Get(string(name)); n != nil {
			return n
		}
	}
	return nil
}

func (o *object) Find(key ref.Val) (ref.Val, bool) {
	name, ok := key.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(key), false
	}
	if err := o.scope.spend(1 + len(o.node.Members)/8); err != nil {
		return err, false
	}
	v := o.scope.member(o.node, string(name))
	return v, v != nil
}

func (o *object) Get(key ref.Val) ref.Val { return get(o, key) }

// get is Get of a mapper.
func get(m traits.Mapper, key ref.Val) ref.Val {
	v, ok := m.Find(key)
	switch {
	case ok:
		return v
	case v != nil:
		return v
	}
	return types.NewErr("no such key: %v", key)
}

func (o *object) Contains(key ref.Val) ref.Val { return contains(o, key) }

// contains is Contains of a mapper.
func contains(m traits.Mapper, key ref.Val) ref.Val {
	v, ok := m.Find(key)
	switch {
	case v != nil && types.IsUnknownOrError(v):
		return v
	case ok:
		return types.True
	}
	return types.False
}

func (o *object) names() []ref.Val {
	o.scope.work += len(o.node.Members)
	var names []ref.Val
	for _, m := range o.node.Members {
		if !value.IsNull(m.Node.Value) {
			names = append(names, types.String(m.Name))
		}
	}
	return names
}

func (o *object) Iterator() traits.Iterator { return &iterator{items: o.names()} }
func (o *object) Size() ref.Val             { return types.Int(len(o.names())) }
func (o *object) Equal(other ref.Val) ref.Val {
	return o.scope.equal(o, other)
}
func (o *object) Type() ref.Type    { return types.MapType }
func (o *object) Value() any        { return o }
func (o *object) IsZeroValue() bool { return len(o.node.Members) == 0 }
func (o *object) ConvertToType(t ref.Type) ref.Val {
	return convert(o, types.MapType, t)
}
func (o *object) ConvertToNative(t reflect.Type) (any, error) { return nil, noNative(t) }

// Fold implements [traits.Foldable], for macros with two variables.
func (o *object) Fold(f traits.Folder) {
	for _, m := range o.node.Members {
		if v := o.scope.value(m.Node); v != nil && !f.FoldEntry(types.String(m.Name), v) {
			return
		}
	}
}

// A list is an array of the template, or a list of views.
type list struct {
	scope *scope       // nil for an empty list
	at    *expand.Node // nil for a list of views
	items []ref.Val
	parts []lint.Placer
	load  func(*list) // sets items and parts on first use; nil once it has
}

var _ traits.Lister = (*list)(nil)

// array is the list of an array of the template.
func (s *scope) array(n *expand.Node) *list {
	return &list{scope: s, at: n, load: func(l *list) {
		s.work += len(n.Items)
		for _, item := range n.Items {
			v := s.value(item)
			if v == nil {
				v = types.NullValue
			}
			l.items, l.parts = append(l.items, v), append(l.parts, item)
		}
	}}
}

func (l *list) all() []ref.Val {
	if l.load != nil {
		l.load(l)
		l.load = nil
	}
	return l.items
}

func (l *list) place() lint.Placer {
	if l.at == nil {
		return nil
	}
	return l.at
}

func (l *list) part(key ref.Val) lint.Placer {
	if i, ok := key.(types.Int); ok && i >= 0 && int(i) < len(l.all()) {
		return l.parts[i]
	}
	return nil
}

func (l *list) Get(key ref.Val) ref.Val {
	i, err := types.GetOrError(key)
	if err != nil {
		return types.ValOrErr(key, "%v", err)
	}
	if all := l.all(); i >= 0 && i < len(all) {
		return all[i]
	}
	return types.NewErr("index out of bounds: %d", i)
}

func (l *list) Contains(v ref.Val) ref.Val                  { return l.scope.holds(l, v) }
func (l *list) Iterator() traits.Iterator                   { return &iterator{items: l.all()} }
func (l *list) Size() ref.Val                               { return types.Int(len(l.all())) }
func (l *list) Equal(other ref.Val) ref.Val                 { return l.scope.equal(l, other) }
func (l *list) Type() ref.Type                              { return types.ListType }
func (l *list) Value() any                                  { return l }
func (l *list) IsZeroValue() bool                           { return len(l.all()) == 0 }
func (l *list) ConvertToType(t ref.Type) ref.Val            { return convert(l, types.ListType, t) }
func (l *list) ConvertToNative(t reflect.Type) (any, error) { return texts(l, t) }

func (l *list) Add(other ref.Val) ref.Val {
	more, ok := other.(traits.Lister)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	if l.scope != nil {
		if err := l.scope.spend(2 * (len(l.all()) + int(more.Size().(types.Int)))); err != nil {
			return err
		}
	}
	return types.NewRefValList(types.DefaultTypeAdapter, slices.Concat(l.all(), items(more)))
}

// items are the items of any list.
func items(l traits.Lister) []ref.Val { return rest(l.Iterator()) }

// rest are the values that an iterator has left.
func rest(i traits.Iterator) (all []ref.Val) {
	for i.HasNext() == types.True {
		all = append(all, i.Next())
	}
	return all
}

// texts is a list of strings for a function of the library that takes one.
func texts(l traits.Lister, t reflect.Type) (any, error) {
	if t != reflect.TypeFor[[]string]() {
		return nil, noNative(t)
	}
	var all []string
	for _, v := range items(l) {
		s, ok := v.(types.String)
		if !ok {
			return nil, fmt.Errorf("an item of the list is not a string")
		}
		all = append(all, string(s))
	}
	return all, nil
}

func noNative(t reflect.Type) error {
	return fmt.Errorf("a value of a template cannot be used as %v", t)
}

// convert is ConvertToType: of a value to its own type, or the type of a value.
func convert(v ref.Val, own *types.Type, t ref.Type) ref.Val {
	switch t {
	case own:
		return v
	case types.TypeType:
		return own
	}
	return types.NewErr("type conversion error from '%s' to '%s'", own, t)
}

// An iterator goes over values that are known.
type iterator struct {
	items []ref.Val
	next  int
}

func (i *iterator) HasNext() ref.Val { return types.Bool(i.next < len(i.items)) }

func (i *iterator) Next() ref.Val {
	if i.next >= len(i.items) {
		return nil
	}
	i.next++
	return i.items[i.next-1]
}

func (i *iterator) Type() ref.Type                   { return types.IteratorType }
func (i *iterator) Value() any                       { return nil }
func (i *iterator) Equal(ref.Val) ref.Val            { return types.NewErr("no such overload") }
func (i *iterator) ConvertToType(t ref.Type) ref.Val { return types.NewErr("no such overload") }
func (i *iterator) ConvertToNative(t reflect.Type) (any, error) {
	return nil, noNative(t)
}

// maxEqual bounds the depth of a comparison.
const maxEqual = 64

// equal compares two values: unknown if the answer depends on an unknown part, of
// which the comparisons of the library know nothing.
func (s *scope) equal(a, b ref.Val) ref.Val { return s.equalTo(a, b, 0) }

func (s *scope) equalTo(a, b ref.Val, depth int) ref.Val {
	if s == nil {
		s = &scope{}
	}
	if err := s.spend(1); err != nil {
		return err
	}
	switch {
	case types.IsUnknownOrError(a):
		return a
	case types.IsUnknownOrError(b):
		return b
	case depth > maxEqual:
		return types.NewErr("the values are nested more than %d deep", maxEqual)
	}
	switch l := a.(type) {
	case traits.Lister:
		if r, ok := b.(traits.Lister); ok {
			return s.equalLists(l, r, depth+1)
		}
		return types.False
	case traits.Mapper:
		if r, ok := b.(traits.Mapper); ok {
			return s.equalObjects(l, r, depth+1)
		}
		return types.False
	}
	switch b := b.(type) {
	case traits.Lister, traits.Mapper:
		return types.False
	case *types.Optional:
		if a, ok := a.(*types.Optional); ok && a.HasValue() && b.HasValue() {
			return s.equalTo(a.GetValue(), b.GetValue(), depth+1)
		}
	}
	return types.Equal(a, b)
}

func (s *scope) equalLists(l, r traits.Lister, depth int) ref.Val {
	if l.Size() != r.Size() {
		return types.False
	}
	var all ref.Val = types.True
	i, j := l.Iterator(), r.Iterator()
	for i.HasNext() == types.True && j.HasNext() == types.True {
		switch same := s.equalTo(i.Next(), j.Next(), depth); {
		case same == types.False, types.IsError(same):
			return same
		case same != types.True:
			all = same
		}
	}
	return all
}

func (s *scope) equalObjects(l, r traits.Mapper, depth int) ref.Val {
	if l.Size() != r.Size() {
		return types.False
	}
	var all ref.Val = types.True
	for i := l.Iterator(); i.HasNext() == types.True; {
		key := i.Next()
		x, _ := l.Find(key)
		y, ok := r.Find(key)
		switch {
		case x == nil:
			return types.False
		case !ok && y == nil:
			return types.False
		}
		switch same := s.equalTo(x, y, depth); {
		case same == types.False, types.IsError(same):
			return same
		case same != types.True:
			all = same
		}
	}
	return all
}

// holds reports whether a list has a value: unknown if it may have.
func (s *scope) holds(l traits.Lister, v ref.Val) ref.Val {
	var found ref.Val = types.False
	for i := l.Iterator(); i.HasNext() == types.True; {
		switch same := s.equal(i.Next(), v); {
		case same == types.True, types.IsError(same):
			return same
		case types.IsUnknown(same):
			found = same
		}
	}
	return found
}
