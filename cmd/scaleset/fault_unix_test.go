//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A fault is a failure of the system during a run.
type fault struct {
	t      *testing.T
	folder string
	user   bool   // run as a user who is not root
	shell  string // commands that a shell runs first, such as "ulimit -n 16"
	stdin  *os.File
	stdout *os.File
}

func newFault(t *testing.T, files map[string]string) *fault {
	t.Helper()
	folder, err := os.MkdirTemp("", "fault") // t.TempDir is in a folder that other users cannot enter
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	f := &fault{t: t, folder: folder}
	f.mode(".", 0o777)
	for name, text := range files {
		write(t, folder, name, text)
		f.mode(name, 0o666)
	}
	return f
}

func (f *fault) mode(name string, mode os.FileMode) {
	f.t.Helper()
	if err := os.Chmod(filepath.Join(f.folder, name), mode); err != nil {
		f.t.Fatal(err)
	}
}

// program returns the command itself, or a copy that other users can run.
func (f *fault) program() string {
	f.t.Helper()
	path, err := exec.LookPath("scaleset")
	if err != nil {
		f.t.Fatal(err)
	}
	if !f.user {
		return path
	}
	text, err := os.ReadFile(path)
	if err != nil {
		f.t.Fatal(err)
	}
	own, err := os.MkdirTemp("", "bin")
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { os.RemoveAll(own) })
	name := filepath.Join(own, "scaleset")
	if os.Chmod(own, 0o755) != nil || os.WriteFile(name, text, 0o755) != nil {
		f.t.Fatal("the program cannot be copied")
	}
	return name
}

// run runs a command that must end by itself; each takes about a second.
func (f *fault) run(line string) (code int, out, errs string) {
	f.t.Helper()
	args := append([]string{f.program()}, strings.Fields(line)...)
	if f.shell != "" {
		args = append([]string{"sh", "-c", f.shell + ` && exec "$0" "$@"`}, args...)
	}
	cmd := exec.Command(args[0], args[1:]...)
	var o, e bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr = f.folder, &o, &e
	if f.stdin != nil {
		cmd.Stdin = f.stdin
	}
	if f.stdout != nil {
		cmd.Stdout = f.stdout
	}
	if f.user && os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		cmd.Env = append(os.Environ(), "HOME=/nonexistent")
	}
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	hang := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	_ = cmd.Wait()
	if !hang.Stop() {
		f.t.Fatalf("%s hangs", line)
	}
	if strings.Contains(e.String(), "goroutine ") {
		f.t.Errorf("%s: %s", line, &e)
	}
	return cmd.ProcessState.ExitCode(), o.String(), e.String()
}

func (f *fault) want(line string, code int, texts ...string) {
	f.t.Helper()
	got, out, errs := f.run(line)
	if got != code {
		f.t.Errorf("%s: exit code %d, want %d\n%s%s", line, got, code, out, errs)
	}
	for _, text := range texts {
		if !strings.Contains(out+errs, text) {
			f.t.Errorf("%s: %q is not in\n%s%s", line, text, out, errs)
		}
	}
}

// hasFiles checks that the folder contains exactly these files.
func (f *fault) hasFiles(files map[string]string) {
	f.t.Helper()
	var want []string
	for name, text := range files {
		want = append(want, name)
		if got, err := os.ReadFile(filepath.Join(f.folder, name)); err != nil || string(got) != text {
			f.t.Errorf("%s holds %.200q (%v), want %.200q", name, got, err, text)
		}
	}
	slices.Sort(want)
	if got := names(f.t, f.folder); got != strings.Join(want, " ") {
		f.t.Errorf("the folder holds %s, want %s", got, strings.Join(want, " "))
	}
}

// fixable has a finding that --fix fixes, and is not formatted.
var fixable = hostileHead + `"parameters":{"adminPassword":{"type":"string"}},"resources":[` + strings.Replace(hostileSet("web", "3", ""), `"upgradePolicy"`, `"overprovison":true,"upgradePolicy"`, 1) + `]}`

func TestFixable(t *testing.T) {
	f := newFault(t, map[string]string{"t.json": fixable})
	f.run("lint --fix t.json")
	if text, _ := os.ReadFile(filepath.Join(f.folder, "t.json")); string(text) == fixable {
		t.Error("nothing is fixed; the tests of faults prove nothing")
	}
	write(t, f.folder, "t.json", fixable)
	f.want("fmt t.json", 0, "t.json")
}

// TestWithoutRights runs as a user with missing permissions.
func TestWithoutRights(t *testing.T) {
	both := []string{"lint --fix t.json", "fmt t.json"}
	t.Run("a folder", func(t *testing.T) {
		f := newFault(t, map[string]string{"t.json": fixable})
		f.user = true
		f.mode(".", 0o555)
		for _, line := range append(both, "lint t.json --output x.txt", "lint t.json --write-baseline x.json", "new linux-nat --yes --output sub", "scale t.json --capacity 4 --yes --output x.json") {
			f.want(line, 3, "permission denied")
		}
		f.mode(".", 0o777)
		f.hasFiles(map[string]string{"t.json": fixable})
	})
	t.Run("a file to write", func(t *testing.T) {
		f := newFault(t, map[string]string{"t.json": fixable})
		f.user = true
		f.mode("t.json", 0o444)
		for _, line := range both {
			f.want(line, 3, "t.json: permission denied")
		}
		f.hasFiles(map[string]string{"t.json": fixable})
	})
	t.Run("a file to read", func(t *testing.T) {
		f := newFault(t, map[string]string{"t.json": fixable, "u.json": fixable})
		f.user = true
		f.mode("t.json", 0)
		f.want("lint t.json", 1, "t.json: error: the file cannot be read: permission denied", "SS0001")
		f.want("lint --fail-on never", 0, "u.json:1")
		f.want("fmt t.json", 1, "permission denied")
		f.want("lint u.json -p t.json", 1, "t.json: error: the file cannot be read: permission denied")
		for _, line := range []string{"lint u.json --usage t.json", "lint u.json --baseline t.json", "lint u.json --config t.json", "simulate --to 3 --vmss t.json"} {
			f.want(line, 2, "permission denied")
		}
		for _, command := range []string{"expand t.json", "simulate t.json --to 3", "diff t.json u.json", "review t.json", "graph t.json", "trace t.json --who-uses x", "connect t.json", "autoscale t.json", "scale t.json --capacity 4 --yes"} {
			if code, out, errs := f.run(command); code != 1 || !strings.Contains(out+errs, "permission denied") {
				t.Errorf("%s: exit code %d\n%s%s", command, code, out, errs)
			}
		}
	})
	t.Run("a folder to search", func(t *testing.T) {
		f := newFault(t, map[string]string{"u.json": fixable})
		f.user = true
		if err := os.Mkdir(filepath.Join(f.folder, "sub"), 0o700); err != nil {
			t.Fatal(err)
		}
		f.mode("sub", 0)
		f.want("lint", 1, "u.json:1", "sub: error: the folder cannot be read: permission denied")
	})
}

// TestFullDisk wants a message, and the file to be unchanged.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer full.Close()
	f := newFault(t, map[string]string{"t.json": fixable, "o.json": fixable})
	f.stdout = full
	for _, line := range []string{
		"lint t.json", "lint t.json --format json", "lint t.json --format sarif", "lint t.json --format junit", "lint t.json --format html", "lint t.json --format github", "lint --diff t.json", "expand t.json", "expand t.json --format json",
		"expand t.json --format template", "simulate t.json --to 5", "simulate t.json --to 5 --format svg", "diff t.json o.json", "review t.json", "review t.json --format html", "graph t.json", "graph t.json --format dot", "trace t.json /resources/0/name",
		"connect t.json", "scale t.json --capacity 4 --yes", "fmt --check t.json", "fmt --diff t.json", "rules", "explain SS4001", "version", "config", "schema Microsoft.Compute/virtualMachineScaleSets", "new --list", "new linux-nat --yes --output -", "completion bash",
	} {
		f.want(line, 3, "no space left on device")
	}
	f.stdout = nil
	f.hasFiles(map[string]string{"t.json": fixable, "o.json": fixable})

	small := newFault(t, nil)
	if err := mountSmall(small.folder); err != nil {
		t.Skip("no file system of our own: ", err)
	}
	defer unmountSmall(small.folder)
	write(t, small.folder, "t.json", fixable)
	fill, err := os.Create(filepath.Join(small.folder, "fill"))
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = fill.Write(make([]byte, 512))
	}
	fill.Close()
	filled, _ := os.ReadFile(fill.Name())
	for _, line := range []string{"lint --fix t.json", "fmt t.json", "lint t.json --output x.txt", "lint t.json --format json=x.json", "lint t.json --write-baseline b.json", "new linux-nat --yes"} {
		small.want(line, 3, "no space left on device")
		small.hasFiles(map[string]string{"t.json": fixable, "fill": string(filled)})
	}
}

// TestPipesAndDevices wants pipes and devices that are not named on the command
// line not to block.
func TestPipesAndDevices(t *testing.T) {
	linked := hostileHead + `"resources":[{"type":"Microsoft.Resources/deployments","apiVersion":"2022-09-01","name":"d","properties":{"mode":"Incremental","templateLink":{"relativePath":"pipe.json"}}}]}`
	f := newFault(t, map[string]string{"t.json": fixable, "l.json": linked})
	for _, name := range []string{"pipe.json", "t.parameters.json", ".editorconfig", ".gitignore"} {
		if err := syscall.Mkfifo(filepath.Join(f.folder, name), 0o666); err != nil {
			t.Skip("no pipes here")
		}
	}
	f.want("lint", 1, "t.json:1", "the linked template 'pipe.json' cannot be read: it is a", "pipe or a device")
	f.want("fmt --check", 1, "t.json")
	for _, line := range []string{"expand t.json", "simulate t.json --to 4", "review l.json --fail-on never", "graph l.json", "lint --diff t.json --fail-on never"} {
		f.want(line, 0)
	}
	for _, key := range []string{"parameters", "usage", "skus", "baseline", "link-root"} {
		text := key + ": pipe.json\n"
		if key == "skus" {
			text += "usage: t.json\n"
		}
		if err := os.WriteFile(filepath.Join(f.folder, ".scaleset.yaml"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		f.want("lint t.json", 2, key+`: "pipe.json" is a pipe or a device`)
	}
	if err := os.Remove(filepath.Join(f.folder, ".scaleset.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(f.folder, ".scaleset.yaml"), 0o666); err != nil {
		t.Fatal(err)
	}
	f.want("lint t.json", 2, ".scaleset.yaml is a pipe or a device and is not read")
	if err := os.Remove(filepath.Join(f.folder, ".scaleset.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip("this system has no /dev/zero")
	}
	f.want("lint /dev/zero", 1, "it has more than 33554432 bytes")
	f.want("fmt --check /dev/zero", 1, "it has more than 33554432 bytes")
	for _, line := range []string{"lint t.json --usage /dev/zero", "lint t.json --baseline /dev/zero", "simulate --to 3 --vmss /dev/zero", "simulate --to 3 --instances /dev/zero"} {
		f.want(line, 2, "bytes, the limit")
	}
	f.want("lint t.json --config /dev/zero", 2, "/dev/zero is a pipe or a device and is not read")
	zero, err := os.Open("/dev/zero")
	if err != nil {
		t.Fatal(err)
	}
	defer zero.Close()
	f.stdin = zero
	f.want("lint -", 1, "it has more than 33554432 bytes")
	if code, out, _ := f.run("fmt -"); code != 1 || out != "" {
		t.Errorf("fmt - of too much: exit code %d, %d bytes", code, len(out))
	}
}

// TestPipeIsReadOnce passes parameters through a pipe, as <(command) does, to
// commands that use them more than once.
func TestPipeIsReadOnce(t *testing.T) {
	template := hostileHead + `"parameters":{"count":{"type":"int"}},"resources":[` + hostileSet("web", `"[parameters('count')]"`, "") + `]}`
	const values = `{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#","contentVersion":"1.0.0.0","parameters":{"count":{"value":4}}}`
	for _, line := range []string{"lint --diff t.json", "lint --fix t.json", "review t.json --to 5 --against t.json", "diff t.json t.json", "simulate t.json --to 5"} {
		f := newFault(t, map[string]string{"t.json": template, ".scaleset.yaml": "fail-on: never\n"})
		pipe := filepath.Join(f.folder, "pipe")
		if err := syscall.Mkfifo(pipe, 0o666); err != nil {
			t.Skip("no pipes here")
		}
		written := make(chan error, 1)
		go func() { written <- os.WriteFile(pipe, []byte(values), 0) }()
		f.want(line+" -p pipe", 0)
		select {
		case err := <-written:
			if err != nil {
				t.Errorf("%s: %v", line, err)
			}
		case <-time.After(2 * time.Minute):
			t.Fatalf("%s: nobody read the pipe to its end", line)
		}
	}
}

// TestFewOpenFiles wants --jobs not to exhaust the file descriptors.
func TestFewOpenFiles(t *testing.T) {
	f := newFault(t, nil)
	for i := range 100 {
		write(t, f.folder, strings.Repeat("a", i+1)+".json", hostileHead+`"resources":[]}`)
	}
	f.shell = "ulimit -n 16"
	f.want("lint --jobs 64", 0, "0 errors, 0 warnings in 100 templates")
}

// TestNamesOfFiles wants control characters in file names to be escaped.
func TestNamesOfFiles(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"a\xff.json", "n\n::error::x.json", "e\x1b[31m.json", "-x.json", " .json", "'\"`$(id).json", "\u202egnp.json"} {
		files[name] = fixable
	}
	f := newFault(t, files)
	for _, line := range []string{"lint", "lint --format json", "lint --format sarif", "lint --format github", "lint --format azure-devops", "lint --format html", "lint --format checkstyle", "lint --diff", "fmt --check", "fmt", "lint --fix", "fmt --check *.json"} {
		code, out, errs := f.run(line)
		if code == 3 || strings.ContainsAny(out+errs, "\x1b\x07") || strings.Contains(out+errs, "\n::error::x") && !strings.Contains(line, "diff") {
			t.Errorf("%s: exit code %d\n%q\n%q", line, code, out, errs)
		}
	}
	if got := strings.Count(names(t, f.folder), ".json"); got != len(files) {
		t.Errorf("%d files, want %d", got, len(files))
	}
}

// TestLinksAndModes wants --fix and fmt to leave a file what it is.
func TestLinksAndModes(t *testing.T) {
	for _, line := range []string{"lint --fix --fail-on never soft.json hard.json", "fmt soft.json hard.json"} {
		f := newFault(t, map[string]string{"target": fixable, "hard.json": fixable})
		f.mode("target", 0o640)
		f.mode("hard.json", 0o600)
		if os.Symlink("target", filepath.Join(f.folder, "soft.json")) != nil || os.Link(filepath.Join(f.folder, "hard.json"), filepath.Join(f.folder, "other")) != nil {
			t.Skip("no links here")
		}
		f.want(line, 0)
		for name, mode := range map[string]os.FileMode{"target": 0o640, "hard.json": 0o600, "other": 0o600} {
			info, err := os.Lstat(filepath.Join(f.folder, name))
			if err != nil || info.Mode() != mode {
				t.Errorf("%s: %s is %v (%v), want %v", line, name, info.Mode(), err, mode)
			}
			if text, _ := os.ReadFile(filepath.Join(f.folder, name)); string(text) == fixable {
				t.Errorf("%s: %s is not changed", line, name)
			}
		}
		if info, err := os.Lstat(filepath.Join(f.folder, "soft.json")); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Errorf("%s: the symbolic link is none any more", line)
		}
	}
}

// TestLongPath wants a path that the system rejects to cost itself alone.
func TestLongPath(t *testing.T) {
	f := newFault(t, map[string]string{"t.json": fixable})
	long := strings.Repeat(strings.Repeat("d", 250)+"/", 20) + "x.json"
	f.want("lint t.json "+long, 1, "file name too long", "t.json:1")
	f.want("lint t.json --output "+long, 3, "scaleset: writing ")
	f.hasFiles(map[string]string{"t.json": fixable})
}

// TestStopped wants a signal to end each command that writes, also one that
// waits, with nothing half done.
func TestStopped(t *testing.T) {
	for _, line := range []string{"lint --fix t.json", "fmt t.json", "lint t.json --output x.txt", "lint -", "simulate --vmss pipe --to 3"} {
		for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
			f := newFault(t, map[string]string{"t.json": fixable + strings.Repeat(" ", 8<<20)})
			if err := syscall.Mkfifo(filepath.Join(f.folder, "pipe"), 0o666); err != nil {
				t.Skip("no pipes here")
			}
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			var errs bytes.Buffer
			cmd := exec.Command(f.program(), strings.Fields(line)...)
			cmd.Dir, cmd.Stdin, cmd.Stderr = f.folder, r, &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(50 * time.Millisecond)
			_ = cmd.Process.Signal(signal)
			hang := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
			_ = cmd.Wait()
			if !hang.Stop() {
				t.Errorf("%s: does not end after %v", line, signal)
			}
			r.Close()
			w.Close()
			status := cmd.ProcessState.Sys().(syscall.WaitStatus)
			// Before main has begun, the signal does what it does to any process.
			if code := cmd.ProcessState.ExitCode(); code == 3 && !strings.Contains(errs.String(), "scaleset: interrupted; no file was changed after that") || code == 2 || code < 0 && !status.Signaled() {
				t.Errorf("%s: %v: %v\n%s", line, signal, cmd.ProcessState, &errs)
			}
			if got := names(t, f.folder); got != "pipe t.json" && got != "pipe t.json x.txt" {
				t.Errorf("%s: %v leaves %s", line, signal, got)
			}
		}
	}
}

// TestRuntimeFailure wants an error of the Go runtime not to end with the exit
// code of a mistake in the command line. It takes most of a gigabyte, so it runs
// only when SCALESET_CANARY=all asks for the long tests.
func TestRuntimeFailure(t *testing.T) {
	if os.Getenv("SCALESET_CANARY") != "all" {
		t.Skip("SCALESET_CANARY=all runs it")
	}
	comments := "{\n" + strings.Repeat("//x\n", 7_000_000) + `"$schema": "x", "resources": []}`
	f := newFault(t, map[string]string{"big.json": comments})
	cmd := exec.Command("sh", "-c", `ulimit -v 900000; exec "$0" lint big.json`, f.program())
	cmd.Dir = f.folder
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); err == nil || code == 2 || !strings.Contains(string(out), "out of memory") {
		t.Errorf("exit code %d, want an end by a signal: %.200s", code, out)
	}
}
