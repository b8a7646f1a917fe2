package connect_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/review/connect"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const exposed = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
 "parameters": {"any": {"type": "string"}}, "resources": [
 {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-04-01", "name": "nsg", "location": "westus2", "properties": {"securityRules": [RULES]}},
 {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net", "location": "westus2", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
  "subnets": [{"name": "a", "properties": {"addressPrefix": "10.0.0.0/24" GROUP}}]}},
 {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "ip", "location": "westus2", "sku": {"name": "SKU"}, "properties": {}},
 {"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": "westus2", "sku": {"name": "SKU"}, "properties": {
  "frontendIPConfigurations": [{"name": "f", "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"}}}],
  "backendAddressPools": [{"name": "pool"}],
  "inboundNatPools": [{"name": "nat", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'f')]"}, "protocol": "Tcp", "frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50009, "backendPort": 22}}],
  "loadBalancingRules": [{"name": "r", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'f')]"}, "backendAddressPool": {"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}, "protocol": "Tcp", "frontendPort": 80, "backendPort": 8080}}]}},
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus2", "sku": {"name": "Standard_D2s_v5", "capacity": 3}, "properties": {"virtualMachineProfile": {
  "networkProfile": {"networkInterfaceConfigurations": [{"name": "n", "properties": {"primary": true, "ipConfigurations": [{"name": "i", "properties": {"subnet": {"id": "SUBNET"},
   "loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'nat')]"}],
   "loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}] OWN}}]}}]}}}}]}`

// TestOpenings: who can connect is decided by the first rule that is about the port, in
// every security group on the way.
func TestOpenings(t *testing.T) {
	const (
		group   = `, "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"}`
		subnet  = `[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]`
		outside = `[resourceId('hub', 'Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]`
	)
	rule := func(name, access, port, from string, priority int) string {
		return fmt.Sprintf(`{"name": %q, "properties": {"access": %q, "direction": "Inbound", "protocol": "Tcp", "destinationPortRange": %q, "sourceAddressPrefix": %q, "priority": %d}}`, name, access, port, from, priority)
	}
	for _, tt := range []struct {
		name, sku, rules, group, subnet, own string
		want                                 []string
	}{
		{"open to anyone, and to one range", "Standard", rule("web", "Allow", "8080", "Internet", 100) + "," + rule("ssh", "Allow", "20-30", "203.0.113.0/24", 110), group, subnet, "",
			[]string{"50000 to 50009 limited 203.0.113.0/24 (rule ssh of nsg)", "80 anyone (rule web of nsg)"}},
		{"a rule denies before another allows", "Standard", rule("web", "Allow", "*", "*", 200) + "," + rule("no", "Deny", "22", "*", 100), group, subnet, "",
			[]string{"50000 to 50009 nobody (rule no of nsg denies it)", "80 anyone (rule web of nsg)"}},
		{"a part is allowed before the rest is denied", "Standard", rule("office", "Allow", "22", "203.0.113.0/24", 100) + "," + rule("no", "Deny", "*", "*", 200), group, subnet, "",
			[]string{"50000 to 50009 limited 203.0.113.0/24 (rule office of nsg)", "80 nobody (rule no of nsg denies it)"}},
		{"only the network", "Standard", rule("in", "Allow", "*", "VirtualNetwork", 100), group, subnet, "",
			[]string{"50000 to 50009 nobody (no rule of nsg allows it)", "80 nobody (no rule of nsg allows it)"}},
		{"Standard without a group", "Standard", "", "", subnet, "",
			[]string{"50000 to 50009 nobody (no network security group; Standard resources block inbound traffic without one)", "80 nobody (no network security group; Standard resources block inbound traffic without one)"}},
		{"Basic without a group", "Basic", "", "", subnet, "", []string{"50000 to 50009 anyone (no network security group)", "80 anyone (no network security group)"}},
		{"a subnet that exists", "Standard", "", "", outside, "",
			[]string{"50000 to 50009 unknown (the network security group of the subnet is not known offline)", "80 unknown (the network security group of the subnet is not known offline)"}},
		{"a source that is not known", "Standard", rule("web", "Allow", "8080", "[parameters('any')]", 100), group, subnet, "",
			[]string{"50000 to 50009 nobody (no rule of nsg allows it)", "80 unknown (rule web of nsg is known only at deployment)"}},
		{"addresses of the instances", "Standard", rule("web", "Allow", "8080", "*", 100), group, subnet, `, "publicIPAddressConfiguration": {"name": "p", "sku": {"name": "Standard"}}`,
			[]string{"50000 to 50009 nobody (no rule of nsg allows it)", "80 anyone (rule web of nsg)", "8080 anyone (rule web of nsg)"}},
	} {
		text := strings.NewReplacer("RULES", tt.rules, "GROUP", tt.group, "SUBNET", tt.subnet, "OWN", tt.own, "SKU", tt.sku).Replace(exposed)
		tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
		if tree.Diagnostics.HasErrors() {
			t.Fatal(tt.name, tree.Diagnostics)
		}
		d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "11111111-2222-3333-4444-555555555555", ResourceGroup: "rg", Location: "westus2", DeploymentName: "d"}})
		var got []string
		for _, o := range connect.Openings(vmss.New(d), connect.Options{}) {
			got = append(got, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s (%s)", o.Ports, o.Access, strings.Join(o.Sources, ", "), o.By)), " "))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
