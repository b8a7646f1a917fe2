package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
	"github.com/tidwall/gjson"
)

// scripts returns the shell scripts of a file of a build service: the values of script,
// before_script, run and bash.
func scripts(v any) (all []string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if slices.Contains([]string{"script", "before_script", "run", "bash"}, name) {
				switch member := member.(type) {
				case string:
					all = append(all, member)
					continue
				case []any:
					var lines []string
					for _, l := range member {
						lines = append(lines, fmt.Sprint(l))
					}
					all = append(all, strings.Join(lines, "\n"))
					continue
				}
			}
			all = append(all, scripts(member)...)
		}
	case []any:
		for _, item := range v {
			all = append(all, scripts(item)...)
		}
	}
	return all
}

// TestExamplesOfServices holds that the examples for build services are YAML, that their
// scripts are shell scripts, and that the commands in them exist.
func TestExamplesOfServices(t *testing.T) {
	root := repository(t)
	shell, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("needs bash")
	}
	names, err := filepath.Glob(filepath.Join(root, "examples", "ci", "*.yml"))
	if err != nil {
		t.Fatal(err)
	}
	commands := 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseBytes(text, 0)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, document := range file.Docs {
			var v any
			if err := yaml.NodeToValue(document.Body, &v); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, script := range scripts(v) {
				cmd := exec.Command(shell, "-n")
				cmd.Stdin = strings.NewReader(script)
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %s\n%s", name, out, script)
				}
				script = strings.ReplaceAll(script, `"$AGENT_TEMPDIRECTORY/scaleset"`, "scaleset")
				script = strings.NewReplacer(`"$@" `, "", `"$SCALESET_FAIL_ON"`, "warning").Replace(script)
				for _, args := range invocations(script) {
					commands++
					if err := parse(args, true); err != nil {
						t.Errorf("%s: scaleset %s: %v", name, strings.Join(args, " "), err)
					}
				}
			}
		}
	}
	if commands < 4 {
		t.Errorf("%d commands in the scripts", commands)
	}
}

// TestDevContainer runs the installation of the Dev Container feature against a stand-in
// for the downloads: the latest version, one that is named, and what must not be installed.
func TestDevContainer(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the feature is for containers")
	}
	for _, tool := range []string{"sh", "curl", "tar", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool)
		}
	}
	feature := filepath.Join(repository(t), "editors", "devcontainer", "src", "scaleset")
	text, err := os.ReadFile(filepath.Join(feature, "devcontainer-feature.json"))
	if err != nil || !gjson.ValidBytes(text) || gjson.GetBytes(text, "id").String() != filepath.Base(feature) || gjson.GetBytes(text, "options.version.default").String() != "latest" {
		t.Errorf("the feature is not valid: %v", err)
	}
	s := newService(t)
	archive := s.release("9.8.7", []byte("#!/bin/sh\necho installed \"$@\"\n"))
	s.Config.Handler.(*http.ServeMux).HandleFunc("GET /latest", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/tag/v9.8.7", http.StatusFound) })
	s.Config.Handler.(*http.ServeMux).HandleFunc("GET /tag/v9.8.7", func(http.ResponseWriter, *http.Request) {})
	folder := filepath.Join(t.TempDir(), "bin")
	run := func(version string) (string, error) {
		os.RemoveAll(folder)
		cmd := exec.Command("sh", filepath.Join(feature, "install.sh"))
		cmd.Env = append(os.Environ(), "VERSION="+version, "SCALESET_RELEASES="+s.URL+"/releases", "SCALESET_LATEST="+s.URL+"/latest", "SCALESET_FOLDER="+folder)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, version := range []string{"latest", "9.8.7", "v9.8.7"} {
		if out, err := run(version); err != nil || out != "installed version\n" {
			t.Errorf("%s: %v %s", version, err, out)
		}
	}
	sums := s.files["v9.8.7/checksums.txt"]
	rejected := func(version, want string) {
		t.Helper()
		out, err := run(version)
		if _, there := os.Stat(filepath.Join(folder, "scaleset")); err == nil || there == nil || !strings.Contains(out, want) {
			t.Errorf("%s: %v %s", version, err, out)
		}
	}
	rejected("1.0.0", "checksums.txt of version 1.0.0 could not be downloaded")
	rejected("$(touch /tmp/x)", "is not a version")
	rejected("../../x", "is not a version")
	s.files["v9.8.7/"+archive] = bytes.Clone(append(s.files["v9.8.7/"+archive], 'x'))
	rejected("9.8.7", archive+" has another checksum than the release says")
	s.files["v9.8.7/checksums.txt"] = bytes.ReplaceAll(sums, []byte(archive), []byte("other"))
	rejected("9.8.7", "checksums.txt does not list "+archive)
}
