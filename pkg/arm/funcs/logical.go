package funcs

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const logicalDocs = docs + "logical#"

var bools = []Param{{Name: "arg1", Type: "bool"}, {Name: "arg2", Type: "bool"}}

var logicalFuncs = []Func{
	{Name: "and", Family: "logical", Result: "bool", Params: bools, Min: 2, Variadic: true, Answer: and,
		Doc: "Whether all arguments are true; arguments after the first false one are not evaluated.", Source: logicalDocs + "and"},
	{Name: "bool", Family: "logical", Result: "bool", Params: []Param{{Name: "arg1", Type: "string|int"}}, Min: 1, Answer: toBool,
		Doc: "A value converted to a boolean: 'true', 'false', or a number, where 0 is false.", Source: logicalDocs + "bool"},
	{Name: "false", Family: "logical", Result: "bool", Answer: func(*Call) (value.Value, error) { return value.Bool(false), nil },
		Doc: "The value false.", Source: logicalDocs + "false"},
	{Name: "if", Family: "logical", Params: []Param{{Name: "condition", Type: "bool"}, {Name: "trueValue", Type: "any"}, {Name: "falseValue", Type: "any"}}, Min: 3, Answer: choose,
		Doc: "The second argument if the first is true, otherwise the third; the other one is not evaluated.", Source: logicalDocs + "if"},
	{Name: "not", Family: "logical", Result: "bool", Params: []Param{{Name: "arg1", Type: "bool"}}, Min: 1, Answer: not,
		Doc: "The negation of a boolean.", Source: logicalDocs + "not"},
	{Name: "or", Family: "logical", Result: "bool", Params: bools, Min: 2, Variadic: true, Answer: or,
		Doc: "Whether any argument is true; arguments after the first true one are not evaluated.", Source: logicalDocs + "or"},
	{Name: "true", Family: "logical", Result: "bool", Answer: func(*Call) (value.Value, error) { return value.Bool(true), nil },
		Doc: "The value true.", Source: logicalDocs + "true"},
}

func and(c *Call) (value.Value, error) { return c.until(false) }

func or(c *Call) (value.Value, error) { return c.until(true) }

// until returns stop if an argument is equal to it, without evaluating later
// arguments.
func (c *Call) until(stop bool) (value.Value, error) {
	for i := range c.Args {
		b, err := c.bool(i)
		if err != nil {
			return nil, err
		}
		if b == stop {
			return value.Bool(stop), nil
		}
	}
	return value.Bool(!stop), nil
}

func not(c *Call) (value.Value, error) {
	b, err := c.bool(0)
	return value.Bool(!b), err
}

func choose(c *Call) (value.Value, error) {
	b, err := c.bool(0)
	switch {
	case err != nil:
		return nil, err
	case b:
		return c.Args[1], nil
	}
	return c.Args[2], nil
}

func toBool(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.Bool:
		return v, nil
	case value.Int:
		return value.Bool(v != 0), nil
	case value.Number:
		return value.Bool(asFloat(v) != 0), nil
	case value.String:
		switch strings.ToLower(strings.TrimSpace(string(v))) {
		case "true":
			return value.Bool(true), nil
		case "false":
			return value.Bool(false), nil
		}
		return nil, wrong(0, "must be 'true' or 'false', not '%s'", clip(string(v)))
	}
	return nil, wrongType(0, "a bool, a number, or the text 'true' or 'false'", c.Args[0])
}
