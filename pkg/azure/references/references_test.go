package references_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/references"
)

func TestOf(t *testing.T) {
	tests := []struct{ resourceType, path, want string }{
		{"Microsoft.Compute/virtualMachineScaleSets", "virtualMachineProfile/networkProfile/networkInterfaceConfigurations[]/ipConfigurations[]/subnet/id",
			"Microsoft.Network/virtualNetworks/subnets Microsoft.ClassicNetwork/virtualNetworks/subnets same-region"},
		{"Microsoft.Network/networkInterfaces", "ipConfigurations[]/Subnet/ID",
			"Microsoft.Network/virtualNetworks/subnets Microsoft.ClassicNetwork/virtualNetworks/subnets same-region required"},
		{"microsoft.network/loadbalancers", "loadBalancingRules[]/probe/id", "Microsoft.Network/loadBalancers/probes required"},
		{"Microsoft.Network/applicationGateways", "backendHttpSettingsCollection[]/probe/id", "Microsoft.Network/applicationGateways/probes"},
		{"Microsoft.Network/loadBalancers/inboundNatRules", "frontendIPConfiguration/id", "Microsoft.Network/loadBalancers/frontendIPConfigurations required"},
		{"Microsoft.Network/loadBalancers", "backendAddressPools[]/id", ""}, // the id of the pool itself
		{"Microsoft.Network/loadBalancersX", "probe/id", "any"},             // according to its name
		{"Microsoft.Insights/autoscaleSettings", "targetResourceUri", "any"},
		{"Microsoft.Network/virtualNetworks", "subnets[]/ipamPool/id", "any"},
		{"Microsoft.Compute/galleries", "sharingProfile/storageResourceId", "any"},
		{"Microsoft.Compute/virtualMachines/extensions", "settings/workspaceResourceId", ""},
		{"Microsoft.Logic/workflows", "workspaceResourceId", ""},
		{"Microsoft.Web/sites", "targetResourceUri", ""},
		{"Microsoft.Network/publicIPPrefixes", "publicIPAddresses[]/id", ""}, // read-only; exports contain it
	}
	for _, tt := range tests {
		got := ""
		if ref, ok := references.Of(tt.resourceType, strings.Split(tt.path, "/")); ok {
			got = strings.Join(ref.Types, " ")
			if got == "" {
				got = "any"
			}
			if ref.SameRegion {
				got += " same-region"
			}
			if ref.Required {
				got += " required"
			}
		}
		if got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.resourceType, tt.path, got, tt.want)
		}
	}
}

func TestNamed(t *testing.T) {
	ref, _ := references.Of("Microsoft.Compute/virtualMachineScaleSets", []string{"healthProbe", "id"})
	if !ref.MayReferTo("microsoft.network/loadbalancers/probes") || ref.MayReferTo("Microsoft.Network/applicationGateways/probes") {
		t.Errorf("a health probe names %v", ref.Types)
	}
}
