package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzCommands gives one text to every command, as a template, as its
// parameter file, as an older version of itself, as a list of instances. None may fail.
func FuzzCommands(f *testing.F) {
	for _, name := range []string{"azuredeploy.json", "azuredeploy.parameters.json", "instances.json", "linked.json"} {
		text, err := os.ReadFile(filepath.Join("testdata", "canary", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[]}`))
	other, err := os.ReadFile("testdata/canary/azuredeploy.json")
	if err != nil {
		f.Fatal(err)
	}
	lines := []string{"lint t.json", "lint --diff t.json", "lint --fix t.json", "expand t.json --format template", "simulate t.json --to 2", "simulate --instances t.json --to 2",
		"connect t.json", "autoscale t.json", "diff t.json o.json", "diff o.json t.json", "graph t.json", "trace t.json /resources/0/name", "scale t.json --capacity 2 --yes", "fmt t.json"}
	f.Fuzz(func(t *testing.T, text []byte) {
		folder := t.TempDir()
		for name, content := range map[string][]byte{"t.json": text, "t.parameters.json": text, "o.json": other} {
			if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for _, line := range lines {
			app, _, errs := testApp(t)
			app.Dir = folder
			if code := Main(context.Background(), app, strings.Fields(line)); code == ExitFailure {
				t.Errorf("%s: %s", line, errs)
			}
		}
	})
}
