package cli

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xeipuuv/gojsonschema"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// schemaOf is a schema of docs/json. closed takes no member that the schema
// does not describe: readers must, a test must not.
func schemaOf(t *testing.T, name string, closed bool) *gojsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "json", name+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	if closed {
		closeObjects(document)
	}
	s, err := gojsonschema.NewSchema(gojsonschema.NewGoLoader(document))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeObjects(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["properties"].(map[string]any); ok && v["additionalProperties"] == nil {
			v["additionalProperties"] = false
		}
		for _, m := range v {
			closeObjects(m)
		}
	case []any:
		for _, e := range v {
			closeObjects(e)
		}
	}
}

// TestJSONSchemas validates what the commands print for the examples against
// the schemas that describe it, and wants every member to be described.
func TestJSONSchemas(t *testing.T) {
	root := golden.Root(t)
	preview, current := "examples/preview/linux-nat/azuredeploy.json", "examples/current/autoscale/azuredeploy.json"
	tests := []struct {
		schema string
		runs   [][]string
	}{
		{"lint", [][]string{{"examples/preview", "--show-suppressed"}, {"-", "none.json", "--max-findings", "1"}, {"examples", "--enable", "all"}}},
		{"expand", [][]string{{preview}, {current}}},
		{"simulate", [][]string{{preview, "--to", "50,2"}, {current, "--to", "3"}, {"--from", "20", "--to", "15,18", "--explain", "3"}, {"--from", "5", "--to", "9", "--zones", "1,2,3"}}},
		{"connect", [][]string{{preview}, {"examples/current/linux-jumpbox/azuredeploy.json"}, {"examples/current/load-balanced/azuredeploy.json"}}},
		{"diff", [][]string{{preview, "examples/current/linux-nat/azuredeploy.json"}, {current, "examples/current/zonal/azuredeploy.json"}}},
		{"autoscale", [][]string{{current}, {"examples/preview/autoscale/azuredeploy.json"}}},
		{"trace", [][]string{{preview, "/resources/0/name"}, {current, "/resources/1/properties"}}},
		{"rules", [][]string{{}, {"--all"}, {"nothing is like this"}}},
		{"schema", [][]string{{"Microsoft.Compute/virtualMachineScaleSets"}}},
		{"config", [][]string{{}, {"--all", preview}}},
	}
	for _, tt := range tests {
		t.Run(tt.schema, func(t *testing.T) {
			open, closed := schemaOf(t, tt.schema, false), schemaOf(t, tt.schema, true)
			for _, args := range tt.runs {
				app, out, errs := testApp(t)
				app.Dir, app.In = root, strings.NewReader(`{`)
				flag := "--format"
				if tt.schema == "config" {
					flag = "--as"
				}
				code := Main(context.Background(), app, append([]string{tt.schema, flag, "json"}, args...))
				if code > ExitFindings && out.Len() == 0 {
					t.Fatalf("%v: exit code %d: %s", args, code, errs)
				}
				for _, s := range []*gojsonschema.Schema{open, closed} {
					result, err := s.Validate(gojsonschema.NewBytesLoader(out.Bytes()))
					if err != nil {
						t.Fatalf("%v: %v", args, err)
					}
					for _, e := range result.Errors() {
						t.Errorf("%v: %s", args, e)
					}
				}
			}
		})
	}
}

func TestBaselineSchema(t *testing.T) {
	app, _, errs := testApp(t)
	app.Dir = golden.Root(t)
	file := filepath.Join(t.TempDir(), "baseline.json")
	if code := Main(context.Background(), app, []string{"lint", "examples", "--enable", "all", "--write-baseline", file}); code != ExitClean {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	result, err := schemaOf(t, "baseline", true).Validate(gojsonschema.NewBytesLoader(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range result.Errors() {
		t.Error(e)
	}
}
