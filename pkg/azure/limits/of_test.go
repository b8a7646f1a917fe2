package limits_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// judged returns the first scale set of a template.
func judged(t *testing.T, api, members, properties string, others ...string) limits.ScaleSet {
	t.Helper()
	set := `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "` + api + `", "name": "web", "location": "westus2"` + members + `, "properties": {` + properties + `}}`
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": {"s": {"type": "string"}}, "resources": [` + strings.Join(append([]string{set}, others...), ",\n") + `]}`
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	d := vmss.New(expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "g", Location: "westus2", DeploymentName: "d"}}))
	return limits.Judge(d.ScaleSets[0], guidance.Auto)
}

const (
	uniform = `"orchestrationMode": "Uniform", "overprovision": false, `
	network = `{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-04-01", "name": "net", "location": "westus2", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [{"name": "a", "properties": {"addressPrefix": "10.0.0.0/27"}}]}}`
	nat     = `{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": "westus2", "sku": {"name": "SKU"}, "properties": {"frontendIPConfigurations": [{"name": "f", "properties": {}}], "backendAddressPools": [{"name": "pool"}], "inboundNatPools": [{"name": "ssh", "properties": {"protocol": "Tcp", "frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50009, "backendPort": 22}}],
		"loadBalancingRules": [{"name": "r", "properties": {"protocol": "Tcp", "frontendPort": 80, "backendPort": 80, "backendAddressPool": {"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}}}]}}`
)

func nic(ip string) string {
	return `"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"primary": true, "ipConfigurations": [{"name": "ip", "properties": {` + ip + `}}]}}]}`
}

// TestOf checks each limit with its number and severity.
func TestOf(t *testing.T) {
	image := func(storage string) string {
		return uniform + `"virtualMachineProfile": {"storageProfile": {` + storage + `}}`
	}
	platform := `"imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"}`
	for _, tt := range []struct {
		name string
		set  limits.ScaleSet
		want []string
	}{
		{"a platform image, several groups", judged(t, "2023-03-01", `, "sku": {"capacity": 1}`, `"singlePlacementGroup": false, `+image(platform)), []string{"capacity 1000 error SS4001", "region-instances 25000 warning SS4006"}},
		{"one placement group", judged(t, "2023-03-01", `, "sku": {"capacity": 1}`, `"singlePlacementGroup": true, `+image(platform)), []string{"placement-group 100 error SS4001", "capacity 1000 error SS4001", "region-instances 25000 warning SS4006"}},
		{"a gallery image", judged(t, "2023-03-01", `, "sku": {"capacity": 1}`, `"singlePlacementGroup": false, `+image(`"imageReference": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/g/images/i"}`)), []string{"capacity 1000 error SS4001", "region-instances 25000 warning SS4006"}},
		{"a managed image", judged(t, "2023-03-01", `, "sku": {"capacity": 1}`, `"singlePlacementGroup": false, `+image(`"imageReference": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/i"}`)), []string{"capacity 600 error SS4001", "region-instances 25000 warning SS4006"}},
		{"unmanaged disks in two accounts", judged(t, "2016-03-30", `, "sku": {"capacity": 1}`, image(platform+`, "osDisk": {"createOption": "FromImage", "vhdContainers": ["https://a.blob.core.windows.net/v", "https://b.blob.core.windows.net/v"]}`)), []string{"accounts 80 error SS5001", "capacity 100 error SS4001", "placement-group 100 error SS4001", "region-instances 25000 warning SS4006"}},
		{"a VHD of the preview", judged(t, "2015-06-15", `, "sku": {"capacity": 1}`, `"overProvision": false, "virtualMachineProfile": {"storageProfile": {"osDisk": {"osType": "Linux", "image": {"uri": "https://a.blob.core.windows.net/i/i.vhd"}}}}`), []string{"capacity 40 error SS4001"}},
		{"Flexible", judged(t, "2023-03-01", `, "sku": {"capacity": 1}`, `"orchestrationMode": "Flexible", "platformFaultDomainCount": 3, "virtualMachineProfile": {}`), []string{"flexible-domains 200 warning SS4008", "capacity 1000 error SS4001", "region-instances 25000 warning SS4006"}},
		{"a small subnet", judged(t, "2023-03-01", `, "sku": {"capacity": 1}`, `"singlePlacementGroup": false, `+uniform+`"virtualMachineProfile": {"storageProfile": {`+platform+`}, `+nic(`"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}`)+`}`, network), []string{"addresses 27 error SS6033", "capacity 1000 error SS4001", "region-instances 25000 warning SS4006"}},
		{"a NAT pool of ten ports, Basic", judged(t, "2023-03-01", `, "sku": {"capacity": 1}`, `"singlePlacementGroup": false, `+uniform+`"virtualMachineProfile": {"storageProfile": {`+platform+`}, `+nic(`"loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'ssh')]"}], "loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}]`)+`}`, strings.Replace(nat, "SKU", "Basic", 1)), []string{"nat-ports 10 error SS6001", "balancer-rules 249 warning SS6007", "backend-members 300 error SS6007", "capacity 1000 error SS4001", "region-instances 25000 warning SS4006"}},
	} {
		var got []string
		for _, l := range limits.Of(tt.set, limits.Options{}) {
			got = append(got, fmt.Sprintf("%s %d %s %s", l.Name, l.Max, l.Severity, l.Code))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestSummaries checks the summaries of exceeded limits.
func TestSummaries(t *testing.T) {
	set := judged(t, "2023-03-01", `, "sku": {"capacity": 120}`, `"singlePlacementGroup": true, `+uniform+`"virtualMachineProfile": {"storageProfile": {}}`)
	all := limits.OfCapacity(set)
	first := all[0]
	if first.Name != limits.PlacementGroup || first.First() != 101 || first.Exceeded(100) || !first.Exceeded(101) || !strings.HasPrefix(first.Summary(120), "capacity 120 exceeds 100, ") || first.Remedy == "" {
		t.Errorf("%+v: %s", first, first.Summary(120))
	}
	if preview, current := limits.OfEra(guidance.Preview), limits.OfEra(guidance.Current); preview.Max != 100 || current.Max != 1000 {
		t.Errorf("of eras: %d, %d", preview.Max, current.Max)
	}
}

// TestDemands checks the demands of the instances of a set, for several
// capacities.
func TestDemands(t *testing.T) {
	set := judged(t, "2023-03-01", `, "sku": {"name": "Standard_D2s_v5", "capacity": 1}, "zones": ["1", "2"]`, `"singlePlacementGroup": false, `+uniform+`"virtualMachineProfile": {
		"storageProfile": {"osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}}, "dataDisks": [{"lun": 0, "createOption": "Empty", "diskSizeGB": 64}]}, `+
		nic(`"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}, "publicIPAddressConfiguration": {"name": "own"}, "loadBalancerInboundNatPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'ssh')]"}], "loadBalancerBackendAddressPools": [{"id": "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', 'lb', 'pool')]"}]`)+`}`, network, strings.Replace(nat, "SKU", "Standard", 1))
	got := map[string]int{}
	for _, d := range limits.Demands(set, limits.Options{}) {
		got[strings.TrimSpace(string(d.Kind)+" "+d.About)] = d.Amount(10)
	}
	want := map[string]int{"addresses subnet a": 10, "backend-members backend pool pool": 10, "cores cores": 20, "cores standardDSv5Family": 20, "disks": 10, "disks Premium_LRS": 10, "instances": 10,
		"nat-ports NAT pool ssh": 10, "placement-groups": 2, "public-ips": 10}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("for ten instances (-want +got):\n%s", diff)
	}
}
