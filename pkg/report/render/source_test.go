package render_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestPagesAreTemplates wants no tag of HTML or SVG in a string of the writers: pages
// and pictures are files of html/template, which escapes what is put into them.
// Markdown has a few tags of its own.
func TestPagesAreTemplates(t *testing.T) {
	tag := regexp.MustCompile(`</?(?:html|head|body|main|style|script|section|article|header|nav|div|span|p|h[1-6]|table|thead|tbody|t[rdh]|ul|li|dl|dt|dd|a|b|i|code|pre|mark|details|summary|svg|g|rect|text|tspan|path|title)[ >/]`)
	read := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || filepath.Base(name) == "markdown.go" {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		read++
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			at := set.Position(literal.Pos())
			own := strings.HasSuffix(name, filepath.Join("render", "page.go")) || strings.Contains(text, "<br/>") // a template; Mermaid
			if found := tag.FindString(text); found != "" && !own {
				t.Errorf("%s:%d writes the tag %s; put it into a template", filepath.ToSlash(name), at.Line, found)
			}
			return true
		})
		return nil
	})
	if err != nil || read < 40 {
		t.Fatalf("%d files, %v", read, err)
	}
}
