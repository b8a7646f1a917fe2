//go:build unix

package atomicfile_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/atomicfile"
)

// TestWriteKeepsHardLinks wants all links to refer to one file, whether its
// text grows or shrinks.
func TestWriteKeepsHardLinks(t *testing.T) {
	for _, text := range []string{"longer than before", "x", ""} {
		dir := t.TempDir()
		name, other := filepath.Join(dir, "a.json"), filepath.Join(dir, "b.json")
		write(t, name, "old text", 0o604)
		if err := os.Link(name, other); err != nil {
			t.Skip("no hard links here")
		}
		if err := atomicfile.Write(atomicfile.File{Name: name, Text: []byte(text), Was: []byte("old text")}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]string{"a.json": text, "b.json": text}, contents(t, dir)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		a, _ := os.Stat(name)
		b, _ := os.Stat(other)
		if !os.SameFile(a, b) || a.Mode().Perm() != 0o604 {
			t.Errorf("two files now, or another mode: %v %v", a.Mode(), b.Mode())
		}
	}
}

// TestWriteLeavesPipesAlone wants a pipe in place of a file that was read not
// to block.
func TestWriteLeavesPipesAlone(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.json")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Skip("no pipes here")
	}
	err := atomicfile.Write(atomicfile.File{Name: name, Text: []byte("new"), Was: []byte("old")})
	if err == nil || !strings.Contains(err.Error(), "it is a pipe or a device") {
		t.Errorf("got %v", err)
	}
}

// TestWriteKeepsOwner wants files of other users that root writes to keep their
// owner.
func TestWriteKeepsOwner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can change the owner of a file")
	}
	name := filepath.Join(t.TempDir(), "a.json")
	write(t, name, "old", 0o640)
	if err := os.Chown(name, 65534, 65533); err != nil {
		t.Skip("a file cannot be given away here: ", err)
	}
	if err := atomicfile.Write(atomicfile.File{Name: name, Text: []byte("new")}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if stat := info.Sys().(*syscall.Stat_t); stat.Uid != 65534 || stat.Gid != 65533 || info.Mode().Perm() != 0o640 {
		t.Errorf("owner %d:%d, mode %v", stat.Uid, stat.Gid, info.Mode())
	}
}

// TestWriteAsksForTheRight wants a file without write permission not to be
// replaced. Root can write everything; cmd/scaleset has the same test with
// another user.
func TestWriteAsksForTheRight(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everything")
	}
	name := filepath.Join(t.TempDir(), "a.json")
	write(t, name, "old", 0o444)
	if err := atomicfile.Write(atomicfile.File{Name: name, Text: []byte("new")}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(map[string]string{"a.json": "old"}, contents(t, filepath.Dir(name))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
