package engine

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// memory is the Files of a test.
type memory struct{ fstest.MapFS }

func (m memory) ReadFile(name string) ([]byte, error) { return fs.ReadFile(m.MapFS, name) }

func (m memory) Below(folder string) fs.FS {
	sub, err := fs.Sub(m.MapFS, folder)
	if err != nil {
		return fstest.MapFS{}
	}
	return sub
}

func newMemory(files map[string]string) memory {
	m := memory{fstest.MapFS{}}
	for name, text := range files {
		m.MapFS[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func TestDiscover(t *testing.T) {
	files := newMemory(map[string]string{
		".git/config":              "",
		".gitignore":               "/out/\n*.gen.json\n!keep.gen.json\n# comment\n\nb/**/deep.json\n",
		"a.json":                   "",
		"a.parameters.json":        "",
		"b/one.json":               "",
		"b/two.jsonc":              "",
		"b/notes.txt":              "",
		"b/x/deep.json":            "",
		"b/x/.gitignore":           "local.json\n",
		"b/x/local.json":           "",
		"b/x/other.json":           "",
		"out/built.json":           "",
		"c/out/kept.json":          "",
		"c/made.gen.json":          "",
		"c/keep.gen.json":          "",
		".vscode/settings.json":    "",
		"d/{odd}/[name].json":      "",
		"d/.hidden/secret.json":    "",
		"d/literal{1}.gen.json.gz": "",
	})
	tests := []struct {
		name string
		args []string
		want []string
	}{
		{"a folder, recursively", []string{"."}, []string{"a.json", "a.parameters.json", "b/one.json", "b/two.jsonc", "b/x/other.json", "c/keep.gen.json", "c/out/kept.json", "d/{odd}/[name].json"}},
		{"a folder below honours what is above it", []string{"b/x"}, []string{"b/x/other.json"}},
		{"a named file is taken though it is ignored", []string{"c/made.gen.json"}, []string{"c/made.gen.json!"}},
		{"a file with signs of a pattern in its name", []string{"d/{odd}/[name].json"}, []string{"d/{odd}/[name].json!"}},
		{"a pattern", []string{"b/*.json"}, []string{"b/one.json"}},
		{"a pattern over folders", []string{"**/o*.json"}, []string{"b/one.json", "b/x/other.json"}},
		{"a pattern with alternatives", []string{"{a,b/one}.json"}, []string{"a.json", "b/one.json"}},
		{"each file once, named wins", []string{"b", "./b/one.json", "b/"}, []string{"b/one.json!", "b/two.jsonc", "b/x/other.json"}},
		{"a file that is not there", []string{"nope.json"}, []string{"nope.json! file does not exist"}},
		{"a pattern without files", []string{"b/*.bicep"}, []string{"b/*.bicep! no JSON file matches the pattern"}},
		{"a pattern in a folder that is not there", []string{"nope/**/*.json"}, []string{"nope/**/*.json! no JSON file matches the pattern"}},
		{"a pattern that is none", []string{"b/[.json"}, []string{"b/[.json! the pattern is not well formed"}},
		{"standard input", []string{"-"}, []string{"-!"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, target := range first(discover(files, tt.args)) {
				s := target.path
				if target.named {
					s += "!"
				}
				if target.err != nil {
					s += " " + reason(target.err)
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestParameterFilesOf(t *testing.T) {
	files := newMemory(map[string]string{
		"w/azuredeploy.json":                  "",
		"w/azuredeploy.parameters.json":       "",
		"w/azuredeploy.parameters.prod.json":  "",
		"w/AzureDeploy.Parameters.Test.jsonc": "",
		"w/azuredeploy2.parameters.json":      "",
		"w/azuredeploy.parameters.txt":        "",
		"w/azuredeploy.parametersx.json":      "",
		"main.parameters.json":                "",
	})
	tests := []struct {
		template string
		want     []string
	}{
		{"w/azuredeploy.json", []string{"w/AzureDeploy.Parameters.Test.jsonc", "w/azuredeploy.parameters.json", "w/azuredeploy.parameters.prod.json"}},
		{"w/azuredeploy2.json", []string{"w/azuredeploy2.parameters.json"}},
		{"w/none.json", nil},
		{"main.jsonc", []string{"main.parameters.json"}},
		{"nope/main.json", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, first(parameterFilesOf(files, tt.template, "."))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.template, diff)
		}
	}
}

func first[T, U any](a T, _ U) T { return a }

// TestIgnoresAboveAnAbsoluteFolder: those of its repository count, and where there is
// none, those above belong to someone else.
func TestIgnoresAboveAnAbsoluteFolder(t *testing.T) {
	top := t.TempDir()
	folder := filepath.Join(top, "a", "b")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{filepath.Join(top, ".gitignore"): "t.json\n", filepath.Join(folder, "t.json"): "{}"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	find := func() int {
		found, _ := Discover(Folder(""), []string{filepath.ToSlash(folder)})
		return len(found)
	}
	if n := find(); n != 1 {
		t.Errorf("%d files without a repository, want 1", n)
	}
	if err := os.Mkdir(filepath.Join(top, ".git"), 0o700); err != nil {
		t.Fatal(err)
	}
	if n := find(); n != 0 {
		t.Errorf("%d files in a repository that ignores them, want 0", n)
	}
}
