package settings

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOutside wants settings to name files below their own folder only.
func TestOutside(t *testing.T) {
	top := t.TempDir()
	tree := filepath.Join(top, "tree")
	for _, folder := range []string{"tree/sub", "outside"} {
		if err := os.MkdirAll(filepath.Join(top, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"tree/in.json", "outside/x.json"} {
		if err := os.WriteFile(filepath.Join(top, file), []byte("{}"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("../outside/x.json", filepath.Join(tree, "link.json")); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := os.Symlink("../outside", filepath.Join(tree, "folder")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(tree, Name)
	for _, key := range Keys() {
		if key.Kind != File && key.Kind != Files {
			continue
		}
		for value, want := range map[string]string{
			"in.json": "", "sub/new.json": "", filepath.Join(tree, "in.json"): "",
			"../outside/x.json": "is not below", "..": "is not below", filepath.Join(top, "outside", "x.json"): "is not below", "/proc/self/environ": "is not below",
			"link.json": "leads out", "folder/x.json": "leads out", "folder/new.json": "leads out",
		} {
			if err := os.WriteFile(file, []byte(key.Name+": "+value+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := Load(file, Name, Checks{})
			switch {
			case want == "" && err != nil:
				t.Errorf("%s: %s: %v", key.Name, value, err)
			case want != "" && (err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "--"+key.Name+" on the command line")):
				t.Errorf("%s: %s: %v, want %q and the remedy", key.Name, value, err, want)
			}
		}
	}
	block := "paths:\n- match: x\n  parameters: [in.json, ../outside/x.json]\n"
	if err := os.WriteFile(file, []byte(block), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(file, Name, Checks{}); err == nil || !strings.Contains(err.Error(), ":3:3: parameters:") {
		t.Errorf("in an item of paths: %v", err)
	}
}

// TestLinkedSettings wants a link not to be followed, and nothing of what it
// leads to in the message.
func TestLinkedSettings(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "shadow"), []byte("root:*:20228:0:99999\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("shadow", filepath.Join(folder, Name)); err != nil {
		t.Skip("no symbolic links here")
	}
	name := Find(folder)
	_, err := Load(name, Name, Checks{})
	if err == nil || !strings.Contains(err.Error(), "is a link") || strings.Contains(err.Error(), "20228") {
		t.Errorf("%q: %v", name, err)
	}
}
