package funcs

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const objectDocs = docs + "object#"

var anyObject = []Param{{Name: "object", Type: "object"}}

var objectFuncs = []Func{
	{Name: "createObject", Family: "object", Result: "object", Params: []Param{{Name: "key", Type: "string"}, {Name: "value", Type: "any"}}, Variadic: true, Answer: createObject,
		Doc: "An object of alternating keys and values.", Source: objectDocs + "createobject"},
	{Name: "items", Family: "object", Result: "array", Params: anyObject, Min: 1, Answer: items,
		Doc: "The members of an object as an array of objects with key and value, sorted by key.", Source: objectDocs + "items"},
	{Name: "json", Family: "object", Params: []Param{{Name: "arg1", Type: "string"}}, Min: 1, Answer: parseJSON,
		Doc: "The value of a JSON text.", Source: objectDocs + "json"},
	{Name: "null", Family: "object", Answer: func(*Call) (value.Value, error) { return value.Null{}, nil },
		Doc: "The value null.", Source: objectDocs + "null"},
	{Name: "objectKeys", Family: "object", Result: "array", Params: anyObject, Min: 1, Answer: objectKeys,
		Doc: "The names of the members of an object, sorted.", Source: objectDocs + "objectkeys"},
	{Name: "shallowMerge", Family: "object", Result: "object", Params: []Param{{Name: "inputArray", Type: "array"}}, Min: 1, Answer: shallowMerge,
		Doc: "All members of an array of objects; later values override earlier ones, and nested objects are not merged.", Source: objectDocs + "shallowmerge"},
}

func createObject(c *Call) (value.Value, error) {
	if n := len(c.Args); n%2 != 0 {
		return nil, wrong(n-1, "has no value: keys and values alternate, and there are %d arguments", n)
	}
	m := newMembers(len(c.Args) / 2)
	for i := 0; i < len(c.Args); i += 2 {
		name, err := c.str(i)
		if err != nil {
			return nil, err
		}
		m.set(name, c.Args[i+1])
	}
	return m.object(), nil
}

// sortedMembers returns the members in the order of their names.
func sortedMembers(o *value.Object) []value.Member {
	list := slices.Clone(o.Members())
	slices.SortStableFunc(list, func(a, b value.Member) int {
		return strings.Compare(strings.ToUpper(a.Name), strings.ToUpper(b.Name))
	})
	return list
}

func items(c *Call) (value.Value, error) {
	o, err := c.object(0)
	if err != nil {
		return nil, err
	}
	list := make(value.Array, 0, o.Len())
	for _, m := range sortedMembers(o) {
		list = append(list, value.NewObject(
			value.Member{Name: "key", Value: value.String(m.Name)},
			value.Member{Name: "value", Value: m.Value},
		))
	}
	return list, nil
}

func objectKeys(c *Call) (value.Value, error) {
	o, err := c.object(0)
	if err != nil {
		return nil, err
	}
	list := make(value.Array, 0, o.Len())
	for _, m := range sortedMembers(o) {
		list = append(list, value.String(m.Name))
	}
	return list, nil
}

func shallowMerge(c *Call) (value.Value, error) {
	list, err := c.array(0)
	if err != nil {
		return nil, err
	}
	m := newMembers(len(list))
	for i, v := range list {
		switch v := v.(type) {
		case *value.Object:
			for _, add := range v.Members() {
				m.set(add.Name, add.Value)
			}
		case value.Unknown:
			return nil, ErrUnknown
		default:
			return nil, wrong(0, "must contain only objects, but element %d is %s", i, describe(v))
		}
	}
	return m.object(), nil
}

func parseJSON(c *Call) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	v, err := value.ParseJSON(s)
	if err != nil {
		return nil, wrong(0, "is not valid JSON text: %w", err)
	}
	return v, nil
}
