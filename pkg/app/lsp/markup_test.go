package lsp

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// markupNames would be markup where a name is written into Markdown: a picture that
// an editor fetches, a link that runs a command, HTML, a heading, the end of code.
var markupNames = []string{
	"![x](https://evil.example/p.png)", "[x](command:evil)", "<img src='https://evil.example'>", "<https://evil.example>",
	"a\n\n# evil\n\n![x](https://evil.example/p.png)", "`![x](https://evil.example/p.png)`", "a\n```\n![x](https://evil.example/p.png)", "``` ![x](https://evil.example/p.png)",
	"a\r\r![x](https://evil.example/p.png)", `\![x](https://evil.example/p.png)\`, "a\n[x]: https://evil.example\n", "&#33;[x](https://evil.example/p.png)",
}

// markupTemplate has a name wherever a template can have one.
func markupTemplate(t *testing.T, name string) string {
	t.Helper()
	quoted := func(s string) string { // in a JSON string
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b[1 : len(b)-1])
	}
	in := strings.ReplaceAll(quoted(name), "'", "''")
	return strings.NewReplacer("NAME", quoted(name), "TEXT", in).Replace(`{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "definitions": {"NAME": {"type": "string", "metadata": {"description": "NAME"}}},
  "functions": [{"namespace": "NAME", "members": {"NAME": {"parameters": [{"name": "NAME", "type": "NAME"}], "output": {"type": "string", "value": "[parameters('TEXT')]"}}}},
    {"namespace": "n", "members": {"f": {"parameters": [{"name": "NAME", "type": "string"}, {"name": "q", "type": "NAME"}], "output": {"type": "string", "value": "[concat(parameters('TEXT'), parameters('q'))]"}}}}],
  "parameters": {"NAME": {"type": "string", "defaultValue": "NAME", "allowedValues": ["NAME", "b"], "metadata": {"description": "NAME"}}, "p": {"type": "NAME", "minLength": 1, "defaultValue": "[concat(parameters('TEXT'), 'TEXT')]"}, "required": {"type": "string"}},
  "variables": {"NAME": "[parameters('TEXT')]", "v": "[concat('TEXT', variables('TEXT'), parameters('required'))]", "w": "[n.f('TEXT', parameters('required'))]", "copy": [{"name": "NAME", "count": 2, "input": "[concat('TEXT', copyIndex('TEXT'))]"}]},
  "resources": [
    {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "[variables('TEXT')]", "location": "NAME", "tags": {"NAME": "NAME", "v": "[variables('v')]", "w": "[variables('w')]", "i": "[copyIndex('TEXT')]"}, "zones": ["NAME"],
      "copy": {"name": "NAME", "count": 2}, "sku": {"name": "NAME", "capacity": "[length(variables('TEXT'))]"}, "properties": {"NAME": "[variables('TEXT')]", "upgradePolicy": {"mode": "[parameters('TEXT')]"}}},
    {"type": "NAME", "apiVersion": "NAME", "name": "NAME", "dependsOn": ["NAME", "[variables('TEXT')]"]},
    {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "NAME", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"}, "parameters": {"NAME": {"value": "[variables('v')]"}, "in": {"value": "[parameters('TEXT')]"}},
      "template": {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": {"NAME": {"type": "string"}, "in": {"type": "string"}}, "resources": [], "outputs": {"NAME": {"type": "string", "value": "[parameters('TEXT')]"}, "o": {"type": "string", "value": "[parameters('in')]"}}}}}
  ],
  "outputs": {"NAME": {"type": "string", "value": "[variables('TEXT')]"}, "o": {"type": "string", "value": "[reference('TEXT').outputs.o.value]"}, "u": {"type": "string", "value": "[concat(reference('TEXT').outputs.TEXT.value, 'TEXT')]"}, "n": {"type": "string", "value": "[NAME.NAME('TEXT')]"}}
}`)
}

// TestMarkupIsOurs reads all that is written as Markdown, at offsets of
// templates whose names are markup: nothing in it is a picture, HTML, a heading or a
// link that is not ours, unless its text is its address.
func TestMarkupIsOurs(t *testing.T) {
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()
	for _, name := range markupNames {
		folder := t.TempDir()
		s, conn := serverFor(t, folder)
		source := markupTemplate(t, name)
		uri := "file://" + folder + "/t.json"
		s.didOpen(t.Context(), conn, openParams{document{URI: uri, Text: source}})
		seen := map[string]bool{}
		for offset := 0; offset < len(source); offset += 7 {
			for _, method := range []string{"textDocument/hover", "textDocument/completion", "textDocument/signatureHelp"} {
				if method != "textDocument/hover" && offset%8 != 0 {
					continue
				}
				answer, err := answerTo(t, s, conn, method, map[string]any{"textDocument": map[string]any{"uri": uri}, "position": positionOf(source, offset)})
				if err != nil {
					t.Fatal(err)
				}
				raw, err := json.Marshal(answer)
				if err != nil {
					t.Fatal(err)
				}
				var any any
				if err := json.Unmarshal(raw, &any); err != nil {
					t.Fatal(err)
				}
				for _, written := range markupIn(any) {
					if bad := notOurs(parser.Parse(text.NewReader([]byte(written))), []byte(written)); bad != "" && !seen[written] {
						t.Errorf("%s at %d of %q: %s in\n%s", method, offset, name, bad, written)
					}
					seen[written] = true
				}
			}
		}
		if len(seen) < 20 {
			t.Errorf("%q: only %d texts", name, len(seen))
		}
	}
}

// markupIn returns the texts of an answer that are Markdown.
func markupIn(v any) (all []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			all = append(all, markupIn(e)...)
		}
	case map[string]any:
		if written, ok := v["value"].(string); ok && v["kind"] == "markdown" {
			return []string{written}
		}
		for _, e := range v {
			all = append(all, markupIn(e)...)
		}
	}
	return all
}

// notOurs says what of a document only a template can have written; "" for nothing.
func notOurs(root ast.Node, written []byte) (bad string) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Image:
			bad = "a picture"
		case *ast.RawHTML, *ast.HTMLBlock:
			bad = "HTML"
		case *ast.Heading:
			bad = "a heading"
		case *ast.Link:
			if to := string(n.Destination); !strings.HasPrefix(to, "file:///") && !strings.HasPrefix(to, "https://learn.microsoft.com/") && !strings.HasPrefix(to, "https://github.com/") {
				bad = fmt.Sprintf("a link to %s", to)
			}
		}
		return ast.WalkContinue, nil
	})
	return bad
}
