package ruletest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Run validates the rules, executes their pages and checks their templates, all
// of which are in the folder of the package under test.
func Run(t *testing.T, rules []*lint.Rule) {
	if err := lint.Validate(rules); err != nil {
		t.Errorf("the list of rules:\n%v", err)
	}
	checkFolders(t, rules)
	for _, r := range rules {
		t.Run(string(r.Code), func(t *testing.T) {
			t.Run("page", func(t *testing.T) { runPage(t, r) })
			runTemplates(t, r)
		})
	}
}

// checkFolders: a folder of templates whose rule is not in the list tests
// nothing.
func checkFolders(t *testing.T, rules []*lint.Rule) {
	folders, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if strings.HasPrefix(f.Name(), "ss") && !slices.ContainsFunc(rules, func(r *lint.Rule) bool { return strings.EqualFold(string(r.Code), f.Name()) }) {
			t.Errorf("testdata/%s belongs to no rule of the list", f.Name())
		}
	}
}

func runTemplates(t *testing.T, r *lint.Rule) {
	dir := filepath.Join("testdata", strings.ToLower(string(r.Code)))
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatalf("a rule has templates: %v", err)
	}
	count := map[string]int{}
	for _, e := range entries {
		kind, _, ok := strings.Cut(e.Name(), "_")
		if isCompanion(e.Name()) {
			continue
		}
		if !ok || kind != "good" && kind != "bad" {
			t.Errorf("%s: a template is called good_* or bad_*", filepath.Join(dir, e.Name()))
			continue
		}
		count[kind]++
		t.Run(e.Name(), func(t *testing.T) { runCase(t, r, filepath.Join(dir, e.Name()), kind == "good") })
	}
	for _, o := range r.Options {
		if !setsOption(t, dir, o.Name) {
			t.Errorf("%s: no template sets the option %q", dir, o.Name)
		}
	}
	for _, kind := range []string{"good", "bad"} {
		if count[kind] == 0 {
			t.Errorf("%s: no template %s_*.json", dir, kind)
		}
	}
}

// setsOption reports whether a template of the folder sets an option in a comment.
func setsOption(t *testing.T, dir, name string) bool {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*.json")) // the pattern is well formed
	return slices.ContainsFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if _, set, ok := strings.Cut(line, "// options: "); ok && strings.Contains(", "+set, ", "+name+" = ") {
				return true
			}
		}
		return false
	})
}

// isCompanion reports whether a file belongs to a template in the same folder.
func isCompanion(name string) bool {
	for _, suffix := range []string{".parameters.json", ".usage.json", ".skus.json"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return strings.HasPrefix(filepath.Base(name), "page.")
}

// runCase checks one template, or the templates of one folder as one run.
func runCase(t *testing.T, r *lint.Rule, path string, good bool) {
	files := []string{path}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		files, _ = filepath.Glob(filepath.Join(path, "*.json"))
		files = slices.DeleteFunc(files, isCompanion)
	}
	var templates []*lint.Template
	var wants []*want
	era := guidance.Auto
	for _, f := range files {
		tmpl := load(t, f)
		templates = append(templates, tmpl)
		more, err := wantsOf(tmpl.Tree, r.Severity)
		if err != nil {
			t.Fatal(err)
		}
		wants = append(wants, more...)
		era |= eraOf(t, tmpl.Tree)
	}
	if good && len(wants) > 0 {
		t.Fatal("a good template wants no finding")
	}
	if !good && len(wants) == 0 {
		t.Fatal("a bad template says what it wants, at least once")
	}
	options := saved(t, strings.TrimSuffix(path, ".json"))
	options.Era = era
	for _, tmpl := range templates {
		if values := optionsOf(t, r, tmpl.Tree); values != nil {
			options.Values = values
		}
	}
	found := check(t, r, options, templates)
	for _, problem := range compare(wants, found) {
		t.Error(problem)
	}
	if len(templates) == 1 {
		checkFixes(t, r, options, templates[0], found)
	}
}

// check runs the one rule, whether it is on by default or not.
func check(t *testing.T, r *lint.Rule, options lint.Options, templates []*lint.Template) diag.List {
	t.Helper()
	options.Enable = []string{r.Name}
	runner, err := lint.NewRunner([]*lint.Rule{r}, options)
	if err != nil {
		t.Fatal(err)
	}
	var found diag.List
	for _, tmpl := range templates {
		found.Add(runner.Check(tmpl)...)
	}
	found.Add(runner.CheckAll(templates)...)
	found.Sort()
	for _, d := range found {
		if problem := undeclared(r, d); problem != "" {
			t.Error(problem)
		}
	}
	return found
}

// undeclared returns what is wrong when the page of a rule does not name the
// severity of one of its findings; "" when it does.
func undeclared(r *lint.Rule, d diag.Diagnostic) string {
	if d.Code != r.Code || slices.ContainsFunc(diag.Levels(r.Severity, r.Also), func(l diag.Level) bool { return l.Severity == d.Severity }) {
		return ""
	}
	return fmt.Sprintf("%s %s reports %q as %s, and does not declare that severity; add it to Also, with when it applies", r.Code, r.Name, d.Summary, d.Severity)
}
