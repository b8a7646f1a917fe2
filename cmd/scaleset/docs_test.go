package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/app/cli"
)

// TestReadmeNamesCommands wants the README to describe every command.
func TestReadmeNamesCommands(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cli.Command(cli.System("")).Commands() {
		if c.Hidden || c.Name() == "help" {
			continue
		}
		if named := regexp.MustCompile("(?m)^\\|.*`scaleset " + c.Name() + "[ `]"); !named.Match(text) {
			t.Errorf("README.md has no row for scaleset %s", c.Name())
		}
	}
}

// TestDocsIndex wants docs/README.md to link to every page beside it.
func TestDocsIndex(t *testing.T) {
	text, err := os.ReadFile("../../docs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if name := filepath.Base(page); name != "README.md" && !strings.Contains(string(text), "("+name+")") {
			t.Errorf("docs/README.md does not name %s", name)
		}
	}
}

// TestLinks wants every link within the repository to have a target, and every
// fragment to be a heading or an anchor. Pages of rules are read in docs/rules.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:\s]*)(?:#([^)\s]*))?\)`)
	fence := regexp.MustCompile("(?ms)^```.*?^```|`[^`\n]*`")
	pages := 0
	err := filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == ".git" || e.Name() == "testdata" || e.Name() == "node_modules" || path == "../../pkg" || strings.HasPrefix(e.Name(), "dist")):
			return fs.SkipDir
		case e.IsDir() || filepath.Ext(path) != ".md":
			return nil
		}
		pages++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range link.FindAllStringSubmatch(fence.ReplaceAllString(string(text), ""), -1) {
			target := path
			if m[1] != "" {
				target = filepath.Join(filepath.Dir(path), m[1])
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which does not exist", filepath.ToSlash(path), m[1])
				continue
			}
			if m[2] != "" && filepath.Ext(target) == ".md" && !slices.Contains(anchors(t, target), m[2]) {
				t.Errorf("%s links to %s#%s, but that page has no such heading", filepath.ToSlash(path), m[1], m[2])
			}
		}
		return nil
	})
	if err != nil || pages == 0 {
		t.Fatalf("%d pages read: %v", pages, err)
	}
}

// anchors returns the fragments that a page has: its headings, as GitHub makes
// them, and its anchors.
func anchors(t *testing.T, page string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(string(text), -1) {
		plain := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		all = append(all, strings.ReplaceAll(plain, " ", "-"))
	}
	for _, m := range regexp.MustCompile(`<a id="([^"]*)">`).FindAllStringSubmatch(string(text), -1) {
		all = append(all, m[1])
	}
	return all
}
