package eval

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func integer(n *expr.Int) (Placed, error) {
	i, err := strconv.ParseInt(n.Text, 10, 64)
	if err != nil {
		return Placed{}, Errorf(expr.CodeNumber, n.At, "%s is not a 64-bit integer", n.Text)
	}
	return Placed{Value: value.Int(i)}, nil
}

func (e *evaluator) property(n *expr.Property) (Placed, error) {
	target, err := e.eval(n.Target)
	if err != nil {
		return Placed{}, err
	}
	return target.part(func() string { return expr.Selector(n.Name) }, func() (Placed, error) {
		got, err := member(target, n.Name, n.NameAt)
		return got, of(err, target)
	})
}

func (e *evaluator) index(n *expr.Index) (Placed, error) {
	target, err := e.eval(n.Target)
	if err != nil {
		return Placed{}, err
	}
	key, err := e.eval(n.Key)
	if err != nil {
		return Placed{}, err
	}
	return target.part(func() string { return "[" + value.Expression(key.Value) + "]" }, func() (Placed, error) {
		got, err := access(target, key.Value, n.Key.Range())
		return got, of(err, target, key)
	})
}

// part returns the part of p that get finds. If p is known completely only at
// deployment, a part that get does not find is unknown: selector gives its
// accessor.
func (p Placed) part(selector func() string, get func() (Placed, error)) (Placed, error) {
	got, err := get()
	if p.Rest == nil && p.Origin != nil {
		p.Rest = p.Origin.Rest
	}
	if p.Rest == nil {
		return got, err
	}
	rest := leave(p.Rest.Residual+selector(), *p.Rest)
	if _, null := got.Value.(value.Null); err != nil || null { // Azure fills in values that are declared null
		return Placed{Value: rest}, nil
	}
	if !isUnknown(got.Value) {
		got.Rest, got.Open = &rest, p.Open
	}
	return got, nil
}

// access returns target[key]; at is the range of the key.
func access(target Placed, key value.Value, at source.Range) (Placed, error) {
	switch k := key.(type) {
	case value.String:
		return member(target, string(k), at)
	case value.Int:
		return item(target, int64(k), at)
	case value.Unknown:
		return Placed{Value: leave(value.Expression(target.Value)+"["+k.Residual+"]", target.Value, k), Parts: target.parts()}, nil
	}
	return Placed{}, Errorf(CodeIndex, at, "an index is an int or the name of a property, not %s", describe(key))
}

// member returns a property of target, ignoring case.
func member(target Placed, name string, at source.Range) (Placed, error) {
	switch v := target.Value.(type) {
	case value.Unknown:
		if v.Kind == "" || v.Kind == "object" {
			return Placed{Value: leave(v.Residual+expr.Selector(name), v), Parts: target.parts()}, nil
		}
	case *value.Object:
		if m, ok := v.Get(name); ok {
			return Placed{Value: m, Origin: target.Origin.Member(name), Parts: target.Parts}, nil
		}
		return Placed{}, missing(v, name, at)
	}
	return Placed{}, Errorf(CodeProperty, at, "%s has no property '%s'", describe(target.Value), name)
}

// item returns element i of target.
func item(target Placed, i int64, at source.Range) (Placed, error) {
	switch v := target.Value.(type) {
	case value.Unknown:
		if v.Kind == "" || v.Kind == "array" {
			return Placed{Value: leave(v.Residual+"["+strconv.FormatInt(i, 10)+"]", v), Parts: target.parts()}, nil
		}
	case value.Array:
		if i >= 0 && i < int64(len(v)) {
			return Placed{Value: v[i], Origin: target.Origin.Item(int(i)), Parts: target.Parts}, nil
		}
		return Placed{}, outOfBounds(i, len(v), at)
	}
	return Placed{}, Errorf(CodeIndex, at, "%s has no element %d; only arrays are indexed by numbers", describe(target.Value), i)
}

// of attaches the origins of the values that an error is about.
func of(err error, about ...Placed) error {
	if err == nil {
		return nil
	}
	var e *Error
	if errors.As(err, &e) && e.Of == nil {
		if parts := partsOf(about); len(parts) > 0 {
			e.Of = &Origin{Parts: parts}
		}
	}
	return err
}

func outOfBounds(i int64, length int, at source.Range) *Error {
	switch {
	case length == 0:
		return Errorf(CodeIndex, at, "index %d is out of bounds: the array is empty", i)
	case i < 0 && i >= -math.MaxInt32:
		e := Errorf(CodeIndex, at, "index %d is out of bounds: indices run from 0 to %d", i, length-1)
		e.Detail = "Use indexFromEnd(array, " + strconv.FormatInt(-i, 10) + ") to count from the end."
		return e
	}
	return Errorf(CodeIndex, at, "index %d is out of bounds: indices run from 0 to %d", i, length-1)
}

// missing returns an error with the properties that exist, and the one that was
// probably meant.
func missing(o *value.Object, name string, at source.Range) *Error {
	const most = 12 // number of names that fit on a line or two
	names := make([]string, 0, most)
	for i, m := range o.Members() {
		if i == most {
			names = append(names, "...")
			break
		}
		names = append(names, m.Name)
	}
	if len(names) == 0 {
		return Errorf(CodeProperty, at, "the object is empty and has no property '%s'", name)
	}
	e := Errorf(CodeProperty, at, "the object has no property '%s'; it has %s", name, strings.Join(names, ", "))
	if near := nearestMember(name, o); near != "" {
		e.Detail = "Did you mean " + expr.Quote(near) + "? Use tryGet() for a property that may be absent."
	}
	return e
}

// nearestMember returns the member whose name is closest to name, or "".
func nearestMember(name string, o *value.Object) string {
	names := make([]string, 0, o.Len())
	for _, m := range o.Members() {
		names = append(names, m.Name)
	}
	return nearest.Name(name, names)
}

// describe returns the type of a value, with the value if it is short.
func describe(v value.Value) string {
	switch v := v.(type) {
	case value.String:
		if len(v) <= 40 {
			return "the string " + expr.Quote(string(v))
		}
		return "a string of " + strconv.Itoa(len(v)) + " bytes"
	case value.Int, value.Bool, value.Number:
		return "the " + value.KindName(v) + " " + value.JSON(v)
	case value.Array:
		return "an array"
	case *value.Object:
		return "an object"
	case value.Unknown:
		if v.Kind != "" {
			return "a value of type " + v.Kind
		}
		return "a value known only at deployment"
	}
	return "null"
}

// tryGet evaluates tryGet(target, key, keys...): it returns null only for a
// missing first key; the others are plain accesses to the result, unless it is
// null.
func (e *evaluator) tryGet(c *expr.Call) (Placed, error) {
	args, err := e.args(c)
	if err != nil {
		return Placed{}, err
	}
	if isUnknown(args[0].Value) || isUnknown(args[1].Value) {
		return e.leaveCall(c, args), nil
	}
	got, err := tryAccess(args[0], args[1].Value, c.Args[1].Range())
	if got.Value == (value.Null{}) && args[0].Open { // it may exist at deployment
		return e.leaveCall(c, args), nil
	}
	for i := 2; i < len(args) && err == nil; i++ {
		switch got.Value.(type) {
		case value.Null:
			return got, nil
		case value.Unknown: // null or not is known only at deployment
			return e.leaveCall(c, args), nil
		}
		got, err = access(got, args[i].Value, c.Args[i].Range())
	}
	return got, err
}

func tryAccess(target Placed, key value.Value, at source.Range) (Placed, error) {
	switch k := key.(type) {
	case value.String:
		if o, ok := target.Value.(*value.Object); ok {
			if _, ok := o.Get(string(k)); ok {
				return member(target, string(k), at)
			}
		}
	case value.Int:
		if a, ok := target.Value.(value.Array); ok && k >= 0 && int64(k) < int64(len(a)) {
			return item(target, int64(k), at)
		}
	default:
		return Placed{}, Errorf(CodeArgument, at, "argument 2 of tryGet() must be a string or an int, not %s", describe(key))
	}
	return Placed{Value: value.Null{}, Parts: target.parts()}, nil
}

// undefined returns an error about an undefined name, with the nearest one.
func undefined(code diag.Code, at source.Range, what, name, near string) *Error {
	e := Errorf(code, at, "%s '%s' is not defined", what, name)
	if near != "" {
		e.Detail = "Did you mean " + expr.Quote(near) + "?"
	}
	return e
}
