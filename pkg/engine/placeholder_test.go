package engine_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/diag"
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

// TestEmptyDefaults: a template whose defaults are empty waits for values, and
// what they would do is no error of the template. Any other default is one.
func TestEmptyDefaults(t *testing.T) {
	files := memory{"a.json": template(`"parameters": {"vault": {"type": "string", "defaultValue": ""}, "info": {"type": "object", "defaultValue": {}},
  "list": {"type": "array", "defaultValue": []}, "subnet": {"type": "string", "defaultValue": "one"}},
  "resources": [
    {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "[parameters('vault')]", "location": "westus2"},
    {"type": "Microsoft.KeyVault/vaults/keys", "apiVersion": "2023-07-01", "name": "[concat(parameters('vault'), '/key')]"},
    {"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2020-06-01", "name": "[parameters('subnet')]"}],
  "outputs": {"a": {"type": "string", "value": "[parameters('info').name]"}, "b": {"type": "string", "value": "[parameters('list')[0]]"},
    "c": {"type": "string", "value": "[parameters('info').a.b]"}, "d": {"type": "string", "value": "[createObject().x]"}}`)}
	severities := func(list diag.List) (got []string) {
		for _, d := range list {
			got = append(got, d.Severity.String()+" "+string(d.Code))
		}
		slices.Sort(got)
		return got
	}
	result, _ := check(t, engine.Config{Files: files}, ".")
	want := []string{"error SS1013", "error SS2043", "warning SS1013", "warning SS1013", "warning SS1014", "warning SS2043", "warning SS2044"}
	if diff := cmp.Diff(want, severities(result.Findings)); diff != "" {
		t.Errorf("check (-want +got):\n%s", diff)
	}
	e, err := engine.New(engine.Config{Files: files})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range e.Load("a.json").Runs[0].Deployment.Diagnostics {
		if d.Severity != diag.Error {
			t.Errorf("an expansion, which takes the defaults at their word: %v %s", d.Severity, d.Summary)
		}
	}
}
