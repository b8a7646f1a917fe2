package engine_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/engine"
)

const stepsHead = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `

// TestStepsOfARun: templates that together need more steps than a run has are
// expanded until there are none, the same ones in every run, and findings say so.
// A template of ordinary size is whole wherever it is.
func TestStepsOfARun(t *testing.T) {
	defer engine.SetSharedSteps(100_000)()
	texts := map[string][]byte{}
	for i := range 16 {
		texts[fmt.Sprintf("t%02d.json", i)] = []byte(stepsHead + `"resources": [], "outputs": {"o": {"type": "int", "value": "[length(map(range(0, 2000), lambda('a', length(map(range(0, 10), lambda('b', add(1, 1)))))))]"}}}`)
	}
	texts["z.json"] = []byte(stepsHead + `"resources": [], "outputs": {"o": {"type": "int", "value": "[length(map(range(0, 9000), lambda('a', 1)))]"}}}`)
	var before []string
	for _, jobs := range []int{1, 4, 4} {
		e, err := engine.New(engine.Config{Files: engine.Overlay{Texts: texts}, Jobs: jobs})
		if err != nil {
			t.Fatal(err)
		}
		r, err := e.Check(context.Background(), slices.Sorted(maps.Keys(texts)))
		if err != nil {
			t.Fatal(err)
		}
		var short []string
		for _, d := range r.Findings {
			if d.Code != expand.CodeLimit || !strings.Contains(d.Summary, "the templates of this run need more steps to evaluate than the limit") {
				t.Errorf("an unexpected finding: %s", d.Summary)
			}
			short = append(short, d.Subject.File.Path())
		}
		slices.Sort(short)
		if short = slices.Compact(short); len(short) < 2 || len(short) > 12 || slices.Contains(short, "z.json") {
			t.Fatalf("of 16 large templates and z.json these have too few steps: %v", short)
		}
		if before != nil {
			if diff := cmp.Diff(before, short); diff != "" {
				t.Errorf("with %d jobs other templates have too few steps (-before +now):\n%s", jobs, diff)
			}
		}
		before = short
	}
	// Alone, each has steps enough.
	e, err := engine.New(engine.Config{Files: engine.Overlay{Texts: texts}})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := e.Check(t.Context(), []string{"t15.json"}); err != nil || len(r.Findings) > 0 {
		t.Errorf("alone: %v, %v", r.Findings, err)
	}
}

// TestPatternsAreBounded: a .gitignore with too many patterns is reported, and
// none of them counts.
func TestPatternsAreBounded(t *testing.T) {
	check := func(patterns string) (templates int, found string) {
		folder := t.TempDir()
		write(t, folder, ".gitignore", "a.json\n"+patterns)
		write(t, folder, "a.json", stepsHead+`"resources": []}`)
		write(t, folder, "sub/.gitignore", "b.json\n")
		write(t, folder, "sub/b.json", stepsHead+`"resources": []}`)
		e, err := engine.New(engine.Config{Files: engine.Folder(folder)})
		if err != nil {
			t.Fatal(err)
		}
		r, err := e.Check(t.Context(), []string{"."})
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, d := range r.Findings {
			all = append(all, d.Subject.File.Path()+": "+d.Summary)
		}
		n := 0
		for _, template := range r.Templates {
			if template.Status == engine.Checked {
				n++
			}
		}
		return n, strings.Join(all, "\n")
	}
	const reason = "the file cannot be read: it has more than 5000 patterns or 128 KB of them, with those of the folders above it, so that none of its patterns counts"
	times := func(n int) string { return strings.Repeat("x*y\n", n) }
	for patterns, want := range map[string]string{
		times(4998): "", times(4999): "sub/.gitignore: " + reason, times(5000): ".gitignore: " + reason,
		strings.Repeat("*"+strings.Repeat("a*", 5000)+"\n", 13): "", strings.Repeat("*"+strings.Repeat("a*", 5000)+"\n", 14): ".gitignore: " + reason,
	} {
		templates, found := check(patterns)
		if wantTemplates := strings.Count(want, reason); found != want || templates != wantTemplates {
			t.Errorf("%.20q: %d templates, want %d; findings %q, want %q", patterns, templates, wantTemplates, found, want)
		}
	}
}

func write(t *testing.T, folder, name, text string) {
	t.Helper()
	file := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
