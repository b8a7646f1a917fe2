package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
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
	instances := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(instances, []byte(`[
  {"instanceId": "0", "name": "web_0", "latestModelApplied": false, "protectionPolicy": {"protectFromScaleSetActions": true}, "instanceView": {"platformFaultDomain": 0, "platformUpdateDomain": 0, "statuses": [{"code": "PowerState/stopped"}]}},
  {"instanceId": "1", "name": "web_1", "zones": ["1"], "instanceView": {"platformFaultDomain": 0, "platformUpdateDomain": 1}}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	bare := filepath.Join(t.TempDir(), "ids.json")
	if err := os.WriteFile(bare, []byte(`[{"instanceId": "0"}, {"instanceId": "4"}, {"instanceId": "5"}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	metrics := filepath.Join(t.TempDir(), "load.csv")
	var load strings.Builder
	load.WriteString("time,Percentage CPU\n")
	for i := range 60 {
		fmt.Fprintf(&load, "2026-01-31T%02d:%02d:00Z,%d\n", 8+i/12, i%12*5, []int{90, 90, 50, 10, 10}[i/12])
	}
	if err := os.WriteFile(metrics, []byte(load.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		schema string
		runs   [][]string
	}{
		{"lint", [][]string{{"examples/preview", "--show-suppressed"}, {"-", "none.json", "--max-findings", "1"}, {"examples", "--exclude", "examples/broken", "--enable", "all"}}},
		{"expand", [][]string{{preview}, {current}}},
		{"simulate", [][]string{
			{preview, "--to", "50,2"}, {current, "--to", "3"}, {"--from", "20", "--to", "15,18", "--explain", "3"}, {"--from", "5", "--to", "9", "--zones", "1,2,3"},
			{"examples/current/multi-set/azuredeploy.json", "--all", "--to", "5", "--explain", "0"}, {"--from", "5", "--to", "4", "--protect", "1", "--unhealthy", "2", "--deallocated", "3", "--overprovision"},
			{"--from", "6", "--to", "9", "--orchestration", "Flexible", "--priority-mix", "1/50"}, {"--instances", instances, "--to", "4", "--zones", "1,2"}, {"--from", "3", "--to", "9", "--overprovision"}, {"--instances", bare, "--to", "2"},
			{preview, "--to", "50,200", "--needs"}, {"cmd/scaleset/testdata/questions/web.json", "--to", "70", "--prices", "cmd/scaleset/testdata/questions/prices.json", "--location", "westus2"}, {"examples/current/multi-set/azuredeploy.json", "--all", "--to", "5", "--needs", "--prices", "cmd/scaleset/testdata/questions/prices.json", "--location", "westus2"},
			{"--from", "6", "--lose", "fd=1"}, {"examples/current/multi-set/azuredeploy.json", "--all", "--to", "5", "--lose", "host", "--lose", "host"}, {"examples/current/multi-set/azuredeploy.json", "--all", "--lose", "host"},
		}},
		{"review", [][]string{{preview, "--against", "examples/current/linux-nat/azuredeploy.json"}, {current}, {"examples/current/multi-set/azuredeploy.json"}, {"examples/current/scale-only/azuredeploy.json"}}},
		{"connect", [][]string{{preview}, {"examples/current/linux-jumpbox/azuredeploy.json"}, {"examples/current/load-balanced/azuredeploy.json"}}},
		{"diff", [][]string{{"cmd/scaleset/testdata/questions/web.json", "cmd/scaleset/testdata/questions/web.json", "--old-parameters", "cmd/scaleset/testdata/questions/now.parameters.json", "--prices", "cmd/scaleset/testdata/questions/prices.json", "--location", "westus2"}, {preview, "examples/current/linux-nat/azuredeploy.json"}, {current, "examples/current/zonal/azuredeploy.json"}}},
		{"plan", [][]string{
			{"examples/current/rolling-upgrade/azuredeploy.json", "--reimage", "--fail", "0", "--min-running", "5"}, {"examples/current/multi-set/azuredeploy.json", "--reimage"},
			{"examples/current/zonal/azuredeploy.json", "examples/current/zonal/azuredeploy.json", "--from", "6"}, {"examples/current/zonal/azuredeploy.json", "--reimage", "--from", "9", "--by-hand", "0,1", "--lose", "zone=1", "--lose", "host"},
			{"cmd/scaleset/testdata/questions/web.json", "--reimage", "--set", "maxSurge=true", "--prices", "cmd/scaleset/testdata/questions/prices.json", "--location", "westus2"},
			{"--terraform", "cmd/scaleset/testdata/questions/tfplan.json"},
		}},
		{"autoscale", [][]string{
			{current}, {current, "--metrics", metrics, "--placement"}, {"examples/preview/autoscale/azuredeploy.json"},
			{"cmd/scaleset/testdata/questions/autoscale.json", "--at", "2026-03-28 22:00", "--calendar", "week"},
		}},
		{"trace", [][]string{{preview, "--who-uses", "vmssName"}, {preview, "--who-uses", "location"}, {preview, "/resources/0/name"}, {current, "/resources/1/properties"}}},
		{"rules", [][]string{{}, {"--all"}, {"nothing is like this"}}},
		{"schema", [][]string{{"Microsoft.Compute/virtualMachineScaleSets"}, {"Microsoft.Compute/virtualMachineScaleSets@2019-07-01", "sku"}, {"Microsoft.Web/sites"}}},
		{"types", [][]string{{}}},
		{"config", [][]string{{}, {"--all", preview}}},
	}
	// What is written without a type is compared with the schema here: each
	// member that is described is in one of the documents.
	streamed := map[string]bool{"simulate": true, "expand": true}
	for _, tt := range tests {
		t.Run(tt.schema, func(t *testing.T) {
			var documents [][]byte
			open, closed := schemaOf(t, tt.schema, false), schemaOf(t, tt.schema, true)
			for _, args := range tt.runs {
				app, out, errs := testApp(t)
				app.Dir, app.In = root, strings.NewReader(`{`)
				flag := "--format"
				if tt.schema == "config" {
					flag = "--as"
				}
				command := tt.schema
				if command == "types" {
					command = "schema"
				}
				code := Main(context.Background(), app, append([]string{command, flag, "json"}, args...))
				if code > ExitFindings && out.Len() == 0 {
					t.Fatalf("%v: exit code %d: %s", args, code, errs)
				}
				documents = append(documents, out.Bytes())
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
			if streamed[tt.schema] {
				for _, member := range golden.Unwritten(t, tt.schema, documents, "finding", "position", "note", "fix", "edit", "suppressed") {
					t.Errorf("%s is described, and in no document", member)
				}
			}
		})
	}
}

// TestSchemasDescribeTypes compares docs/json with the types that are written.
func TestSchemasDescribeTypes(t *testing.T) {
	for name, document := range map[string]reflect.Type{
		"config": reflect.TypeFor[shownConfig](),
		"rules":  reflect.TypeFor[rulesDocument](),
		"schema": reflect.TypeFor[schemaDocument](),
		"types":  reflect.TypeFor[typesDocument](),
		"new":    reflect.TypeFor[newDocument](),
	} {
		t.Run(name, func(t *testing.T) { golden.Describes(t, name, document) })
	}
}

func TestBaselineSchema(t *testing.T) {
	app, _, errs := testApp(t)
	app.Dir = golden.Root(t)
	file := filepath.Join(t.TempDir(), "baseline.json")
	if code := Main(context.Background(), app, []string{"lint", "examples", "--exclude", "examples/broken", "--enable", "all", "--write-baseline", file}); code != ExitClean {
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
