package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// The texts of testdata/canary that must not come out. canary begins the values
// of secrets; a default of a secret and the text of protectedSettings are shown
// by expand alone, as the engine does (docs/fidelity.md).
var (
	canary        = []string{"C@nary", "C%40nary", "Q0BuYXJ5", "NAbmFyeS", "DQG5hcnkg"} // plain, in a URI, in base64 at each of the three offsets
	canaryShown   = []string{"D@fault", "D%40fault", "REBmYXVsd", "RAZmF1bHQ", "EQGZhdWx0", "Pr@tected", "UHJAdGVjdGVk"}
	canarySecret  = "setPw=C@nary set/zz?"
	canaryFormats = map[string][]string{
		"lint":     {"text", "compact", "json", "junit", "github", "azure-devops", "checkstyle", "gitlab", "sarif", "markdown", "html"},
		"expand":   {"text", "json", "template"},
		"simulate": {"text", "json", "csv", "markdown", "svg", "html"},
		"connect":  {"text", "json", "markdown", "ssh-config"},
		"diff":     {"text", "json", "markdown"},
		"plan":     {"text", "json", "csv", "markdown", "html"},
		"graph":    {"dot", "mermaid", "svg"},
		"review":   {"markdown", "html", "json"},
	}
	canaryArguments = map[string]string{
		"lint": "azuredeploy.json --show-suppressed", "expand": "azuredeploy.json", "simulate": "azuredeploy.json --set-name web --to 5",
		"connect": "azuredeploy.json", "diff": "azuredeploy.json changed.json", "plan": "azuredeploy.json changed.json --set-name web --from 5", "graph": "azuredeploy.json", "review": "azuredeploy.json --against changed.json",
	}
	canaryOthers = []string{
		"lint --diff azuredeploy.json", "lint --verbose azuredeploy.json", "lint broken.json", "lint broken.json --format sarif", "lint broken.json --format html", "expand broken.json", "review broken.json",
		"lint --enable all azuredeploy.json --write-baseline baseline.json", "autoscale azuredeploy.json --format json", "autoscale azuredeploy.json --format markdown",
		"autoscale azuredeploy.json --at 02:00 --calendar week", "autoscale azuredeploy.json --at 02:00 --calendar week --format json", "autoscale azuredeploy.json --at 02:00 --calendar week --format svg", "autoscale azuredeploy.json --at 02:00 --calendar week --format html",
		"fmt --diff --indent 4 azuredeploy.json", "fmt --diff --indent 4 azuredeploy.parameters.json",
		"autoscale azuredeploy.json", "scale azuredeploy.json --set-name web --capacity 5 --yes", "scale azuredeploy.json --set-name lit --capacity 5 --yes",
		"simulate azuredeploy.json --set-name web --to 5 --lose fd=1 --explain 0", "plan azuredeploy.json changed.json --set-name web --from 5 --lose fd=1",
		"simulate azuredeploy.json --set-name web --to 5 --needs", "simulate azuredeploy.json --set-name web --to 5 --needs --format json", "simulate azuredeploy.json --set-name web --to 5 --needs --format html",
		"simulate azuredeploy.json --set-name web --instances instances.json --to 5 --format json", "simulate --instances instances.json --to 5",
		"trace azuredeploy.json /resources/0/properties/virtualMachineProfile/osProfile/adminPassword",
		"trace azuredeploy.json /resources/1/properties/virtualMachineProfile/osProfile/adminPassword",
		"trace azuredeploy.json /resources/0/properties/virtualMachineProfile/extensionProfile/extensions/0/properties/protectedSettings",
		"trace azuredeploy.json /resources/0/properties/virtualMachineProfile/extensionProfile/extensions/0/properties/settings/b",
	}
)

// TestNoSecretComesOut runs the commands over a template full of secrets: in
// parameter files, flags, defaults, properties, saved answers; computed with,
// passed on, and at the heart of mistakes.
func TestNoSecretComesOut(t *testing.T) {
	folder := canaryFolder(t)
	run := func(t *testing.T, hidden []string, args ...string) {
		app, out, errs := testApp(t)
		app.Dir = folder
		if set := args[0] != "fmt" && args[len(args)-1] != "5"; set {
			args = append(args, "--set", canarySecret)
		}
		if code := Main(context.Background(), app, args); code == ExitUsage || code == ExitFailure {
			t.Fatalf("exit code %d: %s", code, errs)
		}
		written, _ := os.ReadFile(filepath.Join(folder, "baseline.json")) // by the run that writes one
		for line := range strings.Lines(out.String() + "\n" + errs.String() + "\n" + string(written)) {
			for _, secret := range hidden {
				if at := strings.Index(strings.ToLower(line), strings.ToLower(secret)); at >= 0 && (secret[1] == '@' || strings.Contains(line, secret)) {
					t.Errorf("%q comes out: %s", secret, line[max(0, at-80):min(len(line), at+80)])
				}
			}
		}
	}
	everywhere := append(append([]string{}, canary...), canaryShown...)
	for command, formats := range canaryFormats {
		for _, format := range formats {
			t.Run(command+" "+format, func(t *testing.T) {
				hidden := everywhere
				if command == "expand" {
					hidden = canary
				}
				args := append([]string{command}, strings.Fields(canaryArguments[command])...)
				run(t, hidden, append(args, "--format", format)...)
			})
		}
	}
	for _, line := range canaryOthers {
		t.Run(line, func(t *testing.T) { run(t, everywhere, strings.Fields(line)...) })
	}
}

// TestNoSecretComesOutOfTheServer opens the same files in an editor, asks for
// everything at every place, and types a mistake at the end.
func TestNoSecretComesOutOfTheServer(t *testing.T) {
	folder := canaryFolder(t)
	var said strings.Builder
	id := 0
	say := func(method string, params any) {
		message := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
		if !strings.HasPrefix(method, "textDocument/did") && method != "initialized" && method != "exit" {
			id++
			message["id"] = id
		}
		body, err := json.Marshal(message)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&said, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	uri := func(name string) string { return "file://" + filepath.ToSlash(filepath.Join(folder, name)) }
	say("initialize", map[string]any{"rootUri": uri(""), "capabilities": map[string]any{}, "initializationOptions": map[string]any{"inlayHints": true}})
	say("initialized", map[string]any{})
	asked := 0
	for _, name := range []string{"azuredeploy.json", "changed.json", "linked.json", "azuredeploy.parameters.json", "broken.json"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		say("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri(name), "languageId": "json", "version": 1, "text": string(text)}})
		document := map[string]any{"uri": uri(name)}
		askDocument(say, document)
		for line, written := range strings.Split(string(text), "\n") {
			if line > 400 {
				break
			}
			for character := 0; character < len(written); character += 7 {
				at := map[string]any{"textDocument": document, "position": map[string]any{"line": line, "character": character}}
				say("textDocument/hover", at)
				if character%21 == 0 {
					askPlace(say, at)
				}
				asked++
			}
			whole := map[string]any{"start": map[string]any{"line": line, "character": 0}, "end": map[string]any{"line": line, "character": len(written)}}
			say("textDocument/codeAction", map[string]any{"textDocument": document, "range": whole, "context": map[string]any{"diagnostics": []any{}}})
		}
		say("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri(name), "version": 2}, "contentChanges": []any{map[string]any{"text": string(text) + "}"}}})
	}
	askWorkspace(say)
	say("shutdown", nil)
	say("exit", nil)
	app, _, errs := testApp(t)
	app.Dir = folder
	out := golden.NewEditor([]byte(said.String()))
	app.In, app.Out = out, out
	if code := Main(context.Background(), app, []string{"lsp", "--set", canarySecret}); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if n := strings.Count(out.String(), `"result"`); n < asked {
		t.Fatalf("%d answers to %d places", n, asked)
	}
	for _, secret := range append(append([]string{}, canary...), canaryShown...) {
		if at := strings.Index(out.String(), secret); at >= 0 {
			t.Errorf("%q comes out: %s", secret, out.String()[max(0, at-300):min(len(out.String()), at+80)])
		}
	}
}

// askDocument asks everything about a document, but for the edits of formatting,
// which are the text of the editor itself.
func askDocument(say func(method string, params any), document map[string]any) {
	all := map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 9999, "character": 0}}
	for _, method := range []string{
		"documentSymbol", "codeLens", "documentLink", "foldingRange", "diagnostic", "inlayHint", "semanticTokens/full", "semanticTokens/full/delta", "semanticTokens/range",
	} {
		say("textDocument/"+method, map[string]any{"textDocument": document, "range": all, "previousResultId": "1"})
	}
}

// askPlace asks everything about a place, but for hover.
func askPlace(say func(method string, params any), at map[string]any) {
	for _, method := range []string{"completion", "definition", "references", "documentHighlight", "signatureHelp", "prepareRename"} {
		say("textDocument/"+method, at)
	}
}

func askWorkspace(say func(method string, params any)) {
	say("workspace/diagnostic", map[string]any{"previousResultIds": []any{}})
	say("workspace/diagnostic", map[string]any{"previousResultIds": []any{}, "partialResultToken": "part", "workDoneToken": "work"})
	say("workspace/symbol", map[string]any{"query": ""})
}

// canaryFolder is a copy of testdata/canary, so that nothing can be written there.
func canaryFolder(t *testing.T) string {
	folder := filepath.Join(t.TempDir(), "canary")
	if err := os.CopyFS(folder, os.DirFS("testdata/canary")); err != nil {
		t.Fatal(err)
	}
	return folder
}
