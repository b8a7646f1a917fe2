package lsp_test

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/app/lsp"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/policy"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/check/settings"
)

const text = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "count": { "type": "int", "defaultValue": 5 },
    "adminPassword": { "type": "securestring", "defaultValue": "hunter2secret" }
  },
  "variables": { "name": "[concat('web', '-', 'öst')]" },
  "resources": [
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2025-04-01",
      "name": "[variables('name')]",
      "location": "westus2",
      "sku": { "name": "Standard_D2s_v5", "capcity": "[parameters('count')]" },
      "tags": { "p": "[parameters('adminPassword')]" }
    }
  ]
}
`

// editor is the other side of the wire.
type editor struct {
	t     *testing.T
	conn  *jsonrpc2.Conn
	found chan []map[string]any
}

const uri = "file:///templates/azuredeploy.json"

func open(t *testing.T, text string) *editor {
	t.Helper()
	return openWith(t, text, lsp.Config{Engine: engine.Config{Files: engine.Folder(t.TempDir()), Rules: rules.All()}, Version: "test"})
}

func openWith(t *testing.T, text string, config lsp.Config) *editor {
	t.Helper()
	ours, theirs := net.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	done := make(chan error, 1)
	go func() {
		done <- lsp.Serve(ctx, theirs, config)
	}()
	e := &editor{t: t, found: make(chan []map[string]any, 16)}
	e.conn = jsonrpc2.NewConn(ctx, jsonrpc2.NewBufferedStream(ours, jsonrpc2.VSCodeObjectCodec{}), jsonrpc2.HandlerWithError(e.receive))
	t.Cleanup(func() {
		e.call("shutdown", nil)
		_ = e.conn.Notify(ctx, "exit", nil)
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(2 * time.Minute):
			t.Error("the server does not end after exit")
		}
	})
	if got := e.call("initialize", map[string]any{}); !strings.Contains(got, `"hoverProvider":true`) {
		t.Fatalf("initialize answers %s", got)
	}
	e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "version": 1, "text": text}})
	return e
}

func (e *editor) receive(_ context.Context, _ *jsonrpc2.Conn, r *jsonrpc2.Request) (any, error) {
	var p struct{ Diagnostics []map[string]any }
	if r.Method == "textDocument/publishDiagnostics" && json.Unmarshal(*r.Params, &p) == nil {
		e.found <- p.Diagnostics
	}
	return nil, nil
}

func (e *editor) call(method string, params any) string {
	e.t.Helper()
	var raw json.RawMessage
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if err := e.conn.Call(ctx, method, params, &raw); err != nil {
		return "error: " + err.Error()
	}
	return string(raw)
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	if err := e.conn.Notify(e.t.Context(), method, params); err != nil {
		e.t.Fatal(err)
	}
}

// codes are the codes of the next findings that arrive, with their lines.
func (e *editor) codes() (codes []string) {
	e.t.Helper()
	select {
	case found := <-e.found:
		for _, d := range found {
			start := d["range"].(map[string]any)["start"].(map[string]any)
			codes = append(codes, d["code"].(string)+"@"+jsonText(start["line"])+":"+jsonText(start["character"]))
		}
	case <-time.After(2 * time.Minute):
		e.t.Fatal("no findings arrive")
	}
	return codes
}

func jsonText(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// place is the position of the first occurrence of mark, after skip characters of it.
func place(mark string, skip int) map[string]any {
	before, _, _ := strings.Cut(text, mark)
	line := strings.Count(before, "\n")
	column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:])) + skip
	return map[string]any{"textDocument": map[string]any{"uri": uri}, "position": map[string]any{"line": line, "character": column}}
}

// The settings hold as they are at a check, and as they were last while they
// cannot be read.
func TestSettings(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, settings.Name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("rules: { SS3001: info }\n")
	e := openWith(t, text, lsp.Config{
		Engine: engine.Config{Files: engine.Folder(dir), Rules: rules.All()},
		Policy: func() (policy.Policy, error) { return policy.Load(dir, "") },
	})
	severity := func() float64 {
		t.Helper()
		for _, d := range <-e.found {
			if d["code"] == "SS3001" {
				return d["severity"].(float64)
			}
		}
		return 0
	}
	save := func(uri string) {
		e.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": uri}})
	}
	if got := severity(); got != 3 {
		t.Errorf("SS3001 has the severity %v, the settings say info", got)
	}
	write("rules: { SS3001: warning }\n")
	save("file://" + filepath.ToSlash(filepath.Join(dir, settings.Name)))
	if got := severity(); got != 2 {
		t.Errorf("SS3001 has the severity %v once the settings are saved, they say warning", got)
	}
	write("rules: { SS3001: wa")
	save(uri)
	if got := severity(); got != 2 {
		t.Errorf("SS3001 has the severity %v while the settings are broken, they said warning", got)
	}
}

func TestSession(t *testing.T) {
	e := open(t, text)
	first := e.codes()
	if !contains(first, "SS3001@14:42") {
		t.Errorf("the misspelt capacity is not found at its place: %v", first)
	}
	for _, tt := range []struct {
		name, method string
		params       map[string]any
		want         []string
		never        string
	}{
		{"a function is explained", "textDocument/hover", place("concat(", 2), []string{"concat(", "```"}, ""},
		{"a value is computed", "textDocument/hover", place("[variables('name')]", 0), []string{"web-öst"}, ""},
		{"a property is described", "textDocument/hover", place(`"sku"`, 2), []string{"sku", "object"}, ""},
		{"a secret stays one", "textDocument/hover", place("[parameters('adminPassword')]", 3), []string{"parameters"}, "hunter2"},
		{"parameters are proposed", "textDocument/completion", place("parameters('count", 12), []string{`"label":"count"`, `"label":"adminPassword"`}, `"label":"concat"`},
		{"functions are proposed", "textDocument/completion", place("concat('web'", 3), []string{`"label":"uniqueString"`}, ""},
		{"properties are proposed", "textDocument/completion", place("capcity", 3), []string{`"label":"capacity"`}, ""},
		{"versions are proposed", "textDocument/completion", place("2025-04-01", 4), []string{"2015-06-15", "2025-04-01"}, ""},
		{"a fix is offered", "textDocument/codeAction", actionAt("capcity"), []string{`"newText":"\"capacity\""`, "quickfix"}, ""},
		{"a name leads to its declaration", "textDocument/definition", place("variables('name')", 12), []string{`"line":7`}, ""},
		{"the outline has the resource", "textDocument/documentSymbol", place("{", 0), []string{"virtualMachineScaleSets", `"name":"count"`}, ""},
		{"an unknown request is refused", "textDocument/moniker", place("{", 0), []string{"error", "does not answer"}, ""},
		{"a document that is not open", "textDocument/hover", map[string]any{"textDocument": map[string]any{"uri": "file:///other.json"}, "position": map[string]any{"line": 1, "character": 1}}, []string{"null"}, ""},
	} {
		got := e.call(tt.method, tt.params)
		for _, want := range tt.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in %s", tt.name, want, got)
			}
		}
		if tt.never != "" && strings.Contains(got, tt.never) {
			t.Errorf("%s: %q in %s", tt.name, tt.never, got)
		}
	}
	e.notify("textDocument/didChange", map[string]any{
		"textDocument":   map[string]any{"uri": uri, "version": 2},
		"contentChanges": []any{map[string]any{"range": map[string]any{"start": map[string]any{"line": 14, "character": 43}, "end": map[string]any{"line": 14, "character": 50}}, "text": "capacity"}},
	})
	if second := e.codes(); contains(second, "SS3001@14:42") || len(second) >= len(first) {
		t.Errorf("after the correction there are %v, before %v", second, first)
	}
	e.notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": uri}})
	if last := e.codes(); len(last) != 0 {
		t.Errorf("after closing there are %v", last)
	}
}

func actionAt(mark string) map[string]any {
	p := place(mark, 1)
	return map[string]any{"textDocument": p["textDocument"], "range": map[string]any{"start": p["position"], "end": p["position"]}, "context": map[string]any{"diagnostics": []any{}}}
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

func TestFormat(t *testing.T) {
	e := open(t, `{"a":1,
"b":2}`)
	e.codes()
	got := e.call("textDocument/formatting", map[string]any{"textDocument": map[string]any{"uri": uri}, "options": map[string]any{"tabSize": 4, "insertSpaces": true}})
	var edits []struct{ NewText string }
	if err := json.Unmarshal([]byte(got), &edits); err != nil || len(edits) != 1 {
		t.Fatalf("%s: %v", got, err)
	}
	if diff := cmp.Diff("{\n    \"a\": 1,\n    \"b\": 2\n}\n", edits[0].NewText); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestCustomRules: findings of the rules of a project come with their code, place and
// link, like all others; a mistake in the settings keeps the last rules.
func TestCustomRules(t *testing.T) {
	dir := t.TempDir()
	write := func(message string) {
		t.Helper()
		rule := "custom-rules:\n  - code: SHOP01\n    name: no-sets\n    for: scale-sets\n    assert: \"false\"\n    link: https://example.org/sets\n    message: " + message + "\n"
		if err := os.WriteFile(filepath.Join(dir, settings.Name), []byte(rule), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("one")
	e := openWith(t, text, lsp.Config{
		Engine: engine.Config{Files: engine.Folder(dir), Rules: rules.All()},
		Policy: func() (policy.Policy, error) { return policy.Load(dir, "") },
	})
	check := func(want string) {
		t.Helper()
		for _, d := range <-e.found {
			if d["code"] == "SHOP01" {
				link, _ := d["codeDescription"].(map[string]any)
				if d["message"] != want || link["href"] != "https://example.org/sets" || d["severity"] != 2.0 {
					t.Errorf("%v", d)
				}
				return
			}
		}
		t.Errorf("the rule %q found nothing", want)
	}
	save := func() {
		e.notify("textDocument/didSave", map[string]any{"textDocument": map[string]any{"uri": "file://" + filepath.ToSlash(filepath.Join(dir, settings.Name))}})
	}
	check("one")
	write("two")
	save()
	check("two")
	write("three {{ nope }}")
	save()
	check("two")
}

// TestRequirements: the hover of a property lists what Azure requires of it, up to four
// requirements.
func TestRequirements(t *testing.T) {
	e := openWith(t, text, lsp.Config{
		Engine: engine.Config{Files: engine.Folder(t.TempDir()), Rules: rules.All()},
		Requirements: func(resourceType, path string) (all []lsp.Requirement) {
			if resourceType != "Microsoft.Compute/virtualMachineScaleSets" || path != "sku" {
				return nil
			}
			for _, text := range []string{"One.", "Two.", "Three.", "Four.", "Five.", "Six."} {
				all = append(all, lsp.Requirement{Text: text, Evidence: "documented", Source: "https://example.org", Code: "SS8001"})
			}
			return all
		},
	})
	e.codes()
	got := e.call("textDocument/hover", place(`"sku"`, 2))
	for _, want := range []string{`- One. ([documented](https://example.org), SS8001)\n- Two.`, `- Four.`, `- and 2 more`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %s", want, got)
		}
	}
	if strings.Contains(got, "Five") {
		t.Errorf("more than four requirements in %s", got)
	}
	if got := e.call("textDocument/hover", place(`"capcity"`, 2)); strings.Contains(got, "Requirements") {
		t.Errorf("requirements of a property without any: %s", got)
	}
}
