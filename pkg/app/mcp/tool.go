package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// A Tool is one thing that an assistant can ask for. It changes nothing.
type Tool struct {
	Name   string
	Title  string // a few words, for people
	About  string // what it does and when to use it, for the assistant
	Inputs []Input
	Output json.RawMessage // the JSON Schema of [Answer.Document]
	// Run does the work. It may go on after the context has ended; its answer is
	// then dropped.
	Run func(context.Context, Call) Answer
}

// A Kind is what an input can be.
type Kind int

// The kinds of inputs, and what [Call.Values] has for each.
const (
	Text   Kind = iota // string; a number is taken as its text
	Number             // int
	Switch             // bool
	List               // []string; one text is a list of it
	Values             // map[string]json.RawMessage
	// File is the name, within [Call.Files], of a file that the client sends as
	// text, as JSON, or, in an input with "Path" at the end, as a path.
	File
)

// An Input is an argument of a tool.
type Input struct {
	Name     string
	About    string
	Kind     Kind
	Choices  []string // the only texts; nil: any
	Required bool
	FileName string // of a File whose text is given, as findings show it
}

// A Call is the arguments of one use of a tool.
type Call struct {
	Files engine.Files
	// Folder is the absolute path of the folder that Files show; "" when they are
	// texts alone.
	Folder string
	Values map[string]any // by name of the input; those that were given
}

// An Answer is the result of a tool.
type Answer struct {
	Texts    []string        // for people and for clients that do not read Document
	Document json.RawMessage // a JSON object by [Tool.Output]
	Problem  string          // why there is no result, and what to do
}

// schema returns the JSON Schema of the inputs of a tool.
func (t Tool) schema() map[string]any {
	properties := map[string]any{}
	required := []string{}
	for _, in := range t.Inputs {
		about := in.About
		switch in.Kind {
		case File:
			properties[in.Name] = map[string]any{"type": []string{"string", "object", "array"}, "description": about + ", as text or as JSON"}
			properties[in.Name+pathSuffix] = map[string]any{"type": "string", "description": "Instead of " + in.Name + ": the path of the file, below a folder of this session"}
			continue
		case Number:
			properties[in.Name] = map[string]any{"type": "integer", "description": about}
		case Switch:
			properties[in.Name] = map[string]any{"type": "boolean", "description": about}
		case List:
			properties[in.Name] = map[string]any{"type": "array", "items": map[string]any{"type": []string{"string", "integer"}}, "description": about}
		case Values:
			properties[in.Name] = map[string]any{"type": "object", "description": about}
		default:
			property := map[string]any{"type": []string{"string", "integer"}, "description": about}
			if in.Choices != nil {
				property = map[string]any{"type": "string", "enum": in.Choices, "description": about}
			}
			properties[in.Name] = property
		}
		if in.Required {
			required = append(required, in.Name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// pathSuffix ends the name of the input with the path of a file.
const pathSuffix = "Path"

// A mistake is an error in the arguments of a call. The client sees it.
type mistake struct{ text string }

func (m *mistake) Error() string { return m.text }

func mistakef(format string, args ...any) error { return &mistake{fmt.Sprintf(format, args...)} }

// arguments returns the arguments of a call by name. Null counts as not given.
func (t Tool) arguments(raw json.RawMessage) (map[string]json.RawMessage, error) {
	given := map[string]json.RawMessage{}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &given); err != nil {
			return nil, mistakef("the arguments of %s must be a JSON object", t.Name)
		}
	}
	known := t.schema()["properties"].(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, ok := known[name]; !ok {
			names := slices.Sorted(maps.Keys(known))
			hint := nearest.Hint(name, names)
			if hint == "" {
				hint = "; use one of: " + strings.Join(names, ", ")
			}
			return nil, mistakef("%s has no input %q%s", t.Name, shortened(name), hint)
		}
		if string(given[name]) == "null" {
			delete(given, name)
		}
	}
	return given, nil
}

// value reads an argument that is not a file.
func (in Input) value(raw json.RawMessage) (any, error) {
	switch in.Kind {
	case Number:
		var n int
		if json.Unmarshal(raw, &n) != nil {
			return nil, mistakef("%s must be a whole number", in.Name)
		}
		return n, nil
	case Switch:
		var b bool
		if json.Unmarshal(raw, &b) != nil {
			return nil, mistakef("%s must be true or false", in.Name)
		}
		return b, nil
	case Values:
		var m map[string]json.RawMessage
		if json.Unmarshal(raw, &m) != nil {
			return nil, mistakef("%s must be an object with a value for each name", in.Name)
		}
		return m, nil
	case List:
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			list = []json.RawMessage{raw}
		}
		texts := []string{}
		for _, item := range list {
			text, ok := word(item)
			if !ok {
				return nil, mistakef("%s must be a list of strings or numbers", in.Name)
			}
			texts = append(texts, text)
		}
		return texts, nil
	}
	text, ok := word(raw)
	if !ok {
		return nil, mistakef("%s must be a string", in.Name)
	}
	if in.Choices != nil && !slices.Contains(in.Choices, text) {
		return nil, mistakef("%s: unknown value %q; use one of: %s%s", in.Name, shortened(text), strings.Join(in.Choices, ", "), nearest.Hint(text, in.Choices))
	}
	return text, nil
}

// word returns a string, or a number as its text.
func word(raw json.RawMessage) (string, bool) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text, true
	}
	var n json.Number
	if json.Unmarshal(raw, &n) != nil {
		return "", false
	}
	return n.String(), true
}

// shortened returns a text of the client in a message.
func shortened(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "..."
	}
	return text
}
