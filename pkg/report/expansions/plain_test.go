package expansions_test

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/report/expansions"
	"github.com/scaleset/scaleset/pkg/report/findings"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func expansion(t *testing.T, text string) expansions.Expansion {
	t.Helper()
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "sub", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})
	return expansions.Expansion{Template: "t.json", ParameterFile: "t.parameters.json", Deployment: d, Graph: deploy.New(d, deploy.Options{Tree: tree}), Secrets: secrets()}
}

const head = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", `

// TestPlainTemplate: resources of other resource groups are in a nested deployment
// for each group, what a resource waits for is an id, and what a template spells
// out at a property of secrets is masked.
func TestPlainTemplate(t *testing.T) {
	nested := func(name, group, resource string) string {
		return `{"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "` + name + `", "resourceGroup": "` + group + `", "properties": {"mode": "Incremental", "template": ` + head + `"resources": [` + resource + `]}}}`
	}
	address := func(name string) string {
		return `{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2022-07-01", "name": "` + name + `", "location": "westus2"}`
	}
	e := expansion(t, head+`"apiProfile": "2019-03-01-hybrid", "parameters": {"plain": {"type": "int"}, "any": {"type": "securestring"}}, "resources": [
`+address("one")+`, {"type": "Microsoft.Network/publicIPAddresses", "name": "two", "location": "westus2", "tags": {"odd": "[[text", "b": "[[text]", "n": "[string(parameters('plain'))]"}, "dependsOn": ["one"]},
`+nested("a", "other", address("three"))+`, `+nested("b", "third", address("four"))+`, `+nested("c", "OTHER", address("five"))+`,
{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2", "properties": {"virtualMachineProfile": {"osProfile": {"adminPassword": "Correct-Horse-9", "customData": "[parameters('any')]"},
  "extensionProfile": {"extensions": [{"name": "e", "properties": {"protectedSettings": {"storageAccountKey": "Correct-Horse-9", "endpoint": "https://example.org"}}}]}}}}
], "outputs": {"o": {"type": "string", "value": "[reference('two').dnsSettings.fqdn]"}, "s": {"type": "securestring", "value": "Correct-Horse-9"}}}`)
	const want = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "apiProfile": "2019-03-01-hybrid",
  "parameters": {
    "plain": {
      "type": "int"
    },
    "any": {
      "type": "securestring"
    }
  },
`
	got := text(t, e.WriteTemplate)
	if !strings.HasPrefix(got, want) {
		t.Errorf("it begins otherwise:\n%s", cmp.Diff(want, got[:min(len(got), len(want))]))
	}
	for _, part := range []string{
		`"name": "scope-1"`, `"name": "scope-2"`, `"resourceGroup": "OTHER"`, `"subscriptionId": "sub"`, `"odd": "[[text"`, `"b": "[[text]"`, `"[string(parameters('plain'))]"`,
		`"/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/one"`, `"adminPassword": "<secure>"`, `"storageAccountKey": "<secure>"`, `"endpoint": "https://example.org"`,
		`"customData": "[parameters('any')]"`, `"value": "<secure>"`,
	} {
		if !strings.Contains(got, part) {
			t.Errorf("it lacks %s:\n%s", part, got)
		}
	}
	if n := strings.Count(got, "scope-"); n != 2 {
		t.Errorf("%d nested deployments, want one for each of two resource groups", n)
	}
}

// TestScopes: the schema of what is written is that of the scope.
func TestScopes(t *testing.T) {
	for schema, want := range map[string]string{
		"2018-05-01/subscriptionDeploymentTemplate": "2018-05-01/subscriptionDeploymentTemplate", "2019-08-01/managementGroupDeploymentTemplate": "2019-08-01/managementGroupDeploymentTemplate",
		"2019-08-01/tenantDeploymentTemplate": "2019-08-01/tenantDeploymentTemplate", "2015-01-01/deploymentTemplate": "2019-04-01/deploymentTemplate",
	} {
		e := expansion(t, `{"$schema": "https://schema.management.azure.com/schemas/`+schema+`.json#", "contentVersion": "1.0.0.0", "resources": []}`)
		if got := text(t, e.WriteTemplate); !strings.Contains(got, "schemas/"+want+".json#") {
			t.Errorf("%s: %s", schema, got)
		}
	}
}

// TestText: a line for each value, the count of what is left to the deployment, and
// the file of the parameters.
func TestText(t *testing.T) {
	e := expansion(t, head+`"parameters": {"n": {"type": "int"}}, "resources": [{"type": "A.B/c", "apiVersion": "2020-01-01", "name": "x", "tags": {}, "properties": {"list": [1, [], {"a": null}], "n": "[parameters('n')]", "on": true}}]}`)
	e.Assumed = []expansions.Assumed{{Name: "location", Value: "westus2"}}
	const want = `A.B/c x 2020-01-01
  tags: {}
  properties.list[0]: 1
  properties.list[1]: []
  properties.list[2].a: null
  properties.n: "[parameters('n')]"  REASON
  properties.on: true

1 resource, 0 outputs, 1 value known only at deployment, parameters of t.parameters.json
Assumed values: location westus2
`
	got := text(t, func(w io.Writer) error { return e.WriteText(w, findings.Text{}) })
	before, after, _ := strings.Cut(want, "  REASON")
	if !strings.HasPrefix(got, before+"  ") || !strings.HasSuffix(got, after) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
	}
	if got := text(t, func(w io.Writer) error { return e.WriteText(w, findings.Text{Quiet: true}) }); strings.Contains(got, "1 resource") {
		t.Errorf("quiet has the summary: %s", got)
	}
}
