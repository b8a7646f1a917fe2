package wording_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// A habit is a phrase that a native speaker does not say, and what to write
// instead.
type habit struct {
	phrase  *regexp.Regexp
	instead string
}

var habits = []habit{
	{regexp.MustCompile(`(?i)\b(?:is|was|be) +no +(?:property|known|severity|name|value|number|reference|place|template|resource|parameter|JSON|secret|type|text|integer|boolean|list|array|object|instance|scale +set)\b`), "is not a ..."},
	{regexp.MustCompile(`(?i)at +most +\S+ +may\b`), "the limit is ..."},
	{regexp.MustCompile(`(?i)people +get +in`), "login is enabled"},
	{regexp.MustCompile(`(?i)the +service +(?:does +not +)?minds?\b`), "Azure rejects, Azure ignores"},
	{regexp.MustCompile(`(?i)\bmade +up\b`), "assumed, placeholder"},
	{regexp.MustCompile(`(?i)\bmend(?:s|ed|ing)?\b`), "fix"},
	{regexp.MustCompile(`(?i)nobody +(?:said|gave)`), "was not given"},
	{regexp.MustCompile(`(?i)\bis +none +of\b`), "is not one of, unknown value"},
	{regexp.MustCompile(`(?i)\bwithout +case\b`), "case-insensitive, ignoring case"},
	{regexp.MustCompile(`(?i)\btold +once\b`), "reported once"},
	{regexp.MustCompile(`(?i)\bwhat +stands\b`), "what is there, the text"},
	{regexp.MustCompile(`(?i)\bpassed +over\b`), "skip"},
	{regexp.MustCompile(`(?i)\bwho(?:ever)? +deploys\b`), "at deployment, the user"},
	{regexp.MustCompile(`(?i)\bfor +who\b`), "for readers, for the author of, on hover"},
	{regexp.MustCompile(`(?i)\bwaits? +for +who\b`), "blocks until"},
	{regexp.MustCompile(`(?i)\bfor +ever\b`), "forever, without a limit"},
	{regexp.MustCompile(`(?i)\b(?:is|are|keeps?) +silent +about\b`), "does not report"},
	{regexp.MustCompile(`(?i)\bthe +way +of +the +value\b`), "the trail"},
	{regexp.MustCompile(`(?i)\ball +the +same\b`), "anyway, still"},
	{regexp.MustCompile(`(?i)\bforgiv(?:e|es|ing)\b`), "downgrade to a warning, ignore"},
	{regexp.MustCompile(`(?i)\bsomebody\b`), "the user, the caller, someone; or the passive"},
	{regexp.MustCompile(`(?i)\bthe +service +(?:refuses|takes)\b`), "Azure rejects, Azure accepts"},
	{regexp.MustCompile(`(?i)\bonly +(?:the|a) +deployment +can +tell\b`), "is known only at deployment"},
	{regexp.MustCompile(`(?i)\bwhat +nobody\b`), "without, was not given"},
}

// TestHabits reads everything that people read.
func TestHabits(t *testing.T) {
	root := golden.Root(t)
	var files []string
	for _, top := range []string{"cmd", "pkg", "schemas", "docs", "examples", "editors", "web", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, e fs.DirEntry, err error) error {
			switch {
			case os.IsNotExist(err):
				return nil
			case err != nil:
				return err
			case e.IsDir() && (e.Name() == "testdata" || e.Name() == "node_modules" || e.Name() == "dist" || e.Name() == "facts"):
				return fs.SkipDir
			case e.IsDir() || !slices.Contains([]string{".go", ".md", ".html", ".ts"}, filepath.Ext(name)):
				return nil
			}
			files = append(files, name)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range files {
		rel, err := filepath.Rel(root, name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range find(string(text)) {
			t.Errorf("%s:%s", filepath.ToSlash(rel), found)
		}
	}
}

// find lists the habits of a text, each with its line and what to write instead.
func find(text string) (all []string) {
	for i, line := range strings.Split(text, "\n") {
		for _, h := range habits {
			if m := h.phrase.FindString(line); m != "" {
				all = append(all, fmt.Sprintf("%d: %q: write: %s", i+1, m, h.instead))
			}
		}
	}
	return all
}

// TestFind: the phrases are put together here, so that TestHabits passes this file.
func TestFind(t *testing.T) {
	const is, most = "is no", "at most"
	for text, want := range map[string]string{
		"a\nit " + is + " number":                    `2: "` + is + ` number": write: is not a ...`,
		"41 instances share it, " + most + " 40 may": `1: "` + most + ` 40 may": write: the limit is ...`,
		"there " + is + " parameter 'a'":             `1: "` + is + ` parameter": write: is not a ...`,
		"the template does not define parameter 'a'": "",
		"it " + is + " longer needed":                "",
	} {
		if got := strings.Join(find(text), "\n"); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}
