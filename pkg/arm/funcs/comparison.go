package funcs

import (
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const comparisonDocs = docs + "comparison#"

var (
	twoAny        = []Param{{Name: "arg1", Type: "any"}, {Name: "arg2", Type: "any"}}
	twoComparable = []Param{{Name: "arg1", Type: "int|string"}, {Name: "arg2", Type: "int|string"}}
)

var comparisonFuncs = []Func{
	{Name: "coalesce", Family: "comparison", Params: []Param{{Name: "args", Type: "any"}}, Variadic: true, Answer: coalesce,
		Doc: "The first argument that is not null.", Source: comparisonDocs + "coalesce"},
	{Name: "equals", Family: "comparison", Result: "bool", Params: twoAny, Min: 2, Answer: equals,
		Doc: "Whether two values are equal in type and content.", Source: comparisonDocs + "equals"},
	{Name: "greater", Family: "comparison", Result: "bool", Params: twoComparable, Min: 2, Answer: greater,
		Doc: "Whether the first of two numbers or strings is greater.", Source: comparisonDocs + "greater"},
	{Name: "greaterOrEquals", Family: "comparison", Result: "bool", Params: twoComparable, Min: 2, Answer: greaterOrEquals,
		Doc: "Whether the first of two numbers or strings is greater or equal.", Source: comparisonDocs + "greaterorequals"},
	{Name: "less", Family: "comparison", Result: "bool", Params: twoComparable, Min: 2, Answer: less,
		Doc: "Whether the first of two numbers or strings is less.", Source: comparisonDocs + "less"},
	{Name: "lessOrEquals", Family: "comparison", Result: "bool", Params: twoComparable, Min: 2, Answer: lessOrEquals,
		Doc: "Whether the first of two numbers or strings is less or equal.", Source: comparisonDocs + "lessorequals"},
}

func coalesce(c *Call) (value.Value, error) {
	for _, v := range c.Args {
		if _, null := v.(value.Null); !null {
			return v, nil
		}
	}
	return value.Null{}, nil
}

func equals(c *Call) (value.Value, error) {
	eq, known := value.Equal(c.Args[0], c.Args[1])
	if !known {
		return nil, ErrUnknown
	}
	return value.Bool(eq), nil
}

func greater(c *Call) (value.Value, error) {
	n, err := c.compare()
	return value.Bool(n > 0), err
}

func greaterOrEquals(c *Call) (value.Value, error) {
	n, err := c.compare()
	return value.Bool(n >= 0), err
}

func less(c *Call) (value.Value, error) {
	n, err := c.compare()
	return value.Bool(n < 0), err
}

func lessOrEquals(c *Call) (value.Value, error) {
	n, err := c.compare()
	return value.Bool(n <= 0), err
}

// compare compares two numbers or two strings.
func (c *Call) compare() (int, error) {
	a, b := c.Args[0], c.Args[1]
	x, okX := a.(value.String)
	y, okY := b.(value.String)
	switch {
	case okX && okY:
		return compareText(string(x), string(y)), nil
	case isNumber(a) && isNumber(b):
		return compareNumbers(a, b), nil
	case okX:
		return 0, wrongType(1, "a string, like argument 1", b)
	case isNumber(a):
		return 0, wrongType(1, "a number, like argument 1", b)
	}
	return 0, wrongType(0, "a number or a string", a)
}

// collators are reused by compareText; each serves one goroutine at a time.
var collators = sync.Pool{New: func() any { return collate.New(language.Und) }}

// compareText compares text in the invariant culture: the Unicode collation
// order of the root locale, in which 'a' < 'B' and '-' < '1' < 'a' < 'A'.
func compareText(a, b string) int {
	if a == b {
		return 0
	}
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	return c.CompareString(a, b)
}
