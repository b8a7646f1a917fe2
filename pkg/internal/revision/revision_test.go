package revision_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/revision"
)

// repository creates a repository with two commits in a folder of its own.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	run := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run("init", "-q", "-b", "main")
	write("a.json", "old")
	write("sub/b.json", "inner")
	run("add", ".")
	run("commit", "-q", "-m", "one")
	write("a.json", "new")
	run("commit", "-q", "-a", "-m", "two")
	return dir
}

func TestTree(t *testing.T) {
	dir := repository(t)
	tests := []struct{ dir, name, want string }{
		{dir, "HEAD~1:a.json", "old"},
		{dir, "main:a.json", "new"},
		{dir, "HEAD:sub/b.json", "inner"},
		{filepath.Join(dir, "sub"), "HEAD:b.json", "inner"},
		{filepath.Join(dir, "sub"), "HEAD:a.json", "new"},
		{filepath.Join(dir, "sub"), "HEAD:../a.json", "new"},
	}
	for _, tt := range tests {
		tree, name, err := revision.Open(tt.dir, tt.name)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got, err := tree.ReadFile(name)
		if diff := cmp.Diff(tt.want, string(got)); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", tt.name, err, diff)
		}
	}
}

func TestFolder(t *testing.T) {
	tree, name, err := revision.Open(repository(t), "HEAD:a.json")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := tree.ReadDir(strings.TrimSuffix(name, "/a.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if diff := cmp.Diff([]string{"a.json", "sub"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	text, err := fs.ReadFile(tree.Below("HEAD:."), "sub/b.json")
	if err != nil || string(text) != "inner" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := tree.Below("HEAD:.").Open("../a.json"); err == nil {
		t.Error("a name leads out of the folder")
	}
	if _, err := tree.Stat("HEAD:./nothing"); err == nil {
		t.Error("there is a file that is not there")
	}
	if _, err := tree.ReadFile("main:a.json"); err == nil {
		t.Error("a tree reads another revision")
	}
}

func TestMistakes(t *testing.T) {
	dir := repository(t)
	for name, want := range map[string]string{
		"HEAD:c.json":      "c.json",
		"nothing:a.json":   "nothing",
		"HEAD:sub":         "folder",
		"--output=x:a":     "not of the form",
		"a.json":           "not of the form",
		"C:/a.json":        "not of the form",
		"HEAD:a\njson":     "not of the form",
		"--exec=x y:a":     "not of the form",
		"HEAD --x:a.json":  "not of the form",
		":a.json":          "not of the form",
		"HEAD:":            "not of the form",
		"HEAD~1:--version": "version",
	} {
		if _, _, err := revision.Open(dir, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want a mistake about %q", name, err, want)
		}
	}
}

// TestLimit wants a file above the limit to be rejected while git still writes
// it, without being kept in memory. The blob consists of zeros, which git
// compresses well.
func TestLimit(t *testing.T) {
	dir := repository(t)
	const size = 40 << 20
	if err := os.WriteFile(filepath.Join(dir, "large.json"), make([]byte, size), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"add", "large.json"}, {"commit", "-q", "-m", "large"}} {
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=n", "-c", "user.email=e@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	tree, name, err := revision.Open(dir, "HEAD:large.json")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := tree.ReadFile(name); err == nil || !strings.Contains(err.Error(), "it has more than 33554432 bytes") {
		t.Errorf("%d bytes are read, error %v", len(text), err)
	}
}

func TestExists(t *testing.T) {
	dir := t.TempDir()
	if revision.Exists(dir, "HEAD") {
		t.Error("HEAD exists outside of a repository")
	}
	for _, args := range [][]string{{"init", "-q"}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--no-gpg-sign", "--allow-empty", "-m", "a"}} {
		cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("git %q: %v: %s", args, err, out)
		}
	}
	for name, want := range map[string]bool{"HEAD": true, "HEAD~0": true, "HEAD~1": false, "nix": false, "": false, "-x": false, "HEAD:a": false} {
		if got := revision.Exists(dir, name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
