package golden

import (
	"os"
	"path/filepath"
	"testing"
)

// Shared is the path of a file or a folder of the material that lies beside
// the module and is no part of it: published templates (corpus), answers
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
