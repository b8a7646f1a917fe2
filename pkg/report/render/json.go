package render

import (
	"bytes"
	"encoding/json"
	"io"
)

// OrEmpty returns an empty list in place of nil, which JSON would call null.
func OrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// WriteJSON writes v indented, with a line end.
func WriteJSON(w io.Writer, v any) error {
	e := NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// NewEncoder returns an encoder of JSON without the escapes that only web pages
// need, and with those that terminals and logs do: see [JSONText].
func NewEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(NewGuard(w, JSONText)) // each value is written at once: nothing is held
	e.SetEscapeHTML(false)
	return e
}

// JSONString returns s as JSON has it, between quotes.
func JSONString(s string) []byte {
	var b bytes.Buffer
	_ = NewEncoder(&b).Encode(s) // a string and a buffer: it cannot fail
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
