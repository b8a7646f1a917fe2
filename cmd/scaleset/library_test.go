package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// programs matches the Go blocks of a page, each with the text block after it.
var programs = regexp.MustCompile("(?s)```go\n(.*?)```\n\n```text\n(.*?)```")

// TestLibrary compiles and runs the programs of docs/library.md, and compares
// their output with the page.
func TestLibrary(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles programs")
	}
	page, err := os.ReadFile("../../docs/library.md")
	if err != nil {
		t.Fatal(err)
	}
	all := programs.FindAllStringSubmatch(string(page), -1)
	if len(all) < 3 {
		t.Fatalf("docs/library.md has %d programs with their output, want 3 and more", len(all))
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, program := range all {
		name := filepath.Join(t.TempDir(), "main.go")
		if err := os.WriteFile(name, []byte(program[1]), 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("go", "run", name)
		cmd.Dir = root
		got, err := cmd.CombinedOutput()
		if err != nil || string(got) != program[2] {
			t.Errorf("%v, got:\n%s\nwant:\n%s\nof:\n%s", err, got, program[2], program[1])
		}
	}
}
