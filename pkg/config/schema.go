package config

import (
	"bytes"
	"encoding/json"
)

// Schema is the JSON Schema of the file, for editors that complete it:
//
//	# yaml-language-server: $schema=https://raw.githubusercontent.com/scaleset/scaleset/main/docs/json/settings.schema.json
func Schema() []byte {
	type object = map[string]any
	text := object{"type": "string"}
	texts := object{"anyOf": []any{text, object{"type": "array", "items": text}}}
	state := object{"anyOf": []any{
		object{"enum": States()},
		object{"type": "boolean"}, // what YAML 1.1 takes on and off for
	}}
	rules := object{"type": "object", "description": "Rules by code, name or a pattern such as SS50*, or all of them.", "additionalProperties": state}
	of := func(k Key) object {
		var s object
		switch k.Kind {
		case Word:
			s = object{"enum": k.Words}
		case Number:
			s = object{"type": "integer", "minimum": 0}
		case List, Files:
			s = object{"anyOf": texts["anyOf"]}
		case Map:
			s = object{"type": "object", "additionalProperties": object{"type": []string{"string", "number", "boolean"}}}
		default:
			s = object{"type": "string"}
		}
		s["description"] = k.Doc + "."
		return s
	}
	top := object{"rules": rules}
	local := object{"rules": rules, "match": object{"description": "Patterns of files, relative to this file.", "anyOf": texts["anyOf"]}}
	for _, k := range Keys() {
		top[k.Name] = of(k)
		if k.Local {
			local[k.Name] = of(k)
		}
	}
	top["paths"] = object{
		"type": "array", "description": "What holds for some paths alone; a later item counts more.",
		"items": object{"type": "object", "properties": local, "required": []string{"match"}, "additionalProperties": false},
	}
	top["suppress"] = object{
		"type": "array", "description": "Findings that are known and accepted.",
		"items": object{
			"type": "object", "required": []string{"rules", "reason"}, "additionalProperties": false,
			"properties": object{
				"rules": texts, "paths": texts,
				"reason": object{"type": "string", "minLength": 1},
				"until":  object{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`, "description": "The last day, YYYY-MM-DD."},
			},
		},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(object{ // a buffer takes everything, and all of this has a form
		"$schema": "http://json-schema.org/draft-07/schema#", "title": "Settings of scaleset, " + Name,
		"$id":  "https://raw.githubusercontent.com/scaleset/scaleset/main/docs/json/settings.schema.json",
		"type": []string{"object", "null"}, "properties": top, "additionalProperties": false,
	})
	return b.Bytes()
}
