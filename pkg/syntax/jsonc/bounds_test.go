package jsonc_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestBounds wants everything that costs memory to be bounded, with one finding
// that names the limit.
func TestBounds(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
	}{
		{"line comments before", strings.Repeat("//\n", 200_000) + "{}", "more than 100000 comments"},
		{"block comments inside", "[" + strings.Repeat("/**/", 200_000) + "]", "more than 100000 comments"},
		{"block comments after", "[]" + strings.Repeat("/**/", 200_000), "more than 100000 comments"},
		{"blank lines", "{" + strings.Repeat("\n", 1_000_001) + "}", "more than 1000000 lines"},
		{"returns", strings.Repeat("\r", 1_000_001) + "{}", "more than 1000000 lines"},
		{"escapes", `["` + strings.Repeat(`\n`, 1_000_001) + `"]`, "more than 1000000 escapes"},
		{"escapes in many strings", `[` + strings.Repeat(`"`+strings.Repeat(`\\`, 1000)+`",`, 2000) + `1]`, "more than 1000000 escapes"},
		{"escapes in a key", `{"` + strings.Repeat(`\n`, 1_000_001) + `": 1}`, "more than 1000000 escapes"},
	} {
		tree := jsonc.Parse(source.NewFile("t.json", []byte(tt.text)))
		n := len(tree.Diagnostics)
		limits := slices.DeleteFunc(slices.Clone(tree.Diagnostics), func(d diag.Diagnostic) bool { return d.Code != jsonc.Limit.Code })
		if n > 2 || len(limits) != 1 || !strings.Contains(limits[0].Summary, tt.want) {
			t.Errorf("%s: %d findings, want one with %q: %.300v", tt.name, n, tt.want, tree.Diagnostics)
		}
		if n := len(tree.Comments); n > 100_000 {
			t.Errorf("%s: %d comments are kept", tt.name, n)
		}
		if n := tree.File.Lines(); n > 1_000_001 {
			t.Errorf("%s: %d lines are told apart", tt.name, n)
		}
		if tree.Root == nil {
			t.Errorf("%s: no root", tt.name)
		}
	}
}

// TestFormatIsBounded wants the indentation of nested arrays to be bounded.
func TestFormatIsBounded(t *testing.T) {
	text := []byte("[" + strings.Repeat(strings.Repeat("[", 900)+strings.Repeat("]", 900)+",", 50) + "1]")
	tree := jsonc.Parse(source.NewFile("t.json", text))
	out := jsonc.Format(tree, jsonc.Options{})
	if most := 140 * len(text); len(out) > most || len(out) < len(text) {
		t.Errorf("%d bytes become %d, want at most %d", len(text), len(out), most)
	}
	again := jsonc.Format(jsonc.Parse(source.NewFile("t.json", out)), jsonc.Options{})
	if string(again) != string(out) {
		t.Error("formatting twice differs from formatting once")
	}
}
