package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestCommandsAgree checks the templates of all rules, templates that Azure
// accepts, and published ones where they are at hand, with all commands: review
// and the editor have the errors of lint, the others have those of them that they
// show, and no others.
func TestCommandsAgree(t *testing.T) {
	root := golden.Root(t)
	if errors := agree(t, filepath.Join(root, "pkg", "check", "rules"), 25); errors < 5 {
		t.Errorf("the templates have %d errors, want 5 and more", errors)
	}
	if errors := agree(t, filepath.Join("testdata", "accepted"), 1); errors > 0 {
		t.Errorf("templates that Azure accepts have %d errors", errors)
	}
	t.Run("published", func(t *testing.T) { agree(t, golden.Shared(t, "corpus", "scale-sets"), 4) })
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
		agreeInEditor(t, root, name, all)
		agreeAboutChanges(t, root, name, all)
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
func errorsOf(t *testing.T, root, command, name string, args ...string) (all []string, ok bool) {
	t.Helper()
	code, out, problems := runVerdict(t, root, append([]string{command, "--format", "json", "--quiet", name}, args...)...)
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
			t.Errorf("%s %s: exit code %d: %s", command, name, code, problems)
		}
		return nil, false
	}
	if err := json.Unmarshal([]byte(out), &result); err != nil {
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

// agreeInEditor compares the errors of lint that are about the template itself
// with those that an editor shows in it.
func agreeInEditor(t *testing.T, root, name string, all []string) {
	t.Helper()
	var want []string
	for _, e := range all {
		code, rest, _ := strings.Cut(e, " ")
		path, rest, _ := strings.Cut(rest, "{")
		place, message, _ := strings.Cut(rest, "} ")
		var at struct{ Line int }
		if err := json.Unmarshal([]byte("{"+place+"}"), &at); err != nil {
			t.Fatal(err)
		}
		if path == filepath.ToSlash(name) {
			want = append(want, fmt.Sprintf("%s line %d %s", code, at.Line, message))
		}
	}
	got := errorsInEditor(t, root, name)
	slices.Sort(want)
	if diff := cmp.Diff(slices.Compact(want), got); diff != "" {
		t.Errorf("%s: editor (-lint +editor):\n%s", name, diff)
	}
}

// errorsInEditor are the errors that an editor shows in a template: code, line
// and message.
func errorsInEditor(t *testing.T, root, name string, args ...string) (all []string) {
	t.Helper()
	file, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	uri := (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
	var said bytes.Buffer
	for i, method := range []string{"initialize", "textDocument/didOpen", "textDocument/hover", "shutdown", "exit"} {
		message := map[string]any{"jsonrpc": "2.0", "method": method}
		document := map[string]any{"uri": uri, "languageId": "json", "version": 1, "text": string(text)}
		switch method {
		case "textDocument/didOpen", "textDocument/hover": // which waits for the check
			message["params"] = map[string]any{"textDocument": document, "position": map[string]any{"line": 0, "character": 0}}
		case "initialize":
			message["params"] = map[string]any{}
		}
		if method == "initialize" || method == "textDocument/hover" || method == "shutdown" {
			message["id"] = i
		}
		body, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&said, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	app := verdictApp(root)
	out := golden.NewEditor(said.Bytes())
	app.In, app.Out = out, out
	if code := Main(t.Context(), app, append([]string{"lsp", "--config", ""}, args...)); code != ExitClean {
		t.Fatalf("lsp %s: exit code %d", name, code)
	}
	published := false
	for rest := out.String(); rest != ""; {
		header, body, _ := strings.Cut(rest, "\r\n\r\n")
		size, err := strconv.Atoi(strings.TrimPrefix(strings.Split(header, "\r\n")[0], "Content-Length: "))
		if err != nil {
			t.Fatal(err)
		}
		var message struct {
			Method string
			Params struct {
				URI         string
				Diagnostics []struct {
					Severity      int
					Code, Message string
					Range         struct{ Start struct{ Line int } }
				}
			}
		}
		if err := json.Unmarshal([]byte(body[:size]), &message); err != nil {
			t.Fatal(err)
		}
		rest = body[size:]
		if message.Method != "textDocument/publishDiagnostics" || message.Params.URI != uri {
			continue
		}
		published, all = true, nil
		for _, d := range message.Params.Diagnostics {
			if d.Severity == 1 {
				summary, _, _ := strings.Cut(d.Message, "\n")
				all = append(all, fmt.Sprintf("%s line %d %s", d.Code, d.Range.Start.Line+1, summary))
			}
		}
	}
	if !published {
		t.Errorf("%s: the editor gets no findings", name)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// agreeAboutChanges runs the commands about changes, which judge the change and
// not the template: a template that is compared with itself changes nothing, and
// a scale set that keeps its capacity exceeds only limits that lint reports.
func agreeAboutChanges(t *testing.T, root, name string, all []string) {
	t.Helper()
	code, out, errs := runVerdict(t, root, "diff", "--format", "json", name, name)
	var compared struct {
		Worst     string
		Resources []json.RawMessage
	}
	if err := json.Unmarshal([]byte(out), &compared); code != ExitClean || err != nil || len(compared.Resources) > 0 || compared.Worst != "no-effect" {
		t.Errorf("%s: diff with itself: exit code %d, %s%s", name, code, out, errs)
	}
	_, out, _ = runVerdict(t, root, "expand", "--format", "json", name)
	var expanded struct {
		Resources []struct {
			Type, Name string
			SKU        struct{ Capacity any }
		}
	}
	if err := json.Unmarshal([]byte(out), &expanded); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	names := map[string]int{}
	for _, r := range expanded.Resources {
		names[r.Name]++
	}
	for _, r := range expanded.Resources {
		capacity, known := r.SKU.Capacity.(float64)
		if !strings.EqualFold(r.Type, "Microsoft.Compute/virtualMachineScaleSets") || !known || names[r.Name] > 1 {
			continue
		}
		n := strconv.Itoa(int(capacity))
		_, _, errs = runVerdict(t, root, "scale", name, "--set-name", r.Name, "--capacity", n, "--current", n, "--yes")
		for _, m := range regexp.MustCompile(`error: [^\[]*\[(SS\d+)`).FindAllStringSubmatch(strings.Join(strings.Fields(errs), " "), -1) {
			if !slices.ContainsFunc(all, func(e string) bool { return strings.HasPrefix(e, m[1]+" ") }) {
				t.Errorf("%s: scale --capacity %s has %s, which lint does not have: %s", name, n, m[1], errs)
			}
		}
	}
}

func runVerdict(t *testing.T, root string, args ...string) (code int, out, errs string) {
	t.Helper()
	app := verdictApp(root)
	var stdout, stderr bytes.Buffer
	app.Out, app.Err = &stdout, &stderr
	code = Main(t.Context(), app, append(args, "--config", ""))
	return code, stdout.String(), stderr.String()
}

// verdictApp is an App that works in a folder.
func verdictApp(root string) *App {
	dir, err := filepath.Abs(root)
	if err != nil {
		panic(err)
	}
	return &App{In: new(bytes.Buffer), Out: io.Discard, Err: io.Discard, Dir: dir, Getenv: func(string) string { return "" },
		Now: func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }, Version: "test"}
}
