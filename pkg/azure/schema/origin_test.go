package schema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// originTemplate is a template with values from every kind of source.
const originTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {
    "mode": { "type": "string", "defaultValue": "Automatc" },
    "capacity": { "type": "string" },
    "caching": { "type": "string" },
    "adminPassword": { "type": "securestring", "defaultValue": "hunter2hunter2" }
  },
  "variables": {
    "disk": { "createOption": "FromImag", "cashing": "None" },
    "password": ["hunter3hunter3"]
  },
  "resources": [
    {
      "type": "Microsoft.Compute/virtualMachineScaleSets",
      "apiVersion": "2017-03-30",
      "name": "[concat('web', copyIndex())]",
      "location": "westus",
      "copy": { "name": "sets", "count": 3 },
      "sku": { "name": "Standard_A1", "capacity": "[parameters('capacity')]" },
      "properties": {
        "upgradePolicy": { "mode": "[parameters('mode')]" },
        "virtualMachineProfile": {
          "storageProfile": {
            "osDisk": "[variables('disk')]",
            "dataDisks": [{ "lun": "x", "createOption": "Empty", "caching": "[parameters('caching')]" }]
          },
          "networkProfile": { "networkInterfaceConfigurations": [] },
          "osProfile": { "adminPassword": "[parameters('adminPassword')]", "adminUsername": "[variables('password')]", "customData": ["secret text"] }
        }
      }
    }
  ]
}`

const originParameters = `{ "parameters": { "capacity": { "value": "many" } } }`

// TestPlacesOfValues wants each mistake to be reported at the text to change:
// in a default, a variable, a parameter file, a copy loop once; unknown values
// are not reported.
func TestPlacesOfValues(t *testing.T) {
	file := arm.ParseParameters(jsonc.Parse(source.NewFile("azuredeploy.parameters.json", []byte(originParameters))))
	list := new(Checker).Check(deploy("azuredeploy.json", []byte(originTemplate), file))
	var got []string
	for _, d := range list {
		got = append(got, d.Subject.File.Path()+" "+d.Subject.Text()+" "+string(d.Code))
	}
	want := []string{
		`azuredeploy.json "Automatc" SS3003`,
		`azuredeploy.json "FromImag" SS3003`,
		`azuredeploy.json "cashing" SS3001`,
		`azuredeploy.json ["hunter3hunter3"] SS3002`,
		`azuredeploy.json "x" SS3002`,
		`azuredeploy.json ["secret text"] SS3002`,
		`azuredeploy.parameters.json "many" SS3002`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d := list[0]; len(d.Trail) == 0 || d.Trail[0].Name != "mode" {
		t.Errorf("the trail does not name the parameter: %v", d.Trail)
	}
}

// TestSecretsAreNotShown has secrets with invalid values.
func TestSecretsAreNotShown(t *testing.T) {
	texts := []string{
		`[{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2017-03-30", "name": "web", "properties": {"virtualMachineProfile": {
		  "osProfile": {"adminPassword": 7041776, "customData": {"a": "topsecret"}, "windowsConfiguration": {"provisionVMAgent": "topsecret", "additionalUnattendContent": [{"passName": "x", "content": 7041776}]}},
		  "extensionProfile": {"extensions": [{"name": "e", "properties": {"protectedSettings": "topsecret"}}]}}}}]`,
		`[{"type": "Microsoft.KeyVault/vaults/secrets", "apiVersion": "2019-09-01", "name": "v/s", "properties": {"value": 7041776}}]`,
		`[{"type": "Microsoft.Network/connections", "apiVersion": "2019-09-01", "name": "c", "properties": {"connectionType": "IPsec", "sharedKey": 7041776}}]`,
	}
	for _, text := range texts {
		list := new(Checker).Check(resourcesOf(t, "azuredeploy.json", text))
		if len(list) == 0 {
			t.Errorf("no finding at all about %s", text)
		}
		for _, d := range list {
			if !mentions(d, "7041776") && (!mentions(d, "topsecret") || strings.Contains(d.Summary, "provisionVMAgent")) {
				continue
			}
			t.Errorf("a secret is shown: %s %s", d.Summary, d.Detail)
		}
	}
}

func mentions(d diag.Diagnostic, secret string) bool {
	text := d.Summary + d.Detail
	for _, f := range d.Fixes {
		text += f.Message
	}
	return strings.Contains(text, secret)
}

// TestFixes applies the fixes without a choice.
func TestFixes(t *testing.T) {
	text := `[{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2017-03-30", "name": "web", "sku": {"capcity": "3"}, "Properties": {"overProvision": "True", "upgradePolicy": {"mode": "manaul"}}}]`
	want := `[{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2017-03-30", "name": "web", "sku": {"capacity": 3}, "properties": {"overprovision": true, "upgradePolicy": {"mode": "Manual"}}}]`
	for range 5 { // a fix may reveal another finding
		list := new(Checker).Check(resourcesOf(t, "azuredeploy.json", text))
		for i := len(list) - 1; i >= 0; i-- {
			for _, f := range list[i].Fixes {
				for _, e := range f.Edits {
					text = text[:e.Range.Start] + e.Text + text[e.Range.End:]
				}
			}
		}
	}
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
