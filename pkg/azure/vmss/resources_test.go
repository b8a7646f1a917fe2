package vmss_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

const surroundings = `
{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "ip", "location": "westus", "sku": {"name": "Standard"}, "zones": ["1"], "properties": {"publicIPAllocationMethod": "Static", "dnsSettings": {"domainNameLabel": "lab"}}},
{"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2023-04-01", "name": "old", "location": "westus"},
{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net", "location": "westus", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [
  {"name": "a", "properties": {"addressPrefix": "10.0.0.0/24", "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')]"}}}, {"name": "b", "properties": {"addressPrefixes": ["10.0.1.0/24", "10.0.2.0/24"]}}], "virtualNetworkPeerings": [{"name": "p"}]}},
{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2023-04-01", "name": "net/c", "properties": {"addressPrefix": "10.0.3.0/24"}},
{"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "apiVersion": "2023-04-01", "name": "net/q", "properties": {}},
{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2023-04-01", "name": "nsg", "location": "westus", "properties": {"securityRules": [{"name": "ssh", "properties": {"access": "Allow", "direction": "Inbound", "protocol": "Tcp", "destinationPortRange": "22", "sourceAddressPrefixes": ["10.0.0.0/8", "192.168.0.0/16"], "priority": 100}}]}},
{"type": "Microsoft.Network/networkSecurityGroups/securityRules", "apiVersion": "2023-04-01", "name": "nsg/deny", "properties": {"access": "Deny", "destinationPortRanges": ["80", "443"], "priority": 200}},
{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": "westus", "sku": {"name": "Standard"}, "properties": {
  "frontendIPConfigurations": [{"name": "front", "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"}}}, {"name": "inner", "zones": ["1"], "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}}],
  "backendAddressPools": [{"name": "pool"}],
  "inboundNatRules": [{"name": "rule", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'front')]"}, "protocol": "Tcp", "frontendPort": 2222, "backendPort": 22}}],
  "loadBalancingRules": [{"name": "http", "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'front')]"}, "probe": {"id": "[resourceId('Microsoft.Network/loadBalancers/probes', 'lb', 'p')]"}, "protocol": "Tcp", "frontendPort": 80, "backendPort": 8080, "idleTimeoutInMinutes": 15, "disableOutboundSnat": true}}],
  "probes": [{"name": "p", "properties": {"protocol": "Http", "port": 8080, "intervalInSeconds": 5, "numberOfProbes": 2, "requestPath": "/health"}}],
  "outboundRules": [{"name": "out", "properties": {"frontendIPConfigurations": [{"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'lb', 'front')]"}], "backendAddressPool": {"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}}}]}},
{"type": "Microsoft.Network/loadBalancers/inboundNatRules", "apiVersion": "2023-04-01", "name": "lb/child", "properties": {"frontendPort": 2223}},
{"type": "Microsoft.Network/loadBalancers/backendAddressPools", "apiVersion": "2023-04-01", "name": "lb/second", "properties": {}},
{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "plain", "location": "westus", "properties": {"frontendIPConfigurations": [{"name": "x", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}}]}},
{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2023-04-01", "name": "gw", "location": "westus", "properties": {"gatewayIPConfigurations": [{"name": "g", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'b')]"}}}], "backendAddressPools": [{"name": "pool"}]}},
{"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2023-04-01", "name": "nic", "location": "westus", "properties": {"ipConfigurations": [{"name": "i", "properties": {"privateIPAddressVersion": "IPv4", "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}, "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'ip')]"}}}]}},
{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2023-03-01", "name": "vm", "location": "westus", "properties": {"osProfile": {"adminUsername": "me", "windowsConfiguration": {"patchSettings": {"patchMode": "AutomaticByPlatform"}}}, "storageProfile": {}, "networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'nic')]"}]}}},
{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2022-09-01", "name": "acc", "location": "westus", "kind": "StorageV2", "sku": {"name": "Premium_LRS"}},
{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2015-06-15", "name": "older", "location": "westus", "properties": {"accountType": "Standard_LRS"}},
{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "auto", "location": "westus", "properties": {"enabled": true, "targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]", "profiles": [{"name": "p", "capacity": {"minimum": "2", "maximum": "10", "default": "3"}, "rules": [
  {"metricTrigger": {"metricName": "Percentage CPU", "metricResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]", "timeGrain": "PT1M", "timeWindow": "PT10M", "operator": "GreaterThan", "threshold": 75.5}, "scaleAction": {"direction": "Increase", "type": "ChangeCount", "value": "2", "cooldown": "PT5M"}}]}]}},
{"type": "Microsoft.StandbyPool/standbyVirtualMachinePools", "apiVersion": "2024-03-01", "name": "standby", "location": "westus", "properties": {}},
{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-03-01", "name": "web", "location": "westus", "sku": {"name": "Standard_D2s_v3", "capacity": 3}, "properties": {"virtualMachineProfile": {
  "storageProfile": {"imageReference": {"publisher": "canonical"}, "osDisk": {"createOption": "FromImage"}, "dataDisks": [{"lun": 0, "diskSizeGB": 64, "createOption": "Empty", "caching": "None", "managedDisk": {"storageAccountType": "Premium_LRS"}}]},
  "networkProfile": {"networkInterfaceConfigurations": [
    {"name": "n1", "properties": {"primary": true, "ipConfigurations": [{"name": "i1", "properties": {"loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}], "applicationGatewayBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/applicationGateways/backendAddressPools', 'gw', 'pool')]"}]}}]}},
    {"name": "n2", "properties": {"ipConfigurations": [{"name": "i2", "properties": {}}]}}]}}}},
{"type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "apiVersion": "2023-03-01", "name": "web/fabric", "properties": {"publisher": "Microsoft.Azure.ServiceFabric", "type": "ServiceFabricLinuxNode", "typeHandlerVersion": "1.1"}},
{"type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "apiVersion": "2023-03-01", "name": "elsewhere/health", "properties": {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux"}}`

// TestResources checks the views of the resources around a scale set.
func TestResources(t *testing.T) {
	d := deployment(t, surroundings)
	set, balancer := d.ScaleSets[0], d.LoadBalancers[0]
	known := func(v any) string {
		switch f := v.(type) {
		case vmss.Field[string]:
			if s, ok := f.Known(); ok {
				return s
			}
		case vmss.Field[int]:
			if n, ok := f.Known(); ok {
				return fmt.Sprint(n)
			}
		case vmss.Field[bool]:
			if b, ok := f.Known(); ok {
				return fmt.Sprint(b)
			}
		case vmss.Ref:
			if f.Dangling {
				return "dangling"
			}
			return f.Path().Kind() + " " + f.Path().Name()
		}
		return fmt.Sprintf("%T", v)
	}
	row := func(values ...any) string {
		var all []string
		for _, v := range values {
			if s, ok := v.(string); ok {
				all = append(all, s)
			} else {
				all = append(all, known(v))
			}
		}
		return strings.Join(all, " ")
	}
	basic, _ := d.PublicAddresses[1].Basic()
	standard, _ := balancer.Basic()
	subnets := d.VirtualNetworks[0].Subnets.Items
	rule, probe, out, nat := balancer.Rules.Items[0], balancer.Probes.Items[0], balancer.OutboundRules.Items[0], balancer.NatRules.Items
	security := d.SecurityGroups[0].Rules.Items
	ip := set.Network.IPConfigurations()
	frontend := balancer.Frontends.Items[0]
	subnet, found := d.Subnet(balancer.Frontends.Items[1].Subnet)
	most, more := set.MaxCapacity()
	scale := d.Autoscale[0].Profiles.Items[0].Rules.Items[0]
	_, none := d.Subnet(vmss.Ref{})
	for _, tt := range []struct{ got, want string }{
		{row("address", d.PublicAddresses[0].SKU, d.PublicAddresses[0].Allocation, d.PublicAddresses[0].Zones.Items[0], d.PublicAddresses[0].DomainNameLabel), "address Standard Static 1 lab"},
		{fmt.Sprint("basic ", basic, " ", standard), "basic true false"},
		{row("network", d.VirtualNetworks[0].Prefixes.Items[0], subnets[0].Name, subnets[1].Name, subnets[2].Name), "network 10.0.0.0/16 a b net/c"},
		{row("ranges", subnets[0].Ranges()[0], subnets[1].Ranges()[1], subnets[0].SecurityGroup), "ranges 10.0.0.0/24 10.0.2.0/24 networkSecurityGroups nsg"},
		{row("peerings", d.VirtualNetworks[0].Peerings.Items[0].Name, d.VirtualNetworks[0].Peerings.Items[1].Name), "peerings p net/q"},
		{row("front", frontend.Name, frontend.PublicAddress, fmt.Sprint(frontend.Public(), frontend.Internal())), "front front publicIPAddresses ip true false"},
		{row("inner", balancer.Frontends.Items[1].Zones.Items[0], fmt.Sprint(balancer.Frontends.Items[1].Internal())), "inner 1 true"},
		{fmt.Sprint("balancers ", balancer.Public(), balancer.Internal(), d.LoadBalancers[1].Public(), d.LoadBalancers[1].Internal()), "balancers true false false true"},
		{row("subnet", subnet.Name, fmt.Sprint(found, none)), "subnet a true false"},
		{row("rule", rule.Name, rule.Frontend, rule.Probe, rule.Protocol, rule.FrontendPort, rule.BackendPort, rule.IdleTimeout, rule.NoOutbound), "rule http frontendIPConfigurations front probes p Tcp 80 8080 15 true"},
		{row("probe", probe.Name, probe.Protocol, probe.Port, probe.IntervalSeconds, probe.Count, probe.Path), "probe p Http 8080 5 2 /health"},
		{row("outbound", out.Name, out.Frontends.Items[0], out.BackendPool), "outbound out frontendIPConfigurations front backendAddressPools pool"},
		{row("nat", nat[0].Name, nat[0].Port, nat[0].BackendPort, nat[1].Port), "nat rule 2222 22 2223"},
		{row("pools", balancer.BackendPools.Items[0].Name, balancer.BackendPools.Items[1].Name), "pools pool lb/second"},
		{row("security", security[0].Name, security[0].Access, security[0].Port, security[0].Sources.Items[1], security[0].Priority, security[1].Access, security[1].Ports.Items[1]), "security ssh Allow 22 192.168.0.0/16 100 Deny 443"},
		{row("gateway", d.Gateways[0].Subnets.Items[0]), "gateway subnets b"},
		{row("interface", d.Interfaces[0].Configurations.Items[0].Subnet, d.Interfaces[0].Configurations.Items[0].AddressVersion, d.Interfaces[0].Configurations.Items[0].PublicAddress), "interface subnets a IPv4 publicIPAddresses ip"},
		{row("machine", d.Machines[0].System().String(), d.Machines[0].OS().AdminUsername, d.Machines[0].OS().PatchMode, d.Machines[0].Interfaces.Items[0]), "machine Windows me AutomaticByPlatform networkInterfaces nic"},
		{row("accounts", d.StorageAccount("ACC").Kind, d.StorageAccount("older").Kind), "accounts Premium_LRS Standard_LRS"},
		{row("autoscale", d.Autoscale[0].Target, most, scale.Metric, scale.TimeWindow, scale.Operator, scale.Direction, scale.ActionValue, fmt.Sprint(more)), "autoscale virtualMachineScaleSets web 10 Percentage CPU PT10M GreaterThan Increase 2 true"},
		{row("system", set.System().String()), "system Linux"},
		{row("disk", set.Storage.DataDisks.Items[0].LUN, set.Storage.DataDisks.Items[0].SizeGB, set.Storage.DataDisks.Items[0].StorageAccountType, set.Storage.DataDisks.Items[0].CreateOption), "disk 0 64 Premium_LRS Empty"},
		{row("configurations", ip[0].Name, ip[1].Name, ip[0].BackendPools.Items[0]), "configurations i1 i2 backendAddressPools pool"},
		{fmt.Sprint("standby ", len(d.StandbyPools), " elsewhere ", len(d.Extensions), " types ", len(d.OfType("microsoft.network/PUBLICIPADDRESSES"))), "standby 1 elsewhere 1 types 2"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s, want %s", tt.got, tt.want)
		}
	}
	switch {
	case d.LoadBalancer(ip[0].BackendPools.Items[0]) != balancer:
		t.Error("the pool is not that of the load balancer")
	case d.Gateway(ip[0].GatewayPools.Items[0]) != d.Gateways[0]:
		t.Error("the pool is not that of the gateway")
	case d.Interface(d.Machines[0].Interfaces.Items[0]) != d.Interfaces[0]:
		t.Error("the interface is not that of the machine")
	case d.PublicAddress(frontend.PublicAddress) != d.PublicAddresses[0] || d.SecurityGroup(subnets[0].SecurityGroup) != d.SecurityGroups[0]:
		t.Error("a reference leads elsewhere")
	case d.StorageAccount("none") != nil:
		t.Error("an account that is not there is found")
	case !frontend.PublicAddress.Same(d.Interfaces[0].Configurations.Items[0].PublicAddress) || frontend.PublicAddress.Same(rule.Probe) || frontend.PublicAddress.Place() == nil:
		t.Error("two references to the same are not")
	}
	if !set.ServiceFabric() {
		t.Error("the set is not one of Service Fabric")
	}
	if !set.MayBeServiceFabric() {
		t.Error("the set cannot be one of Service Fabric")
	}
}

func TestPortsContain(t *testing.T) {
	tests := []struct {
		ports string
		want  bool
	}{
		{"*", true}, {"22", true}, {"20-30", true}, {"1-65535", true}, {" 22 ", true},
		{"", false}, {"23", false}, {"23-30", false}, {"22-", false}, {"x-y", false}, {"222", false},
	}
	for _, tt := range tests {
		if got := vmss.PortsContain(tt.ports, 22); got != tt.want {
			t.Errorf("%q contains 22: %t, want %t", tt.ports, got, tt.want)
		}
	}
}
