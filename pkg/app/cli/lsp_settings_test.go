package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/policy"
)

// TestServerWithoutSettings: with --no-settings, the settings of a folder of the
// workspace are not read either.
func TestServerWithoutSettings(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, ".scaleset.yaml"), []byte("rules:\n  SS5003: off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, ignored := range []bool{false, true} {
		app, _, _ := testApp(t)
		app.common.NoSettings = ignored
		app.loadPolicy = func() (policy.Policy, error) { return policy.Policy{}, nil }
		p, err := (&lspOptions{app: app}).policyIn(folder)
		if err != nil {
			t.Fatal(err)
		}
		if read := p.Settings != nil; read == ignored {
			t.Errorf("NoSettings %t: the settings are read: %t", ignored, read)
		}
	}
}
