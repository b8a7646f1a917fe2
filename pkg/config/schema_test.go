package config

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/source"
)

//go:generate go test . -run TestSchema -update

// TestSchema compares docs/json with the keys, and what the schema takes with
// what the package takes.
func TestSchema(t *testing.T) {
	golden.Equal(t, filepath.Join(golden.Root(t), "docs", "json", "settings.schema.json"), Schema())
	schema, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		whole, "", "fail-on: never", "rules: {all: off}",
		"rulez: {}", "guidance: curent", "max-findings: -1", "rules: {SS4001: maybe}", "suppress: [{rules: SS4001}]",
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
		_, mistakes := Parse(source.NewFile("f", []byte(text)), nil)
		if result.Valid() != (mistakes == nil) {
			t.Errorf("%q: the schema says %v, the package %v", text, result.Errors(), mistakes)
		}
	}
}
