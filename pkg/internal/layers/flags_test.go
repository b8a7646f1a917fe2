package layers_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// flag matches a flag in a text: two hyphens and a letter, not within a longer
// line of hyphens.
var flag = regexp.MustCompile(`(?:^|[^-\w])--[a-z][a-z-]*`)

// otherPrograms matches flags that texts of the library can contain, because
// they belong to other programs.
var otherPrograms = regexp.MustCompile(`\baz (?:[a-z]+ ?)+[^.]*|var\(--[a-z]+\)|[{;]--[a-z]+:`)

// mayName are the files whose flags belong to other programs, or to an output
// that must not change.
var mayName = map[string]string{
	"pkg/internal/revision/revision.go": "runs git",
	"pkg/report/connections/text.go":    "prints commands of the Azure CLI",
	"pkg/report/trail/trail.go":         "the step is in JSON outputs, where its words are stable",
	"pkg/author/scaffold/readme.go":     "prints commands of the Azure CLI",
	"pkg/check/engine/template.go":      "prints the command of Bicep",
}

// TestLibraryNamesNoFlags wants texts of packages below pkg/app to be true for
// every caller: only commands know the names of their flags.
func TestLibraryNamesNoFlags(t *testing.T) {
	root := golden.Root(t)
	used := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(root, "pkg"), func(name string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, name)
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == "testdata" || rel == "pkg/app"):
			return fs.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		for _, text := range literals(t, name) {
			switch found := flag.FindString(otherPrograms.ReplaceAllString(text, " ")); {
			case found == "":
			case mayName[rel] != "":
				used[rel] = true
			default:
				t.Errorf("%s names the flag %s; name the field or the format, and let pkg/app/cli name flags: %.80q", rel, strings.TrimLeft(found, " (\"'"), text)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range mayName {
		if !used[name] {
			t.Errorf("%s names no flag any more; take it from the list", name)
		}
	}
}

// literals returns the strings of a Go file, without its comments.
func literals(t *testing.T, name string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, err := strconv.Unquote(l.Value)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, s)
		}
		return true
	})
	return all
}

func TestFlagPattern(t *testing.T) {
	for text, want := range map[string]bool{
		"give it with --parameters": true, "(--format json)": true, "--set x": true,
		"-----begin rsa": false, "a -- b": false, "az vmss show --query sku": false, "fill:var(--page)": false,
		":root{--bg:#fff;--ink:#1c2430}": false,
	} {
		if got := flag.MatchString(otherPrograms.ReplaceAllString(text, " ")); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
