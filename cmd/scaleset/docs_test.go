package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/app/cli"
)

// TestReadmeNamesCommands: the README says of every command what it does.
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

// TestDocsIndex: docs/README.md leads to every page beside it.
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

// TestLinks: what a page links to beside it is there. Pages beside rules are
// read as they stand in docs/rules.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)
	pages := 0
	err := filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (e.Name() == ".git" || e.Name() == "testdata" || path == "../../pkg" || strings.HasPrefix(e.Name(), "dist")):
			return fs.SkipDir
		case e.IsDir() || filepath.Ext(path) != ".md":
			return nil
		}
		pages++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s leads to %s, which is not there", filepath.ToSlash(path), m[1])
			}
		}
		return nil
	})
	if err != nil || pages == 0 {
		t.Fatalf("%d pages read: %v", pages, err)
	}
}
