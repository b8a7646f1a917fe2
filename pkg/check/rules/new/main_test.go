package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestWrite adds a rule to a copy of a real family, and adds it again.
func TestWrite(t *testing.T) {
	root := t.TempDir()
	family := filepath.Join(root, "profile")
	if err := os.CopyFS(family, os.DirFS(filepath.Join(golden.Root(t), "pkg", "check", "rules", "profile"))); err != nil {
		t.Fatal(err)
	}
	written, err := write(root, "SS4998", "first-attempt", "profile")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"ss4998_first_attempt.go", "ss4998_first_attempt.md", "testdata/ss4998/bad_literal.json", "testdata/ss4998/good_literal.json", "profile.go",
	} {
		if got, _ := filepath.Rel(family, written[i]); filepath.ToSlash(got) != want {
			t.Errorf("file %d is %s, want %s", i, got, want)
		}
	}
	for file, want := range map[string]string{
		"profile.go":                       "\n\t\tfirstAttempt,\n\t}\n",
		"ss4998_first_attempt.go":          `Code: "SS4998", Name: "first-attempt"`,
		"ss4998_first_attempt.md":          "# SS4998 first-attempt\n",
		"testdata/ss4998/bad_literal.json": "// want SS4998",
	} {
		text, err := os.ReadFile(filepath.Join(family, filepath.FromSlash(file)))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s lacks %q (%v)", file, want, err)
		}
	}
	for _, bad := range []struct{ code, name, family, want string }{
		{"SS4998", "second-attempt", "profile", "code SS4998 is in use"},
		{"SS4997", "first-attempt", "profile", "name first-attempt is in use"},
		{"4997", "other", "profile", `invalid code "4997"`},
		{"SS4997", "Other", "profile", `invalid name "Other"`},
		{"SS4997", "other", "../elsewhere", "unknown family"},
		{"SS4997", "other", "nowhere", "unknown family"},
	} {
		if _, err := write(root, bad.code, bad.name, bad.family); err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("%s %s %s: error %v, want %q", bad.code, bad.name, bad.family, err, bad.want)
		}
	}
}
