package layers_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/internal/layers"
)

// TestImports compares the table with the imports of the packages, ignoring
// test files.
func TestImports(t *testing.T) {
	m := module(t)
	violations := append(layers.Violations(layers.Table(), m), layers.Unused(layers.Table(), m)...)
	slices.Sort(violations)
	for _, v := range violations {
		t.Error(v)
	}
}

// module returns this module, as the go command lists it.
func module(t *testing.T) layers.Module {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = golden.Root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	m := layers.Module{Path: "github.com/scaleset/scaleset", Packages: map[string][]string{}}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		m.Packages[strings.TrimPrefix(p.ImportPath, m.Path+"/")] = p.Imports
	}
	return m
}

func TestUnused(t *testing.T) {
	table := []layers.Layer{{Name: "pkg/a/...", Others: []string{"example.org/used/...", "example.org/idle"}}}
	m := layers.Module{Packages: map[string][]string{"pkg/a": {"fmt"}, "pkg/a/b": {"example.org/used/x"}}}
	if diff := cmp.Diff([]string{"pkg/a/... does not import example.org/idle"}, layers.Unused(table, m)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestViolations(t *testing.T) {
	const path = "github.com/scaleset/scaleset"
	tests := []struct {
		name, imported string
		want           []string
	}{
		{"pkg/syntax/expr", path + "/pkg/syntax/source", nil},
		{"pkg/syntax/expr", "strings", nil},
		{"pkg/syntax/expr", path + "/pkg/syntax/jsonc", []string{"pkg/syntax/expr imports pkg/syntax/jsonc, which it never may"}},
		{"pkg/syntax/expr", path + "/pkg/arm/eval", []string{"pkg/syntax/expr imports pkg/arm/eval, which is above it"}},
		{"pkg/check/lint", "github.com/fatih/color", []string{"pkg/check/lint imports github.com/fatih/color, which its layer does not name"}},
		{"pkg/check/rules/storage", path + "/pkg/check/rules/network", []string{"pkg/check/rules/storage imports its sibling pkg/check/rules/network"}},
		{"pkg/check/rules/storage", path + "/pkg/azure/schema", []string{"pkg/check/rules/storage imports pkg/azure/schema, which it never may"}},
		{"pkg/check/rules", path + "/pkg/check/rules/network", nil},
		{"pkg/util", "strings", []string{"pkg/util is in no layer: add it to layers.txt"}},
		{"pkg/syntax/source", path + "/pkg/elsewhere", []string{"pkg/syntax/source imports pkg/elsewhere, which is in no layer"}},
		{"cmd/scaleset", path + "/pkg/app/cli", nil},
	}
	for _, tt := range tests {
		m := layers.Module{Path: path, Packages: map[string][]string{tt.name: {tt.imported}}}
		if diff := cmp.Diff(tt.want, layers.Violations(layers.Table(), m)); diff != "" {
			t.Errorf("%s imports %s (-want +got):\n%s", tt.name, tt.imported, diff)
		}
	}
}

// TestLayers wants the packages of a layer to be adjacent, so that a layer
// imports only the layers above it in the table.
func TestLayers(t *testing.T) {
	var order []string
	for _, l := range layers.Table() {
		parts := strings.Split(l.Name, "/")
		if parts[0] != "pkg" {
			continue // schemas is among the packages that use it, cmd is last
		}
		if layer := parts[1]; len(order) == 0 || order[len(order)-1] != layer {
			order = append(order, layer)
		}
	}
	want := []string{"internal", "syntax", "arm", "azure", "capacity", "check", "review", "report", "author", "app", "internal"}
	if diff := cmp.Diff(want, order); diff != "" {
		t.Errorf("layers in the order of the table (-want +got):\n%s\nThe last is pkg/internal/layers, which reads all others.", diff)
	}
}
