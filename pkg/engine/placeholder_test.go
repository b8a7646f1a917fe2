package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/engine"
)

// TestPlaceholders: a check takes what a parameter file leaves open for unknown,
// an expansion takes it as the text that it is.
func TestPlaceholders(t *testing.T) {
	files := memory{
		"a.json": template(`"parameters": {"name": {"type": "string", "maxLength": 9},
  "from": {"type": "string", "defaultValue": "[deployment().properties.templateLink.uri]"}},
  "resources": [], "outputs": {"name": {"type": "string", "value": "[concat(parameters('name'), parameters('from'))]"}}`),
		"a.parameters.json": `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": {"name": {"value": "GEN-UNIQUE"}}}`,
	}
	_, got := check(t, engine.Config{Files: files}, ".")
	want := []string{
		"a.parameters.json:12 SS2032 the $schema of this parameter file is that of a template",
		"a.parameters.json:159 SS2033 1 value is taken as unknown: the file only holds a place for name",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("check (-want +got):\n%s", diff)
	}
	e, err := engine.New(engine.Config{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	got = nil
	for _, d := range e.Load("a.json").Runs[0].Deployment.Diagnostics {
		got = append(got, string(d.Code)+" "+d.Summary)
	}
	want = []string{
		"SS2032 the $schema of this parameter file is that of a template",
		"SS1032 the parameter 'name' may have at most 9 characters, not 10",
		"SS1013 there is no property 'templateLink'; the object has template",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("expansion (-want +got):\n%s", diff)
	}
}
