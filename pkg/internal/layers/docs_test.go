package layers_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/internal/layers"
)

// TestDependenciesPage wants docs/dependencies.md to have a row for each direct
// requirement of go.mod, and for no other module.
func TestDependenciesPage(t *testing.T) {
	root := golden.Root(t)
	cmd := exec.Command("go", "mod", "edit", "-json")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go mod edit: %v", err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Tool []struct{ Path string }
	}
	if err := json.Unmarshal(out, &mod); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, r := range mod.Require {
		ofTool := slices.ContainsFunc(mod.Tool, func(tool struct{ Path string }) bool { return strings.HasPrefix(tool.Path, r.Path+"/") })
		if !r.Indirect || ofTool {
			want = append(want, r.Path)
		}
	}
	if diff := cmp.Diff(sorted(want), sorted(rows(t, filepath.Join(root, "docs", "dependencies.md")))); diff != "" {
		t.Errorf("modules (-go.mod +docs/dependencies.md):\n%s", diff)
	}
}

// TestUsersOfDependencies wants docs/dependencies.md to name the packages that import each
// module of the program, ignoring test files.
func TestUsersOfDependencies(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(golden.Root(t), "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	m, count := module(t), 0
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| [^|]* \\| (`[^|]*) \\| [^|]* \\|$").FindAllStringSubmatch(string(text), -1) {
		var users []string
		for name, imports := range m.Packages {
			if slices.ContainsFunc(imports, func(path string) bool { return path == row[1] || strings.HasPrefix(path, row[1]+"/") }) {
				users = append(users, "`"+name+"`")
			}
		}
		if want := strings.Join(sorted(users), ", "); row[2] != want {
			t.Errorf("%s is used by %s; the page says %s", row[1], want, row[2])
		}
		count++
	}
	if count < 10 {
		t.Errorf("the page has %d rows with users", count)
	}
}

// TestArchitecturePage wants docs/architecture.md to have a row for each line
// of the table, in the same order.
func TestArchitecturePage(t *testing.T) {
	var want []string
	for _, l := range layers.Table() {
		want = append(want, l.Name)
	}
	if diff := cmp.Diff(want, rows(t, filepath.Join(golden.Root(t), "docs", "architecture.md"))); diff != "" {
		t.Errorf("packages (-layers.txt +docs/architecture.md):\n%s", diff)
	}
}

// rows returns the names in the first column of the tables of a page.
func rows(t *testing.T, page string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllStringSubmatch(string(text), -1) {
		names = append(names, m[1])
	}
	return names
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
