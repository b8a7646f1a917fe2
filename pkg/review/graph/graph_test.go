package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/deploy"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/review/graph"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

func drawn(t *testing.T, resources string, copies int) (lines []string) {
	t.Helper()
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"any": {"type": "bool"}, "count": {"type": "int"}, "text": {"type": "string"}}, "resources": [` + resources + `]}`
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{
		TenantID: "t", SubscriptionID: "11111111-2222-3333-4444-555555555555", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})
	if d.Diagnostics.HasErrors() || tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics, d.Diagnostics)
	}
	g := graph.New(d, graph.Options{Copies: copies})
	if same := graph.New(d, graph.Options{Copies: copies, Waits: deploy.New(d, deploy.Options{})}); len(same.Edges) != len(g.Edges) {
		t.Errorf("%d edges with a graph of its own, %d without", len(same.Edges), len(g.Edges))
	}
	for _, n := range g.Nodes {
		line := n.Kind() + " " + n.Name
		if n.Count > 1 {
			line = fmt.Sprintf("%d x %s", n.Count, line)
		}
		for mark, is := range map[string]bool{" (existing)": n.External, " (conditional)": n.Conditional, " (repeated)": n.Repeated} {
			if is {
				line += mark
			}
		}
		lines = append(lines, line)
	}
	for _, e := range g.Edges {
		line := g.Nodes[e.From].Name + " -> " + g.Nodes[e.To].Name
		if e.Waits() {
			line += " waits"
		} else {
			line += " by " + strings.Join(e.By, ", ")
		}
		lines = append(lines, line)
	}
	return lines
}

const (
	address = `{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "ip", "location": "westus2"}`
	network = `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net", "location": "westus2"}`
	set     = `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2", `
)

func TestNew(t *testing.T) {
	for _, tt := range []struct {
		name, resources string
		copies          int
		want            []string
	}{
		{"a part of another resource is a reference to it", network + "," + set + `"properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}}`, 0,
			[]string{"virtual network net", "scale set web", "web -> net by subnet"}},
		{"several properties are one edge, in order", network + "," + set + `"properties": {"b": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]"}, "a": ["[resourceId('Microsoft.Network/virtualNetworks', 'net')]"]}}`, 0,
			[]string{"virtual network net", "scale set web", "web -> net by b, a"}},
		{"dependsOn alone waits", address + "," + set + `"dependsOn": ["ip"]}`, 0, []string{"public address ip", "scale set web", "web -> ip waits"}},
		{"a resource in another one", network + `, {"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2023-04-01", "name": "net/a", "dependsOn": ["net"]}`, 0,
			[]string{"virtual network net", "subnet net/a", "net/a -> net by part of"}},
		{"what the deployment does not make", set + `"properties": {"x": {"id": "[resourceId('hub', 'Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}}`, 0,
			[]string{"scale set web", "virtual network net (existing)", "web -> net by x"}},
		{"copies, few", strings.Replace(address, `"ip"`, `"[concat('ip', copyIndex())]", "copy": {"name": "c", "count": 2}`, 1), 0, []string{"public address ip0", "public address ip1"}},
		{"copies, many", strings.Replace(address, `"ip"`, `"[concat('ip', copyIndex())]", "copy": {"name": "c", "count": 9}`, 1), 4, []string{"9 x public address ip0"}},
		{"copies of an unknown number", strings.Replace(address, `"ip"`, `"[concat('ip', copyIndex())]", "copy": {"name": "c", "count": "[parameters('count')]"}`, 1), 0,
			[]string{"public address [concat('ip', copyIndex())] (repeated)"}},
		{"a condition that is not known", strings.Replace(address, `"ip"`, `"ip", "condition": "[parameters('any')]"`, 1), 0, []string{"public address ip (conditional)"}},
		{"an identity is named by its id", `{"type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2023-01-31", "name": "me", "location": "westus2"}, ` +
			set + `"identity": {"type": "UserAssigned", "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'me')]": {}}}}`, 0,
			[]string{"managed identity me", "scale set web", "web -> me by userAssignedIdentities"}},
		{"a container of a storage account", `{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2022-09-01", "name": "acc", "location": "westus2", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}}, ` +
			set + `"properties": {"vhdContainers": ["https://acc.blob.core.windows.net/vhds", "https://other.blob.core.windows.net/vhds"]}}`, 0,
			[]string{"storage account acc", "scale set web", "web -> acc by vhdContainers"}},
		{"a name that is not known", strings.Replace(address, `"ip"`, `"[parameters('text')]"`, 1), 0, []string{"public address [parameters('text')]"}},
		{"a type without a name of its own", `{"type": "Contoso.Web/things", "apiVersion": "2020-01-01", "name": "x"}`, 0, []string{"things x"}},
	} {
		if diff := cmp.Diff(tt.want, drawn(t, tt.resources, tt.copies)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestShortWords: an edge with long names has room for few letters.
func TestShortWords(t *testing.T) {
	got := graph.ShortWords([]string{"loadBalancerBackendAddressPools", "applicationGatewayBackendAddressPools", "vhdContainers", "subnet", "SUBNET"})
	if diff := cmp.Diff([]string{"backend pool", "disks", "subnet", "SUBNET"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestDetails: a box shows capacity, size, zones, ports and ranges, as far as they are
// known.
func TestDetails(t *testing.T) {
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
		"parameters": {"count": {"type": "int"}}, "resources": [
		{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "zones": ["1", "2"], "sku": {"name": "Standard_D2s_v5", "capacity": 3}, "properties": {}},
		{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "any", "sku": {"name": "Standard_D2s_v5", "capacity": "[parameters('count')]"}, "properties": {}},
		{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2023-03-01", "name": "jump", "properties": {"hardwareProfile": {"vmSize": "Standard_B1s"}}},
		{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "properties": {
			"loadBalancingRules": [{"name": "a", "properties": {"frontendPort": 80}}, {"name": "b", "properties": {"frontendPort": 443}}],
			"inboundNatPools": [{"name": "p", "properties": {"frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50119, "backendPort": 22}}],
			"inboundNatRules": [{"name": "r", "properties": {"frontendPort": 2222, "backendPort": 22}}]}},
		{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "all", "properties": {"loadBalancingRules": [{"name": "a", "properties": {"frontendPort": 0}}]}},
		{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2023-04-01", "name": "gw", "properties": {"frontendPorts": [{"name": "a", "properties": {"port": 443}}]}},
		{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}},
		{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "ip", "sku": {"name": "Standard"}, "zones": ["1"], "properties": {}},
		{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-04-01", "name": "nsg", "properties": {"securityRules": [
			{"name": "web", "properties": {"access": "allow", "direction": "inbound", "destinationPortRanges": ["80", "443"]}},
			{"name": "out", "properties": {"access": "Allow", "direction": "Outbound", "destinationPortRange": "25"}},
			{"name": "no", "properties": {"access": "Deny", "direction": "Inbound", "destinationPortRange": "22"}}]}},
		{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2022-10-01", "name": "auto", "properties": {"profiles": [{"name": "p", "capacity": {"minimum": "1", "maximum": "10", "default": "1"}}]}}]}`
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{})
	got := map[string]string{}
	for _, n := range graph.New(d, graph.Options{}).Nodes {
		got[n.Name] = strings.Join(n.Details, "; ")
	}
	want := map[string]string{
		"web": "3 x Standard_D2s_v5; zones 1, 2", "any": "Standard_D2s_v5", "jump": "Standard_B1s", "lb": "ports 80, 443; NAT 50000-50119 to 22, 2222 to 22", "all": "all ports",
		"gw": "port 443", "net": "10.0.0.0/16", "ip": "Standard, zone 1", "nsg": "allows 80, 443", "auto": "1 to 10 instances",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
