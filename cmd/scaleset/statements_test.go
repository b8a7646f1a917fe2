package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestStatements wants the tests that docs/testing.md names for fixed bugs to
// exist.
func TestStatements(t *testing.T) {
	text, err := os.ReadFile("../../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "## Corrected answers of the previews")
	section, _, _ = strings.Cut(section, "\n## ")
	named := regexp.MustCompile("((?:`\\w+`(?:, )?)+)(?: \\(`([^`]+)`\\))?")
	rows := 0
	for line := range strings.Lines(section) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || !strings.Contains(cells[2], "`") {
			continue
		}
		rows++
		for _, m := range named.FindAllStringSubmatch(cells[2], -1) {
			for _, name := range strings.FieldsFunc(m[1], func(r rune) bool { return r == '`' || r == ',' || r == ' ' }) {
				if !exists(t, name, m[2]) {
					t.Errorf("there is no test %s in %q: %s", name, m[2], cells[1])
				}
			}
		}
	}
	if rows < 20 {
		t.Errorf("%d statements were found, want 20 or more", rows)
	}
}

// exists reports whether a package has a test of that name, or testdata/script a
// script.
func exists(t *testing.T, name, pkg string) bool {
	t.Helper()
	if pkg == "" {
		_, err := os.Stat(filepath.Join("testdata", "script", name+".txtar"))
		return err == nil
	}
	files, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pkg), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "func "+name+"(") {
			return true
		}
	}
	return false
}
