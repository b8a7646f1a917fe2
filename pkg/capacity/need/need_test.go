package need_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/need"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// set is a scale set in a subnet of 59 addresses behind a load balancer with a
// NAT pool of 40 ports. extra are members of the resource, properties of its
// properties, disks of its storage profile.
func set(t *testing.T, extra, properties, disks string) limits.ScaleSet {
	t.Helper()
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [
 {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net", "location": "westus2", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
  "subnets": [{"name": "vms", "properties": {"addressPrefix": "10.0.0.0/26"}}]}},
 {"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": "westus2", "sku": {"name": "Standard"}, "properties": {
  "frontendIPConfigurations": [{"name": "f", "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'vms')]"}}}],
  "backendAddressPools": [{"name": "b"}],
  "inboundNatPools": [{"name": "ssh", "properties": {"protocol": "Tcp", "frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50039, "backendPort": 22}}]}},
 {"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2024-07-01", "name": "web", "location": "westus2", ` + extra + `
  "sku": {"name": "Standard_D2s_v5", "capacity": 10}, "properties": {` + properties + ` "virtualMachineProfile": {
  "storageProfile": {"imageReference": {"publisher": "p", "offer": "o", "sku": "s", "version": "latest"}` + disks + `},
  "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [{"name": "ip", "properties": {
    "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'vms')]"},
    "publicIPAddressConfiguration": {"name": "pip"},
    "loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'b')]"}],
    "loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'ssh')]"}]}}]}}]}}}}]}`
	d := expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), expand.Options{})
	if d.Diagnostics.HasErrors() {
		t.Fatal(d.Diagnostics)
	}
	return limits.Judge(vmss.New(d).ScaleSets[0], guidance.Current)
}

// print is a table as lines: kind, about, the amounts with what is over.
func print(table need.Table) []string {
	var lines []string
	for _, r := range table.Rows {
		line := string(r.Kind) + " " + r.About + ":"
		for _, c := range r.Cells {
			line += fmt.Sprintf(" %d", c.Amount)
			if c.Peak != c.Amount {
				line += fmt.Sprintf("(%d)", c.Peak)
			}
			if c.Over {
				line += "!"
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// TestOf counts by hand what 10, 50 and 250 instances need.
func TestOf(t *testing.T) {
	usage, err := quota.ParseUsage("u", []byte(`[{"name":{"value":"cores"},"limit":350,"currentValue":20},{"name":{"value":"standardDSv5Family"},"limit":100,"currentValue":20},
 {"name":{"value":"lowPriorityCores"},"limit":60,"currentValue":0},{"name":{"value":"PremiumDiskCount"},"limit":400,"currentValue":20},{"name":{"value":"virtualMachines"},"limit":25000,"currentValue":10}]`))
	if err != nil {
		t.Fatal(err)
	}
	const disks = `, "osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}}, "dataDisks": [{"lun": 0, "diskSizeGB": 64, "createOption": "Empty", "managedDisk": {"storageAccountType": "Premium_LRS"}}]`
	existing := 10
	o := limits.Options{Usage: usage, UsageOfSet: true, Existing: &existing}
	for _, tt := range []struct {
		name                     string
		extra, properties, disks string
		want                     []string
	}{
		{
			// 20 of the 100 cores are those of the 10 instances. A subnet of /26 has 59 addresses, of which the load balancer takes one.
			name: "regional", properties: `"overprovision": false, "singlePlacementGroup": true,`, disks: disks,
			want: []string{
				"instances : 10 50 250!", "cores standardDSv5Family: 20 100 500!", "cores cores: 20 100 500!", "virtual-machines virtualMachines: 10 50 250",
				"addresses subnet vms: 10 50 250!", "nat-ports NAT pool ssh: 10 50! 250!", "backend-members backend pool b: 10 50 250", "public-ips : 10 50 250",
				"disks Premium_LRS: 20 100 500!", "placement-groups : 1 1 3!",
			},
		},
		{
			name: "zonal", extra: `"zones": ["1", "2", "3"],`, properties: `"overprovision": false, "singlePlacementGroup": false,`, disks: disks,
			want: []string{
				"instances : 10 50 250", "cores standardDSv5Family: 20 100 500!", "cores cores: 20 100 500!", "virtual-machines virtualMachines: 10 50 250",
				"addresses subnet vms: 10 50 250!", "nat-ports NAT pool ssh: 10 50! 250!", "backend-members backend pool b: 10 50 250", "public-ips : 10 50 250",
				"disks Premium_LRS: 20 100 500!", "placement-groups : 3 3 3",
			},
		},
		{
			name:       "a mix of regular and Spot",
			properties: `"orchestrationMode": "Flexible", "platformFaultDomainCount": 1, "priorityMixPolicy": {"baseRegularPriorityCount": 10, "regularPriorityPercentageAboveBase": 50},`,
			disks:      `, "osDisk": {"createOption": "FromImage", "diffDiskSettings": {"option": "Local"}, "managedDisk": {"storageAccountType": "Standard_LRS"}}`,
			want: []string{
				"instances : 10 50 250", "cores standardDSv5Family: 20 60 260!", "cores cores: 20 60 260", "spot-cores lowPriorityCores: 0 40 240!", "virtual-machines virtualMachines: 10 50 250",
				"addresses subnet vms: 10 50 250!", "nat-ports NAT pool ssh: 10 50! 250!", "backend-members backend pool b: 10 50 250", "public-ips : 10 50 250",
			},
		},
	} {
		s := set(t, tt.extra, tt.properties, tt.disks)
		var mix *placement.PriorityMix
		if s.PriorityMix.IsSet() {
			mix = &placement.PriorityMix{Base: 10, RegularPercent: 50}
		}
		moments := []need.Moment{need.At(mix, 10), need.At(mix, 50), need.At(mix, 250)}
		got := print(need.Of(limits.Demands(s, o), limits.Of(s, o), moments))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestSurplus: what overprovisioning creates takes addresses and ports for a
// while, but no quota and no disk that counts.
func TestSurplus(t *testing.T) {
	s := set(t, "", `"overprovision": true,`, "")
	m := need.At(nil, 36)
	m.Surplus = placement.Surplus(26, 36)
	for _, line := range print(need.Of(limits.Demands(s, limits.Options{}), nil, []need.Moment{m})) {
		surplus := strings.Contains(line, "(40)")
		if want := strings.HasPrefix(line, "addresses") || strings.HasPrefix(line, "nat-ports") || strings.HasPrefix(line, "backend") || strings.HasPrefix(line, "public"); surplus != want {
			t.Errorf("%s: with surplus %v, want %v", line, surplus, want)
		}
	}
}

// TestAmount: groups are filled zone by zone, and no number overflows.
func TestAmount(t *testing.T) {
	for _, tt := range []struct{ n, each, per, zones, want int }{
		{0, 1, 100, 0, 0}, {100, 1, 100, 0, 1}, {101, 1, 100, 0, 2}, {3, 1, 100, 3, 3}, {2, 1, 100, 3, 2}, {301, 1, 100, 3, 4}, {7, 2, 1, 3, 14}, {1 << 40, 2, 1, 0, 2 << 20}, {-5, 1, 1, 0, 0},
	} {
		if got := (limits.Demand{Each: tt.each, Per: tt.per, Zones: tt.zones}).Amount(tt.n); got != tt.want {
			t.Errorf("%+v: %d", tt, got)
		}
	}
}
