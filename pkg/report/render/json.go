package render

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"reflect"
	"strings"
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

// A JSONWriter writes one object member by member, indented, so that it is never
// in memory as a whole. End returns the first error.
type JSONWriter struct {
	w       *bufio.Writer
	scratch bytes.Buffer
	indent  string // of the members
	began   bool   // the object has a member
	err     error
}

// NewJSONWriter returns a writer of one object. Call End at the end.
func NewJSONWriter(w io.Writer) *JSONWriter {
	return &JSONWriter{w: bufio.NewWriterSize(w, 1<<16), indent: "  "}
}

// Member writes a member.
func (j *JSONWriter) Member(name string, v any) {
	j.key(name)
	j.value(v, j.indent)
}

// Members writes the members of a struct, in their order, as encoding/json does.
// Those in streamed are written by the function, which is given their name.
func (j *JSONWriter) Members(v any, streamed map[string]func(name string)) {
	s := reflect.ValueOf(v)
	for i := range s.NumField() {
		field, value := s.Type().Field(i), s.Field(i)
		if field.Anonymous {
			j.Members(value.Interface(), streamed)
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if write := streamed[name]; write != nil {
			write(name)
		} else if options != "omitempty" || !empty(value) {
			j.Member(name, value.Interface())
		}
	}
}

func empty(v reflect.Value) bool {
	if k := v.Kind(); k == reflect.Slice || k == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

// Object writes a member that is an object.
func (j *JSONWriter) Object(name string, write func(*JSONWriter)) {
	j.key(name)
	indent := j.indent
	j.indent, j.began = indent+"  ", false
	write(j)
	j.close()
	j.indent, j.began = indent, true
}

// JSONList writes a member that is a list, element by element.
func JSONList[T any](j *JSONWriter, name string, all iter.Seq[T]) {
	j.key(name)
	j.text("[")
	before, end := "", "]"
	for v := range all {
		j.text(before + "\n  " + j.indent)
		j.value(v, j.indent+"  ")
		if j.err != nil {
			return
		}
		before, end = ",", "\n"+j.indent+"]"
	}
	j.text(end)
}

// Fail makes End return the error, unless there was one before.
func (j *JSONWriter) Fail(err error) {
	if j.err == nil {
		j.err = err
	}
}

// End ends the object with a line end.
func (j *JSONWriter) End() error {
	j.close()
	j.text("\n")
	if j.err == nil {
		j.err = j.w.Flush()
	}
	return j.err
}

// close ends an object.
func (j *JSONWriter) close() {
	if !j.began {
		j.text("{}")
		return
	}
	j.text("\n" + j.indent[2:] + "}")
}

func (j *JSONWriter) key(name string) {
	before := ",\n"
	if !j.began {
		j.began, before = true, "{\n"
	}
	j.text(before + j.indent + `"` + name + `": `)
}

// value writes a value, whose lines have the indent but for the first.
func (j *JSONWriter) value(v any, indent string) {
	j.scratch.Reset()
	e := NewEncoder(&j.scratch)
	e.SetIndent(indent, "  ")
	if err := e.Encode(v); err != nil {
		j.Fail(err)
	}
	j.text(strings.TrimSuffix(j.scratch.String(), "\n"))
}

func (j *JSONWriter) text(text string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(text)
	}
}

// JSONString returns s as JSON has it, between quotes.
func JSONString(s string) []byte {
	var b bytes.Buffer
	_ = NewEncoder(&b).Encode(s) // a string and a buffer: it cannot fail
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
