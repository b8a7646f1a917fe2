package expand_test

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestUnknownCount wants a loop whose count is known only at deployment, the
// first loop of its template, to become one resource marked as repeated.
func TestUnknownCount(t *testing.T) {
	tree := jsonc.Parse(source.NewFile("t.json", []byte(`{
		"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"n": {"type": "int"}},
		"resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2019-06-01", "name": "[concat('a', copyIndex())]", "location": "westus",
			"copy": {"name": "accounts", "count": "[parameters('n')]"}}]}`)))
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{})
	if len(d.Resources) != 1 || !d.Resources[0].Repeated {
		t.Errorf("%d resources, want one that is repeated", len(d.Resources))
	}
}
