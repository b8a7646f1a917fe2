package engine

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestLanguageIsChecked wants the template and its parameter file judged by the
// schemas of the language, whatever the number of parameter sets.
func TestLanguageIsChecked(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.json": `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": {"n": {"type": "int"}}, "resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "dependsOn": [{}]}]}`,
		"a.parameters.json": `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
  "parameters": {"n": {"value": 1, "valeu": 2}}}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	e, err := New(Config{})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Check(context.Background(), []string{"a.json"})
	if err != nil {
		t.Fatal(err)
	}
	count := map[diag.Code]int{}
	for _, d := range result.Findings {
		count[d.Code]++
	}
	if diff := cmp.Diff(map[diag.Code]int{"SS2048": 1, "SS3001": 1, "SS3002": 1}, count); diff != "" {
		t.Errorf("(-want +got):\n%s\n%v", diff, result.Findings)
	}
}
