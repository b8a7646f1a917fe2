package lsp

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/internal/golden"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// applied are the texts of files after a workspace edit, by path.
func applied(t *testing.T, s *server, w workspaceEdit) map[string][]byte {
	t.Helper()
	texts := map[string][]byte{}
	for uri, edits := range w.Changes {
		name := pathOf(uri)
		tree := s.read(name)
		if tree == nil {
			t.Fatalf("%s cannot be read", name)
		}
		text := tree.File.Text()
		slices.SortFunc(edits, func(a, b textEdit) int {
			return offsetOf(text, b.Range.Start) - offsetOf(text, a.Range.Start)
		})
		for _, e := range edits {
			text = text[:offsetOf(text, e.Range.Start)] + e.NewText + text[offsetOf(text, e.Range.End):]
		}
		texts[name] = []byte(text)
	}
	return texts
}

func evaluatedWith(t *testing.T, files engine.Files, name string) string {
	t.Helper()
	e, err := engine.New(engine.Config{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := evaluated(e.Load(name))
	return text
}

// TestRenameKeepsTheResult renames what is at 100 places, drawn with a fixed
// seed, of the templates of this project and of the published ones: each template
// then deploys what it did before, a changed name of a resource aside.
func TestRenameKeepsTheResult(t *testing.T) {
	folders, published := golden.Corpus(t, "scale-sets")
	type placeOf struct {
		path   string
		offset int
		kind   symbols.Kind
	}
	byKind := map[symbols.Kind][]placeOf{}
	golden.WalkCorpus(t, folders, func(_, path string) {
		text, err := os.ReadFile(path)
		if err != nil || len(text) > 300_000 {
			return
		}
		tree := jsonc.Parse(source.NewFile(path, text))
		if !arm.IsTemplate(tree) || tree.Diagnostics.HasErrors() {
			return
		}
		for _, o := range symbols.Of(arm.ParseTemplate(tree)).Occurrences {
			byKind[o.Symbol.Kind] = append(byKind[o.Symbol.Kind], placeOf{path, o.At.Start, o.Symbol.Kind})
		}
	})
	draw := rand.New(rand.NewPCG(25, 100))
	var places []placeOf
	kinds := []symbols.Kind{symbols.Parameter, symbols.Variable, symbols.Function, symbols.FunctionParameter, symbols.Loop, symbols.SymbolicName, symbols.Resource}
	for i := 0; len(places) < 100; i++ {
		if of := byKind[kinds[i%len(kinds)]]; len(of) > 0 {
			places = append(places, of[draw.IntN(len(of))])
		}
	}
	same, rejected := map[symbols.Kind]int{}, map[string]int{}
	for _, p := range places {
		text, err := os.ReadFile(p.path)
		if err != nil {
			t.Fatal(err)
		}
		s, conn := serverFor(t, filepath.Dir(p.path))
		uri := "file://" + filepath.ToSlash(p.path)
		s.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: string(text)}})
		params := renameParams{NewName: "zq0renamed"}
		params.TextDocument.URI = uri
		params.Position = rangeOf(source.NewFile(p.path, text).Range(p.offset, p.offset)).Start
		answer, err := s.rename(t.Context(), params)
		if err != nil {
			rejected[fmt.Sprintf("%s: %v", p.kind, err)]++
			continue
		}
		n, _ := s.symbolAt(params.positionParams)
		texts := applied(t, s, answer.(workspaceEdit))
		before := evaluatedWith(t, s.files, p.path)
		after := evaluatedWith(t, engine.Overlay{Base: s.files, Texts: texts}, p.path)
		if before == "" {
			t.Errorf("%s deploys nothing", p.path)
		}
		// Names are in what is known only at deployment, such as [parameters('a')].
		if after = strings.ReplaceAll(after, params.NewName, n.symbol.Name); !strings.EqualFold(before, after) {
			t.Errorf("%s: the %s %q changes what is deployed:\n%s", p.path, p.kind, n.symbol.Name, firstDifference(before, after))
			continue
		}
		same[p.kind]++
	}
	total := 0
	for _, n := range same {
		total += n
	}
	t.Logf("%d of %d places keep the result (published templates: %t): %v; refused: %v", total, len(places), published, same, rejected)
	if total < 95 {
		t.Errorf("only %d of %d places can be renamed", total, len(places))
	}
}

func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i]|0x20 == b[i]|0x20 {
		i++
	}
	cut := func(s string) string { return s[max(0, min(i-80, len(s))):min(i+80, len(s))] }
	return "before " + cut(a) + "\nafter  " + cut(b)
}

// TestRename wants the places that change, in all files, and why others cannot.
func TestRename(t *testing.T) {
	folder := t.TempDir()
	const head = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `
	files := map[string]string{
		"a.json": `{` + head + `"parameters": {"count": {"type": "int", "defaultValue": 2}, "on1": {"type": "int", "defaultValue": 1}},
"functions": [{"namespace": "our", "members": {"twice": {"parameters": [{"name": "count", "type": "int"}], "output": {"type": "int", "value": "[mul(2, parameters('count'))]"}}}}],
"variables": {"n": "[our.twice(parameters('Count'))]", "list": {"copy": [{"name": "all", "count": 2, "input": "[copyIndex('all')]"}]}, "copy": [{"name": "v", "count": 2, "input": "[copyIndex('v')]"}]},
"resources": [
{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net", "location": "westus"},
{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "[concat('ip', copyIndex('loop'))]", "location": "westus", "copy": {"name": "loop", "count": "[variables('n')]"}, "dependsOn": ["net"]},
{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-04-01", "name": "nsg", "location": "[parameters(concat('on', '1'))]", "dependsOn": ["loop", "[resourceId('Microsoft.Network/virtualNetworks', 'net')]", "[variables('v')[0]]"]}],
"outputs": {"o": {"type": "int", "value": "[parameters('count')]"}}}`,
		"a.parameters.json": `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {"count": {"value": 3}}}`,
		"b.json":            `{` + head + `"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "d", "properties": {"mode": "Incremental", "templateLink": {"relativePath": "a.json"}, "parameters": {"count": {"value": 4}}}}]}`,
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name, file, mark, to string
		want                 string // how often each file changes, or what is rejected
	}{
		{"a parameter", "a.json", "parameters('Count')", "size", "a.json 3, a.parameters.json 1, b.json 1"},
		{"from the parameter file", "a.parameters.json", `count"`, "size", "a.json 3, a.parameters.json 1, b.json 1"},
		{"from a template that links", "b.json", `count"`, "size", "a.json 3, a.parameters.json 1, b.json 1"},
		{"the parameter of a function", "a.json", "parameters('count'))]\"}}", "size", "a.json 2"},
		{"a function", "a.json", "twice(", "doubled", "a.json 2"},
		{"a variable", "a.json", `n": "[our`, "m", "a.json 2"},
		{"a variable of a loop", "a.json", `v", "count"`, "w", "a.json 3"},
		{"a copy loop", "a.json", `loop", "count"`, "round", "a.json 3"},
		{"the name of a resource", "a.json", `net", "location"`, "vnet", "a.json 3"},
		{"an output", "a.json", `o": {"type"`, "p", `output "o" cannot be renamed: readers of the deployment use this output by its name`},
		{"a copy loop of a property", "a.json", `all", "count"`, "some", `copy loop of a property "all" cannot be renamed: the name of this copy loop is the name of the property that it makes`},
		{"a computed name", "a.json", `on1"`, "on2", `parameter "on1" cannot be renamed: an expression computes a name that may be this one`},
		{"a taken name", "a.json", "parameters('Count')", "ON1", `another name of this template is "ON1" already; choose a different one`},
		{"a name with a quote", "a.json", "parameters('Count')", "it's", `"it's" cannot be the name of a parameter: use a name without quotes, brackets, braces and slashes`},
		{"nothing", "a.json", "{", "x", "nothing at the cursor can be renamed; place it on a parameter, a variable, a function, a copy loop, a symbolic name or the name of a resource"},
	} {
		s, conn := serverFor(t, folder)
		uri := "file://" + filepath.ToSlash(filepath.Join(folder, tt.file))
		s.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: files[tt.file]}})
		s.checkDirty()
		var p renameParams
		offset := strings.Index(files[tt.file], tt.mark)
		if i := strings.Index(tt.mark, "('"); i > 0 {
			offset += i + 2
		}
		p.TextDocument.URI, p.NewName = uri, tt.to
		p.Position = rangeOf(source.NewFile("", []byte(files[tt.file])).Range(offset, offset)).Start
		answer, err := s.rename(t.Context(), p)
		var got string
		if err != nil {
			got = err.(*jsonrpc2.Error).Message
		} else {
			var parts []string
			for uri, edits := range answer.(workspaceEdit).Changes {
				parts = append(parts, fmt.Sprintf("%s %d", filepath.Base(pathOf(uri)), len(edits)))
			}
			slices.Sort(parts)
			got = strings.Join(parts, ", ")
		}
		if got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}
