package jsonc_test

import (
	"os"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// corpus calls f with every JSON file of the corpus.
func corpus(t testing.TB, f func(path string, text []byte)) {
	t.Helper()
	folders, _ := golden.Corpus(t)
	golden.WalkCorpus(t, folders, func(folder, path string) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f(strings.TrimPrefix(path, folder), text)
	})
}
