package value

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// JSON returns v as compact JSON text in the spelling of the deployment
// service's string(): no spaces, members in their order, non-ASCII text
// unescaped. An unknown part becomes a string with its expression in brackets.
func JSON(v Value) string { return string(AppendJSON(nil, v)) }

// AppendJSON appends the result of [JSON] to dst.
func AppendJSON(dst []byte, v Value) []byte { return appendJSON(dst, v, '"') }

// JSONSingleQuoted returns v as JSON text with single quotes, the spelling that
// format() uses for arrays and objects: {'a':1}.
func JSONSingleQuoted(v Value) string { return string(appendJSON(nil, v, '\'')) }

func appendJSON(dst []byte, v Value, quote byte) []byte {
	switch v := v.(type) {
	case Bool:
		return strconv.AppendBool(dst, bool(v))
	case Int:
		return strconv.AppendInt(dst, int64(v), 10)
	case Number:
		return append(dst, v.Text...)
	case String:
		return appendQuoted(dst, string(v), quote)
	case Array:
		return appendArray(dst, v, quote)
	case *Object:
		return appendObject(dst, v, quote)
	case Unknown:
		return appendQuoted(dst, "["+v.Residual+"]", quote)
	}
	return append(dst, "null"...)
}

func appendArray(dst []byte, a Array, quote byte) []byte {
	dst = append(dst, '[')
	for i, e := range a {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(dst, e, quote)
	}
	return append(dst, ']')
}

func appendObject(dst []byte, o *Object, quote byte) []byte {
	dst = append(dst, '{')
	for i, m := range o.members {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendQuoted(dst, m.Name, quote)
		dst = append(dst, ':')
		dst = appendJSON(dst, m.Value, quote)
	}
	return append(dst, '}')
}

// appendQuoted escapes what Json.NET escapes: the quote in use, the backslash,
// control characters, and the line separators U+0085, U+2028 and U+2029.
func appendQuoted(dst []byte, s string, quote byte) []byte {
	dst = append(dst, quote)
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if esc := escape(r, quote); esc != "" {
			dst = append(append(dst, s[start:i]...), esc...)
			start = i + size
		}
		i += size
	}
	dst = append(dst, s[start:]...)
	return append(dst, quote)
}

// escape returns r as it must be written between quotes, or "" if it needs no
// escape.
func escape(r rune, quote byte) string {
	switch r {
	case '\\':
		return `\\`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	case rune(quote):
		return "\\" + string(rune(quote))
	case 0x85:
		return `\u0085`
	case 0x2028:
		return `\u2028`
	case 0x2029:
		return `\u2029`
	}
	if r < ' ' {
		const hex = "0123456789abcdef"
		return `\u00` + string(hex[r>>4]) + string(hex[r&15])
	}
	return ""
}

// FormatFloat returns f as the deployment service prints it: the shortest text
// that parses as f, with a point or an exponent: 2.5, 100000.0, 1E-07, 1E+16.
func FormatFloat(f float64) string {
	s := ShortestFloat(f)
	if strings.ContainsAny(s, ".EN∞") { // a fraction, an exponent, NaN, infinity
		return s
	}
	return s + ".0"
}

// ShortestFloat returns f as .NET's ToString() does, which uses an exponent
// from 1E+15 upwards and from 1E-05 downwards.
//
// https://learn.microsoft.com/dotnet/standard/base-types/standard-numeric-format-strings#general-format-specifier-g
func ShortestFloat(f float64) string {
	mant := strconv.FormatFloat(f, 'E', -1, 64)
	digits, exp, ok := strings.Cut(mant, "E")
	if !ok {
		return mant // NaN and infinities
	}
	n, _ := strconv.Atoi(exp)
	if n > -5 && n < 15 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	sign := "+"
	if n < 0 {
		sign, n = "-", -n
	}
	if n < 10 {
		sign += "0"
	}
	return digits + "E" + sign + strconv.Itoa(n)
}
