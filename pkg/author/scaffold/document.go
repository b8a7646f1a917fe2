package scaffold

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// An object is JSON in the order in which people read a template.
type object []member

type member struct {
	name  string
	value any // object, list, string, int or bool
}

type list []any

// verbatim is JSON as it is in another file.
type verbatim string

// obj makes an object of names and values in turn. A value of nil leaves its
// name out, so that optional parts can be in the middle.
func obj(pairs ...any) object {
	o := make(object, 0, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != nil {
			o = append(o, member{pairs[i].(string), pairs[i+1]})
		}
	}
	return o
}

// when gives the value if the condition holds, and otherwise what obj leaves out.
func when(condition bool, value any) any {
	if !condition {
		return nil
	}
	return value
}

// set adds a name, or replaces its value.
func (o *object) set(name string, value any) {
	for i := range *o {
		if (*o)[i].name == name {
			(*o)[i].value = value
			return
		}
	}
	*o = append(*o, member{name, value})
}

// text prints a value with two spaces a level, as the portal and the
// quickstart templates do. Short lists of plain values stay on one line.
func text(v any) []byte {
	var b strings.Builder
	write(&b, v, "")
	b.WriteByte('\n')
	return []byte(b.String())
}

func write(b *strings.Builder, v any, indent string) {
	switch v := v.(type) {
	case object:
		open := "{"
		for _, m := range v {
			fmt.Fprintf(b, "%s\n%s  %s: ", open, indent, quote(m.name))
			write(b, m.value, indent+"  ")
			open = ","
		}
		closing(b, len(v), "{", "}", indent)
	case list:
		writeList(b, v, indent)
	case verbatim:
		b.WriteString(string(v))
	case string:
		b.WriteString(quote(v))
	case int:
		b.WriteString(strconv.Itoa(v))
	case bool:
		b.WriteString(strconv.FormatBool(v))
	default:
		panic(fmt.Sprintf("scaffold: a %T in a template", v)) // a mistake in a block, not input
	}
}

func writeList(b *strings.Builder, v list, indent string) {
	if line, ok := oneLine(v); ok {
		b.WriteString(line)
		return
	}
	open := "["
	for _, e := range v {
		fmt.Fprintf(b, "%s\n%s  ", open, indent)
		write(b, e, indent+"  ")
		open = ","
	}
	closing(b, len(v), "[", "]", indent)
}

// oneLine prints a list of short plain values.
func oneLine(v list) (string, bool) {
	parts := make([]string, 0, len(v))
	for _, e := range v {
		switch e := e.(type) {
		case string:
			if len(v) > 1 && len(e) > 12 {
				return "", false
			}
			parts = append(parts, quote(e))
		case int:
			parts = append(parts, strconv.Itoa(e))
		default:
			return "", false
		}
	}
	line := "[" + strings.Join(parts, ", ") + "]"
	return line, len(line) <= 40
}

func closing(b *strings.Builder, n int, open, end, indent string) {
	if n == 0 {
		b.WriteString(open + end)
		return
	}
	b.WriteString("\n" + indent + end)
}

func quote(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}
