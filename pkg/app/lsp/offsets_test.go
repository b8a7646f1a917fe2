package lsp

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// positionRequests are the requests that an editor makes at a position, with
// what they want beside it.
var positionRequests = []struct {
	method string
	more   map[string]any
}{
	{"textDocument/hover", nil},
	{"textDocument/completion", nil},
	{"textDocument/definition", nil},
	{"textDocument/references", map[string]any{"context": map[string]any{"includeDeclaration": true}}},
	{"textDocument/documentHighlight", nil},
	{"textDocument/prepareRename", nil},
	{"textDocument/rename", map[string]any{"newName": "zq0renamed"}},
	{"textDocument/signatureHelp", nil},
	{"textDocument/selectionRange", nil},
	{"textDocument/onTypeFormatting", map[string]any{"ch": "}", "options": map[string]any{"tabSize": 2, "insertSpaces": true}}},
	{"textDocument/onTypeFormatting", map[string]any{"ch": "\n", "options": map[string]any{"tabSize": 2, "insertSpaces": true}}},
	{"textDocument/rangeFormatting", map[string]any{"options": map[string]any{"tabSize": 2, "insertSpaces": true}}},
	{"textDocument/codeAction", map[string]any{"context": map[string]any{"diagnostics": []any{}}}},
	{"textDocument/inlayHint", nil},
	{"textDocument/semanticTokens/range", nil},
	{"textDocument/semanticTokens/full", nil},
	{"textDocument/semanticTokens/full/delta", map[string]any{"previousResultId": "1"}},
	{"textDocument/codeLens", nil},
	{"textDocument/documentLink", nil},
	{"textDocument/foldingRange", nil},
	{"textDocument/documentSymbol", nil},
	{"textDocument/diagnostic", nil},
	{"workspace/symbol", map[string]any{"query": "a"}},
}

// perDocument are those whose answer does not depend on the position: they are
// made at a few.
var perDocument = map[string]bool{
	"textDocument/codeLens": true, "textDocument/documentLink": true, "textDocument/foldingRange": true,
	"textDocument/documentSymbol": true, "textDocument/diagnostic": true, "workspace/symbol": true,
}

// answerTo is what the worker answers to one request, without a stream.
func answerTo(t *testing.T, s *server, conn *jsonrpc2.Conn, method string, params map[string]any) (any, error) {
	t.Helper()
	raw, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	f := s.method(method)
	if f == nil {
		t.Fatalf("%s is not answered", method)
	}
	return f(t.Context(), conn, raw)
}

// TestEveryOffset makes every request at offsets of templates, whole and cut off
// there, and wants no failure: a rejection with a reason is an answer. By default a
// sample is drawn with a fixed seed; SCALESET_EVERY_OFFSET=1 takes all.
func TestEveryOffset(t *testing.T) {
	folders, _ := golden.Corpus(t, "scale-sets")
	var paths []string
	golden.WalkCorpus(t, folders, func(_, path string) {
		if info, err := os.Stat(path); err == nil && info.Size() < 40_000 {
			paths = append(paths, path)
		}
	})
	draw := rand.New(rand.NewPCG(25, 7))
	draw.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	const files = 20
	samples, all := 12, os.Getenv("SCALESET_EVERY_OFFSET") != ""
	requests := 0
	for _, path := range paths[:min(files, len(paths))] {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		whole := source.NewFile(path, text)
		for i := range len(text) {
			offset := i
			if !all {
				if i >= samples {
					break
				}
				offset = draw.IntN(len(text))
			}
			for _, cut := range []bool{false, true} {
				shown := text
				if cut {
					shown = text[:offset]
				}
				requests += askAll(t, path, string(shown), rangeOf(whole.Range(offset, offset)).Start, offset%7 == 0)
			}
		}
	}
	t.Logf("%d requests", requests)
}

func askAll(t *testing.T, path, text string, at position, everything bool) (requests int) {
	t.Helper()
	s, conn := serverFor(t, filepath.Dir(path))
	s.options.InlayHints = true
	uri := "file://" + filepath.ToSlash(path)
	s.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: text}})
	for _, r := range positionRequests {
		if perDocument[r.method] && !everything {
			continue
		}
		params := map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at, "positions": []position{at}, "range": textRange{at, at}}
		for k, v := range r.more {
			params[k] = v
		}
		requests++
		answer, err := answerTo(t, s, conn, r.method, params)
		if err != nil {
			var rejected *jsonrpc2.Error
			if !errors.As(err, &rejected) || rejected.Code != codeRequestFailed {
				t.Errorf("%s:%d:%d %s: %v", path, at.Line, at.Character, r.method, err)
			}
			continue
		}
		if _, err := json.Marshal(utf8Bytes.answer(answer)); err != nil {
			t.Errorf("%s:%d:%d %s: %v", path, at.Line, at.Character, r.method, err)
		}
	}
	return requests
}

// BenchmarkRequests says how long each request takes on a template of about
// 150 KB with 650 parameters that are used.
func BenchmarkRequests(b *testing.B) {
	var parameters, outputs []string
	for i := range 650 {
		parameters = append(parameters, fmt.Sprintf(`    "parameter%d": { "type": "string", "defaultValue": "value %d", "metadata": { "description": "One of many parameters of this template" } }`, i, i))
		outputs = append(outputs, fmt.Sprintf(`    "output%d": { "type": "string", "value": "[concat(parameters('parameter%d'), '-', toLower(parameters('parameter%d')))]" }`, i, i, (i*7)%650))
	}
	text := "{\n  \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\",\n  \"contentVersion\": \"1.0.0.0\",\n  \"parameters\": {\n" +
		strings.Join(parameters, ",\n") + "\n  },\n  \"resources\": [],\n  \"outputs\": {\n" + strings.Join(outputs, ",\n") + "\n  }\n}\n"
	s := newServer(b.Context(), Config{Engine: engine.Config{Files: engine.Folder(b.TempDir())}, Clock: still{}})
	s.editor = jsonrpc2.NewConn(b.Context(), newStream(golden.NewEditor(nil)), s)
	s.options.InlayHints = true
	const uri = "file:///w/large.json"
	s.didOpen(b.Context(), s.editor, openParams{document{URI: uri, Text: text}})
	s.checkDirty()
	offset := strings.Index(text, "parameters('parameter300')") + 14
	at := rangeOf(source.NewFile("", []byte(text)).Range(offset, offset)).Start
	for _, r := range positionRequests {
		params := map[string]any{"textDocument": map[string]any{"uri": uri}, "position": at, "positions": []position{at}, "range": textRange{at, position{Line: at.Line + 50}}}
		for k, v := range r.more {
			params[k] = v
		}
		raw, _ := json.Marshal(params)
		b.Run(strings.TrimPrefix(r.method, "textDocument/"), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.method(r.method)(b.Context(), s.editor, raw); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
