package symbols_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/symbols"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func index(text string) *symbols.Index {
	return symbols.Of(arm.ParseTemplate(jsonc.Parse(source.NewFile("a.json", []byte(text)))))
}

// TestOf wants each symbol with the text of the places that name it.
func TestOf(t *testing.T) {
	const head = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `
	for _, tt := range []struct {
		name, text string
		want       []string // kind, name: lines of the places
	}{
		{"parameters of outer and inner scope", head + `"parameters": {"p": {"type": "string"}}, "resources": [
{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[parameters('P')]", "properties": {"mode": "Incremental", "expressionEvaluationOptions": {"scope": "inner"},
"parameters": {"p": {"value": "[parameters('p')]"}},
"template": {"$schema": "x", "contentVersion": "1.0.0.0", "parameters": {"p": {"type": "string"}}, "resources": [],
"outputs": {"o": {"type": "string", "value": "[parameters('p')]"}}}}}]}`, []string{
			"parameter p: 1 2 3", "parameter p: 3 4 5", "output o: 5"}},
		{"definitions", head + `"languageVersion": "2.0", "definitions": {"d": {"type": "array", "prefixItems": [{"type": "int"}]}},
"parameters": {"p": {"$ref": "#/definitions/d"},
"q": {"$ref": "#/definitions/d/prefixItems/0"}}, "resources": {}}`, []string{"definition d: 1 2 3", "parameter p: 2", "parameter q: 3"}},
		{"symbolic names", head + `"languageVersion": "2.0", "resources": {
"a": {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "[concat('x')]"},
"b": {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "[reference('a').id]",
"dependsOn": ["a"]}}}`, []string{"symbolic name a: 2 3 4", "symbolic name b: 3"}},
		{"names of resources", head + `"resources": [
{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net"},
{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2023-04-01", "name": "net/a", "dependsOn": [
"[concat('Microsoft.Network/virtualNetworks/', 'net')]",
"Microsoft.Network/virtualNetworks/net",
"[resourceId('other', 'Microsoft.Network/virtualNetworks', 'net')]",
"[resourceId(resourceGroup().name, 'Microsoft.Network/virtualNetworks/subnets', 'net', 'b')]",
"Microsoft.Network/virtualNetworks/network"]}]}`, []string{"resource name net: 2 3 4 5 7"}},
		{"a loop around a template of outer scope", head + `"resources": [
{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "[concat('d', copyIndex())]",
"copy": {"name": "loop", "count": 2},
"properties": {"mode": "Incremental", "template": {"$schema": "x", "contentVersion": "1.0.0.0", "resources": [{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01",
"name": "[concat('n', copyIndex('loop'))]"}],
"outputs": {"o": {"type": "int", "value": "[copyIndex('loop')]"}}}}}]}`, []string{"copy loop loop: 3 5 6", "output o: 6"}},
		{"broken text", head + `"parameters": {"p": }, "variables": {"v": "[parameters('p'"}`, []string{"parameter p: 1", "variable v: 1"}},
	} {
		x := index(tt.text)
		var got []string
		for _, s := range x.Symbols {
			line := fmt.Sprintf("%s %s:", s.Kind, s.Name)
			for _, o := range x.Of(s) {
				line += fmt.Sprintf(" %d", o.At.StartPosition().Line)
				if !strings.EqualFold(o.At.Text(), s.Name) {
					t.Errorf("%s: %q is taken for %q", tt.name, o.At.Text(), s.Name)
				}
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestAt finds the name at each of its bytes and nothing beside it.
func TestAt(t *testing.T) {
	const text = `{"parameters": {"ab": {"type": "int"}}, "resources": [], "contentVersion": "1"}`
	x := index(text)
	start := strings.Index(text, "ab")
	for offset := range len(text) {
		_, ok := x.At(offset)
		if want := start <= offset && offset <= start+2; ok != want {
			t.Errorf("offset %d: %v, want %v", offset, ok, want)
		}
	}
}
