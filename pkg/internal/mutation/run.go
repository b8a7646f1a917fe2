package mutation

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/mutation/mutant"
)

// An Outcome is the result of running a mutant.
type Outcome string

const (
	Killed     Outcome = "killed"
	Survived   Outcome = "survived"
	NotCovered Outcome = "not covered"
)

// A Result is a mutant with its outcome.
type Result struct {
	Mutant
	Outcome Outcome
}

// Options are the options of a run. The zero value uses the tests of the
// package and one process at a time.
type Options struct {
	// Tests are other packages whose tests are run too.
	Tests []string
	Jobs  int
	// Files excludes the mutants of files whose names do not match it.
	Files *regexp.Regexp
	// Slack is the time that a test can take beyond ten times its usual time
	// before it counts as endless: 3 seconds if zero, for a busy machine.
	Slack time.Duration
	// Log receives progress messages, a line each. It may be nil.
	Log func(format string, args ...any)
}

// Run runs all mutants of a package and returns them in source order. It
// returns an error if nothing could be run, such as if tests fail without a
// mutant.
func Run(ctx context.Context, p *Package, o Options) ([]Result, error) {
	if o.Slack == 0 {
		o.Slack = 3 * time.Second
	}
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	dir, err := os.MkdirTemp("", "mutation")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	r := &runner{dir: dir, log: o.Log, slack: o.Slack, reached: map[int]bool{}, tests: map[int][]test{}}
	var mutants []Mutant
	for i, pattern := range append([]string{p.Path}, o.Tests...) {
		b, err := list(pattern)
		if err != nil {
			return nil, err
		}
		b.path = filepath.Join(dir, fmt.Sprintf("%d.test", i))
		r.binaries = append(r.binaries, b)
	}
	if mutants, err = r.build(ctx, p); err != nil {
		return nil, err
	}
	for _, b := range r.binaries {
		if err := r.observe(ctx, b); err != nil {
			return nil, err
		}
	}
	if o.Files != nil {
		mutants = slices.DeleteFunc(mutants, func(m Mutant) bool { return !o.Files.MatchString(filepath.Base(m.Pos.Filename)) })
	}
	results := make([]Result, len(mutants))
	var wg sync.WaitGroup
	free := make(chan bool, max(1, o.Jobs))
	for i, m := range mutants {
		wg.Add(1)
		free <- true
		go func() {
			defer func() { <-free; wg.Done() }()
			results[i] = Result{m, r.try(ctx, m)}
			if (i+1)%100 == 0 {
				o.Log("%d of %d", i+1, len(mutants))
			}
		}()
	}
	wg.Wait()
	return results, ctx.Err()
}

// A runner has the binaries and the mutants that each test executes.
type runner struct {
	dir      string
	log      func(string, ...any)
	slack    time.Duration
	binaries []*binary
	reached  map[int]bool   // executed mutants
	tests    map[int][]test // by mutant: the tests in which it makes a difference
}

// A binary is the compiled tests of one package.
type binary struct {
	importPath, dir string
	path            string
	flags           []string
}

// A test is a function of a binary or, for a slow one, the subtests whose names
// have the same beginning up to a slash; with its duration.
type test struct {
	binary       *binary
	parent, name string
	took         time.Duration
}

// long is the duration from which on a test is split into subtests.
const long = time.Second / 2

func list(pattern string) (*binary, error) {
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}}\n{{.Dir}}", pattern).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", pattern, explained(err))
	}
	path, dir, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return &binary{importPath: path, dir: dir}, nil
}

// compileError matches a position in compiler output.
var compileError = regexp.MustCompile(`(?m)([^\s/\\]+\.go):(\d+):\d+: `)

// build compiles the binaries without the mutants that do not compile, such as
// one that changes a type name.
func (r *runner) build(ctx context.Context, p *Package) ([]Mutant, error) {
	skip := map[int]bool{}
	for {
		texts, mutants := p.rewrite(skip)
		overlay, err := r.overlay(texts)
		if err != nil {
			return nil, err
		}
		before := len(skip)
		var out []byte
		for _, b := range r.binaries {
			cmd := exec.CommandContext(ctx, "go", "test", "-c", "-gcflags="+p.Path+"=-e", "-overlay", overlay, "-o", b.path, b.importPath)
			if out, err = cmd.CombinedOutput(); err != nil {
				break
			}
		}
		if err == nil {
			if len(skip) > 0 {
				r.log("%d do not compile and are left out", len(skip))
			}
			return mutants, nil
		}
		for _, at := range compileError.FindAllSubmatch(out, -1) {
			for _, m := range mutants {
				if filepath.Base(m.Pos.Filename) == string(at[1]) && strconv.Itoa(m.Pos.Line) == string(at[2]) {
					skip[m.ID] = true
				}
			}
		}
		if len(skip) == before {
			return nil, fmt.Errorf("the package with its mutants does not compile: %w\n%s", err, out)
		}
	}
}

// overlay writes the rewritten files, and the file that tells the go command
// about them.
func (r *runner) overlay(texts map[string][]byte) (string, error) {
	replace := map[string]string{}
	for path, text := range texts {
		replace[path] = filepath.Join(r.dir, filepath.Base(path))
		if err := os.WriteFile(replace[path], text, 0o644); err != nil {
			return "", err
		}
	}
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path := filepath.Join(r.dir, "overlay.json")
	return path, os.WriteFile(path, content, 0o644)
}

// observe runs each test of a binary without a mutant.
func (r *runner) observe(ctx context.Context, b *binary) error {
	// Fuzz tests keep failing inputs, which here do not belong to the code.
	usage, _ := r.command(ctx, b, "-h").CombinedOutput()
	if strings.Contains(string(usage), "-rapid.nofailfile") {
		b.flags = append(b.flags, "-rapid.nofailfile")
	}
	out, err := r.command(ctx, b, "-test.list=.").Output()
	if err != nil {
		return fmt.Errorf("the tests of %s: %w", b.importPath, explained(err))
	}
	for name := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(name, "Benchmark") {
			continue
		}
		whole, subtests, err := r.visits(ctx, test{binary: b, name: name})
		if err != nil {
			return err
		}
		if whole.took < long || len(subtests) < 2 {
			r.keep(whole)
			continue
		}
		for _, sub := range subtests {
			part, _, err := r.visits(ctx, test{binary: b, parent: name, name: sub})
			if err != nil {
				return err
			}
			r.keep(part)
		}
	}
	return nil
}

// visited is a test with the mutants that it executes, and whether each makes a
// difference for it.
type visited struct {
	test
	mutants map[int]bool
}

func (r *runner) keep(v visited) {
	for id, differs := range v.mutants {
		r.reached[id] = true
		if differs {
			r.tests[id] = append(r.tests[id], v.test)
		}
	}
}

// subtest matches the start of a subtest in the output, up to the second slash.
var subtest = regexp.MustCompile(`(?m)^=== RUN   [^/\n]+/([^/\n]+)`)

// visits runs a test without a mutant, and returns its mutants and the names of
// its subtests.
func (r *runner) visits(ctx context.Context, t test) (v visited, subtests []string, err error) {
	trace := filepath.Join(r.dir, "reached")
	start := time.Now()
	cmd := r.command(ctx, t.binary, "-test.v", pattern(t))
	cmd.Env = append(cmd.Env, mutant.Reached+"="+trace)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return v, nil, fmt.Errorf("%s of %s fails without a mutant: %w\n%s", t.name, t.binary.importPath, err, out)
	}
	t.took = time.Since(start)
	for _, m := range subtest.FindAllSubmatch(out, -1) {
		if name := string(m[1]); !slices.Contains(subtests, name) {
			subtests = append(subtests, name)
		}
	}
	v = visited{t, map[int]bool{}}
	lines, err := os.ReadFile(trace)
	if errors.Is(err, os.ErrNotExist) {
		return v, subtests, nil // it executes none
	} else if err != nil {
		return v, nil, err
	}
	for line := range strings.Lines(string(lines)) {
		number, same := strings.CutSuffix(strings.TrimSpace(line), " same")
		id, err := strconv.Atoi(number)
		if err != nil {
			return v, nil, err
		}
		v.mutants[id] = v.mutants[id] || !same
	}
	return v, subtests, os.Remove(trace)
}

// pattern returns the flag that runs tests with one parent.
func pattern(tests ...test) string {
	var names []string
	for _, t := range tests {
		names = append(names, regexp.QuoteMeta(t.name))
	}
	run := "^(" + strings.Join(names, "|") + ")$"
	if parent := tests[0].parent; parent != "" {
		run = "^" + parent + "$/" + run
	}
	return "-test.run=" + run
}

func (r *runner) command(ctx context.Context, b *binary, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, b.path, slices.Concat(b.flags, args)...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "TMPDIR="+r.dir) // for files that a killed test leaves
	cmd.WaitDelay = time.Second
	return cmd
}

// try runs the tests that may kill a mutant: the quick ones first, and those
// that take less than a quarter of a second together in one process.
func (r *runner) try(ctx context.Context, m Mutant) Outcome {
	if !r.reached[m.ID] {
		return NotCovered
	}
	tests := slices.SortedStableFunc(slices.Values(r.tests[m.ID]), func(a, b test) int { return cmp.Compare(a.took, b.took) })
	for len(tests) > 0 {
		n, took := 1, tests[0].took
		for n < len(tests) && tests[n].binary == tests[0].binary && tests[n].parent == tests[0].parent && took+tests[n].took < time.Second/4 {
			took += tests[n].took
			n++
		}
		if !r.passes(ctx, m, tests[:n], took) {
			return Killed
		}
		tests = tests[n:]
	}
	return Survived
}

// passes reports whether the tests, all of one binary, pass and end.
func (r *runner) passes(ctx context.Context, m Mutant, tests []test, took time.Duration) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*took+r.slack)
	defer cancel()
	cmd := r.command(ctx, tests[0].binary, "-test.failfast", pattern(tests...))
	cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d", mutant.Active, m.ID))
	return cmd.Run() == nil
}
