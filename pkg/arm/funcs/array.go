package funcs

import (
	"fmt"
	"math"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const arrayDocs = docs + "array#"

var (
	arrayOrText = []Param{{Name: "arg1", Type: "array|string"}}
	search      = []Param{{Name: "itemToSearch", Type: "string|array"}, {Name: "itemToFind", Type: "any"}}
	counted     = []Param{{Name: "originalValue", Type: "array|string"}, {Name: "count", Type: "int"}}
	fromEnd     = []Param{{Name: "sourceArray", Type: "array"}, {Name: "reverseIndex", Type: "int"}}
	merged      = []Param{{Name: "arg1", Type: "array|object"}, {Name: "arg2", Type: "array|object"}}
)

var arrayFuncs = []Func{
	{Name: "array", Family: "array", Result: "array", Params: []Param{{Name: "convertToArray", Type: "any"}}, Min: 1, Answer: toArray,
		Doc: "The argument if it is an array, otherwise an array with the argument as its only element.", Source: arrayDocs + "array"},
	{Name: "concat", Family: "array", Result: sameAsFirst, Params: []Param{{Name: "arg1", Type: "array|string"}}, Min: 1, Variadic: true, Answer: concat,
		Doc: "Arrays joined into one array, or strings joined into one string.", Source: arrayDocs + "concat"},
	{Name: "contains", Family: "array", Result: "bool", Params: []Param{{Name: "container", Type: "array|object|string"}, {Name: "itemToFind", Type: "any"}}, Min: 2, Answer: contains,
		Doc: "Whether an array contains a value, an object contains a key (ignoring case), or a string contains another string.", Source: arrayDocs + "contains"},
	{Name: "createArray", Family: "array", Result: "array", Params: []Param{{Name: "args", Type: "any"}}, Variadic: true, Answer: createArray,
		Doc: "An array of the arguments.", Source: arrayDocs + "createarray"},
	{Name: "distinct", Family: "array", Result: "array", Params: []Param{{Name: "array", Type: "array"}}, Min: 1, Answer: withoutRepetition,
		Doc: "An array without duplicate elements.", Source: bicepFunctions},
	{Name: "empty", Family: "array", Result: "bool", Params: []Param{{Name: "itemToTest", Type: "array|object|string|null"}}, Min: 1, Answer: empty,
		Doc: "Whether an array, an object or a string is empty, or the value is null.", Source: arrayDocs + "empty"},
	{Name: "first", Family: "array", Params: arrayOrText, Min: 1, Answer: first,
		Doc: "The first element of an array, or the first character of a string.", Source: arrayDocs + "first"},
	{Name: "flatten", Family: "array", Result: "array", Params: []Param{{Name: "arrayToFlatten", Type: "array"}}, Min: 1, Answer: flatten,
		Doc: "An array of arrays joined into one array.", Source: arrayDocs + "flatten"},
	{Name: "indexFromEnd", Family: "array", Params: fromEnd, Min: 2, Answer: indexFromEnd,
		Doc: "An element of an array, counted from the end; the last element is 1.", Source: arrayDocs + "indexfromend"},
	{Name: "indexOf", Family: "array", Result: "int", Params: search, Min: 2, Answer: indexOf,
		Doc: "The index of the first occurrence of a value in an array or of a string in another one (ignoring case); -1 if there is none.", Source: arrayDocs + "indexof"},
	{Name: "intersection", Family: "array", Result: sameAsFirst, Params: merged, Min: 2, Variadic: true, Answer: intersection,
		Doc: "The elements that all arrays, or the members that all objects, have in common.", Source: arrayDocs + "intersection"},
	{Name: "last", Family: "array", Params: arrayOrText, Min: 1, Answer: last,
		Doc: "The last element of an array, or the last character of a string.", Source: arrayDocs + "last"},
	{Name: "lastIndexOf", Family: "array", Result: "int", Params: search, Min: 2, Answer: lastIndexOf,
		Doc: "The index of the last occurrence of a value in an array or of a string in another one (ignoring case); -1 if there is none.", Source: arrayDocs + "lastindexof"},
	{Name: "length", Family: "array", Result: "int", Params: []Param{{Name: "arg1", Type: "array|object|string"}}, Min: 1, Answer: length,
		Doc: "The number of elements of an array, members of an object, or UTF-16 units of a string.", Source: arrayDocs + "length"},
	{Name: "range", Family: "array", Result: "array", Params: []Param{{Name: "startIndex", Type: "int"}, {Name: "count", Type: "int"}}, Min: 2, Answer: rangeOf,
		Doc: "An array of consecutive integers.", Source: arrayDocs + "range"},
	{Name: "skip", Family: "array", Result: sameAsFirst, Params: counted, Min: 2, Answer: skip,
		Doc: "An array or a string without its first elements.", Source: arrayDocs + "skip"},
	{Name: "take", Family: "array", Result: sameAsFirst, Params: counted, Min: 2, Answer: take,
		Doc: "The first elements of an array or a string.", Source: arrayDocs + "take"},
	{Name: "tryGet", Family: "array", Params: []Param{{Name: "itemToTest", Type: "array|object"}, {Name: "keyOrIndex", Type: "string|int"}}, Min: 2, Variadic: true, Answer: tryGet,
		Doc: "A member of an object or an element of an array; null if it is missing.", Source: arrayDocs + "tryget"},
	{Name: "tryIndexFromEnd", Family: "array", Params: fromEnd, Min: 2, Variadic: true, Answer: tryIndexFromEnd,
		Doc: "An element of an array, counted from the end; null if there is none.", Source: arrayDocs + "tryindexfromend"},
	{Name: "union", Family: "array", Result: sameAsFirst, Params: merged, Min: 2, Variadic: true, Answer: union,
		Doc: "All elements of arrays without duplicates, or all members of objects, where later values override earlier ones.", Source: arrayDocs + "union"},
}

func toArray(c *Call) (value.Value, error) {
	if a, ok := c.Args[0].(value.Array); ok {
		return a, nil
	}
	return value.Array{c.Args[0]}, nil
}

func createArray(c *Call) (value.Value, error) { return append(value.Array{}, c.Args...), nil }

func concat(c *Call) (value.Value, error) {
	arrays := 0
	for _, v := range c.Args {
		if _, ok := v.(value.Array); ok {
			arrays++
		}
	}
	switch arrays {
	case 0:
		return concatText(c)
	case len(c.Args):
		return joinArrays(c.Args)
	}
	_, first := c.Args[0].(value.Array)
	for i, v := range c.Args {
		if _, ok := v.(value.Array); ok != first {
			if first {
				return nil, wrongType(i, "an array, because argument 1 is one", v)
			}
			return nil, wrongType(i, "a value that is not an array, because argument 1 is not one", v)
		}
	}
	return nil, nil // unreachable: some differ
}

func concatText(c *Call) (value.Value, error) {
	var room [8]string
	parts, size := room[:0], 0
	for i, v := range c.Args {
		text, ok := plainText(v)
		if !ok {
			return nil, wrongType(i, "a string, an int, a bool or an array", v)
		}
		parts = append(parts, text)
		if size += len(text); size > maxText {
			return nil, tooLong(int64(size))
		}
	}
	return value.String(strings.Join(parts, "")), nil
}

// plainText returns the text of a value that is neither array nor object, as
// .NET's ToString() does: True and False with a capital, nothing for null.
func plainText(v value.Value) (string, bool) {
	switch v := v.(type) {
	case value.String:
		return string(v), true
	case value.Int:
		return value.JSON(v), true
	case value.Bool:
		if v {
			return "True", true
		}
		return "False", true
	case value.Number:
		if f, ok := v.Float(); ok && value.KindName(v) == "float" {
			return value.ShortestFloat(f), true
		}
		return v.Text, true
	case value.Null:
		return "", true
	}
	return "", false
}

// joinArrays returns the elements of all arrays as one array.
func joinArrays(arrays []value.Value) (value.Value, error) {
	size := 0
	for _, v := range arrays {
		size += len(v.(value.Array))
	}
	if size > maxItems {
		return nil, fmt.Errorf("the array would have %d elements, the limit is %d", size, maxItems)
	}
	all := make(value.Array, 0, size)
	for _, v := range arrays {
		all = append(all, v.(value.Array)...)
	}
	return all, nil
}

func flatten(c *Call) (value.Value, error) {
	list, err := c.array(0)
	if err != nil {
		return nil, err
	}
	for i, v := range list {
		switch v.(type) {
		case value.Array:
		case value.Unknown:
			return nil, ErrUnknown
		default:
			return nil, wrong(0, "must contain only arrays, but element %d is %s", i, describe(v))
		}
	}
	return joinArrays(list)
}

func contains(c *Call) (value.Value, error) {
	switch in := c.Args[0].(type) {
	case value.String:
		s, err := c.str(1)
		return value.Bool(strings.Contains(string(in), s)), err
	case *value.Object:
		key, err := c.str(1)
		if err != nil {
			return nil, err
		}
		return in.Contains(key), nil
	case value.Array:
		i, err := find(in, c.Args[1])
		return value.Bool(i >= 0), err
	}
	return nil, wrongType(0, "an array, an object or a string", c.Args[0])
}

// find returns the index of the first element equal to v, or -1.
func find(list value.Array, v value.Value) (int, error) {
	unknown := false
	for i, e := range list {
		eq, known := value.Equal(e, v)
		if eq && !unknown {
			return i, nil
		}
		unknown = unknown || !known
	}
	if unknown {
		return -1, ErrUnknown
	}
	return -1, nil
}

func empty(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.Null:
		return value.Bool(true), nil
	case value.String:
		return value.Bool(v == ""), nil
	case value.Array:
		return value.Bool(len(v) == 0), nil
	case *value.Object:
		return value.Bool(v.Len() == 0), nil
	}
	return nil, wrongType(0, "an array, an object, a string or null", c.Args[0])
}

func length(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.String:
		return value.Int(utf16Len(string(v))), nil
	case value.Array:
		return value.Int(len(v)), nil
	case *value.Object:
		return value.Int(v.Len()), nil
	}
	return nil, wrongType(0, "an array, an object or a string", c.Args[0])
}

func first(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.String:
		return sliceText(string(v), 0, 1)
	case value.Array:
		if len(v) == 0 {
			return value.Null{}, nil
		}
		return v[0], nil
	}
	return nil, wrongType(0, "an array or a string", c.Args[0])
}

func last(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.String:
		return sliceText(string(v), max(0, utf16Len(string(v))-1), -1)
	case value.Array:
		if len(v) == 0 {
			return value.Null{}, nil
		}
		return v[len(v)-1], nil
	}
	return nil, wrongType(0, "an array or a string", c.Args[0])
}

// sliceText returns the units from to to of a string, up to its end if to < 0.
func sliceText(s string, from, to int) (value.Value, error) {
	part, err := utf16Slice(s, from, to)
	if err != nil {
		return nil, wrong(0, "cannot be cut there: the cut %w", err)
	}
	return value.String(part), nil
}

func skip(c *Call) (value.Value, error) {
	n, err := c.int32(1)
	if err != nil {
		return nil, err
	}
	n = max(n, 0)
	switch v := c.Args[0].(type) {
	case value.String:
		return sliceText(string(v), n, -1)
	case value.Array:
		return v[min(n, len(v)):], nil
	}
	return nil, wrongType(0, "an array or a string", c.Args[0])
}

func take(c *Call) (value.Value, error) {
	n, err := c.int32(1)
	if err != nil {
		return nil, err
	}
	n = max(n, 0)
	switch v := c.Args[0].(type) {
	case value.String:
		return sliceText(string(v), 0, n)
	case value.Array:
		return v[:min(n, len(v)):min(n, len(v))], nil
	}
	return nil, wrongType(0, "an array or a string", c.Args[0])
}

func indexFromEnd(c *Call) (value.Value, error) {
	list, err := c.array(0)
	if err != nil {
		return nil, err
	}
	n, err := c.int(1)
	switch {
	case err != nil:
		return nil, err
	case n < 1:
		return nil, wrong(1, "must be 1 (the last element) or more, not %d", n)
	case n > int64(len(list)):
		return nil, wrong(1, "must be at most %d, the length of the array, not %d", len(list), n)
	}
	return list[len(list)-int(n)], nil
}

// tryIndexFromEnd returns null where indexFromEnd fails, except for an integer
// beyond 32 bits.
func tryIndexFromEnd(c *Call) (value.Value, error) {
	if _, ok := c.Args[1].(value.Int); ok {
		if _, err := c.int32(1); err != nil {
			return nil, err
		}
	}
	v, err := indexFromEnd(c)
	if err != nil {
		return value.Null{}, nil
	}
	return c.follow(v, 2)
}

func indexOf(c *Call) (value.Value, error) {
	switch in := c.Args[0].(type) {
	case value.String:
		s, err := c.str(1)
		return value.Int(indexFold(string(in), s, false)), err
	case value.Array:
		i, err := find(in, c.Args[1])
		return value.Int(i), err
	}
	return nil, wrongType(0, "an array or a string", c.Args[0])
}

func lastIndexOf(c *Call) (value.Value, error) {
	switch in := c.Args[0].(type) {
	case value.String:
		s, err := c.str(1)
		return value.Int(indexFold(string(in), s, true)), err
	case value.Array:
		for i := len(in) - 1; i >= 0; i-- {
			eq, known := value.Equal(in[i], c.Args[1])
			if !known {
				return nil, ErrUnknown
			}
			if eq {
				return value.Int(i), nil
			}
		}
		return value.Int(-1), nil
	}
	return nil, wrongType(0, "an array or a string", c.Args[0])
}

// maxRange is the most elements of range().
//
// https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array#range
const maxRange = 10_000

func rangeOf(c *Call) (value.Value, error) {
	start, n, err := c.int2()
	switch {
	case err != nil:
		return nil, err
	case start < math.MinInt32 || start > math.MaxInt32:
		return nil, wrong(0, "must be from %d to %d, not %d", math.MinInt32, math.MaxInt32, start)
	case n < 0 || n > maxRange:
		return nil, wrong(1, "must be from 0 to %d, not %d", maxRange, n)
	case start+n-1 > math.MaxInt32:
		return nil, wrong(1, "must keep the last element at %d or below, but %d elements from %d on end at %d", math.MaxInt32, n, start, start+n-1)
	}
	list := make(value.Array, n)
	for i := range list {
		list[i] = value.Int(start + int64(i))
	}
	return list, nil
}

// tryGet returns null only if the first key is missing: the keys after it are
// plain accesses, which are not evaluated once the value is null.
func tryGet(c *Call) (value.Value, error) {
	switch c.Args[1].(type) {
	case value.String, value.Int:
	default:
		return nil, wrongType(1, "a string or an int", c.Args[1])
	}
	v, found := member(c.Args[0], c.Args[1])
	if !found {
		return value.Null{}, nil
	}
	return c.follow(v, 2)
}

// follow accesses v with the arguments from i on as keys.
func (c *Call) follow(v value.Value, i int) (value.Value, error) {
	for ; i < len(c.Args); i++ {
		switch v.(type) {
		case value.Null:
			return v, nil
		case value.Unknown:
			return nil, ErrUnknown
		}
		next, found := member(v, c.Args[i])
		if !found {
			return nil, wrong(i, "names nothing: %s has no %s", describe(v), clip(value.Expression(c.Args[i])))
		}
		v = next
	}
	return v, nil
}

// member returns v.key or v[key]; ok is false if it does not exist.
func member(v, key value.Value) (value.Value, bool) {
	switch v := v.(type) {
	case *value.Object:
		if name, ok := key.(value.String); ok {
			return v.Get(string(name))
		}
	case value.Array:
		if i, ok := position(key, len(v)); ok && i >= 0 && i < int64(len(v)) {
			return v[i], true
		}
	}
	return nil, false
}

// position returns the index of a key in an array of n elements: the key is an
// int, or an object with "fromEnd" that says whether it counts from the end,
// where the last is 1, as Bicep writes a?.b[^1] (ExpressionConverter,
// "fromEnd").
func position(key value.Value, n int) (int64, bool) {
	switch key := key.(type) {
	case value.Int:
		return int64(key), true
	case *value.Object:
		at, _ := key.Get("value")
		i, ok := at.(value.Int)
		if back, _ := key.Get("fromEnd"); back == value.Bool(true) {
			return int64(n) - int64(i), ok && i >= 1 && int64(i) <= int64(n)
		}
		return int64(i), ok
	}
	return 0, false
}
