package engine_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// TestOverlayBelow reads files of a folder by the functions of package fs: their
// names are those below the folder, not those of the overlay.
func TestOverlayBelow(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a.json": "above", "b/a.json": "below"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	below := engine.Overlay{Base: engine.Folder(dir), Texts: map[string][]byte{"b/c.json": []byte("new")}}.Below("b")
	for name, want := range map[string]string{"a.json": "below", "c.json": "new"} {
		text, err := fs.ReadFile(below, name)
		if err != nil || string(text) != want {
			t.Errorf("%s is %q, %v; want %q", name, text, err, want)
		}
		if info, err := fs.Stat(below, name); err != nil || info.Size() != int64(len(want)) {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if _, err := fs.ReadFile(below, "../a.json"); err == nil {
		t.Error("a file above the folder is read")
	}
}
