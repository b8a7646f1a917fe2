package golden

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Shared returns the path of a file or a folder of material beside the module:
// published templates (corpus), recorded responses of the deployment service
// (oracle), facts. It skips the test if the material is not available; facts
// that must hold everywhere have a test without it.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{Root(t), "..", "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not beside the module", filepath.Join(append([]string{"shared"}, elem...)...))
	}
	return path
}

// Corpus returns folders of templates for tests that read many: the examples of
// this module, which every clone has, and the published templates of a folder
// of the corpus if they are available. published reports whether they are.
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
// the folder that contains it.
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
