package whatif_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// The library names fields, never flags of the command line; what other tools
// take is not ours.
func TestNoFlags(t *testing.T) {
	flag := regexp.MustCompile(`(^|[^\w-])--[a-z]`)
	files := 0
	for _, folder := range []string{"pkg/capacity", "pkg/azure/limits", "pkg/review"} {
		err := filepath.WalkDir(filepath.Join(golden.Root(t), folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			files++
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				text, ok := n.(*ast.BasicLit)
				if ok && text.Kind == token.STRING && flag.MatchString(text.Value) && !strings.Contains(text.Value, "az vm") && !strings.Contains(text.Value, "kubectl ") {
					t.Errorf("%s: %s", path, text.Value)
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 30 {
		t.Errorf("%d files were read", files)
	}
}
