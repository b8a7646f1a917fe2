package lsp

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/check/rules"
	"github.com/scaleset/scaleset/pkg/internal/golden"
)

// BenchmarkComplete completes the name of a member of a scale set, a value in it,
// and a function, in a template of about 150 KB.
func BenchmarkComplete(b *testing.B) {
	text, err := os.ReadFile(filepath.Join(golden.Root(b), "examples", "linux-nat", "azuredeploy.json"))
	if err != nil {
		b.Fatal(err)
	}
	long := strings.Replace(string(text), `"variables": {`, `"variables": { "long": "`+strings.Repeat("x", 150_000)+`",`, 1)
	for _, bb := range []struct{ name, before, after string }{
		{"member", `"virtualMachineProfile": {`, ` "": {},`},
		{"value", `"createOption": "`, ``},
		{"expression", `"[`, ``},
	} {
		b.Run(bb.name, func(b *testing.B) {
			i := strings.LastIndex(long, bb.before)
			if i < 0 {
				b.Fatal(bb.before)
			}
			i += len(bb.before)
			s := newServer(b.Context(), Config{Clock: still{}})
			s.files.put(document{URI: "file:///a.json", Text: long[:i] + bb.after + long[i:]})
			p := positionParams{document{URI: "file:///a.json"}, positionOf(long, i+min(len(bb.after), 2))}
			for b.Loop() {
				if len(s.complete(p)) == 0 {
					b.Fatal("nothing is offered")
				}
			}
		})
	}
}

// BenchmarkEdit edits templates of about 2 KB and 150 KB, with 1 and 80 scale sets and
// their networks, until the findings are sent.
func BenchmarkEdit(b *testing.B) {
	for _, sets := range []int{1, 80} {
		b.Run(fmt.Sprintf("%d-sets", sets), func(b *testing.B) { edit(b, sets) })
	}
}

func edit(b *testing.B, sets int) {
	const network = `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net%[1]d", "location": "[resourceGroup().location]",
		"properties": {"addressSpace": {"addressPrefixes": ["10.%[1]d.0.0/16"]}, "subnets": [{"name": "default", "properties": {"addressPrefix": "10.%[1]d.0.0/24"}}]}}`
	const set = `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "[concat(parameters('prefix'), '%[1]d')]", "location": "[resourceGroup().location]",
		"dependsOn": ["[resourceId('Microsoft.Network/virtualNetworks', 'net%[1]d')]"], "sku": {"name": "Standard_D2s_v5", "tier": "Standard", "capacity": 3},
		"properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": {
			"storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "0001-com-ubuntu-server-jammy", "sku": "22_04-lts-gen2", "version": "latest"},
				"osDisk": {"createOption": "FromImage", "caching": "ReadWrite", "managedDisk": {"storageAccountType": "Premium_LRS"}}},
			"osProfile": {"computerNamePrefix": "vm%[1]d", "adminUsername": "[parameters('admin')]", "linuxConfiguration": {"disablePasswordAuthentication": true,
				"ssh": {"publicKeys": [{"path": "[concat('/home/', parameters('admin'), '/.ssh/authorized_keys')]", "keyData": "[parameters('key')]"}]}}},
			"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [{"name": "ip",
				"properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net%[1]d', 'default')]"}}}]}}]},
			"extensionProfile": {"extensions": [{"name": "health", "properties": {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux", "typeHandlerVersion": "1.0",
				"autoUpgradeMinorVersion": true, "settings": {"protocol": "http", "port": 80, "requestPath": "/health"}}}]}}}}`
	var resources []string
	for i := range sets {
		resources = append(resources, fmt.Sprintf(network, i), fmt.Sprintf(set, i))
	}
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
	"parameters": {"prefix": {"type": "string", "defaultValue": "web"}, "admin": {"type": "string"}, "key": {"type": "string"}},
	"resources": [` + strings.Join(resources, ",\n") + `]}`
	s := newServer(b.Context(), Config{Engine: engine.Config{Files: engine.Folder(b.TempDir()), Rules: rules.All()}, Clock: still{}})
	s.editor = jsonrpc2.NewConn(b.Context(), newStream(golden.NewEditor(nil)), s)
	s.didOpen(b.Context(), s.editor, openParams{document{URI: "file:///t.json", Text: text}})
	s.checkDirty()
	if len(s.known) != 1 {
		b.Fatal("the template is not checked")
	}
	b.SetBytes(int64(len(text)))
	for n := 0; b.Loop(); n++ {
		var p changeParams
		p.TextDocument.URI = "file:///t.json"
		p.ContentChanges = append(p.ContentChanges, struct {
			Range *textRange `json:"range"`
			Text  string     `json:"text"`
		}{Text: strings.Replace(text, `"capacity": 3`, fmt.Sprintf(`"capacity": %d`, n%50), 1)})
		s.didChange(b.Context(), s.editor, p)
		s.checkDirty()
	}
}
