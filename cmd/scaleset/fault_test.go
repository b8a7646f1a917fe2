//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// faulty returns a folder with a template that has findings and fixes.
func faulty(t *testing.T, sets int) string {
	t.Helper()
	folder := t.TempDir()
	text := hostileHead + `"resources":[` + many(sets, func(i int) string { return hostileSet("web"+strings.Repeat("b", i%9), "3000", "") }) + `]}`
	if err := os.WriteFile(filepath.Join(folder, "t.json"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return folder
}

// names returns the files of a folder.
func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// TestFaultsOfFiles wants a failure to say what failed and where, and to leave
// no file behind.
func TestFaultsOfFiles(t *testing.T) {
	folder := faulty(t, 3)
	tests := []struct{ name, args, want string }{
		{"a folder that is not there", "lint t.json --output no/such/report.txt", "no/such/report.txt: no such file or directory"},
		{"a folder in the place of the file", "lint t.json --output .", "it is a folder"},
		{"a full disk", "lint t.json --output /dev/full", "/dev/full: no space left on device"},
		{"a full disk, a second format", "lint t.json --format json --format sarif=/dev/full", "/dev/full: no space left on device"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := os.Stat("/dev/full"); err != nil && strings.Contains(tt.args, "/dev/full") {
				t.Skip("this system has no /dev/full")
			}
			r := hostileRun(t, folder, strings.Fields(tt.args))
			if r.code != 3 || !strings.Contains(r.errs, tt.want) || strings.Contains(r.errs, "goroutine ") {
				t.Errorf("exit code %d, standard error:\n%s", r.code, r.errs)
			}
			if got := names(t, folder); got != "t.json" {
				t.Errorf("left behind: %s", got)
			}
		})
	}
}

// TestClosedPipe wants a run to end silently if its reader ends.
func TestClosedPipe(t *testing.T) {
	cmd := exec.Command("scaleset", "lint", "t.json")
	cmd.Dir = faulty(t, 200)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs strings.Builder
	cmd.Stdout, cmd.Stderr = w, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	r.Close()
	cmd.Wait()
	status := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if quiet := status.Signaled() && status.Signal() == syscall.SIGPIPE || status.ExitStatus() == 3; !quiet || strings.Contains(errs.String(), "goroutine ") {
		t.Errorf("%v, standard error:\n%s", cmd.ProcessState, &errs)
	}
}

// TestInterrupt wants an interrupted run to have written its file completely or
// not at all.
func TestInterrupt(t *testing.T) {
	for _, args := range []string{"lint t.json --output report.txt", "lint --fix t.json"} {
		for _, wait := range []time.Duration{30 * time.Millisecond, 120 * time.Millisecond, 400 * time.Millisecond} {
			folder := faulty(t, 1500)
			before, _ := os.ReadFile(filepath.Join(folder, "t.json"))
			cmd := exec.Command("scaleset", strings.Fields(args)...)
			cmd.Dir = folder
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(wait)
			cmd.Process.Signal(os.Interrupt)
			cmd.Wait()
			after, _ := os.ReadFile(filepath.Join(folder, "t.json"))
			if n := len(after); n < len(before)/2 || after[n-1] != '}' {
				t.Errorf("%s after %v: the template is cut", args, wait)
			}
			if got := names(t, folder); got != "t.json" && got != "report.txt t.json" {
				t.Errorf("%s after %v: left behind: %s", args, wait, got)
			}
		}
	}
}
