package golden

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Shared is the path of a file or a folder of the material that lies beside
// the module and is not a part of it: published templates (corpus), answers
// recorded of the engine (oracle), facts. The test is skipped where it is not
// at hand; what has to hold everywhere has a test that does without.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{Root(t), "..", "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not beside the module", filepath.Join(append([]string{"shared"}, elem...)...))
	}
	return path
}

// Corpus are the folders of templates for tests that read many: the examples
// of this module, which every clone has, and the published templates of that
// folder of the corpus where they lie beside it. published tells whether they do.
func Corpus(t testing.TB, elem ...string) (folders []string, published bool) {
	t.Helper()
	root := Root(t)
	folders = []string{filepath.Join(root, "examples")}
	beside := filepath.Join(append([]string{root, "..", "shared", "corpus"}, elem...)...)
	if _, err := os.Stat(beside); err != nil {
		return folders, false
	}
	return append(folders, beside), true
}

// WalkCorpus calls f with the path of every JSON file of the folders, and with
// the folder that it lies in.
func WalkCorpus(t testing.TB, folders []string, f func(folder, path string)) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && filepath.Ext(path) == ".json" {
				f(folder, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
