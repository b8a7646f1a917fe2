package connections_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/report/connections"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// NAT rules with a range beside a pool, an address of IPv6 for each instance, a
// bastion of the Developer SKU, and parts without a name: no heading begins with
// a colon.
const unnamed = `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
 {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "net", "location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [{"name": "s", "properties": {"addressPrefix": "10.0.0.0/24"}}]}},
 {"type": "Microsoft.Network/bastionHosts", "apiVersion": "2023-09-01", "name": "door", "location": "westeurope", "sku": {"name": "Developer"}, "properties": {"virtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]"}}},
 {"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-09-01", "name": "lb", "location": "westeurope", "sku": {"name": "Standard"}, "properties": {
  "frontendIPConfigurations": [{"name": "f", "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"}}}],
  "backendAddressPools": [{"name": "b"}],
  "inboundNatPools": [{"name": "pool", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'f')]"}, "protocol": "Tcp", "frontendPortRangeStart": 60000, "frontendPortRangeEnd": 60099, "backendPort": 3389}}],
  "inboundNatRules": [{"name": "", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'f')]"}, "backendAddressPool": {"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'b')]"}, "protocol": "Tcp", "frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50099, "backendPort": 22}}]}},
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-09-01", "name": "web", "location": "westeurope", "sku": {"name": "Standard_D2s_v3", "capacity": 2}, "properties": {"overprovision": true, "virtualMachineProfile": {
  "osProfile": {"computerNamePrefix": "web", "adminUsername": "azureuser", "linuxConfiguration": {"disablePasswordAuthentication": true}},
  "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [{"name": "ip", "properties": {
   "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 's')]"},
   "loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'pool')]"}],
   "loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'b')]"}],
   "publicIPAddressConfiguration": {"name": "a", "properties": {"publicIPAddressVersion": "IPv6"}}}}]}}]}}}}]}`

func TestUnnamedParts(t *testing.T) {
	var b bytes.Buffer
	all := sets(t, arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(unnamed)))), true)
	if err := connections.WriteText(&b, all, nil); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"  pool: one port for each instance, 60000 to 60099\n",
		"  <name of the NAT rule>: one port for each instance, 50000 to 50099\n",
		"  bastion door\n",
		"  a public IPv6 address for each instance,",
		"Overprovisioning is on: a new scale set has 2 random ids from 0 to 3;",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("nothing says %q:\n%s", want, b.String())
		}
	}
	for line := range strings.Lines(b.String()) {
		if strings.HasPrefix(strings.TrimSpace(line), ":") {
			t.Errorf("a heading begins with a colon: %q", line)
		}
	}
}
