package golden

import (
	"bytes"
	"encoding"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// readSchema returns docs/json/NAME.schema.json, as text and decoded.
func readSchema(t *testing.T, name string) (text []byte, root map[string]any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(Root(t), "docs", "json", name+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	return text, root
}

// Describes compares the JSON Schema docs/json/NAME.schema.json with the Go
// type that is written: each member that can be written must be described, with
// its type and a sentence, and be required exactly if it is always present; and
// each described member must be one that can be written.
func Describes(t *testing.T, name string, document reflect.Type) {
	t.Helper()
	text, root := readSchema(t, name)
	w := &schemaWalk{t: t, root: root}
	w.compare(name, root, document)
	for definition := range object(root["definitions"]) {
		if !bytes.Contains(text, []byte(`"#/definitions/`+definition+`"`)) {
			t.Errorf("%s: nothing refers to the definition %q", name, definition)
		}
	}
}

type schemaWalk struct {
	t     *testing.T
	root  map[string]any
	stack []reflect.Type
}

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

// resolve follows a $ref, also in an allOf with a description beside it.
func (w *schemaWalk) resolve(at string, s map[string]any) map[string]any {
	for {
		if all, ok := s["allOf"].([]any); ok && len(all) == 1 {
			s = object(all[0])
		}
		ref, ok := s["$ref"].(string)
		if !ok {
			return s
		}
		target := object(object(w.root["definitions"])[strings.TrimPrefix(ref, "#/definitions/")])
		if target == nil {
			w.t.Errorf("%s: %s leads nowhere", at, ref)
			return nil
		}
		s = target
	}
}

var (
	marshaler     = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// compare compares a schema with a type.
func (w *schemaWalk) compare(at string, s map[string]any, ty reflect.Type) {
	s = w.resolve(at, s)
	if s == nil || slices.Contains(w.stack, ty) && ty.Kind() == reflect.Struct {
		return
	}
	switch {
	case ty.Kind() == reflect.Pointer:
		w.compare(at, s, ty.Elem())
		return
	case ty.Implements(textMarshaler):
		w.kind(at, s, "string")
		return
	case ty.Implements(marshaler):
		return // it has a form of its own
	}
	switch ty.Kind() {
	case reflect.Struct:
		w.kind(at, s, "object")
		w.stack = append(w.stack, ty)
		w.members(at, s, ty)
		w.stack = w.stack[:len(w.stack)-1]
	case reflect.Slice, reflect.Array:
		w.kind(at, s, "array")
		if items := object(s["items"]); items == nil {
			w.t.Errorf("%s: the schema does not say what its items are", at)
		} else {
			w.compare(at+"[]", items, ty.Elem())
		}
	case reflect.Map:
		w.kind(at, s, "object")
		if values := object(s["additionalProperties"]); values != nil {
			w.compare(at+"{}", values, ty.Elem())
		} else if ty.Elem().Kind() != reflect.Interface {
			w.t.Errorf("%s: the schema does not say what its values are", at)
		}
	case reflect.String:
		w.kind(at, s, "string")
	case reflect.Bool:
		w.kind(at, s, "boolean")
	case reflect.Float32, reflect.Float64:
		w.kind(at, s, "number")
	case reflect.Interface:
	default:
		w.kind(at, s, "integer")
	}
}

// kind checks the type of the schema; an enum needs none.
func (w *schemaWalk) kind(at string, s map[string]any, want string) {
	if s["type"] == nil && (s["enum"] != nil || s["const"] != nil || s["anyOf"] != nil) {
		return
	}
	if list, ok := s["type"].([]any); ok && slices.Contains(list, any(want)) {
		return
	}
	if s["type"] != want {
		w.t.Errorf("%s: the schema says %v, what is written is %s", at, s["type"], want)
	}
}

func (w *schemaWalk) members(at string, s map[string]any, ty reflect.Type) {
	described := object(s["properties"])
	required := map[string]bool{}
	list, _ := s["required"].([]any)
	for _, r := range list {
		required[r.(string)] = true
	}
	written := map[string]bool{}
	for _, f := range fieldsOf(ty) {
		written[f.name] = true
		place := at + "." + f.name
		member := object(described[f.name])
		if member == nil {
			w.t.Errorf("%s: it can be written, and is not described", place)
			continue
		}
		if text, _ := member["description"].(string); text == "" && member["const"] == nil {
			if target := w.resolve(place, member); target["description"] == nil {
				w.t.Errorf("%s: it has no description", place)
			}
		}
		if required[f.name] == f.optional {
			w.t.Errorf("%s: required is %v, may be absent is %v", place, required[f.name], f.optional)
		}
		w.compare(place, member, f.ty)
	}
	for name := range described {
		if !written[name] {
			w.t.Errorf("%s.%s: it is described, and never written", at, name)
		}
	}
	for name := range required {
		if described[name] == nil {
			w.t.Errorf("%s.%s: it is required, and not described", at, name)
		}
	}
}

type schemaField struct {
	name     string
	ty       reflect.Type
	optional bool
}

// fieldsOf returns the members that encoding/json writes for a struct.
func fieldsOf(ty reflect.Type) (all []schemaField) {
	for i := range ty.NumField() {
		f := ty.Field(i)
		tag, tagged := f.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		switch {
		case tag == "-":
			continue
		case f.Anonymous && name == "":
			embedded := f.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			all = append(all, fieldsOf(embedded)...)
			continue
		case !f.IsExported():
			continue
		case !tagged || name == "":
			name = f.Name
		}
		all = append(all, schemaField{name, f.Type, strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")})
	}
	return all
}

// Unwritten returns the members that docs/json/NAME.schema.json describes and
// that none of the documents has, for documents that are written without a
// type. Definitions of another schema, whose types are compared there, are left
// out.
func Unwritten(t *testing.T, name string, documents [][]byte, elsewhere ...string) []string {
	t.Helper()
	_, root := readSchema(t, name)
	w := &schemaWalk{t: t, root: root}
	seen := map[string]bool{}
	for _, d := range documents {
		var v any
		if err := json.Unmarshal(d, &v); err != nil {
			t.Fatal(err)
		}
		w.mark(name, root, v, seen)
	}
	var missing []string
	unseen := func(at string, s map[string]any) {
		for member := range object(s["properties"]) {
			if !seen[at+"."+member] {
				missing = append(missing, at+"."+member)
			}
		}
	}
	unseen(name, root)
	for definition, s := range object(root["definitions"]) {
		if !slices.Contains(elsewhere, definition) {
			unseen("#/definitions/"+definition, object(s))
		}
	}
	slices.Sort(missing)
	return missing
}

// mark records the members of a schema that a document has.
func (w *schemaWalk) mark(at string, s map[string]any, v any, seen map[string]bool) {
	if all, ok := s["allOf"].([]any); ok && len(all) == 1 {
		s = object(all[0])
	}
	if ref, ok := s["$ref"].(string); ok {
		at, s = ref, w.resolve(at, s)
	}
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			if member := object(object(s["properties"])[name]); member != nil {
				seen[at+"."+name] = true
				w.mark(at+"."+name, member, value, seen)
			} else if values := object(s["additionalProperties"]); values != nil {
				w.mark(at+"{}", values, value, seen)
			}
		}
	case []any:
		for _, item := range v {
			w.mark(at+"[]", object(s["items"]), item, seen)
		}
	}
}
