package arm_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func parse(text string) *jsonc.Tree { return jsonc.Parse(source.NewFile("p.json", []byte(text))) }

const (
	templateSchema  = `"$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#"`
	parameterSchema = `"$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#"`
)

func TestKindOfFile(t *testing.T) {
	tests := []struct {
		name, text           string
		template, parameters bool
	}{
		{"template", `{` + templateSchema + `, "resources": []}`, true, false},
		{"template without resources", `{` + templateSchema + `, "parameters": {"a": {"type": "int"}}}`, true, false},
		{"template without anything", `{` + templateSchema + `}`, true, false},
		{"parameter file", `{` + parameterSchema + `, "parameters": {"a": {"value": 1}}}`, false, true},
		{"empty parameter file", `{` + parameterSchema + `, "parameters": {}}`, false, true},
		{"values under the schema of templates", `{` + templateSchema + `, "parameters": {"a": {"value": 1}, "b": {}}}`, false, true},
		{"references under the schema of templates", `{` + templateSchema + `, "parameters": {"a": {"reference": {}}}}`, false, true},
		{"values and resources", `{` + templateSchema + `, "parameters": {"a": {"value": 1}}, "resources": []}`, true, false},
		{"values and types", `{` + templateSchema + `, "parameters": {"a": {"value": 1, "type": "int"}}}`, true, false},
		{"values without a schema", `{"parameters": {"a": {"value": 1}}}`, false, true},
		{"neither", `{"a": 1}`, false, false},
	}
	for _, tt := range tests {
		tree := parse(tt.text)
		got := [2]bool{arm.IsTemplate(tree), arm.IsParameterFile(tree)}
		if diff := cmp.Diff([2]bool{tt.template, tt.parameters}, got); diff != "" {
			t.Errorf("%s: template, parameter file (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestParameterSchema(t *testing.T) {
	f := arm.ParseParameters(parse(`{` + templateSchema + `, "parameters": {"a": {"value": 1}}}`))
	if len(f.Diagnostics) != 1 {
		t.Fatalf("%d findings, want one: %v", len(f.Diagnostics), f.Diagnostics)
	}
	d := f.Diagnostics[0]
	if d.Code != arm.CodeParameterSchema || d.Summary != "the $schema of this parameter file is that of a template" {
		t.Errorf("%s %s", d.Code, d.Summary)
	}
	const want = `"https://schema.management.azure.com/schemas/2015-01-01/deploymentParameters.json#"`
	if got := d.Fixes[0].Edits[0].Text; got != want {
		t.Errorf("fix %s, want %s", got, want)
	}
}

func TestHasPlaceholder(t *testing.T) {
	tests := []struct {
		value string
		want  bool
	}{
		{`"GEN-UNIQUE"`, true},
		{`"GEN-UNIQUE-8"`, true},
		{`"GEN_UNIQUE_8"`, true},
		{`"GEN-UNIQUE-18GEN-UNIQUE-18"`, true},
		{`"GEN-KEYVAULT-RESOURCE-ID"`, true},
		{`"web-GEN-UNIQUE-5.contoso.com"`, true},
		{`["a", {"b": "GEN-PASSWORD"}]`, true},
		{`"GET-PREREQ-vnetName"`, true}, {`"GET-PREREQ-"`, false}, {`"GET-PREREQ-a b"`, false}, {`"GET-STARTED"`, false},
		{`"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"`, true}, {`"xxx-xx"`, false},
		{`"${HOSTING_PLAN_SKU=B3}"`, true}, {`"${IMAGE=contoso.azurecr.io/web:1}"`, true}, {`"${=B3}"`, false},
		{`"GEN-"`, false},
		{`"GEN-2 storage"`, false},
		{`"gen-unique"`, false},
		{`"NEXTGEN-WEB"`, false},
		{`8`, false},
		{`"<your-password>"`, true}, {`"## TO BE DEFINED ##"`, true}, {`"#{vmSku}#"`, true}, {`"#{vmSku}"`, true}, {`"__VmSku__"`, true},
		{`"{{ sku }}"`, true}, {`"${SKU}"`, true}, {`"$(sku)"`, true},
		{`"<>"`, false}, {`"<a/>"`, false}, {`"<a><b>"`, false}, {`"____"`, false}, {`"$(echo 'x')"`, false}, {`"Standard_<size>"`, false},
		{`"$()"`, false}, {`"##"`, false}, {`"a < b"`, false},
		{`"CHANGEME"`, true}, {`"changeme"`, true}, {`"change-me"`, true}, {`"Change_Me!"`, true}, {`"REPLACE_ME"`, true}, {`"TODO"`, true},
		{`"your-storage-account"`, true}, {`"YOUR_SSH_KEY"`, true}, {`"yourself"`, false}, {`"todolist"`, false}, {`"exchangeme"`, false},
		{`"#!/bin/bash\necho ${NAME} <html> GEN-UNIQUE"`, false}, {`"#cloud-config\n{}"`, false}, {`"{\"a\": \"GEN-UNIQUE\"}"`, false}, {`"your-app --start; echo {}"`, false},
		{`"Pa$$w0rd{1}"`, false},
	}
	for _, tt := range tests {
		if got := arm.HasPlaceholder(parse(tt.value).Root); got != tt.want {
			t.Errorf("HasPlaceholder(%s) = %t", tt.value, got)
		}
	}
}
