package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSameBytes wants identical output in every run, with any number of jobs
// and processors, for every command with many inputs.
func TestSameBytes(t *testing.T) {
	folder := t.TempDir()
	for i := range 24 {
		text := hostileHead + `"parameters":{"unused":{"type":"string"},"count":{"type":"int","defaultValue":3}},"resources":[` + many(1+i%5, func(n int) string {
			return hostileSet(fmt.Sprintf("web%d", n), `"[parameters('count')]"`, `,"zones":["1","2"],"zoens":[]`)
		}) + `]}`
		name := filepath.Join(folder, fmt.Sprintf("t%02d.json", i))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	commands := [][]string{
		{"lint", ".", "--enable", "all"}, {"lint", ".", "--format", "json"}, {"lint", ".", "--format", "sarif"}, {"lint", ".", "--format", "html"},
		{"lint", ".", "--format", "junit"}, {"lint", ".", "--format", "gitlab"}, {"expand", "t04.json"}, {"graph", "t04.json", "--format", "svg"},
		{"review", "t04.json", "--format", "html"}, {"diff", "t03.json", "t04.json", "--format", "json"}, {"simulate", "t04.json", "--set-name", "web0", "--to", "9", "--format", "json"},
	}
	for _, args := range commands {
		t.Run(fmt.Sprint(args), func(t *testing.T) {
			var first []byte
			for i, with := range []struct{ jobs, processors string }{{"1", "1"}, {"2", "2"}, {"3", "8"}, {"8", "1"}, {"64", "8"}, {"64", "2"}} {
				cmd := exec.Command("scaleset", append(args, "--jobs", with.jobs)...)
				cmd.Dir, cmd.Env = folder, append(os.Environ(), "GOMAXPROCS="+with.processors)
				out, err := cmd.Output()
				if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() > 1) {
					t.Fatalf("%v\n%s", err, exit.Stderr)
				}
				if i == 0 {
					first = out
				}
				if len(out) == 0 || !bytes.Equal(out, first) {
					t.Errorf("%s jobs on %s processors: %d bytes that differ from the first %d", with.jobs, with.processors, len(out), len(first))
				}
			}
		})
	}
}
