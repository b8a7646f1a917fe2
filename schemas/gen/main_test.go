package main

import (
	"bytes"
	"compress/flate"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/schemas"
)

// TestFresh generates the documents and compares them with the committed ones.
func TestFresh(t *testing.T) {
	want, err := generate(filepath.Join("..", "facts"), filepath.Join("..", "patches"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range want.documents {
		raw, err := os.ReadFile(filepath.Join("..", "types", name))
		if err != nil {
			t.Error(err)
			continue
		}
		got, err := io.ReadAll(flate.NewReader(bytes.NewReader(raw)))
		if err != nil {
			t.Error(err)
		}
		if string(got) != text {
			t.Errorf("types/%s is stale: go generate ./schemas", name)
		}
	}
	if names, _ := filepath.Glob("../types/*"); len(names) != len(want.documents) {
		t.Errorf("%d files in types, want %d", len(names), len(want.documents))
	}
	catalog, _ := os.ReadFile("../catalog.txt")
	if string(catalog) != want.catalog {
		t.Error("catalog.txt is stale: go generate ./schemas")
	}
}

// tiny is a table with the special cases of the generator.
const tiny = `{"type": "Microsoft.Sample/things", "apiVersions": ["2015-06-15", "2015-08-01", "2016-03-30", "2017-03-30"],
  "properties": {
    "sku": [{"since": "2015-06-15", "until": "2015-06-15", "type": "object"}, {"since": "2016-03-30", "until": "2017-03-30", "type": "object"}],
    "sku.name": [{"since": "2015-06-15", "until": "2017-03-30", "type": "string", "required": true, "enum": ["A", "B"]}],
    "properties.cut": [{"since": "2016-03-30", "until": "2017-03-30", "type": "object"}],
    "properties": [{"since": "2015-06-15", "until": "2017-03-30", "type": "object"}],
    "properties.list": [{"since": "2015-06-15", "until": "2017-03-30", "type": "array"}],
    "properties.list[]": [{"since": "2015-06-15", "until": "2017-03-30", "type": "any|string", "enum": ["x"]}]
  }}`

func TestGenerate(t *testing.T) {
	tests := []struct {
		name, patches, want string
	}{
		{"holes are closed and what is cut off is open", `[]`, `Microsoft.Sample/things
2015-06-15 2015-08-01 2016-03-30 2017-03-30
properties	0-3;object
 cut	2-3;object;open
 list	0-1;array	2-3;array;items<=4
  []	0-3;string;len<=9
sku	0-3;object
 name	0-3;string;required;=A|B
`},
		{"patches", `[
  {"type": "Microsoft.Sample/*", "path": "**.name", "values": ["C"], "optional": true, "reason": "r"},
  {"type": "*", "path": "properties.list", "open": true, "reason": "r"},
  {"type": "*", "path": "properties.cut", "kind": "string", "reason": "r"},
  {"type": "*", "path": "properties.state", "add": "string", "since": "2016-03-30", "quiet": true, "reason": "r"}]`, `Microsoft.Sample/things
2015-06-15 2015-08-01 2016-03-30 2017-03-30
properties	0-3;object
 cut	2-3;string
 list	0-1;array	2-3;array;items<=4
 state	2-3;string;quiet
sku	0-3;object
 name	0-3;string;=A|B|C
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			facts, patches := sampleFacts(t, tt.patches)
			out, err := generate(facts, patches)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, out.documents[schemas.FileName("Microsoft.Sample/things")]); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
			wantCatalog := "@Microsoft.Sample\nothers\t2015-06-15 2026-01-01\nthings\t2015-06-15 2015-08-01 2016-03-30 2017-03-30\n"
			if diff := cmp.Diff(wantCatalog, out.catalog); diff != "" {
				t.Errorf("catalog (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPatchesAreChecked(t *testing.T) {
	tests := []struct{ name, patches, want string }{
		{"no reason", `[{"type": "*", "path": "sku", "open": true}]`, "has no reason"},
		{"no effect", `[{"type": "*", "path": "nothing", "open": true, "reason": "r"}]`, "changes nothing"},
		{"unknown field", `[{"type": "*", "path": "sku", "opne": true, "reason": "r"}]`, `unknown field "opne"`},
		{"no such version", `[{"type": "*", "path": "x", "add": "any", "since": "1999-01-01", "reason": "r"}]`, "no such versions"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			facts, patches := sampleFacts(t, tt.patches)
			if _, err := generate(facts, patches); err == nil || !bytes.Contains([]byte(err.Error()), []byte(tt.want)) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func sampleFacts(t *testing.T, patches string) (facts, patchFolder string) {
	t.Helper()
	facts, patchFolder = t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		filepath.Join(facts, "arm", "Microsoft.Sample.things.json"): tiny,
		filepath.Join(facts, "also-accepted.json"):                  `{"about": "a", "types": {}}`,
		filepath.Join(facts, "read-only.json"):                      `{}`,
		filepath.Join(facts, "resource-types.json"):                 `{"Microsoft.Sample/others": ["2015-06-15"]}`,
		filepath.Join(facts, "more-api-versions.json"):              `{"Microsoft.Sample/others": ["2026-01-01"]}`,
		filepath.Join(facts, "constraints.json"): `{"Microsoft.Sample/Things": {"properties.list": {"maxItems": 4, "versions": "2016-03-30..2026-01-01"},
			"properties.list[]": {"maxLength": 9}, "sku.name": {"min": 3}, "nothing": {"min": 3}}}`,
		filepath.Join(patchFolder, "all.json"): patches,
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return facts, patchFolder
}
