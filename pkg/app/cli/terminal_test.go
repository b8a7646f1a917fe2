package cli

import (
	"bytes"
	"context"
	"regexp"
	"testing"
	"time"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

func TestProgress(t *testing.T) {
	now := time.Unix(0, 0)
	var errs bytes.Buffer
	app := &App{Err: &errs, ErrIsTerminal: true, Now: func() time.Time { return now }}
	step := func(f func(done, total int), done int, after time.Duration) {
		now = now.Add(after)
		f(done, 10)
	}
	quick := app.progress("files")
	for i := range 10 {
		step(quick, i+1, 10*time.Millisecond)
	}
	if errs.Len() > 0 {
		t.Errorf("a quick run shows %q", &errs)
	}
	slow := app.progress("files")
	step(slow, 1, 400*time.Millisecond)
	step(slow, 3, 200*time.Millisecond)
	step(slow, 2, 50*time.Millisecond)
	step(slow, 4, 60*time.Millisecond)
	step(slow, 10, time.Second)
	if want := "\r3 of 10 files\x1b[K\r4 of 10 files\x1b[K\r\x1b[K"; errs.String() != want {
		t.Errorf("got %q, want %q", &errs, want)
	}
	app.ErrIsTerminal = false
	if app.progress("files") != nil {
		t.Error("a pipe gets progress")
	}
}

func TestUseLinks(t *testing.T) {
	tests := []struct {
		env      map[string]string
		terminal bool
		want     bool
	}{
		{nil, true, false},
		{map[string]string{"TERM_PROGRAM": "WezTerm"}, true, true},
		{map[string]string{"TERM_PROGRAM": "WezTerm"}, false, false},
		{map[string]string{"TERM_PROGRAM": "WezTerm", "CI": "true"}, true, false},
		{map[string]string{"TERM_PROGRAM": "WezTerm", "FORCE_HYPERLINK": "0"}, true, false},
		{map[string]string{"FORCE_HYPERLINK": "1"}, false, true},
		{map[string]string{"VTE_VERSION": "7200"}, true, true},
		{map[string]string{"VTE_VERSION": "4800"}, true, false},
		{map[string]string{"TERM": "xterm-kitty"}, true, true},
		{map[string]string{"TERM": "xterm-kitty", "NO_COLOR": "1"}, true, false},
	}
	for _, tt := range tests {
		app := &App{OutIsTerminal: tt.terminal, Getenv: func(name string) string { return tt.env[name] }}
		if got := app.useLinks(); got != tt.want {
			t.Errorf("%v, terminal %v: %v", tt.env, tt.terminal, got)
		}
	}
}

func TestVerbose(t *testing.T) {
	app, _, errs := testApp(t)
	app.Dir = golden.Root(t)
	if code := Main(context.Background(), app, []string{"lint", "--verbose", "examples/preview/linux-nat"}); code != ExitClean {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, want := range []string{`^scaleset: 1 template in 0s, of it 0s in rules\n`, `\n +0s SS4001 capacity-limit\n`} {
		if !regexp.MustCompile(want).Match(errs.Bytes()) {
			t.Errorf("no %s in:\n%s", want, errs)
		}
	}
}
