package engine_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/engine"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// TestPlaceholders: what a parameter file leaves open is unknown, for a check
// and for an expansion alike.
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
		"a.parameters.json:159 SS2033 parameter name has a placeholder value and was not checked",
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
	want = []string{"SS2032 the $schema of this parameter file is that of a template"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("expansion (-want +got):\n%s", diff)
	}
}

// TestEmptyDefaults: a template whose defaults are empty waits for values, and
// what they would do is not an error of the template. Any other default is one.
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
	want = []string{"error SS1013", "error SS2043", "warning SS1013", "warning SS1013", "warning SS1014", "warning SS2043", "warning SS2044"}
	if diff := cmp.Diff(want, severities(e.Load("a.json").Runs[0].Deployment.Diagnostics)); diff != "" {
		t.Errorf("expansion (-want +got):\n%s", diff)
	}
}

// TestEmptyNamesOfNamedFiles: with a parameter file that the user names, the
// values are those that are deployed, and an empty name is an error.
func TestEmptyNamesOfNamedFiles(t *testing.T) {
	files := memory{"a.json": template(`"parameters": {"vault": {"type": "string", "defaultValue": ""}, "net": {"type": "string"}, "more": {"type": "string"}},
  "resources": [
    {"type": "Contoso.Own/vaults", "apiVersion": "2023-07-01", "name": "[parameters('vault')]"},
    {"type": "Contoso.Own/vaults/keys", "apiVersion": "2023-07-01", "name": "[concat(parameters('vault'), '/key')]"},
    {"type": "Contoso.Own/nets", "apiVersion": "2023-07-01", "name": "[parameters('net')]"},
    {"type": "Contoso.Own/things", "apiVersion": "2023-07-01", "name": "[parameters('more')]"}]`),
		"a.parameters.json": `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
  "parameters": {"net": {"value": ""}, "more": {"value": "GEN-UNIQUE"}}}`}
	for _, c := range []struct {
		named []string
		want  []string
	}{
		{nil, []string{"warning SS2043", "warning SS2044", "warning SS2044"}},
		{[]string{"a.parameters.json"}, []string{"error SS2043", "error SS2044", "error SS2044"}},
	} {
		result, _ := check(t, engine.Config{Files: files, Parameters: c.named}, "a.json")
		var got []string
		for _, d := range result.Findings {
			if d.Code == "SS2043" || d.Code == "SS2044" {
				got = append(got, d.Severity.String()+" "+string(d.Code))
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("with %v (-want +got):\n%s", c.named, diff)
		}
	}
}

// TestAsSent: with a parameter file that the user names, placeholders and the
// defaults of secrets can be shown as the engine of Azure would use them; what
// is found stays the same. Where the placeholder does not fit, it stays unknown.
func TestAsSent(t *testing.T) {
	files := memory{
		"a.json": template(`"parameters": {"name": {"type": "string", "maxLength": 9}, "token": {"type": "securestring", "defaultValue": "abc"},
  "settings": {"type": "object"}}, "resources": [], "outputs": {"name": {"type": "string", "value": "[concat(parameters('name'), '-x')]"},
  "token": {"type": "string", "value": "[parameters('token')]"}, "size": {"type": "int", "value": "[parameters('settings').size]"},
  "label": {"type": "string", "value": "[parameters('settings').label]"}}`),
		"fits.json":               parameterValues(`"name": {"value": "CHANGEME"}, "settings": {"value": {"size": 3, "label": "<label>"}}`),
		"long.json":               parameterValues(`"name": {"value": "GEN-UNIQUE-9"}, "settings": {"value": {"size": 3, "label": "<label>"}}`),
		"a.parameters.json":       parameterValues(`"name": {"value": "CHANGEME"}, "settings": {"value": {"size": 3, "label": "<label>"}}`),
		"a.parameters.other.json": parameterValues(`"name": {"value": "other"}, "settings": {"value": {"size": 3, "label": "b"}}`),
	}
	unknown := []string{"[concat(parameters('name'), '-x')]", "[parameters('token')]", "3", "[parameters('settings').label]"}
	tests := []struct {
		name string
		file []string
		want []string
	}{
		{"a file that is named", []string{"fits.json"}, []string{"CHANGEME-x", "abc", "3", "<label>"}},
		{"a value that does not fit", []string{"long.json"}, unknown},
		{"a file that is found", nil, []string{unknown[0], "abc", "3", unknown[3]}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := engine.New(engine.Config{Files: files, Parameters: tt.file, AsSent: true, OneSet: true})
			if err != nil {
				t.Fatal(err)
			}
			result, err := e.CheckTemplate(t.Context(), "a.json")
			if err != nil || result.Findings.HasErrors() || len(result.Templates) != 1 || len(result.Templates[0].Runs) != 1 {
				t.Fatal(err, result.Findings)
			}
			run := result.Templates[0].Runs[0]
			if diff := cmp.Diff(tt.want, outputTexts(run.AsSent)); diff != "" {
				t.Errorf("as sent (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(unknown, outputTexts(run.Deployment)); diff != "" {
				t.Errorf("deployment (-want +got):\n%s", diff)
			}
		})
	}
}

func parameterValues(values string) string {
	return `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {` + values + `}}`
}

// outputTexts are the values of the outputs, unknown ones as expressions.
func outputTexts(d *expand.Deployment) (all []string) {
	for _, o := range d.Outputs {
		switch v := o.Node.Value.(type) {
		case value.String:
			all = append(all, string(v))
		case value.Unknown:
			all = append(all, "["+v.Residual+"]")
		default:
			all = append(all, value.JSON(v))
		}
	}
	return all
}

// TestMissingValues: a parameter without a value is unknown when its file was
// found by name or when it is secure, and an error when a file that the user
// named lacks a plain one. Scripts pass _artifactsLocation. Names in another case are the same parameter.
func TestMissingValues(t *testing.T) {
	files := memory{
		"a.json":            template(`"parameters": {"Plain": {"type": "string"}, "secret": {"type": "securestring"}}, "resources": []`),
		"a.parameters.json": parameterValues(""),
		"b.json":            template(`"parameters": {"_artifactsLocation": {"type": "string"}}, "resources": []`),
		"b.parameters.json": parameterValues(""),
		"none.json":         parameterValues(""),
		"plain.json":        parameterValues(`"plain": {"value": "x"}`),
	}
	tests := []struct {
		template string
		file     []string
		want     []string
	}{
		{"b.json", nil, nil},
		{"b.json", []string{"none.json"}, []string{"error SS1033 the parameter '_artifactsLocation' has no value"}},
		{"a.json", nil, []string{"info SS2033 parameter Plain has no value here and was not checked"}},
		{"a.json", []string{"none.json"}, []string{"error SS1033 the parameter 'Plain' has no value"}},
		{"a.json", []string{"plain.json"}, []string{"info SS1034 the parameter 'plain' is declared as 'Plain'"}},
	}
	for _, tt := range tests {
		result, _ := check(t, engine.Config{Files: files, Parameters: tt.file}, tt.template)
		var got []string
		for _, d := range result.Findings {
			got = append(got, d.Severity.String()+" "+string(d.Code)+" "+d.Summary)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s %v (-want +got):\n%s", tt.template, tt.file, diff)
		}
	}
}

// TestEmptyObject: {} in a parameter file is a placeholder where the template
// takes a member of it, and an empty object elsewhere.
func TestEmptyObject(t *testing.T) {
	files := memory{
		"a.json": template(`"parameters": {"machine": {"type": "object"}, "tags": {"type": "object"}, "list": {"type": "string"}}, "resources": [],
  "outputs": {"size": {"type": "string", "value": "[parameters('machine').size]"}, "tags": {"type": "object", "value": "[parameters('tags')]"}, "list": {"type": "string", "value": "[parameters('list')]"}}`),
		"a.parameters.json": parameterValues(`"machine": {"value": {}}, "tags": {"value": {}}, "list": {"value": {}}`),
	}
	result, got := check(t, engine.Config{Files: files}, "a.json")
	want := []string{"a.parameters.json:162 SS2033 2 parameters have placeholder values and were not checked: machine, list"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"[parameters('machine').size]", "{}", "[parameters('list')]"}, outputTexts(result.Templates[0].Runs[0].Deployment)); diff != "" {
		t.Errorf("outputs (-want +got):\n%s", diff)
	}
}

// TestLeftToTheDeployment: what only some deployments of a template would meet
// is not an error of it.
func TestLeftToTheDeployment(t *testing.T) {
	nested := func(properties string) string {
		return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "inner", "properties": ` + properties + `}`
	}
	tests := []struct {
		name, text, values string
		want               []string
	}{
		{"the empty text of a file where none may be", `"parameters": {"on": {"type": "bool"}, "key": {"type": "string", "minLength": 1}, "password": {"type": "securestring"}, "sku": {"type": "string", "allowedValues": ["a"]},
  "name": {"type": "string"}}, "resources": []`, `"on": {"value": ""}, "key": {"value": ""}, "password": {"value": "GEN-PASSWORD"}, "sku": {"value": ""}, "name": {"value": ""}`,
			[]string{"info SS2033 3 parameters have placeholder values and were not checked: on, key, sku"}},
		{"a value of a file that is wrong", `"parameters": {"on": {"type": "bool"}}, "resources": []`, `"on": {"value": "x"}`,
			[]string{"error SS1031 the parameter 'on' must be of type bool, not the string 'x'"}},
		{"defaults in a circle", `"parameters": {"a": {"type": "string", "defaultValue": "[parameters('b')]"}, "b": {"type": "string", "defaultValue": "[parameters('a')]"}}, "resources": []`, "",
			[]string{"error SS1019 'a' is defined by itself: a -> b -> a"}},
		{"variables in a circle", `"variables": {"a": "[variables('b')]", "b": "[variables('a')]"}, "resources": []`, "",
			[]string{"error SS1019 'a' is defined by itself: a -> b -> a"}},
		{"null within a default", `"parameters": {"all": {"type": "object", "defaultValue": {"url": null}}, "url": {"type": "string", "defaultValue": "[parameters('all').url]"}}, "resources": []`, "",
			[]string{"warning SS1031 the parameter 'url' must be of type string, not null"}},
		{"properties of a deployment that are an expression", `"parameters": {"p": {"type": "object"}}, "resources": [` + nested(`"[parameters('p')]"`) + `]`, "",
			[]string{"info SS2053 the nested deployment 'inner' is not expanded: its properties are an expression"}},
		{"the location of a deployment to a subscription", `"variables": {"at": "[deployment().location]"}, "resources": []`, "", nil},
		{"a limit in quotes", `"parameters": {"p": {"type": "string", "minLength": "2", "defaultValue": "x"}}, "resources": []`, "",
			[]string{"error SS1032 the parameter 'p' must have at least 2 characters, not 1", "warning SS2024 'minLength' should be an integer, not a string"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := memory{"a.json": template(tt.text)}
			if tt.values != "" {
				files["a.parameters.json"] = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0", "parameters": {` + tt.values + `}}`
			}
			result, _ := check(t, engine.Config{Files: files}, ".")
			var got []string
			for _, d := range result.Findings {
				got = append(got, d.Severity.String()+" "+string(d.Code)+" "+d.Summary)
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestOutputsOfGuess: a template found by its uri may be another version of
// what is deployed, which outputs more.
func TestOutputsOfGuess(t *testing.T) {
	files := memory{
		"main.json": template(`"resources": [{"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "inner",
  "properties": {"mode": "Incremental", "templateLink": {"uri": "https://contoso.com/templates/nested/inner.json"}}}],
  "outputs": {"old": {"type": "string", "value": "[reference('inner').outputs.there.value]"}, "new": {"type": "string", "value": "[reference('inner').outputs.missing.value]"}}`),
		"nested/inner.json": template(`"resources": [], "outputs": {"there": {"type": "string", "value": "yes"}}`),
	}
	result, _ := check(t, engine.Config{Files: files}, "main.json")
	if result.Findings.HasErrors() {
		t.Errorf("%v", result.Findings)
	}
	outputs := result.Templates[0].Runs[0].Deployment.Outputs
	if got, _ := outputs[0].Node.Text(); got != "yes" || outputs[1].Node.Known() {
		t.Errorf("outputs: %q, and one that is known: %t", got, outputs[1].Node.Known())
	}
	files["main.json"] = strings.Replace(files["main.json"], `"uri": "https://contoso.com/templates/nested/inner.json"`, `"relativePath": "nested/inner.json"`, 1)
	if result, _ := check(t, engine.Config{Files: files}, "main.json"); !result.Findings.HasErrors() {
		t.Error("the template is the one that is deployed, and lacks the output")
	}
}
