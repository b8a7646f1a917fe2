package report

import (
	"bytes"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
)

// A valueWriter writes values as indented JSON, members in their order. An
// unknown value is the expression that is left of it, in brackets.
type valueWriter struct {
	bytes.Buffer
	// escape writes known strings that begin with "[" as templates do, with
	// two brackets, so that they stay text when the result is deployed.
	escape bool
	depth  int
}

func (w *valueWriter) value(v value.Value) {
	switch v := v.(type) {
	case value.Array:
		w.list('[', ']', len(v), func(i int) { w.value(v[i]) })
	case *value.Object:
		members := v.Members()
		w.list('{', '}', len(members), func(i int) { w.member(members[i].Name, members[i].Value) })
	case value.Unknown:
		w.text("[" + v.Residual + "]")
	case value.String:
		s := string(v)
		if w.escape && strings.HasPrefix(s, "[") {
			s = "[" + s
		}
		w.text(s)
	case value.Number:
		w.WriteString(v.Text)
	default:
		w.WriteString(scalar(v))
	}
}

func (w *valueWriter) member(name string, v value.Value) {
	w.name(name)
	w.value(v)
}

func (w *valueWriter) name(name string) {
	w.text(name)
	w.WriteString(": ")
}

// list writes n items between two brackets, each on a line of its own.
func (w *valueWriter) list(open, shut byte, n int, item func(i int)) {
	w.WriteByte(open)
	w.depth++
	for i := range n {
		if i > 0 {
			w.WriteByte(',')
		}
		w.line()
		item(i)
	}
	w.depth--
	if n > 0 {
		w.line()
	}
	w.WriteByte(shut)
}

func (w *valueWriter) line() {
	w.WriteByte('\n')
	for range w.depth {
		w.WriteString("  ")
	}
}

func (w *valueWriter) text(s string) {
	if err := newEncoder(w).Encode(s); err == nil { // a string and a buffer: it cannot fail
		w.Truncate(w.Len() - 1) // the line end of the encoder
	}
}

// scalar is the JSON of a value that is no container and no text.
func scalar(v value.Value) string {
	switch v := v.(type) {
	case value.Bool:
		if v {
			return "true"
		}
		return "false"
	case value.Int:
		return value.Expression(v)
	}
	return "null"
}
