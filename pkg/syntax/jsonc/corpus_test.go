package jsonc_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// corpus calls f with every JSON file beside the module, or skips the test.
func corpus(t testing.TB, f func(path string, text []byte)) {
	t.Helper()
	root := golden.Shared(t, "corpus")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".json") {
			return err
		}
		text, err := os.ReadFile(path)
		if err == nil {
			f(strings.TrimPrefix(path, root), text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
