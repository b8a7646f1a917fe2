package engine_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/check/engine"
)

// What the language reports says in which value and in which resource it is,
// also in nested and linked templates and in parameter files.
func TestFindingsOfTheLanguageHaveAPointerAndAResource(t *testing.T) {
	files := memory{
		"a/t.json": template(`
  "parameters": { "p": { "type": "string", "allowedValues": "x" }, "count": { "type": "int" } },
  "resources": [
    { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "[toLower('ACCT')]", "lcoation": "westus2",
      "resources": [ { "type": "blobServices", "apiVersion": "2023-01-01", "name": "default", "kind": "[nothing()]", "dependsOn": [ "acct" ] } ] },
    { "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inline", "properties": { "mode": "Incremental",
      "template": ` + template(`"resources": [ { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "deep", "kind": "[nothing()]" } ]`) + ` } },
    { "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "linked", "properties": { "mode": "Incremental",
      "templateLink": { "relativePath": "linked.json" } } } ],
  "outputs": { "o": { "type": "string", "value": "[nothing()]" } }`),
		"a/t.parameters.json": parameters(`"count": { "value": "one" }`),
		"a/linked.json":       template(`"resources": [ { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "far", "kind": "[nothing()]" } ]`),
	}
	e, err := engine.New(engine.Config{Files: files, Jobs: 1, NoFold: true})
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Check(t.Context(), []string{"a/t.json"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range result.Findings {
		if d.Code[:3] == "SS1" || d.Code[:3] == "SS2" {
			got = append(got, string(d.Code)+" "+d.Subject.File.Path()+" "+d.Pointer+" "+d.Resource)
		}
	}
	want := []string{
		"SS1010 a/linked.json /resources/0/kind Microsoft.Storage/storageAccounts/far",
		"SS1010 a/t.json /outputs/o/value ",
		"SS1010 a/t.json /resources/0/resources/0/kind Microsoft.Storage/storageAccounts/blobServices/acct/default",
		"SS1010 a/t.json /resources/1/properties/template/resources/0/kind Microsoft.Storage/storageAccounts/deep",
		"SS1031 a/t.parameters.json /parameters/count/value ",
		"SS2023 a/t.json /resources/0/lcoation Microsoft.Storage/storageAccounts/acct",
		"SS2024 a/t.json /parameters/p/allowedValues ",
		"SS2033 a/t.parameters.json /parameters ",
		"SS2053 a/t.json /resources/1/name Microsoft.Resources/deployments/inline",
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
