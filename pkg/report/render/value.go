package render

import (
	"bytes"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

// A ValueWriter writes values as indented JSON, members in their order. An
// unknown value is the expression that is left of it, in brackets.
type ValueWriter struct {
	bytes.Buffer
	// Escape writes known strings in brackets as templates do, with two of them
	// at the start, so that they stay text when the result is deployed.
	Escape bool
	Depth  int
}

// Value writes a value; an unknown one is its expression in brackets.
func (w *ValueWriter) Value(v value.Value) {
	switch v := v.(type) {
	case value.Array:
		w.List('[', ']', len(v), func(i int) { w.Value(v[i]) })
	case *value.Object:
		members := v.Members()
		w.List('{', '}', len(members), func(i int) { w.Member(members[i].Name, members[i].Value) })
	case value.Unknown:
		w.Text("[" + v.Residual + "]")
	case value.String:
		s := string(v)
		if w.Escape {
			s = expr.Escape(s)
		}
		w.Text(s)
	case value.Number:
		w.WriteString(v.Text)
	default:
		w.WriteString(Scalar(v))
	}
}

// Member writes a name and its value.
func (w *ValueWriter) Member(name string, v value.Value) {
	w.Name(name)
	w.Value(v)
}

// Name writes the name of a member and the colon.
func (w *ValueWriter) Name(name string) {
	w.Text(name)
	w.WriteString(": ")
}

// List writes n items between two brackets, each on a line of its own.
func (w *ValueWriter) List(open, shut byte, n int, item func(i int)) {
	w.WriteByte(open)
	w.Depth++
	for i := range n {
		if i > 0 {
			w.WriteByte(',')
		}
		w.line()
		item(i)
	}
	w.Depth--
	if n > 0 {
		w.line()
	}
	w.WriteByte(shut)
}

func (w *ValueWriter) line() {
	w.WriteByte('\n')
	for range w.Depth {
		w.WriteString("  ")
	}
}

// Text writes a string of JSON.
func (w *ValueWriter) Text(s string) {
	if err := NewEncoder(w).Encode(s); err == nil { // a string and a buffer: it cannot fail
		w.Truncate(w.Len() - 1) // the line end of the encoder
	}
}

// Scalar returns the JSON of a value that is neither a container nor text.
func Scalar(v value.Value) string {
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
