package lsp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// TestGoldenSession plays a session of an editor that pulls findings, from its start
// to its end, and keeps every message of both sides.
func TestGoldenSession(t *testing.T) {
	folder := t.TempDir()
	root := "file://" + filepath.ToSlash(folder)
	document := map[string]any{"uri": root + "/azuredeploy.json"}
	parameters := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"count": {"value": "many"}}}`
	for name, text := range map[string]string{"azuredeploy.json": text, "azuredeploy.parameters.json": parameters} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all := map[string]any{"start": map[string]any{"line": 0, "character": 0}, "end": map[string]any{"line": 99, "character": 0}}
	at := place("[parameters('count')]", 14)["position"]
	var said bytes.Buffer
	var lines []string
	id := 0
	say := func(method string, params any) {
		message := map[string]any{"jsonrpc": "2.0", "method": method, "params": params}
		if !strings.HasPrefix(method, "textDocument/did") && method != "initialized" && method != "exit" && method != "$/setTrace" {
			id++
			message["id"] = id
		}
		said.Write(frame(message))
		raw, err := json.Marshal(params)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("-> %s %s", method, raw))
	}
	say("initialize", map[string]any{"rootUri": root, "initializationOptions": map[string]any{"inlayHints": true}, "capabilities": map[string]any{
		"general": map[string]any{"positionEncodings": []string{"utf-8", "utf-16"}}, "textDocument": map[string]any{"diagnostic": map[string]any{}},
	}})
	say("initialized", map[string]any{})
	say("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": document["uri"], "languageId": "json", "version": 1, "text": text}})
	say("textDocument/diagnostic", map[string]any{"textDocument": document})
	say("textDocument/hover", map[string]any{"textDocument": document, "position": at})
	say("textDocument/semanticTokens/full", map[string]any{"textDocument": document})
	say("textDocument/inlayHint", map[string]any{"textDocument": document, "range": all})
	say("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": document["uri"], "version": 2}, "contentChanges": []any{
		map[string]any{"range": map[string]any{"start": map[string]any{"line": 6, "character": 0}, "end": map[string]any{"line": 6, "character": 0}}, "text": "  \"metadata\": { \"a\": \"[concat('b')]\" },\n"},
	}})
	say("textDocument/semanticTokens/full/delta", map[string]any{"textDocument": document, "previousResultId": "1"})
	say("textDocument/codeAction", map[string]any{"textDocument": document, "range": map[string]any{"start": map[string]any{"line": 15, "character": 45}, "end": map[string]any{"line": 15, "character": 45}}, "context": map[string]any{"diagnostics": []any{}, "only": []string{"quickfix"}}})
	say("textDocument/rename", map[string]any{"textDocument": document, "position": map[string]any{"line": 4, "character": 7}, "newName": "size"})
	say("workspace/diagnostic", map[string]any{"previousResultIds": []any{}, "partialResultToken": "part"})
	say("workspace/symbol", map[string]any{"query": "cnt"})
	say("textDocument/unknown", map[string]any{})
	say("shutdown", nil)
	say("exit", nil)

	answers, _ := playWith(t, said.Bytes(), engine.Folder(""))
	for _, m := range answers {
		switch {
		case m.Error != nil:
			lines = append(lines, fmt.Sprintf("<- %s error %d %s", *m.ID, m.Error.Code, m.Error.Message))
		case m.ID != nil:
			lines = append(lines, fmt.Sprintf("<- %s %s", *m.ID, m.Result))
		default:
			lines = append(lines, fmt.Sprintf("<- %s %s", m.Method, m.Params))
		}
	}
	session := strings.ReplaceAll(strings.ReplaceAll(strings.Join(lines, "\n")+"\n", root, "file:///w"), filepath.ToSlash(folder), "/w")
	session = regexp.MustCompile(`"resultId":"[0-9a-f]{16}"`).ReplaceAllString(session, `"resultId":"a digest"`) // which includes the folder
	golden.Equal(t, "testdata/session.txt", []byte(session))
}
