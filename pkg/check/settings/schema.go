package settings

import (
	"bytes"
	"encoding/json"
)

// A Known is a rule, or a code of another finding, that a file may name.
type Known struct {
	Code, Name string
	Doc        string // one sentence without a full stop
	// Stays says that it cannot be off.
	Stays bool
	// Options are the JSON Schemas of the options of a rule, by name.
	Options map[string]any
}

// Schema is the JSON Schema of the file, for editors that complete it:
//
//	# yaml-language-server: $schema=https://raw.githubusercontent.com/scaleset/scaleset/main/docs/json/settings.schema.json
func Schema(known []Known) []byte {
	type object = map[string]any
	text := object{"type": "string"}
	texts := object{"anyOf": []any{text, object{"type": "array", "items": text}}}
	rules := object{"$ref": "#/definitions/rules"}
	of := func(k Key) object {
		var s object
		switch k.Kind {
		case Word:
			s = object{"enum": k.Words}
		case Words:
			word := object{"enum": k.Words}
			s = object{"anyOf": []any{word, object{"type": "array", "items": word}}}
		case Number:
			s = object{"type": "integer", "minimum": 0}
		case List: // of formats, without the files to write
			format := object{"type": "string", "pattern": "^[^=]*$"}
			s = object{"anyOf": []any{format, object{"type": "array", "items": format}}}
		case Patterns, Files:
			s = object{"anyOf": texts["anyOf"]}
		case Map:
			s = object{"type": "object", "additionalProperties": true}
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
		"type": "array", "description": "Settings for some paths only; later items override earlier ones.",
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
	top["custom-rules"] = object{"type": []string{"array", "null"}, "description": "Rules of the project, as expressions of the Common Expression Language.", "items": customSchema()}
	top["include"] = object{"description": "Files with custom rules, relative to this file and below its folder.", "anyOf": texts["anyOf"]}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(object{ // a buffer takes everything, and all of this has a form
		"$schema": "http://json-schema.org/draft-07/schema#", "title": "Settings of scaleset, " + Name,
		"$id":  "https://raw.githubusercontent.com/scaleset/scaleset/main/docs/json/settings.schema.json",
		"type": []string{"object", "null"}, "properties": top, "additionalProperties": false,
		"definitions": object{
			"state": object{"description": "Whether a rule runs, and how severe its findings are.", "anyOf": []any{
				object{"enum": states()},
				object{"type": "boolean"}, // what YAML 1.1 takes on and off for
			}},
			// What no deployment survives cannot be off.
			"severity": object{"description": "How severe the findings are.", "anyOf": []any{
				object{"enum": states()[1:]},
				object{"const": true},
			}},
			"rule":    ruleSchema("state", nil),
			"lasting": ruleSchema("severity", nil),
			"rules":   rulesSchema(known),
		},
	})
	return b.Bytes()
}

// ruleSchema describes a rule: its state, or a mapping.
func ruleSchema(state string, options map[string]any) map[string]any {
	type object = map[string]any
	ref := object{"$ref": "#/definitions/" + state}
	members := object{"severity": ref}
	if len(options) > 0 {
		members["options"] = object{"type": []string{"object", "null"}, "properties": options, "additionalProperties": false}
	}
	return object{"anyOf": []any{ref, object{"type": "object", "properties": members, "additionalProperties": false}}}
}

// customSchema describes a custom rule.
func customSchema() map[string]any {
	type object = map[string]any
	text := func(doc string) object {
		return object{"type": "string", "minLength": 1, "maxLength": MaxExpression, "description": doc}
	}
	types := object{"anyOf": []any{object{"type": "string"}, object{"type": "array", "items": object{"type": "string"}}}}
	version := func(doc string) object {
		return object{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}(-preview)?$`, "description": doc}
	}
	assert := text("The expression that must be true.")
	when := text("The rule applies only where this expression is true.")
	for _, expression := range []object{assert, when} {
		expression["type"] = []string{"string", "boolean"}
	}
	return object{
		"type": "object", "required": []string{"code", "name", "assert", "message"}, "additionalProperties": false,
		"properties": object{
			"code":     object{"type": "string", "pattern": `^([A-RT-Z][A-Z]|S[A-RT-Z])[A-Z]{0,8}\d{1,5}$`, "description": "The code, such as ORG001. It cannot begin with SS."},
			"name":     object{"type": "string", "pattern": customName.Get().String(), "maxLength": maxName, "description": "The name, such as allowed-sizes."},
			"severity": object{"enum": states()[2:], "default": "warning", "description": "How severe the findings are."},
			"about":    text("What the rule requires, in one sentence."),
			"for": object{"description": "scale-sets, deployment, types of resources, or a mapping; without it, every resource.", "anyOf": []any{
				object{"enum": []string{"scale-sets", "deployment"}}, types["anyOf"].([]any)[0], types["anyOf"].([]any)[1],
				object{"type": "object", "additionalProperties": false, "properties": object{
					"types": types, "from": version("The first API version."), "to": version("The last API version."),
				}},
			}},
			"when":    when,
			"assert":  assert,
			"at":      text("The value that findings point at; without it, the value that the expression is about."),
			"message": text("What is wrong, in one line, with values in {{ }}."),
			"remedy":  text("What to do, in sentences, with values in {{ }}."),
			"link":    object{"type": "string", "pattern": `^https://\S+$`, "description": "A page about the rule."},
		},
	}
}

// rulesSchema describes the mapping of rules: each by its code and by its name.
func rulesSchema(known []Known) map[string]any {
	type object = map[string]any
	names := object{}
	for _, k := range known {
		s := object{"allOf": []any{object{"$ref": "#/definitions/rule"}}} // an editor shows no description beside a $ref
		switch {
		case k.Stays:
			s = object{"allOf": []any{object{"$ref": "#/definitions/lasting"}}}
		case len(k.Options) > 0:
			s = ruleSchema("state", k.Options)
		}
		s["description"] = k.Doc + "."
		for _, name := range []string{k.Code, k.Name} {
			if names[name] == nil { // codes of one name are described by the first
				names[name] = s
			}
		}
	}
	return object{
		"type": []string{"object", "null"}, "description": "Rules by code, name or a pattern such as SS50*, or all of them.",
		"properties": names, "additionalProperties": false,
		"patternProperties": object{
			`^[Ss][Ss]\d{0,3}\*$`: object{"$ref": "#/definitions/rule"},
			"^[Aa][Ll][Ll]$":      object{"$ref": "#/definitions/rule"},
			// The codes of custom rules, which this schema does not know.
			`^([A-RT-Z][A-Z]|S[A-RT-Z])[A-Z]{0,8}(\d{1,5}|\d{0,4}\*)$`: object{"$ref": "#/definitions/rule"},
		},
	}
}
