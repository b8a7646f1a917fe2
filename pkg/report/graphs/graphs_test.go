package graphs_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/report/graphs"
	"github.com/scaleset/scaleset/pkg/review/graph"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func picture(t *testing.T, resources string) *graph.Graph {
	t.Helper()
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"any": {"type": "bool"}}, "resources": [` + resources + `]}`
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{
		TenantID: "t", SubscriptionID: "11111111-2222-3333-4444-555555555555", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})
	if d.Diagnostics.HasErrors() || tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics, d.Diagnostics)
	}
	return graph.New(d, graph.Options{})
}

const set = `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2015-06-15", "name": "web", "location": "westus2", `

func TestMermaid(t *testing.T) {
	tests := []struct{ name, resources, want string }{
		{"a part of a resource leads to it, waiting is dotted", `
			{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2015-06-15", "name": "net", "location": "westus2"},
			{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2015-06-15", "name": "ip", "location": "westus2"},
			` + set + `"dependsOn": ["net", "ip"], "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}}`,
			`flowchart LR
  n0["virtual network<br/>net"]
  n1["public address<br/>ip"]
  n2[["scale set<br/>web"]]
  n2 -->|subnet| n0
  n2 -.-> n1
`},
		{"what is not made here is drawn as existing", set + `"properties": {
			"subnet": {"id": "[resourceId('hub', 'Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"},
			"other": {"id": "[resourceId('hub', 'Microsoft.Network/virtualNetworks/subnets', 'net', 'b')]"}}}`,
			`flowchart LR
  n0[["scale set<br/>web"]]
  n1["virtual network #40;existing#41;<br/>net"]
  n0 -->|subnet, other| n1
  style n1 stroke-dasharray: 5 5
`},
		{"many copies are one, disks lead to their accounts", `
			{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2015-06-15", "name": "[concat('sa', copyIndex())]", "location": "westus2",
				"copy": {"name": "loop", "count": 4}},
			` + set + `"properties": {"vhdContainers": ["https://sa0.blob.core.windows.net/vhds", "https://sa3.blob.core.windows.net/vhds"]}}`,
			`flowchart LR
  n0["4 x storage account<br/>sa0, ..."]
  n1[["scale set<br/>web"]]
  n1 -->|vhdContainers| n0
`},
		{"a child belongs to its parent; what a condition decides is dashed", set + `"properties": {}, "condition": "[parameters('any')]"},
			{"type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "apiVersion": "2018-10-01", "name": "web/a\"b<c>", "properties": {}}`,
			`flowchart LR
  n0[["scale set<br/>web"]]
  n1["extension<br/>web/a#34;b#60;c#62;"]
  n1 -->|part of| n0
  style n0 stroke-dasharray: 5 5
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := graphs.WriteMermaid(&b, picture(t, tt.resources), graphs.Mermaid{Details: true}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestDOT(t *testing.T) {
	g := picture(t, `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2015-06-15", "name": "net", "location": "westus2"},
		`+set+`"dependsOn": ["net"], "properties": {"gallery": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/\"x\""}}}`)
	var b bytes.Buffer
	if err := graphs.WriteDOT(&b, g); err != nil {
		t.Fatal(err)
	}
	want := `digraph deployment {
  rankdir=LR;
  node [shape=box, fontname="sans-serif"];
  n0 [label="virtual network\nnet"];
  n1 [label="scale set\nweb", peripheries=2];
  n2 [label="image (existing)\n\"x\"", style=dashed];
  n1 -> n0 [style=dotted];
  n1 -> n2 [label="gallery"];
}
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
