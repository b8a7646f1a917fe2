package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A nested value that one side has is shown as a tree, its secrets masked.
func TestDiffTree(t *testing.T) {
	const template = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-09-01", "name": "web", "location": "westus", "sku": {"name": "Standard_D2s_v3", "capacity": 2},
  "properties": {"virtualMachineProfile": {"extensionProfile": {"extensions": [EXTENSIONS{"name": "a", "properties": {"publisher": "p", "type": "t"}}]}}}}]}`
	const script = `{"name": "script", "properties": {"publisher": "Microsoft.Azure.Extensions", "type": "CustomScript", "settings": {"fileUris": ["https://x/y"]}, "protectedSettings": {"commandToExecute": "echo s3cr3t"}}}, `
	app, out, errs := testApp(t)
	for name, extensions := range map[string]string{"old.json": "", "new.json": script} {
		if err := os.WriteFile(filepath.Join(app.Dir, name), []byte(strings.Replace(template, "EXTENSIONS", extensions, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if code := Main(context.Background(), app, []string{"diff", "old.json", "new.json"}); code != ExitClean {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	const want = `extensions['script']: added  updated in place on each instance
      name: "script"
      properties:
        publisher: "Microsoft.Azure.Extensions"
        type: "CustomScript"
        settings:
          fileUris:
            0: "https://x/y"
        protectedSettings: "<secure>"
`
	if !strings.Contains(out.String(), want) || strings.Contains(out.String(), "s3cr3t") {
		t.Errorf("%s\nwant %s", out, want)
	}
}
