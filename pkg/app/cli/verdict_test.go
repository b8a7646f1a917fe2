package cli

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestCommandsAgree checks the templates of all rules, and published ones where
// they are at hand, with lint, review, expand and autoscale: review has the
// errors of lint, the others have those of them that they show, and no others.
func TestCommandsAgree(t *testing.T) {
	root := golden.Root(t)
	if errors := agree(t, filepath.Join(root, "pkg", "check", "rules"), 25); errors < 5 {
		t.Errorf("the templates have %d errors, want 5 and more", errors)
	}
	t.Run("published", func(t *testing.T) { agree(t, golden.Shared(t, "corpus", "scale-sets"), 4) })
	t.Run("accepted", func(t *testing.T) { agree(t, golden.Shared(t, "accepted"), 1) })
}

// agree compares the commands for every nth template below a folder, and returns
// how many errors lint has.
func agree(t *testing.T, root string, nth int) (errors int) {
	t.Helper()
	seen, compared := 0, 0
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		name := strings.ToLower(e.Name())
		if err != nil || e.IsDir() || filepath.Ext(name) != ".json" || strings.Contains(name, "parameters") || e.Name() == "case.json" {
			return err
		}
		seen++
		if seen%nth != 0 {
			return nil
		}
		name, err = filepath.Rel(root, path)
		if err != nil {
			return err
		}
		all, ok := errorsOf(t, root, "lint", name)
		if !ok {
			return nil // not a template
		}
		compared++
		errors += len(all)
		if got, ok := errorsOf(t, root, "review", name); ok {
			if diff := cmp.Diff(all, got); diff != "" {
				t.Errorf("%s: review (-lint +review):\n%s", name, diff)
			}
		}
		for _, command := range []string{"expand", "autoscale"} {
			got, _ := errorsOf(t, root, command, name)
			for _, e := range got {
				if !slices.Contains(all, e) {
					t.Errorf("%s: %s has an error that lint does not have: %s", name, command, e)
				}
			}
			for _, e := range all {
				code, _, _ := strings.Cut(e, " ")
				if command == "autoscale" && engine.IsLanguage(diag.Code(code)) && len(got) > 0 && !slices.Contains(got, e) {
					t.Errorf("%s: %s does not have the error of lint: %s", name, command, e)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if compared < 20 {
		t.Errorf("%d templates were compared, want 20 and more", compared)
	}
	return errors
}

// errorsOf are the errors that a command gives for a template with one parameter
// file, each as code, place and message; ok is false without a result.
func errorsOf(t *testing.T, root, command, name string) (all []string, ok bool) {
	t.Helper()
	var out, problems bytes.Buffer
	app := &App{In: &bytes.Buffer{}, Out: &out, Err: &problems, Dir: root, Getenv: func(string) string { return "" },
		Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }, Version: "test"}
	code := Main(t.Context(), app, []string{command, "--format", "json", "--quiet", "--config", "", name})
	var result struct {
		Files    []struct{ Status string }
		Findings []struct {
			Code, Severity, Message, Path string
			Start                         struct{ Line, Column int }
			Related                       []struct {
				Message, Path string
				Start         struct{ Line, Column int }
			}
		}
	}
	if code > ExitFindings {
		if command != "autoscale" { // which needs a setting
			t.Errorf("%s %s: exit code %d: %s", command, name, code, problems.String())
		}
		return nil, false
	}
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		return nil, false
	}
	if command == "lint" && (len(result.Files) != 1 || result.Files[0].Status != "checked") {
		return nil, false
	}
	for _, f := range result.Findings {
		if f.Severity == "error" {
			place, _ := json.Marshal(f.Start)
			all = append(all, f.Code+" "+f.Path+string(place)+" "+f.Message)
			for _, r := range f.Related {
				if r.Message == f.Message { // the same at another place, reported once
					place, _ := json.Marshal(r.Start)
					all = append(all, f.Code+" "+r.Path+string(place)+" "+r.Message)
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all), true
}
