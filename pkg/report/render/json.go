package render

import (
	"encoding/json"
	"io"
	"strings"
)

// OrEmpty returns an empty list in place of nil, which JSON would call null.
func OrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// JSON writes v indented, with a line end.
func JSON(w io.Writer, v any) error {
	e := NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// JSONReplacer breaks the commands of build services in JSON, which still means the
// same: there, they can only be inside of strings.
var JSONReplacer = strings.NewReplacer("##vso[", `##vso\u005b`, "##[", `##\u005b`)

// InertJSON gives a writer of JSON whose text no build service takes a command
// from. Each value must be written at once, as [json.Encoder] does.
func InertJSON(w io.Writer) io.Writer { return replacing{w, JSONReplacer} }

// NewEncoder is an encoder of JSON without the escapes that only web pages need,
// and with those that logs do.
func NewEncoder(w io.Writer) *json.Encoder {
	e := json.NewEncoder(InertJSON(w))
	e.SetEscapeHTML(false)
	return e
}
