package confine_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/confine"
)

func TestBelow(t *testing.T) {
	top := t.TempDir()
	tree := filepath.Join(top, "tree")
	for _, folder := range []string{"tree/sub", "outside", "treehouse"} {
		if err := os.MkdirAll(filepath.Join(top, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"tree/a", "tree/sub/b", "outside/c", "treehouse/d"} {
		if err := os.WriteFile(filepath.Join(top, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range map[string]string{
		"inside": "sub/b", "absolute": filepath.Join(tree, "a"), "out": "../outside/c", "folder": "../outside", "nowhere": "../outside/none", "sub/up": "..", "loop": "loop",
	} {
		if err := os.Symlink(target, filepath.Join(tree, name)); err != nil {
			t.Skip("no symbolic links here")
		}
	}
	for name, want := range map[string]string{
		"a": "ok", "sub/b": "ok", "new": "ok", "sub/new/er": "ok", "inside": "ok", "absolute": "ok", "sub/up/a": "ok", ".": "ok",
		"../outside/c": "name", "../treehouse/d": "name", "..": "name",
		"out": "link", "folder/c": "link", "folder/new": "link", "nowhere": "link", "folder": "link", "sub/up/folder/c": "link",
		"loop": "other",
	} {
		_, err := confine.Below(tree, filepath.Join(tree, name))
		var outside *confine.OutsideError
		got := "ok"
		switch {
		case errors.As(err, &outside) && outside.Link:
			got = "link"
		case errors.As(err, &outside):
			got = "name"
		case err != nil:
			got = "other"
		}
		if got != want {
			t.Errorf("%s: %s (%v), want %s", name, got, err, want)
		}
	}
}
