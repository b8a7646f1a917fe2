package funcs

import (
	"encoding/base64"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

const stringDocs = docs + "string#"

var (
	oneText = []Param{{Name: "stringToChange", Type: "string"}}
	twoText = []Param{{Name: "stringToSearch", Type: "string"}, {Name: "stringToFind", Type: "string"}}
)

var stringFuncs = []Func{
	{Name: "base64", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: toBase64,
		Doc: "A string encoded in base64.", Source: stringDocs + "base64"},
	{Name: "base64ToJson", Family: "string", Params: oneText, Min: 1, Answer: base64ToJSON,
		Doc: "The value of a JSON text encoded in base64.", Source: stringDocs + "base64tojson"},
	{Name: "base64ToString", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: base64ToString,
		Doc: "A string decoded from base64.", Source: stringDocs + "base64tostring"},
	{Name: "dataUri", Family: "string", Result: "string", Params: []Param{{Name: "value", Type: "any"}}, Min: 1, Answer: dataURI,
		Doc: "A value converted to a data URI.", Source: stringDocs + "datauri"},
	{Name: "dataUriToString", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: dataURIToString,
		Doc: "The string in a data URI.", Source: stringDocs + "datauritostring"},
	{Name: "buildUri", Family: "string", Result: "string", Params: []Param{{Name: "components", Type: "object"}}, Min: 1, Answer: atDeployment,
		Doc: "A URI built from scheme, host, port, path and query.", Source: bicepFunctions},
	{Name: "endsWith", Family: "string", Result: "bool", Params: twoText, Min: 2, Answer: endsWith,
		Doc: "Whether a string ends with another one, ignoring case.", Source: stringDocs + "endswith"},
	{Name: "format", Family: "string", Result: "string", Params: []Param{{Name: "formatString", Type: "string"}, {Name: "arg1", Type: "any"}}, Min: 1, Variadic: true, Answer: format,
		Doc: "A text in which {0}, {1:format} and so on are replaced by arguments, as in .NET's composite formatting.", Source: stringDocs + "format"},
	{Name: "guid", Family: "string", Result: "string", Params: []Param{{Name: "baseString", Type: "string"}, {Name: "extra", Type: "string"}}, Min: 1, Variadic: true, Answer: guid,
		Doc: "A GUID computed from strings.", Source: stringDocs + "guid"},
	{Name: "join", Family: "string", Result: "string", Params: []Param{{Name: "inputArray", Type: "array"}, {Name: "delimiter", Type: "string"}}, Min: 2, Answer: join,
		Doc: "The elements of an array as one string, with a delimiter between them.", Source: stringDocs + "join"},
	{Name: "like", Family: "string", Result: "bool", Params: []Param{{Name: "input", Type: "string"}, {Name: "pattern", Type: "string"}}, Min: 2, Answer: like,
		Doc: "Whether a string matches a pattern, ignoring case; * matches any text.", Source: bicepFunctions},
	{Name: "padLeft", Family: "string", Result: "string", Params: []Param{{Name: "valueToPad", Type: "string|int"}, {Name: "totalLength", Type: "int"}, {Name: "paddingCharacter", Type: "string"}}, Min: 2, Answer: padLeft,
		Doc: "A string padded on the left to a length.", Source: stringDocs + "padleft"},
	{Name: "replace", Family: "string", Result: "string", Params: []Param{{Name: "originalString", Type: "string"}, {Name: "oldString", Type: "string"}, {Name: "newString", Type: "string"}}, Min: 3, Answer: replace,
		Doc: "A string in which each occurrence of a substring is replaced by another one.", Source: stringDocs + "replace"},
	{Name: "split", Family: "string", Result: "array", Params: []Param{{Name: "inputString", Type: "string"}, {Name: "delimiter", Type: "string|array"}}, Min: 2, Answer: split,
		Doc: "The parts of a string between delimiters, as an array.", Source: stringDocs + "split"},
	{Name: "parseUri", Family: "string", Result: "object", Params: []Param{{Name: "baseUrl", Type: "string"}}, Min: 1, Answer: atDeployment,
		Doc: "The scheme, host, port, path and query of a URI.", Source: bicepFunctions},
	{Name: "startsWith", Family: "string", Result: "bool", Params: twoText, Min: 2, Answer: startsWith,
		Doc: "Whether a string starts with another one, ignoring case.", Source: stringDocs + "startswith"},
	{Name: "string", Family: "string", Result: "string", Params: []Param{{Name: "valueToConvert", Type: "string|int|bool|array|object"}}, Min: 1, Answer: toText,
		Doc: "A value converted to a string; arrays and objects become JSON text.", Source: stringDocs + "string"},
	{Name: "substring", Family: "string", Result: "string", Params: []Param{{Name: "stringToParse", Type: "string"}, {Name: "startIndex", Type: "int"}, {Name: "length", Type: "int"}}, Min: 2, Answer: substring,
		Doc: "A part of a string.", Source: stringDocs + "substring"},
	{Name: "toLower", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: toLower,
		Doc: "A string in lower case.", Source: stringDocs + "tolower"},
	{Name: "toUpper", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: toUpper,
		Doc: "A string in upper case.", Source: stringDocs + "toupper"},
	{Name: "trim", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: trim,
		Doc: "A string without leading and trailing white space.", Source: stringDocs + "trim"},
	{Name: "uniqueString", Family: "string", Result: "string", Params: []Param{{Name: "baseString", Type: "string"}, {Name: "extra", Type: "string"}}, Min: 1, Variadic: true, Answer: uniqueString,
		Doc: "A hash of 13 characters computed from strings.", Source: stringDocs + "uniquestring"},
	{Name: "uri", Family: "string", Result: "string", Params: []Param{{Name: "baseUri", Type: "string"}, {Name: "relativeUri", Type: "string"}}, Min: 2, Answer: uri,
		Doc: "An absolute URI built from a base and a relative URI.", Source: stringDocs + "uri"},
	{Name: "uriComponent", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: uriComponent,
		Doc: "A string escaped for use in a URI.", Source: stringDocs + "uricomponent"},
	{Name: "uriComponentToString", Family: "string", Result: "string", Params: oneText, Min: 1, Answer: uriComponentToString,
		Doc: "A string in which the escapes of a URI are decoded.", Source: stringDocs + "uricomponenttostring"},
}

// text1 applies f to the only argument, a string.
func (c *Call) text1(f func(string) string) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	return value.String(f(s)), nil
}

// The invariant culture of .NET does not convert the Turkish i's and the long
// s.
//
// https://learn.microsoft.com/dotnet/api/system.string.tolowerinvariant
func toLower(c *Call) (value.Value, error) {
	return c.text1(func(s string) string { return strings.Map(lowerRune, s) })
}

func lowerRune(r rune) rune {
	if r == 'İ' {
		return r
	}
	return unicode.ToLower(r)
}

func toUpper(c *Call) (value.Value, error) {
	return c.text1(func(s string) string { return strings.Map(upperRune, s) })
}

func upperRune(r rune) rune {
	if r == 'ı' || r == 'ſ' {
		return r
	}
	return unicode.ToUpper(r)
}

func trim(c *Call) (value.Value, error) { return c.text1(strings.TrimSpace) }

func toBase64(c *Call) (value.Value, error) { return c.text1(encodeBase64) }

func encodeBase64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// decodeBase64 decodes base64 as .NET does: white space is skipped, padding is
// required.
func decodeBase64(s string) ([]byte, error) {
	s = strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "").Replace(s)
	return base64.StdEncoding.DecodeString(s)
}

// decoded returns the text that the only argument encodes in base64.
func (c *Call) decoded() (string, error) {
	s, err := c.str(0)
	if err != nil {
		return "", err
	}
	b, err := decodeBase64(s)
	if err != nil {
		return "", wrong(0, "is not valid base64: '%s'", clip(s))
	}
	return textOf(b), nil
}

func base64ToString(c *Call) (value.Value, error) {
	s, err := c.decoded()
	return value.String(s), err
}

func base64ToJSON(c *Call) (value.Value, error) {
	s, err := c.decoded()
	if err != nil {
		return nil, err
	}
	v, err := value.ParseJSON(s)
	if err != nil {
		return nil, wrong(0, "is not valid JSON text: %w", err)
	}
	return v, nil
}

// like matches a whole string, ignoring case, with a pattern in which * matches
// any text.
func like(c *Call) (value.Value, error) {
	s, pattern, err := c.str2()
	if err != nil {
		return nil, err
	}
	s, pattern = fold(s), fold(pattern)
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return value.Bool(s == pattern), nil
	}
	first, last := parts[0], parts[len(parts)-1]
	if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return value.Bool(false), nil
	}
	rest := s[len(first) : len(s)-len(last)]
	for _, part := range parts[1 : len(parts)-1] { // each at the first place where it matches
		_, after, found := strings.Cut(rest, part)
		if !found {
			return value.Bool(false), nil
		}
		rest = after
	}
	return value.Bool(true), nil
}

func startsWith(c *Call) (value.Value, error) {
	s, prefix, err := c.str2()
	if err != nil {
		return nil, err
	}
	return value.Bool(strings.HasPrefix(fold(s), fold(prefix))), nil
}

func endsWith(c *Call) (value.Value, error) {
	s, suffix, err := c.str2()
	if err != nil {
		return nil, err
	}
	return value.Bool(strings.HasSuffix(fold(s), fold(suffix))), nil
}

// fold converts text for comparisons that ignore case, as .NET's
// OrdinalIgnoreCase does.
func fold(s string) string { return strings.Map(upperRune, s) }

// indexFold returns the first or last place of find in s, ignoring case, in
// UTF-16 units, or -1. The last place of "" is the end, as in .NET.
func indexFold(s, find string, last bool) int {
	s, find = fold(s), fold(find)
	if last {
		return utf16Index(s, strings.LastIndex(s, find))
	}
	return utf16Index(s, strings.Index(s, find))
}

func replace(c *Call) (value.Value, error) {
	args, err := c.strs(0)
	if err != nil {
		return nil, err
	}
	s, old, by := args[0], args[1], args[2]
	if old == "" {
		return nil, wrong(1, "must not be empty")
	}
	if size := int64(len(s)) + int64(strings.Count(s, old))*int64(len(by)-len(old)); size > maxText {
		return nil, tooLong(size)
	}
	return value.String(strings.ReplaceAll(s, old, by)), nil
}

func substring(c *Call) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	size := int64(utf16Len(s))
	from, err := c.int(1)
	switch {
	case err != nil:
		return nil, err
	case from < 0:
		return nil, wrong(1, "must not be negative, it is %d", from)
	case from > size:
		return nil, wrong(1, "must be at most %d, the length of the string, not %d", size, from)
	}
	n := size - from
	if len(c.Args) > 2 {
		if n, err = c.int(2); err != nil {
			return nil, err
		}
		if n < 0 {
			return nil, wrong(2, "must not be negative, it is %d", n)
		}
		if n > size-from {
			return nil, wrong(2, "must be at most %d: the string has %d characters and the part starts at %d, not %d", size-from, size, from, n)
		}
	}
	return sliceText(s, int(from), int(from+n))
}

// maxSplit limits the product of the length of the text and the number of
// delimiters, the worst case of the work of split().
const maxSplit = 1 << 27

func split(c *Call) (value.Value, error) {
	s, err := c.str(0)
	if err != nil {
		return nil, err
	}
	var parts []string
	switch by := c.Args[1].(type) {
	case value.String:
		parts = splitAny(s, []string{string(by)})
	case value.Array:
		delimiters, err := texts(by)
		if err != nil {
			return nil, err
		}
		if int64(len(s))*int64(len(delimiters)) > maxSplit {
			return nil, wrong(1, "has too many delimiters, %d, for a text of %d bytes; the limit of their product is %d", len(delimiters), len(s), maxSplit)
		}
		parts = splitAny(s, delimiters)
	default:
		return nil, wrongType(1, "a string or an array of strings", by)
	}
	if len(parts) > maxItems {
		return nil, fmt.Errorf("the array would have more than %d elements, which is the limit", maxItems)
	}
	list := make(value.Array, len(parts))
	for i, p := range parts {
		list[i] = value.String(p)
	}
	return list, nil
}

func texts(list value.Array) ([]string, error) {
	all := make([]string, len(list))
	for i, v := range list {
		switch v := v.(type) {
		case value.String:
			all[i] = string(v)
		case value.Unknown:
			return nil, ErrUnknown
		default:
			return nil, wrong(1, "must contain only strings, but element %d is %s", i, describe(v))
		}
	}
	return all, nil
}

// splitAny splits s as .NET's Split(String[]) does: no delimiters mean white
// space, empty ones match nothing, and the first of several that match is used.
// It stops above the largest number of elements of an array.
func splitAny(s string, delimiters []string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(s) && len(parts) <= maxItems; {
		n := 0
		if len(delimiters) > 0 {
			n = matchAny(s[i:], delimiters)
		} else if r, size := utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
			n = size
		}
		if n == 0 {
			i++
			continue
		}
		parts = append(parts, s[start:i])
		i += n
		start = i
	}
	return append(parts, s[start:])
}

// matchAny returns the length of the first delimiter that s starts with, or 0.
func matchAny(s string, delimiters []string) int {
	for _, d := range delimiters {
		if d != "" && strings.HasPrefix(s, d) {
			return len(d)
		}
	}
	return 0
}

func join(c *Call) (value.Value, error) {
	list, err := c.array(0)
	if err != nil {
		return nil, err
	}
	by, err := c.str(1)
	if err != nil {
		return nil, err
	}
	parts := make([]string, len(list))
	size := int64(len(by)) * int64(len(list))
	unknown := false
	for i, v := range list {
		switch v.(type) {
		case value.String, value.Int, value.Bool:
			parts[i], _ = plainText(v)
		case value.Unknown:
			unknown = true
		default:
			return nil, wrong(0, "must contain only strings, ints and bools, but element %d is %s", i, describe(v))
		}
		size += int64(len(parts[i]))
	}
	switch {
	case unknown:
		return nil, ErrUnknown
	case size > maxText:
		return nil, tooLong(size)
	}
	return value.String(strings.Join(parts, by)), nil
}

// maxPad is the largest width of padLeft().
const maxPad = 16

func padLeft(c *Call) (value.Value, error) {
	var s string
	switch v := c.Args[0].(type) {
	case value.String, value.Int:
		s, _ = plainText(v)
	default:
		return nil, wrongType(0, "a string or an int", v)
	}
	width, err := c.int(1)
	switch {
	case err != nil:
		return nil, err
	case width < 1 || width > maxPad:
		return nil, wrong(1, "must be from 1 to %d, not %d", maxPad, width)
	}
	pad := " "
	if len(c.Args) > 2 {
		if pad, err = c.str(2); err != nil {
			return nil, err
		}
		if utf16Len(pad) != 1 {
			return nil, wrong(2, "must be a single character, not '%s'", clip(pad))
		}
	}
	return value.String(strings.Repeat(pad, max(0, int(width)-utf16Len(s))) + s), nil
}

func toText(c *Call) (value.Value, error) {
	switch v := c.Args[0].(type) {
	case value.String:
		return v, nil
	case value.Int, value.Bool:
		s, _ := plainText(v)
		return value.String(s), nil
	case value.Number:
		if value.KindName(v) == "int" {
			return value.String(v.Text), nil
		}
	case value.Array, *value.Object:
		if !value.IsKnown(v) {
			return nil, ErrUnknown
		}
		return value.String(value.JSON(v)), nil
	}
	return nil, wrongType(0, "a string, an int, a bool, an array or an object", c.Args[0])
}
