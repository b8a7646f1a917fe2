package lsp

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// An encoding is what the characters of a position count. Inside the server they
// are UTF-16 code units, the default of the protocol; with an editor that counts
// something else, positions are converted where messages come in and go out.
type encoding string

const (
	utf16Units encoding = "utf-16"
	utf8Bytes  encoding = "utf-8"
	utf32Runes encoding = "utf-32"
)

// encodingOf chooses the first encoding that an editor offers and the server has.
func encodingOf(offered []string) encoding {
	for _, name := range offered {
		switch e := encoding(name); e {
		case utf16Units, utf8Bytes, utf32Runes:
			return e
		}
	}
	return utf16Units
}

// column returns the character of a position that the server gives.
func (e encoding) column(p position) int {
	switch e {
	case utf8Bytes:
		return p.bytes
	case utf32Runes:
		return p.runes
	}
	return p.Character
}

// inUnits converts the positions of parameters from the encoding of the editor, by
// the text of the document that they name.
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
	convert(all, func(p position) position { return s.files.encoding.units(doc.text, p) })
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

// units converts a position of the editor.
func (e encoding) units(text string, p position) position {
	if e == utf16Units {
		return p
	}
	end, _ := ahead(text, e, position{}, p)
	start := strings.LastIndexAny(text[:end], "\r\n") + 1
	return position{Line: p.Line, Character: utf16Length(text[start:end])}
}

var positionType = reflect.TypeFor[position]()

// answer returns an answer with positions of the editor. What has none is shared with the
// original.
func (e encoding) answer(v any) any {
	if v == nil || e == utf16Units {
		return v
	}
	return e.converted(reflect.ValueOf(v)).Interface()
}

func (e encoding) converted(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == positionType {
			p := v.Interface().(position)
			p.Character = e.column(p)
			return reflect.ValueOf(p)
		}
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				out.Field(i).Set(e.converted(v.Field(i)))
			}
		}
		return out
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 || v.Type().Elem().Kind() == reflect.Int {
			return v
		}
		out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			out.Index(i).Set(e.converted(v.Index(i)))
		}
		return out
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		out := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, k := range v.MapKeys() {
			out.SetMapIndex(k, e.converted(v.MapIndex(k)))
		}
		return out
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v
		}
		if v.Kind() == reflect.Interface {
			return e.converted(v.Elem())
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(e.converted(v.Elem()))
		return out
	}
	return v
}
