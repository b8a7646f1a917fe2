package expand_test

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// ExampleExpand expands a template with a copy loop: every expression is
// resolved.
func ExampleExpand() {
	const template = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "prefix": { "type": "string", "defaultValue": "acct" } },
  "resources": [
    { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "location": "westus2", "kind": "StorageV2", "sku": { "name": "Standard_LRS" },
      "name": "[concat(parameters('prefix'), copyIndex(1))]", "copy": { "name": "loop", "count": 2 } }
  ]
}`
	tree := jsonc.Parse(source.NewFile("azuredeploy.json", []byte(template)))
	deployment := expand.Expand(arm.ParseTemplate(tree), expand.Options{})
	for _, r := range deployment.Resources {
		name, _ := r.Body.Get("name").Text()
		fmt.Println(r.Type, name)
	}
	// Output:
	// Microsoft.Storage/storageAccounts acct1
	// Microsoft.Storage/storageAccounts acct2
}
