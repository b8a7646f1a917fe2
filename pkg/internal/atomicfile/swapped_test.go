package atomicfile

import (
	"os"
	"path/filepath"
	"testing"
)

// TestLinkAfterTheCheck puts a link out of the tree in the place of a folder, and of
// the file, between the check and the write: nothing outside changes.
func TestLinkAfterTheCheck(t *testing.T) {
	for _, tt := range []struct{ name, replaced string }{{"the folder", "sub"}, {"the file", "sub/t.json"}} {
		for _, exists := range []bool{true, false} {
			tree, outside := t.TempDir(), t.TempDir()
			victim := filepath.Join(outside, "t.json")
			file := filepath.Join(tree, "sub", "t.json")
			for _, name := range []string{victim, file} {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if !exists {
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
			j, err := prepare(File{Name: file, Text: []byte("new"), Within: []string{filepath.Dir(file), tree}})
			if err != nil {
				t.Fatal(err)
			}
			replaced, to := filepath.Join(tree, tt.replaced), outside
			if tt.replaced != "sub" {
				to = victim
			}
			_ = os.Rename(replaced, filepath.Join(tree, "away"))
			if err := os.Symlink(to, replaced); err != nil {
				t.Skip("no symbolic links here")
			}
			err = j.commit()
			j.cleanUp()
			if tt.replaced == "sub" && err == nil {
				t.Errorf("%s: the link is followed", tt.name)
			}
			if text, err := os.ReadFile(victim); err != nil || string(text) != "old" {
				t.Errorf("%s: the file outside holds %q (%v)", tt.name, text, err)
			}
			if entries, _ := os.ReadDir(outside); len(entries) != 1 {
				t.Errorf("%s: %d files outside", tt.name, len(entries))
			}
		}
	}
}
