package instances_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// declared is the scale set of a template, with other resources.
func declared(t *testing.T, api, members, properties string, others ...string) *vmss.ScaleSet {
	t.Helper()
	set := `{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "` + api + `", "name": "web", "location": "westus2"` + members + `, "properties": {` + properties + `}}`
	text := `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "parameters": {"n": {"type": "int"}, "s": {"type": "string"}, "b": {"type": "bool"}}, "resources": [` + strings.Join(append([]string{set}, others...), ",\n") + `]}`
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	if tree.Diagnostics.HasErrors() {
		t.Fatal(tree.Diagnostics)
	}
	return vmss.New(expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{TenantID: "t", SubscriptionID: "s", ResourceGroup: "g", Location: "westus2", DeploymentName: "d"}})).ScaleSets[0]
}

// TestFromTemplate: what a template says of a set, and what is assumed of it.
func TestFromTemplate(t *testing.T) {
	type state struct {
		Capacity, FaultDomains                             int
		Zones                                              []string
		Flexible, SingleGroup, Overprovisions, StrictZones bool
		UnhealthyFirst, Spot                               bool
		Policy                                             string
		Mix                                                *placement.PriorityMix
		Notes                                              string
	}
	for _, tt := range []struct {
		name, api, members, properties string
		want                           state
	}{
		{"today", "2023-03-01", `, "sku": {"name": "Standard_D2s_v3", "capacity": 4}`, `"virtualMachineProfile": {}`,
			state{Capacity: 4, SingleGroup: true, Overprovisions: true, Policy: "Default"}},
		{"zones and a policy", "2023-03-01", `, "sku": {"capacity": 4}, "zones": ["1", "3", "3"]`, `"platformFaultDomainCount": 1, "zoneBalance": true, "overprovision": false, "scaleInPolicy": {"rules": ["OldestVM"], "prioritizeUnhealthyVMs": true}, "virtualMachineProfile": {"priority": "Spot"}`,
			state{Capacity: 4, FaultDomains: 1, Zones: []string{"1", "3"}, StrictZones: true, UnhealthyFirst: true, Spot: true, Policy: "OldestVM", Notes: "the zones are not all known offline; assumed: zones 1, 3"}},
		{"Flexible with an impossible mix", "2023-03-01", `, "sku": {"capacity": 4}`, `"orchestrationMode": "Flexible", "priorityMixPolicy": {"regularPriorityPercentageAboveBase": 101}, "virtualMachineProfile": {"priority": "Spot"}`,
			state{Capacity: 4, Flexible: true, Spot: true, Policy: "Default", Notes: "priorityMixPolicy has a base of 0 and 101% above it, which Azure rejects; all instances are assumed to be Spot"}},
		{"Flexible with a mix", "2023-03-01", `, "sku": {"capacity": 4}`, `"orchestrationMode": "Flexible", "priorityMixPolicy": {"baseRegularPriorityCount": 2, "regularPriorityPercentageAboveBase": 50}, "virtualMachineProfile": {"priority": "Low"}`,
			state{Capacity: 4, Flexible: true, Spot: true, Policy: "Default", Mix: &placement.PriorityMix{Base: 2, RegularPercent: 50}}},
		{"the preview", "2015-06-15", `, "sku": {"capacity": 4}, "zones": ["1"]`, `"virtualMachineProfile": {}`,
			state{Capacity: 4, Policy: "Default", Notes: "the preview has no zones and no choice of fault domains; those in the template are ignored"}},
		{"unknown", "2023-03-01", `, "sku": {"capacity": "[parameters('n')]"}`, `"platformFaultDomainCount": "[parameters('n')]", "zoneBalance": "[parameters('b')]", "scaleInPolicy": {"rules": ["[parameters('s')]"]}, "virtualMachineProfile": {}`,
			state{Capacity: -1, SingleGroup: true, Overprovisions: true, Policy: "Default", Notes: "platformFaultDomainCount is not known offline; assumed: 0\nzoneBalance is not known offline; assumed: false\nthe scale-in policy is not known offline; assumed: Default"}},
	} {
		s := instances.FromTemplate(declared(t, tt.api, tt.members, tt.properties), guidance.Auto)
		got := state{s.Capacity, s.FaultDomains, s.Zones, s.Flexible, s.SingleGroup, s.Overprovisions, s.StrictZones, s.UnhealthyFirst, s.Spot, s.Policy.String(), s.Mix, strings.Join(s.Notes, "\n")}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		if want := map[bool]guidance.Era{true: guidance.Preview, false: guidance.Current}[tt.api == "2015-06-15"]; s.Era() != want {
			t.Errorf("%s: era %s, want %s", tt.name, s.Era(), want)
		}
	}
}

// TestPortsAndContainers: the NAT pools and the storage accounts of a set.
func TestPortsAndContainers(t *testing.T) {
	balancer := `{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2023-04-01", "name": "lb", "location": "westus2", "properties": {"inboundNatPools": [
		{"name": "ssh", "properties": {"frontendPortRangeStart": 50000, "frontendPortRangeEnd": 50009, "backendPort": 22}}, {"name": "wrong", "properties": {"frontendPortRangeStart": 9, "frontendPortRangeEnd": 3}}]}}`
	s := instances.FromTemplate(declared(t, "2023-03-01", `, "sku": {"name": "Standard_A1", "capacity": 4}`, `"virtualMachineProfile": {"osProfile": {"computerNamePrefix": "vm"},
		"storageProfile": {"osDisk": {"vhdContainers": ["https://one.blob.core.windows.net/vhds", "[parameters('s')]"]}},
		"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"ipConfigurations": [{"name": "ip", "properties": {"loadBalancerInboundNatPools": [
		{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'ssh')]"}, {"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'wrong')]"}]}}]}}]}}`, balancer), guidance.Current)
	if diff := cmp.Diff([]instances.NatPool{{Name: "ssh", First: 50000, Last: 50009, BackendPort: 22}}, s.Pools); diff != "" || s.Pools[0].Size() != 10 {
		t.Errorf("pools (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"one", ""}, s.Containers); diff != "" {
		t.Errorf("containers (-want +got):\n%s", diff)
	}
	if s.Prefix != "vm" || s.Size() != "Standard_A1" {
		t.Errorf("prefix %s, size %s", s.Prefix, s.Size())
	}
	if least := s.Limits(placement.Current, nil); len(least) == 0 || least[0].Max <= 0 {
		t.Errorf("limits: %+v", least)
	}
	if demands := s.Demands(placement.Current); len(demands) == 0 || demands[0].Each < 1 {
		t.Errorf("demands: %+v", demands)
	}
}

// TestReadSet: a saved set, alone and with a list of its instances.
func TestReadSet(t *testing.T) {
	const saved = `{"name": "web", "sku": {"name": "Standard_D2s_v5", "capacity": 3}, "zones": ["1", "2"], "platformFaultDomainCount": 1, "orchestrationMode": "Uniform", "singlePlacementGroup": false, "overprovision": true, "zoneBalance": true,
		"scaleInPolicy": {"rules": ["NewestVM"], "prioritizeUnhealthyVMs": true}, "priorityMixPolicy": {"baseRegularPriorityCount": 1, "regularPriorityPercentageAboveBase": 25},
		"virtualMachineProfile": {"priority": "Spot", "osProfile": {"computerNamePrefix": "vm"}}}`
	s := instances.New("")
	if s.Name != instances.DefaultName || s.Capacity != -1 {
		t.Errorf("a new state: %+v", s)
	}
	if err := s.ReadSet("set.json", []byte(saved)); err != nil {
		t.Fatal(err)
	}
	if s.Name != "web" || s.Capacity != 3 || s.Size() != "Standard_D2s_v5" || s.FaultDomains != 1 || s.SingleGroup || !s.Overprovisions || !s.StrictZones || !s.UnhealthyFirst || !s.Spot || s.Prefix != "vm" || s.Policy.String() != "NewestVM" || !cmp.Equal(s.Zones, []string{"1", "2"}) || s.Mix.Base != 1 || s.Mix.RegularPercent != 25 || !s.Modelled {
		t.Errorf("a saved set: %+v", s)
	}
	const list = `[{"instanceId": "0", "name": "web_0", "instanceView": {"platformFaultDomain": 0, "platformUpdateDomain": 0}}, {"instanceId": "4", "name": "web_4", "instanceView": {"platformFaultDomain": 1, "platformUpdateDomain": 1}}]`
	s, err := instances.Read("list.json", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ReadSet("set.json", []byte(saved)); err != nil || s.Capacity == 3 || !strings.Contains(strings.Join(s.Notes, "\n"), "the capacity in set.json is 3, but the list has 2 instances; the list is used") {
		t.Errorf("with a list of two: capacity %d, %v, %q", s.Capacity, err, s.Notes)
	}
	for text, want := range map[string]string{
		`[]`:                                     "set.json is not a scale set: it has no sku.capacity; save the output of: az vmss show -g GROUP -n NAME -o json",
		`{"sku": {"capacity": "x"}}`:             "set.json is not a scale set: it has no sku.capacity; save the output of: az vmss show -g GROUP -n NAME -o json",
		`{"name": "db", "sku": {"capacity": 2}}`: "set.json describes scale set db, but the instances belong to web; save both for the same scale set",
	} {
		if err := s.ReadSet("set.json", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if err := s.ReadSet("set.json", []byte(`secret`)); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("what is not JSON: %v", err)
	}
}

// TestAddInstances: a list of instances beside a template or a saved model.
func TestAddInstances(t *testing.T) {
	read := func(set, more string) *instances.State {
		s, err := instances.Read("list.json", []byte(`[{"instanceId": "0", "name": "`+set+`_0", "zones": ["2"]`+more+`}]`))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	template := func() *instances.State {
		return instances.FromTemplate(declared(t, "2023-03-01", `, "sku": {"capacity": 4}, "zones": ["1"]`, `"virtualMachineProfile": {}`), guidance.Auto)
	}
	s := template()
	if err := s.AddInstances(read("web", "")); err != nil || len(s.Instances) != 1 || !cmp.Equal(s.Zones, []string{"1", "2"}) {
		t.Errorf("the same set: %v, %+v", err, s)
	}
	s = template()
	if err := s.AddInstances(read("db", "")); err != nil || s.Name != "web" || !strings.Contains(strings.Join(s.Notes, "\n"), "the list describes scale set db and the template web; the preview uses the name in the template") {
		t.Errorf("another set: %v, %s, %q", err, s.Name, s.Notes)
	}
	saved := instances.FromModel(declared(t, "2023-03-01", `, "sku": {"capacity": 4}`, `"virtualMachineProfile": {}`))
	if err := saved.AddInstances(read("db", "")); err == nil || err.Error() != "the saved model describes scale set web, but the instances belong to db; save both for the same scale set" {
		t.Errorf("another set than the saved one: %v", err)
	}
	saved = instances.FromModel(declared(t, "2023-03-01", `, "sku": {"capacity": 4}`, `"virtualMachineProfile": {}`))
	if err := saved.AddInstances(read("web", "")); err != nil || !strings.Contains(strings.Join(saved.Notes, "\n"), "the capacity in the saved model is 4, but the list has 1 instance; the list is used") {
		t.Errorf("another capacity than the saved one: %v, %q", err, saved.Notes)
	}
	flexible := instances.FromTemplate(declared(t, "2023-03-01", `, "sku": {"capacity": 4}`, `"orchestrationMode": "Flexible", "virtualMachineProfile": {}`), guidance.Auto)
	if err := flexible.AddInstances(read("web", "")); err == nil || err.Error() != "the template has Flexible orchestration, but the listed instances belong to a scale set with Uniform; the mode of an existing scale set cannot change" {
		t.Errorf("another orchestration: %v", err)
	}
}

// TestIDs: instances by id, and by name.
func TestIDs(t *testing.T) {
	s := instances.New("web")
	s.Names = map[int]string{9: "odd-name"}
	for text, want := range map[string]int{"17": 17, "web_3": 3, "WEB_4": 4, "odd-NAME": 9} {
		if id, err := s.ParseID(text); err != nil || id != want {
			t.Errorf("%s: %d, %v, want %d", text, id, err, want)
		}
	}
	for _, text := range []string{"-1", "db_3", "web_x", ""} {
		if _, err := s.ParseID(text); err == nil || !strings.Contains(err.Error(), "use an id such as 17, or a name such as web_17") {
			t.Errorf("%q: %v", text, err)
		}
	}
	set := declared(t, "2023-03-01", "", `"virtualMachineProfile": {}`)
	set.Resource.NameKnown = false
	unnamed := instances.FromTemplate(set, guidance.Auto)
	if note := "the name of the scale set is not known offline; \"vmss\" is a placeholder"; !slices.Contains(unnamed.Notes, note) {
		t.Errorf("notes %q, want %q", unnamed.Notes, note)
	}
	if unnamed.Rename("db"); unnamed.Name != "db" || strings.Contains(strings.Join(unnamed.Notes, "\n"), "name of the set") {
		t.Errorf("renamed: %s, %q", unnamed.Name, unnamed.Notes)
	}
	if got := instances.ZonesText(nil) + "; " + instances.ZonesText([]string{"1", "2"}); got != "no zones; zones 1, 2" {
		t.Errorf("zones: %s", got)
	}
}

// TestKinds: what a set may have that a preview leaves out is said.
func TestKinds(t *testing.T) {
	pool := func(more string) string {
		return `{"type": "Microsoft.StandbyPool/standbyVirtualMachinePools", "apiVersion": "2024-03-01", "name": "pool", "location": "westus2", "properties": {"attachedVirtualMachineScaleSetId": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'web')]"` + more + `}}`
	}
	for _, tt := range []struct {
		members, properties, other, want string
	}{
		{"", `"skuProfile": {"vmSizes": [{"name": "Standard_D2s_v5"}, {"name": "Standard_D4s_v5"}]}`, "", "instance mix of Standard_D2s_v5, Standard_D4s_v5 by LowestPrice"},
		{`, "placement": {"zonePlacementPolicy": "Auto"}`, "", "", "automatic zone placement"},
		{"", `"resiliencyPolicy": {"resilientVMCreationPolicy": {"enabled": true}}`, "", "resilient create and delete"},
		{"", `"resiliencyPolicy": {"automaticZoneRebalancingPolicy": {"enabled": true}}`, "", "automatic zone balance"},
		{"", `"spotRestorePolicy": {"enabled": true}`, "", "evicted Spot instances"},
		{"", `"hostGroup": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/hostGroups/h"}`, "", "dedicated hosts"},
		{"", "", pool(`, "elasticityProfile": {"maxReadyCapacity": 10}`), "the scale set has a standby pool of 10 instances, whose instances are used first in a scale-out (documented); at a capacity of 4 the pool holds 6"},
		{"", "", pool(""), "its size is not known offline"},
	} {
		properties := `"virtualMachineProfile": {}`
		if tt.properties != "" {
			properties += ", " + tt.properties
		}
		var others []string
		if tt.other != "" {
			others = []string{tt.other}
		}
		s := instances.FromTemplate(declared(t, "2024-07-01", `, "sku": {"capacity": 4}`+tt.members, properties, others...), guidance.Current)
		if len(s.Notes) != 1 || !strings.Contains(s.Notes[0], tt.want) {
			t.Errorf("%s%s: notes %q, want one with %q", tt.properties, tt.members, s.Notes, tt.want)
		}
	}
}

// TestFromOld: the instances that the model before would have, for the model after.
func TestFromOld(t *testing.T) {
	of := func(capacity, members, properties string) *vmss.ScaleSet {
		return declared(t, "2023-03-01", `, "sku": {"capacity": `+capacity+`}`+members, `"virtualMachineProfile": {}`+properties)
	}
	s, ok := instances.FromOld(of("4", `, "zones": ["1"]`, ""), of("9", `, "zones": ["1", "2"]`, ""), -1, guidance.Current)
	if !ok || !s.Assumed || len(s.Instances) != 4 || s.Capacity != 9 || !cmp.Equal(s.Zones, []string{"1", "2"}) {
		t.Errorf("%t, %+v", ok, s)
	}
	if s, ok = instances.FromOld(of("4", "", ""), of("9", "", ""), 0, guidance.Current); !ok || s.Instances == nil || len(s.Instances) != 0 {
		t.Errorf("a set of none: %t, %+v", ok, s)
	}
	for name, older := range map[string]*vmss.ScaleSet{"an unknown capacity": of(`"[parameters('n')]"`, "", ""), "another orchestration": of("4", "", `, "orchestrationMode": "Flexible"`)} {
		if _, ok := instances.FromOld(older, of("9", "", ""), -1, guidance.Current); ok {
			t.Errorf("%s: a state was invented", name)
		}
	}
}

// TestDomains: how many domains a list shows that a set has.
func TestDomains(t *testing.T) {
	for _, tt := range []struct {
		name          string
		fault, update int // seen
		config        placement.Config
		wantF, wantU  int
	}{
		{"none seen", 0, 0, placement.Config{}, 0, 0},
		{"three", 3, 3, placement.Config{}, 5, 5},
		{"seven", 7, 1, placement.Config{}, 7, 0},
		{"the preview", 2, 5, placement.Config{Model: placement.Preview}, 3, 5},
		{"one in zones", 1, 0, placement.Config{Zones: []string{"1"}}, 1, 0},
		{"one of Flexible", 1, 5, placement.Config{Flexible: true}, 1, 0},
		{"two of Flexible", 2, 5, placement.Config{Flexible: true}, 3, 0},
	} {
		s := instances.New("web")
		s.SeenFaultDomains, s.SeenUpdateDomains = tt.fault, tt.update
		if f, u := s.Domains(tt.config); f != tt.wantF || u != tt.wantU {
			t.Errorf("%s: %d fault domains, %d update domains; want %d and %d", tt.name, f, u, tt.wantF, tt.wantU)
		}
	}
}
