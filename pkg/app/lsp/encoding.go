package lsp

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// Inside the server characters are UTF-16 code units. With an editor that counts
// bytes, positions are converted where messages come in and go out.

// inUnits converts the positions of parameters from bytes, by the text of the
// document that they name.
func (s *server) inUnits(raw json.RawMessage) json.RawMessage {
	var of openParams
	if json.Unmarshal(raw, &of) != nil || of.TextDocument.URI == "" {
		return raw
	}
	doc, ok := s.files.document(pathOf(of.TextDocument.URI))
	if !ok {
		return raw
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var all map[string]any
	if decoder.Decode(&all) != nil {
		return raw
	}
	// Text of an edit has no positions; those of a change are taken one after
	// the other where the change is made.
	delete(all, "textDocument")
	convert(all, func(p position) position { return unitsOf(doc.text, p) })
	all["textDocument"] = of.TextDocument
	converted, err := json.Marshal(all)
	if err != nil {
		return raw
	}
	return converted
}

// convert changes each object with a line and a character.
func convert(v any, f func(position) position) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			convert(e, f)
		}
	case map[string]any:
		line, isLine := number(v["line"])
		character, isCharacter := number(v["character"])
		if isLine && isCharacter {
			p := f(position{Line: line, Character: character})
			v["line"], v["character"] = p.Line, p.Character
			return
		}
		for _, e := range v {
			convert(e, f)
		}
	}
}

func number(v any) (int, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := n.Int64()
	return int(i), err == nil
}

// unitsOf converts a position that counts bytes.
func unitsOf(text string, p position) position {
	start := offsetOf(text, position{Line: p.Line})
	line := text[start:]
	if i := bytes.IndexByte([]byte(line), '\n'); i >= 0 {
		line = line[:i]
	}
	return position{Line: p.Line, Character: utf16Length(line[:min(max(p.Character, 0), len(line))])}
}

var positionType = reflect.TypeFor[position]()

// inBytes is an answer whose positions count bytes. What has none is shared with
// the original.
func inBytes(v any) any {
	if v == nil {
		return nil
	}
	return bytesOf(reflect.ValueOf(v)).Interface()
}

func bytesOf(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == positionType {
			p := v.Interface().(position)
			return reflect.ValueOf(position{Line: p.Line, Character: p.bytes, bytes: p.bytes})
		}
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(bytesOf(v.Field(i)))
			}
		}
		return out
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 || v.Type().Elem().Kind() == reflect.Int {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(bytesOf(v.Index(i)))
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, k := range v.MapKeys() {
			out.SetMapIndex(k, bytesOf(v.MapIndex(k)))
		}
		return out
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v
		}
		if v.Kind() == reflect.Interface {
			return bytesOf(v.Elem())
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(bytesOf(v.Elem()))
		return out
	}
	return v
}
