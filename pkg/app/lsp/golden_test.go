package lsp

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// The workspace of the golden sessions. In each text the marks that sessions name
// are unique.
var sessionFiles = map[string]string{
	"/w/set.json": `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "count": { "type": "int", "defaultValue": 5, "minValue": 1, "metadata": { "description": "How many instances" } },
    "adminPassword": { "type": "securestring" }
  },
  "functions": [
    { "namespace": "our", "members": { "label": { "parameters": [{ "name": "text", "type": "string" }],
      "output": { "type": "string", "value": "[toUpper(parameters('text'))]" } } } }
  ],
  "variables": { "name": "[concat('öst-', our.label('web'))]" },
  "resources": [
    // the scale set
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2023-09-01",
      "name": "[variables('name')]",
      "location": "westus2",
      "sku": { "name": "Standard_D2s_v5", "capacity": "[parameters('count')]" },
      "properties": { "overprovision": false }
    },
    {
      "type": "Microsoft.Resources/deployments",
      "apiVersion": "2022-09-01",
      "name": "more",
      "dependsOn": ["[resourceId('Microsoft.Compute/virtualMachineScaleSets', variables('name'))]"],
      "properties": { "mode": "Incremental", "templateLink": { "relativePath": "more.json" }, "parameters": { "size": { "value": "[add(parameters('count'), 1)]" } } }
    }
  ],
  "outputs": { "total": { "type": "int", "value": "[mul(parameters('count'), 2)]" } }
}
`,
	"/w/set.parameters.json": `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "count": { "value": 7 }, "adminPassword": { "value": "hunter2Secret!" } }
}
`,
	"/w/more.json": `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "size": { "type": "int" } },
  "resources": []
}
`,
	"/elsewhere/x.json": `{ "resources": [], "contentVersion": "1.0.0.0", "parameters": { "outside": { "type": "int" } } }`,
}

// An asking is one request of a session, at a mark of a file.
type asking struct {
	method, file, mark string
	skip               int // bytes after the beginning of the mark
	more               map[string]any
}

// play makes the requests of a session and writes down what is answered.
func playSteps(t *testing.T, s *server, steps []asking) []byte {
	t.Helper()
	conn := s.editor
	var out bytes.Buffer
	for _, st := range steps {
		text := sessionFiles["/w/"+st.file]
		offset := strings.Index(text, st.mark)
		if offset < 0 || strings.Count(text, st.mark) != 1 && st.mark != "{" {
			t.Fatalf("%s: %q is not a mark", st.file, st.mark)
		}
		at := rangeOf(source.NewFile("", []byte(text)).Range(offset+st.skip, offset+st.skip)).Start
		params := map[string]any{"textDocument": map[string]any{"uri": "file:///w/" + st.file}, "position": at, "positions": []position{at}}
		for k, v := range st.more {
			params[k] = v
		}
		answer, err := answerTo(t, s, conn, st.method, params)
		fmt.Fprintf(&out, "%s %s:%d:%d\n", st.method, st.file, at.Line, at.Character)
		if err != nil {
			fmt.Fprintf(&out, "  error: %v\n\n", err)
			continue
		}
		raw, err := json.Marshal(answer)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(readable(t, raw))
		out.WriteString("\n")
	}
	return out.Bytes()
}

// readable is an answer with a line for each element, and ranges as l:c-l:c.
func readable(t *testing.T, raw []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	v = short(v)
	if list, ok := v.([]any); ok {
		for _, e := range list {
			line, _ := marshalPlain(e)
			b.WriteString("  " + line + "\n")
		}
		if len(list) == 0 {
			b.WriteString("  nothing\n")
		}
		return b.String()
	}
	line, _ := marshalPlain(v)
	return "  " + line + "\n"
}

func marshalPlain(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

func short(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = short(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = short(v[k])
		}
		if line, ok := v["line"]; ok && len(v) == 2 {
			return fmt.Sprintf("%v:%v", line, v["character"])
		}
		if start, ok := v["start"]; ok && len(v) == 2 {
			return fmt.Sprintf("%v-%v", start, v["end"])
		}
	}
	return v
}

func sessionServer(t *testing.T, open ...string) *server {
	t.Helper()
	s, _ := serverFor(t, t.TempDir())
	texts := map[string][]byte{}
	for name, text := range sessionFiles {
		texts[name] = []byte(text)
	}
	s.config.Engine.Files = engine.Overlay{Texts: texts}
	s.files = newWorkspace(s.config.Engine.Files)
	s.setFolders([]workspaceFolder{{URI: "file:///w", Name: "w"}})
	for _, name := range open {
		s.didOpen(t.Context(), s.editor, openParams{document{URI: "file:///w/" + name, Text: sessionFiles["/w/"+name]}})
	}
	s.checkDirty()
	return s
}

// TestGoldenNavigation plays a session of navigation over a template, its
// parameter file and a linked template. The linked template is not open: it
// is read from the workspace.
func TestGoldenNavigation(t *testing.T) {
	including := map[string]any{"context": map[string]any{"includeDeclaration": true}}
	s := sessionServer(t, "set.json", "set.parameters.json")
	golden.Equal(t, "testdata/navigation.txt", playSteps(t, s, []asking{
		{"textDocument/definition", "set.json", "parameters('count'), 1", 13, nil},
		{"textDocument/definition", "set.json", "our.label", 5, nil},
		{"textDocument/definition", "set.json", "parameters('text')", 12, nil},
		{"textDocument/definition", "set.json", "more.json", 2, nil},
		{"textDocument/definition", "set.json", `size"`, 1, nil},
		{"textDocument/definition", "set.parameters.json", "count", 1, nil},
		{"textDocument/references", "set.json", `count": { "type"`, 1, including},
		{"textDocument/references", "set.parameters.json", "count", 1, map[string]any{"context": map[string]any{"includeDeclaration": false}}},
		{"textDocument/references", "set.json", `size"`, 1, including},
		{"textDocument/documentHighlight", "set.json", `name": "[concat`, 1, nil},
		{"textDocument/documentHighlight", "set.parameters.json", "count", 1, nil},
		{"textDocument/prepareRename", "set.json", `count": { "type"`, 1, nil},
		{"textDocument/prepareRename", "set.json", `total"`, 1, nil},
		{"textDocument/prepareRename", "set.json", "westus2", 1, nil},
		{"textDocument/rename", "set.json", `count": { "type"`, 1, map[string]any{"newName": "instances"}},
		{"textDocument/rename", "set.json", `size"`, 1, map[string]any{"newName": "instances"}},
		{"workspace/symbol", "set.json", "{", 0, map[string]any{"query": "out"}},
		{"textDocument/documentLink", "set.json", "{", 0, nil},
		{"textDocument/documentLink", "set.parameters.json", "{", 0, nil},
		{"textDocument/documentSymbol", "set.json", "{", 0, nil},
		{"textDocument/foldingRange", "set.json", "{", 0, nil},
		{"textDocument/selectionRange", "set.json", "parameters('count'), 1", 13, nil},
	}))
}

// TestGoldenUnderstanding plays a session of hover, signatures, hints, tokens,
// lenses, findings and layout.
func TestGoldenUnderstanding(t *testing.T) {
	s := sessionServer(t, "set.json", "set.parameters.json")
	s.options.InlayHints = true
	whole := map[string]any{"range": textRange{End: position{Line: 99}}}
	golden.Equal(t, "testdata/understanding.txt", playSteps(t, s, []asking{
		{"textDocument/hover", "set.json", "[mul(", 2, nil},
		{"textDocument/hover", "set.json", `[variables('name')]"`, 0, nil},
		{"textDocument/hover", "set.json", "parameters('count'), 2", 13, nil},
		{"textDocument/hover", "set.json", "our.label", 5, nil},
		{"textDocument/hover", "set.json", "overprovision", 3, nil},
		{"textDocument/hover", "set.json", `count": { "type"`, 1, nil},
		{"textDocument/hover", "set.parameters.json", "count", 1, nil},
		{"textDocument/hover", "set.parameters.json", "hunter2", 1, nil},
		{"textDocument/hover", "set.json", "adminPassword", 1, nil},
		{"textDocument/hover", "set.json", "Microsoft.Compute/virtualMachineScaleSets\",", 1, nil},
		{"textDocument/hover", "set.json", "2023-09-01", 1, nil},
		{"textDocument/hover", "set.json", "capacity", 1, nil},
		{"textDocument/hover", "set.json", "westus2", 1, nil},
		{"textDocument/hover", "set.json", "Standard_D2s_v5", 1, nil},
		{"textDocument/hover", "set.json", "dependsOn", 1, nil},
		{"textDocument/hover", "set.json", "Incremental", 1, nil},
		{"textDocument/hover", "set.json", "minValue", 1, nil},
		{"textDocument/hover", "set.json", "false", 1, nil},
		{"textDocument/signatureHelp", "set.json", "parameters('count'), 1", 20, nil},
		{"textDocument/signatureHelp", "set.json", "our.label('web'", 11, nil},
		{"textDocument/signatureHelp", "set.json", "resourceId('Microsoft.Compute", 59, nil},
		{"textDocument/signatureHelp", "set.json", "westus2", 3, nil},
		{"textDocument/inlayHint", "set.json", "{", 0, whole},
		{"textDocument/semanticTokens/full", "set.json", "{", 0, nil},
		{"textDocument/codeLens", "set.json", "{", 0, nil},
		{"textDocument/diagnostic", "set.json", "{", 0, nil},
		{"textDocument/onTypeFormatting", "set.json", "outputs", 0, map[string]any{"ch": "\n", "options": map[string]any{"tabSize": 4, "insertSpaces": true}}},
		{"textDocument/rangeFormatting", "set.json", "{", 0, map[string]any{"range": textRange{Start: position{Line: 8}, End: position{Line: 9, Character: 90}}, "options": map[string]any{"tabSize": 2, "insertSpaces": true}}},
	}))
}

// TestNothingOutside wants no answer from a file outside of the workspace.
func TestNothingOutside(t *testing.T) {
	s := sessionServer(t, "set.json")
	for _, name := range []string{"/elsewhere/x.json", "/w/../elsewhere/x.json", "x.json"} {
		if s.read(name) != nil {
			t.Errorf("%s is read", name)
		}
	}
	if s.read("/w/more.json") == nil {
		t.Errorf("%s of the workspace is not read", path.Base("/w/more.json"))
	}
}

// TestWorkspaceSymbols finds names in files of the workspace that are not open.
func TestWorkspaceSymbols(t *testing.T) {
	folder, elsewhere := t.TempDir(), t.TempDir()
	s, conn := serverFor(t, folder)
	for name, text := range map[string]string{
		filepath.Join(folder, "more.json"):         sessionFiles["/w/more.json"],
		filepath.Join(folder, "broken.json"):       "{",
		filepath.Join(elsewhere, "set.json"):       sessionFiles["/w/set.json"],
		filepath.Join(folder, "b", "deeper.jsonc"): sessionFiles["/w/more.json"],
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found := func() (names []string) {
		answer, err := s.workspaceSymbols(t.Context(), symbolParams{Query: "ie"})
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range answer.([]workspaceSymbol) {
			names = append(names, w.Name+" "+w.ContainerName)
		}
		return names
	}
	folders := func(added, removed []workspaceFolder) {
		var p foldersParams
		p.Event.Added, p.Event.Removed = added, removed
		s.didChangeFolders(t.Context(), conn, p)
	}
	a, b := []workspaceFolder{{URI: "file://" + filepath.ToSlash(folder)}}, []workspaceFolder{{URI: "file://" + filepath.ToSlash(elsewhere)}}
	if got := found(); len(got) != 0 {
		t.Errorf("without a folder there are %v", got)
	}
	folders(a, nil)
	if diff := cmp.Diff([]string{"size parameter of deeper.jsonc", "size parameter of more.json"}, found()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	folders(b, a)
	if diff := cmp.Diff([]string(nil), found()); diff != "" {
		t.Errorf("the letters of the other folder are not in this order (-want +got):\n%s", diff)
	}
	folders(a, b)
	if got := found(); len(got) != 2 {
		t.Errorf("after the folder is added again there are %v", got)
	}
}
