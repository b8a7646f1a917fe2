package value

import (
	"strconv"
	"strings"
)

// Expression returns v as an expression of the template language without the
// outer brackets, in the spelling of the deployment service: strings in single
// quotes, arrays and objects as createArray(...) and createObject(...), unknown
// parts as their residual.
func Expression(v Value) string {
	if u, ok := v.(Unknown); ok {
		return u.Residual
	}
	var room [128]byte
	return string(AppendExpression(room[:0], v))
}

// AppendExpression appends the result of [Expression] to dst.
func AppendExpression(dst []byte, v Value) []byte {
	switch v := v.(type) {
	case Bool:
		return append(strconv.AppendBool(dst, bool(v)), "()"...)
	case Int:
		return strconv.AppendInt(dst, int64(v), 10)
	case Number:
		return append(append(append(dst, "json('"...), v.Text...), "')"...)
	case String:
		return appendLiteral(dst, string(v))
	case Array:
		dst = append(dst, "createArray("...)
		for i, e := range v {
			dst = AppendExpression(comma(dst, i), e)
		}
		return append(dst, ')')
	case *Object:
		dst = append(dst, "createObject("...)
		for i, m := range v.members {
			dst = append(appendLiteral(comma(dst, i), m.Name), ", "...)
			dst = AppendExpression(dst, m.Value)
		}
		return append(dst, ')')
	case Unknown:
		return append(dst, v.Residual...)
	}
	return append(dst, "null()"...)
}

func comma(dst []byte, i int) []byte {
	if i == 0 {
		return dst
	}
	return append(dst, ", "...)
}

func appendLiteral(dst []byte, s string) []byte {
	dst = append(dst, '\'')
	dst = append(dst, strings.ReplaceAll(s, "'", "''")...)
	return append(dst, '\'')
}
