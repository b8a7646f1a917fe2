//go:build unix

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"
)

// root is the root of the repository.
var root = filepath.Join("..", "..")

// BenchmarkProcess measures whole processes of the released program, from start
// to exit. The figures are medians: processor time (cpu-ms), elapsed time
// (wall-ms), peak memory (MB).
func BenchmarkProcess(b *testing.B) {
	program := compile(b, ".")
	template := filepath.Join(root, "examples", "linux-nat", "azuredeploy.json")
	for _, bench := range []struct {
		name string
		args []string
	}{
		{"version", []string{"version"}},
		{"lint-one", []string{"lint", template}},
		{"simulate-1000", []string{"simulate", "--from", "1000", "--to", "500", "--format", "json"}},
		{"simulate-1000000", []string{"simulate", "--from", "1000000", "--to", "500000", "--format", "json"}},
		{"simulate-1000000-steps", []string{"simulate", "--from", "1000000", "--to", "1000000,900000,800000", "--format", "json"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var all processes
			for b.Loop() {
				all.run(b, program, bench.args...)
			}
			all.report(b, "")
		})
	}
}

// BenchmarkProcessAgainstHello checks one template, in turn with a program that prints a
// line: x-hello is the ratio of processor time.
func BenchmarkProcessAgainstHello(b *testing.B) {
	program, hello := compile(b, "."), compile(b, "./testdata/hello")
	var check, print processes
	for b.Loop() {
		print.run(b, hello)
		check.run(b, program, "lint", filepath.Join(root, "examples", "linux-nat", "azuredeploy.json"))
	}
	b.ReportMetric(float64(median(check.spent))/float64(median(print.spent)), "x-hello")
}

// BenchmarkProcessAgainstJSON checks the examples, and all public templates with a scale
// set, in turn with a program that only reads the same files with encoding/json: x-json
// is the ratio of processor time, x-json-wall that of elapsed time.
func BenchmarkProcessAgainstJSON(b *testing.B) {
	program, reader := compile(b, "."), compile(b, "./testdata/readjson")
	for _, folder := range []string{filepath.Join(root, "examples"), filepath.Join(root, "..", "shared", "corpus", "scale-sets")} {
		b.Run(filepath.Base(folder), func(b *testing.B) {
			if _, err := os.Stat(folder); err != nil {
				b.Skip("the collection of public templates is not beside the repository")
			}
			var check, read processes
			for b.Loop() {
				read.run(b, reader, folder)
				check.run(b, program, "lint", "--fail-on", "never", folder)
			}
			check.report(b, "")
			read.report(b, "json-")
			b.ReportMetric(float64(median(check.spent))/float64(median(read.spent)), "x-json")
			b.ReportMetric(float64(median(check.wall))/float64(median(read.wall)), "x-json-wall")
		})
	}
}

// compile builds a program as a release does.
func compile(b *testing.B, folder string) string {
	b.Helper()
	file := filepath.Join(b.TempDir(), "program")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", file, folder)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return file
}

// processes are the measurements of runs of one program.
type processes struct {
	spent, wall []time.Duration
	peak        []int64 // bytes
}

func (p *processes) run(b *testing.B, program string, args ...string) {
	cmd := exec.Command(program, args...)
	cmd.Stdout = io.Discard
	start := time.Now()
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) { // 1 means findings
		b.Fatal(err)
	}
	p.wall = append(p.wall, time.Since(start))
	p.spent = append(p.spent, cmd.ProcessState.SystemTime()+cmd.ProcessState.UserTime())
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		unit := int64(1024) // kilobytes, except on macOS
		if runtime.GOOS == "darwin" {
			unit = 1
		}
		p.peak = append(p.peak, int64(u.Maxrss)*unit)
	}
}

func (p *processes) report(b *testing.B, prefix string) {
	b.ReportMetric(float64(median(p.spent).Microseconds())/1000, prefix+"cpu-ms")
	b.ReportMetric(float64(median(p.wall).Microseconds())/1000, prefix+"wall-ms")
	b.ReportMetric(float64(median(p.peak))/1e6, prefix+"MB")
}

func median[T int64 | time.Duration](all []T) T {
	slices.Sort(all)
	return all[len(all)/2]
}
