package engine

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestIgnoreIsThatOfGit compares what discovery passes over with what git does,
// for every form that a pattern can have.
func TestIgnoreIsThatOfGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	run := func(in string, args ...string) string {
		t.Helper()
		cmd := exec.Command(git, args...)
		cmd.Dir = in
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("git %v: %v", args, err)
		}
		return string(out)
	}
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(".gitignore", `# a comment, and a line of nothing

/build
out/*
!out/keep.json
logs/
doc/frotz/
**/foo/**/bar.json
abc/**
tmp[0-9].json
neg[!a].json
\!bang.json
\#hash.json
neg/*
!neg/b.json
closed/
!closed/k/a.json
src/only/*.json
blank.json   
wi?d.json
`)
	write("nested/.gitignore", "a.json\n!tmp1.json\n/top.json\n")
	write("src/.gitignore", "!logs/\n")
	for _, name := range strings.Fields(`a.json keep.json build/x.json src/build/x.json src/out/a.json src/out/keep.json out/a.json out/keep.json
		out/sub/keep.json logs/x.json src/logs/y.json doc/frotz/a.json x/doc/frotz/a.json deep/1/foo/bar.json foo/a/b/bar.json
		foo/bar.json abc/x/y.json abc/z.json tmp1.json tmpa.json src/tmp1.json nega.json negb.json !bang.json #hash.json neg/a.json neg/b.json
		neg/sub/b.json closed/k/a.json closed/b.json src/only/a.json src/only/deep/a.json x/src/only/a.json blank.json wild.json wiild.json
		br{a,b}.json c.jsonc nested/a.json nested/b.json nested/tmp1.json nested/top.json nested/x/top.json nested/x/a.json`) {
		write(name, "{}")
	}
	run(dir, "init", "-q")
	for _, from := range []string{".", "src", "nested/x", "neg"} {
		listed := run(filepath.Join(dir, from), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
		var want, got []string
		for _, name := range strings.Split(listed, "\x00") {
			if isJSON(name) {
				want = append(want, name)
			}
		}
		for _, target := range first(discover(Folder(filepath.Join(dir, from)), []string{"."})) {
			got = append(got, target.path)
		}
		slices.Sort(want)
		slices.Sort(got)
		if len(want) == 0 {
			t.Errorf("git lists nothing in %s", from)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in %s (-git +discover):\n%s", from, diff)
		}
	}
}
