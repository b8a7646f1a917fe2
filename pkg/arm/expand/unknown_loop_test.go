package expand

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// TestUnknownCountAlone has a loop with an unknown count as the first and only
// loop of the template.
func TestUnknownCountAlone(t *testing.T) {
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": {"n": {"type": "int"}},
  "resources": [{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2019-06-01", "name": "[concat('s', copyIndex())]",
    "copy": {"name": "loop", "count": "[parameters('n')]"}}]}`
	d := Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("azuredeploy.json", []byte(text)))), Options{})
	if len(d.Resources) != 1 || !d.Resources[0].Repeated {
		t.Errorf("want one resource that stands for all rounds, got %d", len(d.Resources))
	}
}
