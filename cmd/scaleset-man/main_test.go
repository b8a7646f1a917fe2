package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestWrite wants every command to have a page, the same in each run.
func TestWrite(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1767225600")
	first, second := t.TempDir(), filepath.Join(t.TempDir(), "new")
	for _, dir := range []string{first, second} {
		if err := write(dir); err != nil {
			t.Fatal(err)
		}
	}
	for page, want := range map[string]string{"scaleset.1": "Jan 2026", "scaleset-fmt.1": `.TH "SCALESET\-FMT" "1"`, "scaleset-lint.1": `\-\-write\-baseline`, "scaleset-simulate.1": "capacity"} {
		a, err := os.ReadFile(filepath.Join(first, page))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(second, page))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s is different each time", page)
		}
		if !bytes.Contains(a, []byte(want)) && !bytes.Contains(a, bytes.ReplaceAll([]byte(want), []byte(`\-`), []byte("-"))) {
			t.Errorf("%s lacks %q", page, want)
		}
	}
}
