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
		root, path, opened := confine.Open(filepath.Join(tree, name), tree)
		if (opened == nil) != (err == nil) || opened != nil && opened.Error() != err.Error() {
			t.Errorf("%s: opened with %v, want %v", name, opened, err)
		}
		if opened == nil {
			_, inside := root.Stat(path)
			_, plain := os.Stat(filepath.Join(tree, name))
			if (inside == nil) != (plain == nil) {
				t.Errorf("%s is %s in the root: %v", name, path, inside)
			}
			root.Close()
		}
	}
	if root, path, err := confine.Open(filepath.Join(tree, "sub", "b"), filepath.Join(tree, "sub"), tree); err != nil || path != filepath.Join("sub", "b") {
		t.Errorf("in two folders: %s, %v", path, err)
	} else {
		root.Close()
	}
}

// TestWords checks the messages about a name that leads out, and about a name
// that is not a file.
func TestWords(t *testing.T) {
	for _, tt := range []struct {
		err  *confine.OutsideError
		want string
	}{
		{&confine.OutsideError{Name: "../x", Folder: "tree"}, "../x is not below tree"},
		{&confine.OutsideError{Name: "x", Folder: "tree", Link: true}, "x is a link, or is reached through one, that leads out of tree"},
	} {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
	for name, want := range map[string]bool{"tree/a": true, "tree": true, "tree/../tree/a": true, "treehouse": false, "tree/../a": false, ".": false} {
		if confine.Contains("tree", name) != want {
			t.Errorf("tree contains %s: want %t", name, want)
		}
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "f")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, folder, filepath.Join(folder, "none")} {
		if err := confine.Regular(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(os.DevNull); err == nil {
		if err := confine.Regular(os.DevNull); err == nil || err.Error() != "it is a pipe or a device" {
			t.Errorf("a device: %v", err)
		}
	}
	// A name that cannot be accessed is neither inside nor outside.
	for _, name := range []string{filepath.Join(file, "below"), filepath.Join(folder, "none", "deeper")} {
		_, err := confine.Below(folder, name)
		var outside *confine.OutsideError
		if errors.As(err, &outside) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := confine.Below(filepath.Join(folder, "none"), filepath.Join(folder, "none", "x")); err == nil {
		t.Error("a folder that is not there holds a file")
	}
}
