package main

import (
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/tidwall/gjson"
)

const brokenTemplate = `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "resources": [], "outputs": { "a": { "type": "string", "value": "[parameters('none')]" } } }
`

// TestAction runs the script of action.yml as a GitHub runner would.
func TestAction(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("the script of the action needs bash")
	}
	root, dir := repository(t), t.TempDir()
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "scaleset"), "./cmd/scaleset")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.MkdirAll(filepath.Join(dir, "my templates"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "my templates", "a.json"), []byte(brokenTemplate), 0o644); err != nil {
		t.Fatal(err)
	}
	run := func(env ...string) (out string, code int) {
		cmd := exec.Command(bash, filepath.Join(root, ".github", "action.sh"))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), append([]string{
			"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "GITHUB_ACTION_PATH=" + root,
			"GITHUB_STEP_SUMMARY=" + filepath.Join(dir, "summary.md"), "GITHUB_OUTPUT=" + filepath.Join(dir, "output"),
		}, env...)...)
		text, err := cmd.Output()
		if err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(text), cmd.ProcessState.ExitCode()
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}

	out, code := run("INPUT_PATHS=my templates\n\n", "INPUT_ARGS=--min-severity\nwarning", "INPUT_SARIF=out.sarif")
	if want := "::error file=my templates/a.json,line=2,col=80,endColumn=86,title=SS1016 undefined-name::parameter 'none' is not defined"; code != 1 || !strings.HasPrefix(out, want) {
		t.Errorf("exit code %d, annotations %q", code, out)
	}
	if !strings.Contains(read("summary.md"), "**1 error, 0 warnings in 1 template**") {
		t.Errorf("the summary is %q", read("summary.md"))
	}
	if n := gjson.Get(read("out.sarif"), "runs.0.results.#").Int(); n != 1 {
		t.Errorf("SARIF has %d results", n)
	}
	if want := "sarif=out.sarif\nexit-code=1\n"; read("output") != want {
		t.Errorf("the outputs are %q", read("output"))
	}
	if _, code := run("INPUT_PATHS=my templates", "INPUT_ARGS=--fail-on=never"); code != 0 {
		t.Errorf("exit code %d with --fail-on never", code)
	}
	if err := os.Remove(filepath.Join(dir, "output")); err != nil {
		t.Fatal(err)
	}
	if _, code := run("INPUT_PATHS=.", "INPUT_ARGS=--wrong", "INPUT_SARIF=out.sarif"); code != 2 {
		t.Errorf("exit code %d with a flag that is none", code)
	}
	if want := "exit-code=2\n"; read("output") != want { // out.sarif is not of this run
		t.Errorf("the outputs of a run that fails are %q", read("output"))
	}
}

// TestActionBuilds wants the script to build a scaleset if there is none on
// PATH, which needs no library of the machine.
func TestActionBuilds(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil || runtime.GOOS == "windows" {
		t.Skip("the script of the action needs bash")
	}
	if testing.Short() {
		t.Skip("-short: builds the program")
	}
	dir, temp := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte(brokenTemplate), 0o644); err != nil {
		t.Fatal(err)
	}
	var path []string
	for _, folder := range filepath.SplitList(os.Getenv("PATH")) {
		if _, err := os.Stat(filepath.Join(folder, "scaleset")); err != nil {
			path = append(path, folder)
		}
	}
	root := repository(t)
	cmd := exec.Command(bash, filepath.Join(root, ".github", "action.sh"))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+strings.Join(path, string(os.PathListSeparator)), "GITHUB_ACTION_PATH="+root, "RUNNER_TEMP="+temp,
		"GITHUB_STEP_SUMMARY=", "GITHUB_OUTPUT="+filepath.Join(dir, "output"), "INPUT_VERSION=")
	out, _ := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.HasPrefix(string(out), "::error file=a.json,line=2,col=80,") {
		t.Errorf("exit code %d, annotations %q", code, out)
	}
	if runtime.GOOS != "linux" {
		return
	}
	binary, err := elf.Open(filepath.Join(temp, "scaleset-bin", "scaleset"))
	if err != nil {
		t.Fatal(err)
	}
	defer binary.Close()
	if libraries, err := binary.ImportedLibraries(); err != nil || len(libraries) > 0 {
		t.Errorf("the binary needs %q, %v", libraries, err)
	}
	for _, p := range binary.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary needs a loader")
		}
	}
}

// TestActionInputs wants the script to read exactly the inputs of the action.
func TestActionInputs(t *testing.T) {
	root := repository(t)
	text, err := os.ReadFile(filepath.Join(root, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var action struct {
		Inputs map[string]any
		Runs   struct {
			Steps []struct {
				If, Run string
				Env     map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(text, &action); err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(root, ".github", "action.sh"))
	if err != nil {
		t.Fatal(err)
	}
	env := action.Runs.Steps[0].Env
	for name := range action.Inputs {
		if name == "upload-sarif" { // is for the second step, and names the file of the first
			if !strings.Contains(env["INPUT_SARIF"], "inputs.upload-sarif == 'true'") || !strings.Contains(action.Runs.Steps[1].If, "inputs.upload-sarif == 'true'") {
				t.Error("the input upload-sarif has no effect")
			}
			continue
		}
		variable := "INPUT_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if !strings.HasPrefix(env[variable], "${{ inputs."+name+" ") || !strings.Contains(string(script), variable) {
			t.Errorf("the input %s does not reach the script", name)
		}
	}
	for variable := range env {
		if !strings.Contains(string(script), variable) {
			t.Errorf("the script does not read %s", variable)
		}
	}
	for _, step := range action.Runs.Steps {
		if strings.Contains(step.Run, "${{") {
			t.Errorf("a value becomes a part of a script: %s", step.Run)
		}
	}
}

// TestProblemMatcher wants the problem matcher to match the first line of each
// finding.
func TestProblemMatcher(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository(t), ".github", "problem-matcher.json"))
	if err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile(gjson.GetBytes(text, "problemMatcher.0.pattern.0.regexp").String())
	got := pattern.FindStringSubmatch("web/azure deploy.json:10:26: error: 60 share 1: too many [of them] [SS5001 storage-account-spread]")
	want := []string{"web/azure deploy.json", "10", "26", "error", "60 share 1: too many [of them]", "SS5001"}
	if len(got) == 0 || strings.Join(got[1:], "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestReadyMade checks the format of files for other tools.
func TestReadyMade(t *testing.T) {
	root := repository(t)
	for _, name := range []string{".pre-commit-hooks.yaml", ".goreleaser.yaml", "action.yml"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := yaml.Unmarshal(text, &v); err != nil || v == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// repository returns the root of the module, as an absolute path.
func repository(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return root
}
