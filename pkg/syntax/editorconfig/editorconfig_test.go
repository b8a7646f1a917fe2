package editorconfig_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/editorconfig"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

func TestOf(t *testing.T) {
	tests := []struct {
		name, config string
		want         jsonc.Options
	}{
		{"none", "", jsonc.Options{}},
		{"four spaces", "[*.json]\nindent_style = space\nindent_size = 4\n", jsonc.Options{Indent: "    "}},
		{"tabs", "[*]\nindent_style = tab\n", jsonc.Options{Indent: "\t"}},
		{"size of a tab", "[*]\nindent_style = space\nindent_size = tab\ntab_width = 3\n", jsonc.Options{Indent: "   "}},
		{"another kind of file", "[*.go]\nindent_style = tab\n", jsonc.Options{}},
		{"the later section wins", "[*]\nindent_size = 4\n[*.{json,jsonc}]\nindent_size = 2\n", jsonc.Options{Indent: "  "}},
		{"line ends, mark and width", "[*]\nend_of_line = crlf\ncharset = utf-8\nmax_line_length = 80\n", jsonc.Options{LineEnd: "\r\n", DropMark: true, Width: 80}},
		{"no limit of the width", "[*]\nmax_line_length = off\n", jsonc.Options{}},
		{"a size beyond reason", "[*]\nindent_size = 100000000\n", jsonc.Options{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, ".editorconfig"), []byte("root = true\n"+tt.config), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := editorconfig.NewReader().Of(filepath.Join(dir, "sub", "azuredeploy.json"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestHostile wants files to be rejected for which the library would allocate
// gigabytes.
func TestHostile(t *testing.T) {
	for _, tt := range []struct{ name, config, want string }{
		{"a wide range", "[{1..99999999999}.json]\nindent_size = 4\n", "the ranges of its sections have more than 10000 numbers"},
		{"a range below zero", "[{-999999999..1}]\nindent_size = 4\n", "the ranges of its sections have more than 10000 numbers"},
		{"many ranges", strings.Repeat("[{1..999}]\nindent_size = 4\n", 11), "the ranges of its sections have more than 10000 numbers"},
		{"numbers without end", "[{1.." + strings.Repeat("9", 1000) + "}]\n", "the ranges of its sections have more than 10000 numbers"},
		{"many keys", "[*]\n" + strings.Repeat("a = 1\n", 20000), "the limit is 65536"},
		{"as many as there may be", strings.Repeat("[{1..1000}]\nindent_size = 4\n", 10), ""},
		{"many asterisks", strings.Repeat("  ["+strings.Repeat("*", 100)+"]\nindent_size = 4\n", 11), "the patterns of its sections have more than 1000 asterisks"},
		{"as many as there may be, and others", strings.Repeat("["+strings.Repeat("*a", 100)+"]\nindent_size = 4\n# ****\na = ****\n", 10), ""},
		{"numbers in a comment", "# 1..99999999999\n[*]\nindent_size = 4\n", ""},
		{"backwards", "[{1000..1}]\nindent_size = 4\n", ""},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ".editorconfig"), []byte("root = true\n"+tt.config), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := editorconfig.NewReader().Of(filepath.Join(dir, "azuredeploy.json"))
		if got := fmt.Sprint(err); tt.want == "" && err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}
