package whatif_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/whatif"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// modern is a Flexible set with these members, beside other resources.
func modern(t *testing.T, top, properties, others string) *vmss.ScaleSet {
	t.Helper()
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [` + others +
		`{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2025-04-01", "name": "web", "location": "westus", "sku": {"name": "Mix", "capacity": 4}` + top +
		`, "properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1` + properties + `, "virtualMachineProfile": {"storageProfile": {"imageReference": {"publisher": "p", "offer": "o", "sku": "s", "version": "latest"}}}}}]}`
	options := expand.Options{}
	options.Context.SubscriptionID, options.Context.ResourceGroup = "11111111-2222-3333-4444-555555555555", "rg"
	d := expand.Expand(arm.ParseTemplate(jsonc.Parse(source.NewFile("t.json", []byte(text)))), options)
	if d.Diagnostics.HasErrors() {
		t.Fatal(d.Diagnostics)
	}
	return vmss.New(d).ScaleSets[0]
}

// What is documented of newer kinds of sets is said, and so is what the preview
// leaves out.
func TestKindsOfSets(t *testing.T) {
	const pool = `{"type": "Microsoft.StandbyPool/standbyVirtualMachinePools", "apiVersion": "2024-03-01", "name": "pool", "location": "westus",
 "properties": {"attachedVirtualMachineScaleSetId": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]", "elasticityProfile": {"maxReadyCapacity": 20}, "virtualMachineState": "Deallocated"}},`
	tests := []struct{ name, top, properties, others, want string }{
		{"instance mix", "", `, "skuProfile": {"vmSizes": [{"name": "Standard_D2s_v5"}, {"name": "Standard_D4s_v5"}], "allocationStrategy": "CapacityOptimized"}`, "",
			"instance mix of Standard_D2s_v5, Standard_D4s_v5 by CapacityOptimized (documented): the size of each instance"},
		{"automatic zone placement", `, "placement": {"zonePlacementPolicy": "Auto"}`, "", "", "automatic zone placement: Azure chooses the zones"},
		{"standby pool", "", "", pool, "the scale set has a standby pool of 20 instances, whose instances are used first in a scale-out (documented); at a capacity of 4 the pool holds 16"},
		{"resilient create", "", `, "resiliencyPolicy": {"resilientVMCreationPolicy": {"enabled": true}}`, "", "resilient create and delete retry failed operations"},
		{"zone rebalancing", "", `, "resiliencyPolicy": {"automaticZoneRebalancingPolicy": {"enabled": true}}`, "", "automatic zone balance moves instances later"},
		{"spot restore", "", `, "spotRestorePolicy": {"enabled": true}`, "", "evicted Spot instances are restored"},
		{"dedicated hosts", "", `, "hostGroup": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/hostGroups/h"}`, "", "the instances run on dedicated hosts"},
	}
	for _, tt := range tests {
		p := plan(t, instances.FromTemplate(modern(t, tt.top, tt.properties, tt.others), guidance.Auto), "6", whatif.Options{})
		if notes := strings.Join(p.Notes, "\n"); !strings.Contains(notes, tt.want) {
			t.Errorf("%s: %s", tt.name, notes)
		}
		if plain := plan(t, instances.FromTemplate(modern(t, "", "", ""), guidance.Auto), "6", whatif.Options{}); strings.Contains(strings.Join(plain.Notes, "\n"), tt.want) {
			t.Errorf("%s is said of a plain set", tt.name)
		}
	}
}

// The quota of an instance mix is what it certainly takes: the smallest size.
func TestQuotaOfMix(t *testing.T) {
	usage, err := quota.ParseUsage("u", []byte(`[{"name":{"value":"cores"},"limit":20,"currentValue":0},{"name":{"value":"standardDSv5Family"},"limit":16,"currentValue":0}]`))
	if err != nil {
		t.Fatal(err)
	}
	for sizes, want := range map[string]map[string]int{
		`{"name": "Standard_D2s_v5"}, {"name": "Standard_D4s_v5"}`: {"quota-cores": 10, "quota-standardDSv5Family": 8},
		`{"name": "Standard_D2s_v5"}, {"name": "Standard_E4s_v5"}`: {"quota-cores": 10},
		`{"name": "Standard_D2s_v5"}, {"name": "Standard_Odd"}`:    {},
	} {
		set := limits.Judge(modern(t, "", `, "skuProfile": {"vmSizes": [`+sizes+`]}`, ""), guidance.Auto)
		got := map[string]int{}
		for _, l := range limits.Of(set, limits.Options{Usage: usage}) {
			if strings.HasPrefix(l.Name, limits.Quota) && l.Severity.String() == "error" {
				got[l.Name] = l.Max
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: %v, want %v", sizes, got, want)
		}
		for name, n := range want {
			if got[name] != n {
				t.Errorf("%s: %v, want %v", sizes, got, want)
			}
		}
	}
}
