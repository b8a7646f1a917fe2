package lsp

import (
	"slices"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// mark is where the cursor is in the texts of these tests.
const mark = "¦"

const shopTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "count": { "type": "int", "defaultValue": 3 },
    "size": { "type": "string", "defaultValue": "Standard_D2s_v5" }
  },
  "variables": { "network": { "name": "shop", "prefix": "10.0.0.0/16" } },
  "resources": [
    {
      "type": "Microsoft.Network/virtualNetworks",
      "apiVersion": "2024-05-01",
      "name": "[variables('network').name]",
      "location": "[resourceGroup().location]",
      "properties": { "subnets": [ { "name": "web", "properties": { "addressPrefix": "10.0.0.0/24" } } ] }
    },
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2025-04-01",
      "name": "web",
      "location": "[resourceGroup().location]",
      "dependsOn": [ DEPENDS ],
      "sku": { "name": "Standard_D2s_v5", "capacity": CAPACITY },
      MEMBER
      "properties": { INSIDE "overprovision": false }
    }
  ],
  "outputs": { "o": { "type": "string", "value": "OUTPUT" } }
}
`

// shop is the template with texts in some of its places.
func shop(texts ...string) string {
	text := strings.NewReplacer(texts...).Replace(shopTemplate)
	return strings.NewReplacer("DEPENDS", "", "CAPACITY", "1", "MEMBER", "", "INSIDE", "", "OUTPUT", "").Replace(text)
}

// offersAt are the offers at the mark of a text.
func offersAt(t *testing.T, s *server, uri, text string) (items []completionItem, clean string) {
	t.Helper()
	before, after, ok := strings.Cut(text, mark)
	if !ok {
		t.Fatalf("no mark in %q", text)
	}
	clean = before + after
	s.files.put(document{URI: uri, Text: clean})
	return s.complete(positionParams{document{URI: uri}, positionOf(clean, len(before))}), clean
}

// accept is the text with an offer taken.
func accept(text string, item completionItem) string {
	e := item.TextEdit
	return text[:offsetOf(text, e.Range.Start)] + e.NewText + text[offsetOf(text, e.Range.End):]
}

func TestOffers(t *testing.T) {
	s, _ := serverFor(t, t.TempDir())
	for _, tt := range []struct {
		name, text string
		take       string // the offer to take; it leaves valid JSON
		want       string // what the text has then
		never      string // what is not offered
		most       int    // the last place at which it may be; 0 is the first
	}{
		{"an empty key before a value", shop("INSIDE", `"¦": "Flexible",`), "orchestrationMode", `"orchestrationMode": "Flexible"`, "overprovision", 1},
		{"an empty line between members", shop("INSIDE", "\n        ¦\n        "), "virtualMachineProfile", `"virtualMachineProfile": {`, "overprovision", 2},
		{"an open quote before a member", shop("INSIDE", "\"¦\n        "), "upgradePolicy", `"upgradePolicy": {`, "overprovision", 3},
		{"a member begun without its end", shop("INSIDE", "\"upg¦\n        "), "upgradePolicy", `"upgradePolicy": {`, "overprovision", 3},
		{"after the last member", strings.Replace(shop(), `"overprovision": false }`, `"overprovision": false, ¦ }`, 1), "upgradePolicy", `"upgradePolicy": {`, "overprovision", 3},
		{"after the last member without a comma", strings.Replace(shop(), `"overprovision": false }`, `"overprovision": false ¦ }`, 1), "upgradePolicy", `false , "upgradePolicy": {`, "overprovision", 3},
		{"a member of the resource", shop("MEMBER", `¦`), "zones", `"zones": [`, "sku", 9},
		{"a version", strings.Replace(shop(), `"2025-04-01"`, `"¦"`, 1), "2025-04-01", `"apiVersion": "2025-04-01"`, "", 3},
		{"a boolean", strings.Replace(shop(), `"overprovision": false`, `"overprovision": ¦`, 1), "false", `"overprovision": false`, "", 1},
		{"a size", strings.Replace(shop(), `"name": "Standard_D2s_v5"`, `"name": "¦"`, 1), "Standard_D4s_v5", `"name": "Standard_D4s_v5"`, "", 999},
		{"a dependency", shop("DEPENDS", `"¦"`), "[resourceId('Microsoft.Network/virtualNetworks', variables('network').name)]", `"dependsOn": [ "[resourceId('Microsoft.Network/virtualNetworks', variables('network').name)]" ]`, "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]", 0},
		{"a parameter as the value", shop("CAPACITY", `¦`), "[parameters('count')]", `"capacity": "[parameters('count')]"`, "[parameters('size')]", 0},
		{"a parameter without a quote", shop("CAPACITY", `"[parameters(¦)]"`), "'count'", `"[parameters('count')]"`, "", 0},
		{"a parameter in an open string", shop("CAPACITY", `"[parameters('¦`+"\n"), "count", `"[parameters('count'`, "concat", 0},
		{"a member of a variable", shop("OUTPUT", `[variables('network').¦]`), "prefix", `[variables('network').prefix]`, "concat", 0},
		{"a function", shop("OUTPUT", `[conc¦]`), "concat", `[concat(`, "", 5},
		{"the id of a subnet", shop("OUTPUT", `[¦]`), "resourceId('Microsoft.Network/virtualNetworks/subnets', variables('network').name, 'web')", `[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('network').name, 'web')]`, "", 999},
		{"a name of resourceId", shop("OUTPUT", `[resourceId('Microsoft.Compute/virtualMachineScaleSets', '¦')]`), "web", `'web')]`, "", 0},
		{"a property of reference", shop("OUTPUT", `[reference('web').¦]`), "uniqueId", `reference('web').uniqueId`, "", 40},
		{"a member of the resource group", shop("OUTPUT", `[resourceGroup().¦]`), "location", `resourceGroup().location`, "", 1},
		{"a type", strings.Replace(shop(), `"Microsoft.Compute/virtualMachineScaleSets"`, `"¦"`, 1), "Microsoft.Compute/virtualMachineScaleSets", "virtualMachineScaleSets", "", 20},
		{"a scale set", strings.Replace(shop(), "  ],\n  \"outputs\"", "  ¦],\n  \"outputs\"", 1), "scale set", `"orchestrationMode": "Flexible"`, "", 0},
		{"a load balancer", strings.Replace(shop(), "  ],\n  \"outputs\"", "  ¦],\n  \"outputs\"", 1), "load balancer", `"Microsoft.Network/loadBalancers"`, "", 1},
		{"an autoscale setting", strings.Replace(shop(), "  ],\n  \"outputs\"", "  ¦],\n  \"outputs\"", 1), "autoscale setting", `"Microsoft.Insights/autoscaleSettings"`, "", 2},
		{"a type of a parameter", strings.Replace(shop(), `"type": "int"`, `"type": "¦"`, 1), "int", `"type": "int"`, "", 3},
		{"a section", strings.Replace(shop(), `"outputs": {`, "¦\n  \"outputs\": {", 1), "functions", `"functions": [`, "parameters", 9},
		{"an empty document", "¦", "template", `"contentVersion": "1.0.0.0"`, "", 0},
	} {
		items, text := offersAt(t, s, "file:///templates/a.json", tt.text)
		at := slices.IndexFunc(items, func(i completionItem) bool { return i.Label == tt.take })
		if at < 0 || at > tt.most {
			t.Errorf("%s: %q is at %d of %d offers", tt.name, tt.take, at, len(items))
			if at < 0 {
				continue
			}
		}
		got := accept(text, items[at])
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: no %s in\n%s", tt.name, tt.want, got)
		}
		// Offers with an empty value leave a place to fill in.
		if tree := jsonc.Parse(source.NewFile("a.json", []byte(got))); tree.Diagnostics.HasErrors() && !strings.Contains(tt.name, "open string") {
			t.Errorf("%s: %v\n%s", tt.name, tree.Diagnostics[0], got)
		}
		if tt.never != "" && slices.ContainsFunc(items, func(i completionItem) bool { return i.Label == tt.never }) {
			t.Errorf("%s: %q is offered", tt.name, tt.never)
		}
		if items[at].FilterText == "" || items[at].SortText == "" || strings.Contains(items[at].TextEdit.NewText, "${") {
			t.Errorf("%s: the offer is %+v", tt.name, items[at])
		}
	}
}

// In a comment and behind a value nothing is offered.
func TestNoOffers(t *testing.T) {
	s, _ := serverFor(t, t.TempDir())
	for _, text := range []string{
		shop("MEMBER", "// a comment ¦\n"), shop("MEMBER", "/* ¦ */"), strings.Replace(shop(), `"web",`, `"web"¦,`, 1), `{"a": 1} ¦`, `{"a"¦: 1}`,
	} {
		if items, _ := offersAt(t, s, "file:///templates/a.json", text); len(items) > 0 {
			t.Errorf("%d offers, such as %s, in %s", len(items), items[0].Label, text)
		}
	}
}

func TestOffersInParameterFiles(t *testing.T) {
	s, _ := serverFor(t, t.TempDir())
	s.files.put(document{URI: "file:///templates/shop.json", Text: `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": {
    "mode": { "type": "string", "allowedValues": ["Manual", "Rolling"] },
    "key": { "type": "secureString" },
    "count": { "type": "int", "defaultValue": 3 }
  }, "resources": [] }`})
	file := func(inside string) string {
		return `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {` + inside + `} }`
	}
	for _, tt := range []struct{ inside, take, want, never string }{
		{`¦`, "mode", `"mode": { "value": "" }`, ""},
		{`"¦": { "value": 1 }`, "count", `"count": { "value": 1 }`, ""},
		{`"mode": { "value": "Manual" }, "¦"`, "key", `"secretName": "name"`, "mode"},
		{`"mode": { "value": "¦" }`, "Rolling", `"mode": { "value": "Rolling" }`, ""},
		{`"key": { "¦" }`, "reference", `"keyVault"`, ""},
	} {
		items, text := offersAt(t, s, "file:///templates/shop.parameters.json", file(tt.inside))
		at := slices.IndexFunc(items, func(i completionItem) bool { return i.Label == tt.take })
		if at < 0 {
			t.Errorf("%s: %q is not offered", tt.inside, tt.take)
			continue
		}
		if got := accept(text, items[at]); !strings.Contains(got, tt.want) || jsonc.Parse(source.NewFile("a", []byte(got))).Diagnostics.HasErrors() {
			t.Errorf("%s: taking %q gives\n%s", tt.inside, tt.take, got)
		}
		if tt.never != "" && slices.ContainsFunc(items, func(i completionItem) bool { return i.Label == tt.never }) {
			t.Errorf("%s: %q is offered", tt.inside, tt.never)
		}
	}
}

// Every offset of a template, and every template cut off there, can be completed.
func TestOffersEverywhere(t *testing.T) {
	s, _ := serverFor(t, t.TempDir())
	text := shop("INSIDE", `"upgradePolicy": { "mode": "[if(equals(parameters('size'), 'a'), 'Manual', variables('network').name)]" },`)
	for i := range text {
		for _, now := range []string{text, text[:i]} {
			s.files.put(document{URI: "file:///templates/a.json", Text: now})
			s.complete(positionParams{document{URI: "file:///templates/a.json"}, positionOf(now, i)})
		}
	}
	if !arm.IsTemplate(jsonc.Parse(source.NewFile("a", []byte(text)))) {
		t.Error("the text is not a template")
	}
}

// TestSnippets takes every snippet into a template that has what it names: no rule
// reports an error.
func TestSnippets(t *testing.T) {
	const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "adminUsername": { "type": "string", "defaultValue": "operator1" }, "sshPublicKey": { "type": "string" } },
  "resources": [
    { "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "network", "location": "[resourceGroup().location]",
      "properties": { "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] }, "subnets": [ { "name": "subnet", "properties": { "addressPrefix": "10.0.0.0/24" } } ] } },
    { "type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01", "name": "address", "location": "[resourceGroup().location]",
      "sku": { "name": "Standard" }, "properties": { "publicIPAllocationMethod": "Static" } }¦
  ]
}
`
	uri, path := "file:///templates/a.json", "/templates/a.json"
	s := newServer(t.Context(), Config{Engine: engine.Config{Files: engine.Folder(t.TempDir()), Rules: rules.All()}, Clock: still{}})
	take := func(text, label string) string {
		t.Helper()
		items, clean := offersAt(t, s, uri, text)
		i := slices.IndexFunc(items, func(i completionItem) bool { return i.Label == label })
		if i < 0 {
			t.Fatalf("no snippet %q", label)
		}
		return accept(clean, items[i])
	}
	text := template
	for _, label := range []string{"scale set", "load balancer", "autoscale setting"} {
		text = take(text, label)
		text = strings.Replace(text, "\n  ]\n}\n", mark+"\n  ]\n}\n", 1)
	}
	text = strings.Replace(text, mark, "", 1)
	text = take(strings.Replace(text, `"probes": [`, `"probes": [ ¦`, 1), "HTTP probe")
	text = strings.Replace(text, `"requestPath": "/health",`, `"requestPath": "/other",`, 1)
	text = strings.Replace(text, `"name": "http",`, `"name": "other",`, 1)
	text = take(strings.Replace(text, `"networkProfile": {`, `"extensionProfile": { "extensions": [ ¦ ] }, "networkProfile": {`, 1), "application health extension")
	s.files.put(document{URI: uri, Text: text})
	for _, d := range s.look(t.Context(), path, newWatched(s.files)).findings {
		if d.Severity == diag.Error {
			t.Errorf("%s %s at %v", d.Code, d.Summary, d.Subject.StartPosition())
		}
		t.Log(d.Severity, d.Code, d.Summary)
	}
	if t.Failed() {
		t.Log(text)
	}
}
