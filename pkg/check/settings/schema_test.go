package settings

import (
	"encoding/json"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestSchema compares what the schema takes with what the package takes.
func TestSchema(t *testing.T) {
	known := []Known{
		{Code: "SS1001", Name: "text", Stays: true},
		{Code: "SS4001", Name: "capacity-limit", Options: map[string]any{"most": map[string]any{"type": "integer"}}},
	}
	schema, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(Schema(known)))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		whole, "", "set: {a: [1, {b: null}]}", "fail-on: never", "rules: {SS50*: off}",
		"rules: {SS4001: {severity: error, options: {most: 3}}}", "rules: {SS4001: {}}", "rules: {SS50*: {severity: info}}",
		"rules:", "rules: {SS4001: {options:}}",
		"rules: {SS4001: {options: {most: x}}}", "rules: {SS4001: {options: {least: 3}}}", "rules: {SS4001: {level: 3}}",
		"rules: {SS4001: {severity: loud}}", "rules: {SS4001: {options: [1]}}", "rules: {SS4001: [error]}",
		"rules: {SS1001: off}", "rules: {SS1001: {severity: off}}", "rules: {other: on}",
		"rulez: {}", "guidance: curent", "max-findings: -1", "rules: {SS4001: maybe}", "suppress: [{rules: SS4001}]",
		customText, "custom-rules:", "custom-rules: [{code: ORG1, name: a-b, assert: true, message: m, for: [a/b, c/*]}]",
		"custom-rules: [{code: SS1, name: a-b, assert: 'true', message: m}]", "custom-rules: [{code: ORG1, name: ab, assert: 'true', message: m}]",
		"custom-rules: [{code: ORG1, name: a-b, assert: 'true'}]", "custom-rules: [{code: ORG1, name: a-b, assert: 'true', message: m, for: {type: a/b}}]",
		"custom-rules: [{code: ORG1, name: a-b, assert: 'true', message: m, link: 'http://example.org'}]",
		"custom-rules: [{code: ORG1, name: a-b, assert: 'true', message: m, severity: off}]",
		"paths: [{guidance: auto}]", "paths: [{match: x, fail-on: error}]", "location: [a]", "suppress: [{rules: SS4001, reason: x, until: soon}]",
	} {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		result, err := schema.Validate(gojsonschema.NewBytesLoader(raw))
		if err != nil {
			t.Fatal(err)
		}
		_, mistakes := parse(source.NewFile("f", []byte(text)), checks, nil)
		if result.Valid() != (mistakes == nil) {
			t.Errorf("%q: the schema says %v, the package %v", text, result.Errors(), mistakes)
		}
	}
}
