package funcs

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// maxText limits the bytes of a result, and maxItems its elements: a whole
// template is limited to 4 MB after expansion, so no useful value is larger.
//
// https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits
const (
	maxText  = 4 << 20
	maxItems = 100_000
)

// wrong returns an error about argument i, such as "must be ...".
func wrong(i int, format string, args ...any) error {
	return &ArgError{Index: i, Err: fmt.Errorf(format, args...)}
}

// wrongType returns an error for an argument i whose type is not want.
func wrongType(i int, want string, got value.Value) error {
	return &ArgError{Index: i, Type: want, Err: fmt.Errorf("must be %s, not %s", want, describe(got))}
}

// describe returns the type of v, with its value if that is short: "the string
// 'x'".
func describe(v value.Value) string {
	switch v := v.(type) {
	case value.String:
		return "the string '" + clip(string(v)) + "'"
	case value.Int, value.Number:
		return "the " + value.KindName(v) + " " + clip(value.JSON(v))
	case value.Bool:
		return "the bool " + strconv.FormatBool(bool(v))
	case value.Array:
		return "an array of " + plural(len(v), "element")
	case *value.Object:
		return "an object"
	}
	return value.KindName(v)
}

func clip(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

func (c *Call) str(i int) (string, error) {
	if s, ok := c.Args[i].(value.String); ok {
		return string(s), nil
	}
	return "", wrongType(i, "a string", c.Args[i])
}

func (c *Call) int(i int) (int64, error) {
	if n, ok := c.Args[i].(value.Int); ok {
		return int64(n), nil
	}
	return 0, wrongType(i, "an int", c.Args[i])
}

// int32 returns argument i as an int that must fit 32 bits, as in the
// deployment service.
func (c *Call) int32(i int) (int, error) {
	n, err := c.int(i)
	if err == nil && (n < math.MinInt32 || n > math.MaxInt32) {
		err = wrong(i, "must be from %d to %d, not %d", math.MinInt32, math.MaxInt32, n)
	}
	return int(n), err
}

func (c *Call) bool(i int) (bool, error) {
	if b, ok := c.Args[i].(value.Bool); ok {
		return bool(b), nil
	}
	return false, wrongType(i, "a bool", c.Args[i])
}

func (c *Call) array(i int) (value.Array, error) {
	if a, ok := c.Args[i].(value.Array); ok {
		return a, nil
	}
	return nil, wrongType(i, "an array", c.Args[i])
}

func (c *Call) object(i int) (*value.Object, error) {
	if o, ok := c.Args[i].(*value.Object); ok {
		return o, nil
	}
	return nil, wrongType(i, "an object", c.Args[i])
}

// strs returns all arguments from i on, which must be strings.
func (c *Call) strs(i int) ([]string, error) {
	list := make([]string, 0, len(c.Args)-i)
	for ; i < len(c.Args); i++ {
		s, err := c.str(i)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// str2 returns two arguments that must be strings.
func (c *Call) str2() (a, b string, err error) {
	if a, err = c.str(0); err == nil {
		b, err = c.str(1)
	}
	return a, b, err
}

// int2 returns two arguments that must be ints.
func (c *Call) int2() (a, b int64, err error) {
	if a, err = c.int(0); err == nil {
		b, err = c.int(1)
	}
	return a, b, err
}

// tooLong returns the error for a text beyond the limit.
func tooLong(n int64) error {
	return fmt.Errorf("the text would be %d bytes long, the limit is %d", n, maxText)
}
