package instances_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// balanced is a set of some instances behind a load balancer of two pools, one
// of which a second set shares.
func balanced(t *testing.T, top, properties string) *instances.State {
	t.Helper()
	pool := func(name string) string {
		return `{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', '` + name + `')]"}`
	}
	profile := func(pools string) string {
		return `"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [
  {"name": "ip", "properties": {"subnet": {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}, "loadBalancerBackendAddressPools": [` + pools + `]}}]}}]}}`
	}
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
 {"type": "Microsoft.Network/loadBalancers", "apiVersion": "2024-05-01", "name": "lb", "location": "westus2", "sku": {"name": "Standard"}, "properties": {"backendAddressPools": [{"name": "own"}, {"name": "shared"}]}},
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus2", "sku": {"name": "Standard_D2s_v5", "capacity": 6}` + top + `,
  "properties": {"overprovision": false, "singlePlacementGroup": false` + properties + `, ` + profile(pool("own")+", "+pool("shared")) + `}},
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "other", "location": "westus2", "sku": {"name": "Standard_D2s_v5", "capacity": 6},
  "properties": {"overprovision": false, ` + profile(pool("shared")) + `}}]}`
	d := expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), expand.Options{})
	if d.Diagnostics.HasErrors() {
		t.Fatal(d.Diagnostics)
	}
	return instances.FromTemplate(vmss.New(d).ScaleSets[0], guidance.Auto)
}

// TestAfter: what is left, which pools are empty, and whether the set can refill.
func TestAfter(t *testing.T) {
	zones := `, "zones": ["1", "2", "3"]`
	for _, tt := range []struct{ name, top, properties, lose, want string }{
		{"a zone", zones, "", "zone=2", "if zone 2 fails, 4 of 6 instances are left | to replace the lost instances, scale out from 6 to 8, because lost instances still count; the new ones are created in the other zones (documented: zone balancing)"},
		{"a zone, strict balance", zones, `, "zoneBalance": true`, "zone=2", "if zone 2 fails, 4 of 6 instances are left | to replace the lost instances, scale out from 6 to 8, because lost instances still count; the new ones are created in the other zones (documented: zone balancing)"},
		{"two zones", zones, "", "zone=2 zone=3", "if zone 2 fails, 4 of 6 instances are left; if zone 3 fails, 4; if all of this happens, 2 | the lost instances cannot be replaced: 2 zones are down (2, 3); no instance is created until all but one have recovered (documented)"},
		{"all zones", zones, "", "zone=1 zone=2 zone=3", "if zone 1 fails, 4 of 6 instances are left; if zone 2 fails, 4; if zone 3 fails, 4; if all of this happens, 0 | no instance is left in backend pool own of lb | the lost instances cannot be replaced: 3 zones are down (1, 2, 3); no instance is created until all but one have recovered (documented)"},
		{"the only zone", `, "zones": ["1"]`, "", "zone=1", "if zone 1 fails, 0 of 6 instances are left | no instance is left in backend pool own of lb | the lost instances cannot be replaced: zone 1, the only zone of the scale set, is down; no instance is created until it recovers (documented)"},
		{"a fault domain", "", "", "fd=0", "if fault domain 0 fails, 4 of 6 instances are left | Azure restarts the instances of a failed host on another host (documented: service healing); the capacity does not change"},
		{"spot", "", "", "spot", "if all Spot instances are evicted, 6 of 6 instances are left"},
	} {
		s := balanced(t, tt.top, tt.properties)
		var losses []placement.Loss
		for _, text := range strings.Fields(tt.lose) {
			l, err := placement.ParseLoss(text)
			if err != nil {
				t.Fatal(err)
			}
			losses = append(losses, l)
		}
		set, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(s.After(set, losses).Sentences(), " | "); got != tt.want {
			t.Errorf("%s: %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// TestCheckLosses: what a set does not have cannot fail.
func TestCheckLosses(t *testing.T) {
	zonal := placement.Config{Zones: []string{"1", "2"}, FaultDomains: 1, UpdateDomains: 1}
	regional := placement.Config{FaultDomains: 5, UpdateDomains: 5}
	for _, tt := range []struct {
		c    placement.Config
		lose string
		want string
	}{
		{zonal, "zone=1", ""}, {zonal, "host", ""}, {zonal, "spot", ""}, {regional, "fd=4", ""}, {regional, "ud=4", ""},
		{zonal, "zone=3", "the zones of web are 1, 2"},
		{regional, "zone=1", "web has no zones"},
		{zonal, "fd=0", "uses max spreading"},
		{zonal, "ud=0", "the update domains of web are unknown"},
		{regional, "fd=5", "web has 5 fault domains, numbered from 0"},
		{regional, "ud=5", "web has 5 update domains, numbered from 0"},
	} {
		l, err := placement.ParseLoss(tt.lose)
		if err != nil {
			t.Fatal(err)
		}
		err = instances.CheckLosses("web", tt.c, []placement.Loss{l})
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.lose, err, tt.want)
		}
	}
}
