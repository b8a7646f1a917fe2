package parameters_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/author/parameters"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const template = `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "languageVersion": "2.0",
 "definitions": { "disk": { "type": "object", "properties": { "size": { "type": "int" }, "note": { "type": "string", "nullable": true }, "next": { "$ref": "#/definitions/disk", "nullable": true } } } },
 "parameters": {
  "location": { "type": "string", "defaultValue": "[resourceGroup().location]" },
  "count": { "type": "int", "minValue": 1, "maxValue": 100, "defaultValue": 3, "metadata": { "description": "Number of\n instances\u202e" } },
  "size": { "type": "string", "allowedValues": [ "small", "large" ] },
  "key": { "type": "securestring" },
  "token_2": { "type": "securestring", "defaultValue": "" },
  "name": { "type": "string", "minLength": 1 },
  "text": { "type": "string", "defaultValue": "[[literal]" },
  "list": { "type": "object", "defaultValue": { "a": "[parameters('name')]" } },
  "disks": { "type": "array", "items": { "$ref": "#/definitions/disk" } },
  "maybe": { "type": "string", "nullable": true },
  "none": { "type": "int" } },
 "resources": {} }`

const given = `{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {
  "NAME": { "value": "web" }, "token_2": { "value": "secret words" }, "none": { "value": null },
  "key": { "reference": { "keyVault": { "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v" }, "secretName": "k" } } } }`

func parse(text string) *jsonc.Tree { return jsonc.Parse(source.NewFile("x.json", []byte(text))) }

func TestFile(t *testing.T) {
	tmpl := arm.ParseTemplate(parse(template))
	const head = "{\n  \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\",\n  \"contentVersion\": \"1.0.0.0\",\n  \"parameters\": {\n"
	tests := map[string]struct {
		options parameters.Options
		want    string
	}{
		"all": {parameters.Options{}, `    // location: default "[resourceGroup().location]"
    // Number of instances
    // int, from 1 to 100; default 3
    "count": { "value": 3 },
    // string, one of "small", "large"; required
    "size": { "value": "small" },
    // securestring; required
    "key": {
      "reference": {
        "keyVault": {
          "id": "/subscriptions/<subscription-id>/resourceGroups/<resource-group>/providers/Microsoft.KeyVault/vaults/<vault>"
        },
        "secretName": "key"
      }
    },
    // token_2: a secret, which has a default
    // string, at least 1 character; required
    "name": { "value": "<name>" },
    // string; default "[[literal]"
    "text": { "value": "[literal]" },
    // list: default { "a": "[parameters('name')]" }
    // array; required
    "disks": { "value": [{ "size": "<size>" }] },
    // string; can be null
    "maybe": { "value": "<maybe>" },
    // int; required
    "none": { "value": "<none>" }
`},
		"required, plain, with values": {parameters.Options{Required: true, Plain: true, Values: arm.ParseParameters(parse(given))}, `    "size": { "value": "small" },
    "key": {
      "reference": {
        "keyVault": {
          "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v"
        },
        "secretName": "k"
      }
    },
    "name": { "value": "web" },
    "disks": { "value": [{ "size": "<size>" }] },
    "maybe": { "value": "<maybe>" },
    "none": { "value": "<none>" }
`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := string(parameters.File(tmpl, test.options))
			if diff := cmp.Diff(head+test.want+"  }\n}\n", got); diff != "" {
				t.Error(diff)
			}
			file := arm.ParseParameters(parse(got))
			if len(file.Diagnostics) > 0 || strings.Contains(got, "secret words") {
				t.Errorf("%v\n%s", file.Diagnostics, got)
			}
		})
	}
}
