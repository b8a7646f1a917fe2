package funcs

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const numericDocs = docs + "numeric#"

var twoInts = []Param{{Name: "operand1", Type: "int"}, {Name: "operand2", Type: "int"}}

var numericFuncs = []Func{
	{Name: "add", Family: "numeric", Result: "int", Params: twoInts, Min: 2, Answer: add,
		Doc: "The sum of two integers.", Source: numericDocs + "add"},
	{Name: "copyIndex", Family: "numeric", Result: "int", Params: []Param{{Name: "loopName", Type: "string|int"}, {Name: "offset", Type: "int"}}, Where: InResource | InVariable | InOutput | InLambda,
		Doc: "The current index of a copy loop, plus an offset.", Source: numericDocs + "copyindex"},
	{Name: "div", Family: "numeric", Result: "int", Params: twoInts, Min: 2, Answer: div,
		Doc: "The quotient of two integers, truncated towards zero.", Source: numericDocs + "div"},
	{Name: "float", Family: "numeric", Params: []Param{{Name: "value", Type: "string|int|float"}}, Min: 1, Answer: float,
		Doc: "A value converted to a floating-point number, for runtime properties only.", Source: numericDocs + "float"},
	{Name: "int", Family: "numeric", Result: "int", Params: []Param{{Name: "value", Type: "string|int"}}, Min: 1, Answer: toInt,
		Doc: "A value converted to an integer.", Source: numericDocs + "int"},
	{Name: "max", Family: "numeric", Params: []Param{{Name: "values", Type: "array|int"}}, Min: 1, Variadic: true, Answer: maxOf,
		Doc: "The largest of several integers or of an array of integers.", Source: numericDocs + "max"},
	{Name: "min", Family: "numeric", Params: []Param{{Name: "values", Type: "array|int"}}, Min: 1, Variadic: true, Answer: minOf,
		Doc: "The smallest of several integers or of an array of integers.", Source: numericDocs + "min"},
	{Name: "mod", Family: "numeric", Result: "int", Params: twoInts, Min: 2, Answer: mod,
		Doc: "The remainder of an integer division, with the sign of the first integer.", Source: numericDocs + "mod"},
	{Name: "mul", Family: "numeric", Result: "int", Params: twoInts, Min: 2, Answer: mul,
		Doc: "The product of two integers.", Source: numericDocs + "mul"},
	{Name: "sub", Family: "numeric", Result: "int", Params: twoInts, Min: 2, Answer: sub,
		Doc: "The first integer minus the second.", Source: numericDocs + "sub"},
}

func overflow(a int64, op string, b int64) error {
	return fmt.Errorf("%d %s %d is outside the range of an int (%d to %d)", a, op, b, int64(math.MinInt64), int64(math.MaxInt64))
}

func add(c *Call) (value.Value, error) {
	a, b, err := c.int2()
	if err != nil {
		return nil, err
	}
	sum := a + b
	if (a >= 0) == (b >= 0) && (sum >= 0) != (a >= 0) {
		return nil, overflow(a, "+", b)
	}
	return value.Int(sum), nil
}

func sub(c *Call) (value.Value, error) {
	a, b, err := c.int2()
	if err != nil {
		return nil, err
	}
	diff := a - b
	if (a >= 0) != (b >= 0) && (diff >= 0) != (a >= 0) {
		return nil, overflow(a, "-", b)
	}
	return value.Int(diff), nil
}

func mul(c *Call) (value.Value, error) {
	a, b, err := c.int2()
	if err != nil {
		return nil, err
	}
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	limit := uint64(math.MaxInt64)
	if (a < 0) != (b < 0) {
		limit++ // the negative range has one more
	}
	if high != 0 || low > limit {
		return nil, overflow(a, "*", b)
	}
	return value.Int(a * b), nil
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func div(c *Call) (value.Value, error) {
	a, b, err := c.int2()
	switch {
	case err != nil:
		return nil, err
	case b == 0:
		return nil, wrong(1, "must not be 0: %d cannot be divided by zero", a)
	case a == math.MinInt64 && b == -1:
		return nil, overflow(a, "/", b)
	}
	return value.Int(a / b), nil
}

func mod(c *Call) (value.Value, error) {
	a, b, err := c.int2()
	switch {
	case err != nil:
		return nil, err
	case b == 0:
		return nil, wrong(1, "must not be 0: %d cannot be divided by zero", a)
	case b == -1:
		return value.Int(0), nil // also for the smallest int, which would overflow
	}
	return value.Int(a % b), nil
}

func toInt(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.Int:
		return v, nil
	case value.String:
		n, ok := parseInt(string(v))
		if !ok {
			return nil, wrong(0, "must be the text of a 64-bit integer, not '%s'", clip(string(v)))
		}
		return value.Int(n), nil
	}
	return nil, wrongType(0, "an int or a string", c.Args[0])
}

// parseInt parses an integer as .NET's NumberStyles.Integer does: white space
// around it and a sign are allowed.
func parseInt(s string) (int64, bool) {
	s = strings.Trim(s, "\t\n\v\f\r ")
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// float parses a number as .NET does, and accepts values that convert to a
// number.
func float(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.Int:
		return value.Number{Text: value.FormatFloat(intToFloat(v))}, nil
	case value.Number:
		f, ok := v.Float()
		if ok {
			return value.Number{Text: value.FormatFloat(f)}, nil
		}
	case value.String:
		f, ok := parseFloat(string(v))
		if ok {
			return value.Number{Text: value.FormatFloat(f)}, nil
		}
	case value.Bool:
		if v {
			return value.Number{Text: "1.0"}, nil
		}
		return value.Number{Text: "0.0"}, nil
	}
	return nil, wrongType(0, "a number or the text of one", c.Args[0])
}

// intToFloat returns the nearest float towards zero, as the deployment service
// converts: 9223372036854775807 becomes 9.223372036854775E+18.
func intToFloat(n value.Int) float64 {
	f, _ := new(big.Float).SetPrec(53).SetMode(big.ToZero).SetInt64(int64(n)).Float64()
	return f
}

// parseFloat parses a number as .NET's NumberStyles.Float with thousands does.
func parseFloat(s string) (float64, bool) {
	s = strings.Trim(s, "\t\n\v\f\r ")
	if s == "" || strings.Trim(s, "+-.,eE0123456789") != "" {
		return 0, false
	}
	whole, rest, _ := strings.Cut(s, ".")
	if strings.Contains(rest, ",") || strings.HasPrefix(whole, ",") {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || math.IsInf(f, 0) {
		return 0, false
	}
	return f, true
}

func maxOf(c *Call) (value.Value, error) {
	return extreme(c, func(a, b value.Value) bool { return compareNumbers(a, b) > 0 })
}

func minOf(c *Call) (value.Value, error) {
	return extreme(c, func(a, b value.Value) bool { return compareNumbers(a, b) < 0 })
}

// extreme returns the argument that beats all others: of several numbers, or of
// one array of numbers.
func extreme(c *Call, beats func(a, b value.Value) bool) (value.Value, error) {
	list, ok := c.Args[0].(value.Array)
	if !ok || len(c.Args) > 1 {
		list = c.Args
	}
	if len(list) == 0 {
		return nil, wrong(0, "must not be an empty array")
	}
	var best value.Value
	unknown := false
	for i, v := range list {
		if _, ok := v.(value.Unknown); ok {
			unknown = true
			continue
		}
		if !isNumber(v) {
			return nil, notNumber(c, i, v)
		}
		if best == nil || beats(v, best) {
			best = v
		}
	}
	if unknown {
		return nil, ErrUnknown
	}
	return best, nil
}

func notNumber(c *Call, i int, v value.Value) error {
	if len(c.Args) > 1 {
		return wrongType(i, "a number, like the other arguments", v)
	}
	if _, ok := c.Args[0].(value.Array); ok {
		return wrong(0, "must contain only numbers, but element %d is %s", i, describe(v))
	}
	return wrongType(0, "numbers or an array of numbers", v)
}

func isNumber(v value.Value) bool {
	switch v.(type) {
	case value.Int, value.Number:
		return true
	}
	return false
}

// compareNumbers compares two numbers: integers exactly, others as floats.
func compareNumbers(a, b value.Value) int {
	x, xInt := a.(value.Int)
	y, yInt := b.(value.Int)
	if xInt && yInt {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(asFloat(a), asFloat(b))
}

func asFloat(v value.Value) float64 {
	switch v := v.(type) {
	case value.Int:
		return float64(v)
	case value.Number:
		f, _ := v.Float()
		return f
	}
	return 0
}
