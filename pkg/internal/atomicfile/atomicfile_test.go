package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
)

func write(t *testing.T, name, text string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}

// contents returns the names in a folder with their text.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			text = []byte(err.Error())
		}
		found[e.Name()] = string(text)
	}
	return found
}

func TestWriteKeepsMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	name := filepath.Join(t.TempDir(), "a.json")
	write(t, name, "old", 0o640)
	if err := atomicfile.Write(atomicfile.File{Name: name, Text: []byte("new")}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o640 {
		t.Errorf("mode %o, want 640", info.Mode().Perm())
	}
	if diff := cmp.Diff(map[string]string{"a.json": "new"}, contents(t, filepath.Dir(name))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWriteFollowsLinks(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target.json"), filepath.Join(dir, "link.json")
	write(t, target, "old", 0o600)
	if err := os.Symlink("target.json", link); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := atomicfile.Write(atomicfile.File{Name: link, Text: []byte("new")}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is no longer a link: %v %v", info, err)
	}
	if diff := cmp.Diff(map[string]string{"target.json": "new", "link.json": "new"}, contents(t, dir)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestWriteAllOrNothing wants no file to be written, and no other file to be
// left, if one cannot be written.
func TestWriteAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	first, taken := filepath.Join(dir, "first.json"), filepath.Join(dir, "taken.json")
	write(t, first, "old", 0o600)
	write(t, taken, "taken", 0o600)
	err := atomicfile.Write(
		atomicfile.File{Name: first, Text: []byte("new")},
		atomicfile.File{Name: taken, Text: []byte("new"), New: true},
	)
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v, want one that says that the file exists", err)
	}
	if diff := cmp.Diff(map[string]string{"first.json": "old", "taken.json": "taken"}, contents(t, dir)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	err = atomicfile.Write(atomicfile.File{Name: first, Text: []byte("new")}, atomicfile.File{Name: filepath.Join(dir, "none", "x.json")})
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want one that says that the folder is missing", err)
	}
	if diff := cmp.Diff(map[string]string{"first.json": "old", "taken.json": "taken"}, contents(t, dir)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWriteLeavesAlone(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first.json"), filepath.Join(dir, "second.json")
	tests := []struct {
		name string
		do   func()
		want error
		left map[string]string
	}{
		{"a file that was changed", func() { write(t, second, "newer", 0o600) }, atomicfile.ErrChanged, map[string]string{"first.json": "old", "second.json": "newer"}},
		{"what has as many bytes", func() { write(t, second, "odl", 0o600) }, atomicfile.ErrChanged, map[string]string{"first.json": "old", "second.json": "odl"}},
		{"what is gone", func() { os.Remove(second) }, fs.ErrNotExist, map[string]string{"first.json": "old"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			write(t, first, "old", 0o600)
			write(t, second, "old", 0o600)
			tt.do()
			err := atomicfile.Write(
				atomicfile.File{Name: first, Text: []byte("new"), Was: []byte("old")},
				atomicfile.File{Name: second, Text: []byte("new"), Was: []byte("old")},
			)
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if diff := cmp.Diff(tt.left, contents(t, dir)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	write(t, first, "old", 0o600)
	write(t, second, "old", 0o600)
	if err := atomicfile.Write(atomicfile.File{Name: first, Text: []byte("new"), Was: []byte("old")}); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(map[string]string{"first.json": "new", "second.json": "old"}, contents(t, dir)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
