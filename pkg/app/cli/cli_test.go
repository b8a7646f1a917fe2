package cli

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/catalog"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// testApp is an App that sees nothing of the real world, and its two streams.
func testApp(t *testing.T) (app *App, out, errs *bytes.Buffer) {
	t.Helper()
	out, errs = new(bytes.Buffer), new(bytes.Buffer)
	return &App{
		In: strings.NewReader(""), Out: out, Err: errs,
		Getenv:  func(string) string { return "" },
		Now:     func() time.Time { return time.Date(2016, 2, 1, 0, 0, 0, 0, time.UTC) },
		Dir:     t.TempDir(),
		Version: "v0.0.0-test",
	}, out, errs
}

func TestUsageMistakes(t *testing.T) {
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"misspelled command", []string{"versoin"}, `scaleset: unknown command "versoin"; did you mean "version"?`},
		{"misspelled command with a flag", []string{"versoin", "--fail-on", "x"}, `scaleset: unknown command "versoin"; did you mean "version"?`},
		{"command like none", []string{"frobnicate"}, `scaleset: unknown command "frobnicate"; scaleset --help lists the commands`},
		{"misspelled flag", []string{"version", "--colr", "x"}, `scaleset: scaleset version: unknown flag --colr; did you mean "--color"?`},
		{"flag like none", []string{"version", "--frobnicate"}, `scaleset: scaleset version: unknown flag --frobnicate; scaleset version --help lists the flags`},
		{"unknown letter", []string{"version", "-z"}, `scaleset: scaleset version: unknown flag -z; scaleset version --help lists the flags`},
		{"too many arguments", []string{"version", "now"}, `scaleset: scaleset version takes no arguments; remove "now"`},
		{"too few arguments", []string{"completion"}, `scaleset: scaleset completion needs the name of one shell: scaleset completion bash|zsh|fish|powershell`},
		{"unknown word", []string{"--color", "alway", "version"}, `scaleset: --color: unknown value "alway"; use one of: auto, always, never; did you mean "always"?`},
		{"negative jobs", []string{"--jobs", "-1", "version"}, `scaleset: --jobs -1 is negative; use 1 or more, or 0 for one job per processor`},
		{"unknown shell", []string{"completion", "powershel"}, `scaleset: unknown shell "powershel"; use one of: bash, zsh, fish, powershell; did you mean "powershell"?`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			app, out, errs := testApp(t)
			if code := Main(context.Background(), app, tt.args); code != ExitUsage {
				t.Errorf("exit code %d, want %d", code, ExitUsage)
			}
			if diff := cmp.Diff(tt.want+"\n", errs.String()); diff != "" {
				t.Errorf("standard error (-want +got):\n%s", diff)
			}
			if out.Len() > 0 {
				t.Errorf("a mistake wrote to the standard output: %q", out)
			}
		})
	}
}

func TestVersion(t *testing.T) {
	app, out, _ := testApp(t)
	if code := Main(context.Background(), app, []string{"version"}); code != ExitClean {
		t.Fatalf("exit code %d", code)
	}
	if !strings.HasPrefix(out.String(), "scaleset v0.0.0-test (go") {
		t.Errorf("got %q", out)
	}
}

// A panickyWriter is a defect outside of any template.
type panickyWriter struct{}

func (panickyWriter) Write([]byte) (int, error) { panic("index out of range [1]\nwith more") }

// TestDefect wants one line and the exit code of a failure, not a stack and
// the exit code that Go gives a panic, which means a mistake in the use here.
func TestDefect(t *testing.T) {
	app, _, errs := testApp(t)
	app.Out = panickyWriter{}
	if code := Main(context.Background(), app, []string{"version"}); code != ExitFailure {
		t.Errorf("exit code %d", code)
	}
	want := `^scaleset: a defect of scaleset at pkg/app/cli/\w+\.go:\d+: index out of range \[1\]; please report it with what it was working on\n$`
	if !regexp.MustCompile(want).MatchString(errs.String()) {
		t.Errorf("standard error: %s", errs)
	}
}

func TestUseColor(t *testing.T) {
	tests := []struct {
		name     string
		flag     string
		terminal bool
		env      map[string]string
		want     bool
	}{
		{"terminal", "auto", true, nil, true},
		{"pipe", "auto", false, nil, false},
		{"NO_COLOR", "auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"dumb terminal", "auto", true, map[string]string{"TERM": "dumb"}, false},
		{"flag over NO_COLOR", "always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", "never", true, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			app := &App{OutIsTerminal: tt.terminal, Getenv: func(k string) string { return tt.env[k] }}
			app.common.Color = tt.flag
			if got := app.useColor(); got != tt.want {
				t.Errorf("got %t, want %t", got, tt.want)
			}
		})
	}
}

// TestExamples holds that the examples of the repository give no error and no warning.
func TestExamples(t *testing.T) {
	app, out, errs := testApp(t)
	app.Dir = golden.Root(t)
	if code := Main(context.Background(), app, []string{"lint", "--fail-on", "warning", "--exclude", "examples/broken", "examples"}); code != ExitClean {
		t.Errorf("exit code %d\n%s%s", code, out, errs)
	}
	if !strings.Contains(out.String(), "in 31 templates") {
		t.Errorf("no examples were found: %s", out)
	}
}

// TestCatalogIsComplete looks for codes in the source that nobody can look up.
func TestCatalogIsComplete(t *testing.T) {
	code := regexp.MustCompile(`"(SS\d{4})"`)
	known := map[string]bool{}
	for _, e := range catalog.All() {
		known[string(e.Code)] = true
	}
	root := filepath.Join(golden.Root(t), "pkg")
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		text, err := os.ReadFile(name)
		for _, m := range code.FindAllStringSubmatch(string(text), -1) {
			if !known[m[1]] {
				t.Errorf("%s has %s, which scaleset explain does not know", name, m[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
