package mutation

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestRewrite checks the rewritten code for each kind of logic.
func TestRewrite(t *testing.T) {
	texts, mutants := load(t).rewrite(map[int]bool{2: true})
	for _, m := range mutants {
		if m.ID == 2 {
			t.Error("mutant 2 is not left out")
		}
	}
	if len(texts) != 1 {
		t.Errorf("%d files, want the one that is not a test", len(texts))
	}
	for _, text := range texts {
		golden.Equal(t, "testdata/rewritten.txt", text)
	}
}

// TestRun checks which mutants the tests of the package kill; one mutant never
// ends.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles a test binary and runs it some fifty times")
	}
	results, err := Run(t.Context(), load(t), Options{Jobs: 2, Slack: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	var report strings.Builder
	for _, r := range results {
		fmt.Fprintf(&report, "%-11s %s\n", r.Outcome, r)
	}
	golden.Equal(t, "testdata/report.txt", []byte(report.String()))
}

// TestRunFiles wants mutants of other files to be left out.
func TestRunFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: compiles a test binary")
	}
	results, err := Run(t.Context(), load(t), Options{Files: regexp.MustCompile("^other")})
	if err != nil || len(results) != 0 {
		t.Errorf("got %v and %v, want nothing", results, err)
	}
}

// TestLoadRefuses wants an error for a pattern that is not a package of the
// module.
func TestLoadRefuses(t *testing.T) {
	for pattern, want := range map[string]string{
		"./testdata/absent": "absent",
		"./...":             "several packages",
	} {
		if _, err := Load(pattern); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%q): got %v, want an error about %q", pattern, err, want)
		}
	}
}

func load(t *testing.T) *Package {
	t.Helper()
	p, err := Load("./testdata/tiny")
	if err != nil {
		t.Fatal(err)
	}
	return p
}
