package vmss_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/funcs"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

const schema = `"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0"`

func deployment(t *testing.T, resources ...string) *vmss.Deployment {
	t.Helper()
	text := "{" + schema + `, "parameters": {"b": {"type": "bool"}, "n": {"type": "int"}, "s": {"type": "string"}, "a": {"type": "array"}}, "resources": [` +
		strings.Join(resources, ",\n") + "]}"
	tree := jsonc.Parse(source.NewFile("t.json", []byte(text)))
	d := expand.Expand(arm.ParseTemplate(tree), expand.Options{Context: funcs.Context{SubscriptionID: "s", ResourceGroup: "g", Location: "westus"}})
	for _, list := range [...]interface{ HasErrors() bool }{tree.Diagnostics, d.Diagnostics} {
		if list.HasErrors() {
			t.Fatalf("the template is broken: %v", list)
		}
	}
	return vmss.New(d)
}

// set returns a scale set of an API version with more members and properties.
func set(api, members, properties string) string {
	return fmt.Sprintf(`{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": %q, "name": "web", "location": "westus"%s, "properties": {%s}}`,
		api, members, properties)
}

func one(t *testing.T, api, members, properties string) *vmss.ScaleSet {
	t.Helper()
	return deployment(t, set(api, members, properties)).ScaleSets[0]
}

func TestField(t *testing.T) {
	tests := []struct {
		capacity string
		state    vmss.State
		want     int
	}{
		{`5`, vmss.Known, 5},
		{`"5"`, vmss.Known, 5},
		{`"[add(2, 3)]"`, vmss.Known, 5},
		{`null`, vmss.Absent, 0},
		{`"[parameters('n')]"`, vmss.Unknown, 0},
		{`true`, vmss.Unknown, 0},
		{`"many"`, vmss.Unknown, 0},
		{`2.5`, vmss.Unknown, 0},
	}
	for _, tt := range tests {
		f := one(t, "2019-07-01", `, "sku": {"capacity": `+tt.capacity+`}`, "").Capacity
		n, ok := f.Known()
		if f.State != tt.state || n != tt.want || ok != (tt.state == vmss.Known) {
			t.Errorf("capacity %s: %s %d, want %s %d", tt.capacity, f.State, n, tt.state, tt.want)
		}
		if f.Place() == nil {
			t.Errorf("capacity %s: no place", tt.capacity)
		}
	}
	absent := one(t, "2019-07-01", `, "sku": {"name": "Standard_D1_v2"}`, "")
	if got := absent.Capacity.Place(); got == nil || got != absent.Body.Get("sku") {
		t.Error("an absent capacity does not point at the sku")
	}
	if n, ok := absent.Capacity.Or(2); n != 2 || !ok {
		t.Errorf("Or = %d, %t, want the default", n, ok)
	}
}

func TestOverprovisions(t *testing.T) {
	tests := []struct {
		name, properties string
		era              guidance.Era
		want, ok         bool
	}{
		{"default of the preview", ``, guidance.Preview, false, true},
		{"default of today", ``, guidance.Current, true, true},
		{"old spelling", `"overProvision": true`, guidance.Preview, true, true},
		{"text", `"overprovision": "false"`, guidance.Current, false, true},
		{"unknown", `"overprovision": "[parameters('b')]"`, guidance.Current, false, false},
		{"flexible", `"orchestrationMode": "Flexible", "overprovision": true`, guidance.Current, false, true},
		{"unknown mode", `"orchestrationMode": "[parameters('s')]"`, guidance.Current, true, false},
		{"unknown mode, off", `"orchestrationMode": "[parameters('s')]", "overprovision": false`, guidance.Current, false, true},
	}
	for _, tt := range tests {
		on, ok := one(t, "2019-07-01", "", tt.properties).Overprovisions(tt.era)
		if ok != tt.ok || ok && on != tt.want {
			t.Errorf("%s: %t, %t, want %t, %t", tt.name, on, ok, tt.want, tt.ok)
		}
	}
}

func TestOnePlacementGroup(t *testing.T) {
	tests := []struct {
		name, api, members, properties string
		want, ok                       bool
	}{
		{"regional", "2019-07-01", ``, ``, true, true},
		{"zonal", "2019-07-01", `, "zones": ["1", "2"]`, ``, false, true},
		{"zonal before the default changed", "2017-03-30", `, "zones": ["1"]`, ``, true, true},
		{"written", "2019-07-01", ``, `"singlePlacementGroup": false`, false, true},
		{"unknown", "2019-07-01", ``, `"singlePlacementGroup": "[parameters('b')]"`, false, false},
		{"unknown zones", "2019-07-01", `, "zones": "[parameters('a')]"`, ``, false, false},
		{"flexible", "2022-11-01", ``, `"orchestrationMode": "Flexible"`, false, true},
	}
	for _, tt := range tests {
		got, ok := one(t, tt.api, tt.members, tt.properties).OnePlacementGroup()
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("%s: %t, %t, want %t, %t", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

func TestImage(t *testing.T) {
	tests := []struct {
		storage string
		want    vmss.ImageKind
	}{
		{`"imageReference": {"publisher": "Canonical", "offer": "UbuntuServer", "sku": "18.04-LTS", "version": "latest"}`, vmss.ImagePlatform},
		{`"osDisk": {"image": {"uri": "https://a.blob.core.windows.net/i/i.vhd"}}`, vmss.ImageVHD},
		{`"osDisk": {"image": {"uri": "[parameters('s')]"}}`, vmss.ImageVHD},
		{`"imageReference": {"id": "[resourceId('Microsoft.Compute/images', 'i')]"}`, vmss.ImageManaged},
		{`"imageReference": {"id": "[resourceId('Microsoft.Compute/galleries/images', 'g', 'i')]"}`, vmss.ImageGallery},
		{`"imageReference": {"communityGalleryImageId": "/CommunityGalleries/g/Images/i/Versions/latest"}`, vmss.ImageGallery},
		{`"imageReference": {"id": "[parameters('s')]"}`, vmss.ImageUnknown},
		{`"imageReference": "[if(parameters('b'), createObject('publisher', 'a'), createObject('id', 'b'))]"`, vmss.ImageUnknown},
		{`"osDisk": {"createOption": "FromImage"}`, vmss.ImageNone},
	}
	for _, tt := range tests {
		got := one(t, "2019-07-01", "", `"virtualMachineProfile": {"storageProfile": {`+tt.storage+`}}`).Storage.Image.Kind
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.storage, got, tt.want)
		}
	}
}

func TestContainers(t *testing.T) {
	s := one(t, "2015-06-15", "", `"virtualMachineProfile": {"storageProfile": {"osDisk": {"vhdContainers": [
		"https://Alpha.blob.core.windows.net/vhds", "[concat('http://', 'beta', '.blob.core.chinacloudapi.cn/a/b')]", "[parameters('s')]", "https://example.org/vhds"]}}}`)
	var got []string
	for _, c := range s.Storage.OSDisk.Containers.Items {
		got = append(got, c.URI.State.String()+" "+c.Account+" "+c.Name)
	}
	want := []string{"known alpha vhds", "known beta a", "unknown  ", "known  "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("containers (-want +got):\n%s", diff)
	}
}

func TestPartial(t *testing.T) {
	d := deployment(t,
		`{"type": "microsoft.compute/VIRTUALMACHINESCALESETS", "apiVersion": "2015-06-15", "name": "web", "location": "westus", "sku": {"capacity": 3}}`,
		strings.Replace(set("2015-06-15", "", `"virtualMachineProfile": {}`), `"web"`, `"other"`, 1))
	if !d.ScaleSets[0].Partial() || d.ScaleSets[1].Partial() {
		t.Error("only the set without a profile is partial")
	}
}

const balancer = `{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2019-04-01", "name": "lb", "location": "westus", "properties": {
	"backendAddressPools": [{"name": "pool"}],
	"inboundNatPools": [{"name": "nat", "properties": {"frontendPortRangeStart": 50000, "frontendPortRangeEnd": "50119", "backendPort": 22}}]}}`

func pools(backend, nat string) string {
	return `"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": {"ipConfigurations": [{"name": "ip", "properties": {
		"loadBalancerBackendAddressPools": [{"id": ` + backend + `}], "loadBalancerInboundNatPools": [{"id": ` + nat + `}]}}]}}]}}`
}

func TestRef(t *testing.T) {
	id := func(balancer, kind, name string) string {
		return fmt.Sprintf(`"[concat(resourceId('microsoft.network/loadbalancers', '%s'), '/%s/%s')]"`, balancer, kind, name)
	}
	tests := []struct {
		name                       string
		id                         string
		resource, target, dangling bool
	}{
		{"found", id("LB", "backendAddressPools", "POOL"), true, true, false},
		{"no such part", id("lb", "backendAddressPools", "pol"), true, false, true},
		{"no such kind", id("lb", "probes", "probe"), true, false, true},
		{"of another deployment", id("other", "backendAddressPools", "pool"), false, false, false},
		{"unknown", `"[parameters('s')]"`, false, false, false},
		{"no id", `"pool"`, false, false, false},
	}
	for _, tt := range tests {
		d := deployment(t, balancer, set("2019-07-01", "", pools(tt.id, id("lb", "inboundNatPools", "nat"))))
		c := d.ScaleSets[0].Network.IPConfigurations()[0]
		ref := c.BackendPools.Items[0]
		if (ref.Resource != nil) != tt.resource || (ref.Target != nil) != tt.target || ref.Dangling != tt.dangling {
			t.Errorf("%s: resource %t, target %t, dangling %t", tt.name, ref.Resource != nil, ref.Target != nil, ref.Dangling)
		}
		pool, ok := d.NatPool(c.NatPools.Items[0])
		if last, known := pool.Last.Known(); !ok || !known || last != 50119 {
			t.Errorf("%s: NAT pool %t, last port %d", tt.name, ok, last)
		}
	}
}

func TestChildren(t *testing.T) {
	d := deployment(t, set("2019-07-01", "", `"virtualMachineProfile": {"extensionProfile": {"extensions": [{"name": "inline", "properties": {"type": "CustomScript"}}]}}`),
		`{"type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "apiVersion": "2019-07-01", "name": "web/health",
			"properties": {"publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux"}}`,
		`{"type": "Microsoft.Insights/autoscaleSettings", "apiVersion": "2015-04-01", "name": "auto", "location": "westus", "properties": {"enabled": true,
			"targetResourceUri": "[resourceId('Microsoft.Compute/virtualMachineScaleSets', 'WEB')]",
			"profiles": [{"name": "p", "capacity": {"minimum": "1", "maximum": "10", "default": "1"}, "rules": []}]}}`,
		`{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2019-04-01", "name": "net", "location": "westus", "properties": {"subnets": [{"name": "a"}]}}`,
		`{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2019-04-01", "name": "net/b", "properties": {"addressPrefix": "10.0.1.0/24"}}`)
	s := d.ScaleSets[0]
	var names []string
	for _, e := range s.Extensions.Items {
		name, _ := e.ShortName()
		names = append(names, name)
	}
	if diff := cmp.Diff([]string{"inline", "health"}, names); diff != "" {
		t.Errorf("extensions (-want +got):\n%s", diff)
	}
	if e, ok := s.HealthExtension(); !ok || e.Resource == nil {
		t.Error("the health extension, a resource of its own, is not found")
	}
	if highest, ok := s.MaxCapacity(); !ok || !vmss.Is(highest, 10) {
		t.Error("the maximum of the autoscale setting is not found")
	}
	if n, ok := d.VirtualNetworks[0].Subnets.Count(); n != 2 || !ok {
		t.Errorf("%d subnets, want the one inside and the one beside", n)
	}
}

func TestParseID(t *testing.T) {
	id, ok := vmss.ParseID("/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/virtualNetworks/Net/subnets/Sub")
	parent, _ := id.Parent()
	got := []string{id.Type, id.Kind(), id.Name(), id.String(), parent.String()}
	want := []string{"Microsoft.Network/virtualNetworks/subnets", "subnets", "Sub",
		"/subscriptions/s/resourcegroups/g/providers/microsoft.network/virtualnetworks/net/subnets/sub",
		"/subscriptions/s/resourcegroups/g/providers/microsoft.network/virtualnetworks/net"}
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("ParseID %t (-want +got):\n%s", ok, diff)
	}
	if id, ok := vmss.ParseID("/Ⱥ/Providers//A/b/C/"); !ok || id.Scope != "/ⱥ" || id.String() != "/ⱥ/providers/a/b/c" || id.Type != "A/b" {
		t.Errorf("with slashes around and a letter that grows: %+v, %t", id, ok)
	}
	for _, bad := range []string{"", "x", "/providers/", "/proViderſ/A/b/c", "/providers/A", "/providers/A/b", "/providers/A/b/c/d", "/providers/A/b//c/d"} {
		if _, ok := vmss.ParseID(bad); ok {
			t.Errorf("ParseID(%q) takes it", bad)
		}
	}
}

func TestLooseExtensions(t *testing.T) {
	extension := func(name string) string {
		return fmt.Sprintf(`{"type": "Microsoft.Compute/virtualMachineScaleSets/extensions", "apiVersion": "2019-07-01", "name": %q, "properties": {"type": "t"}}`, name)
	}
	d := deployment(t, set("2019-07-01", "", ""), extension("web/script"), extension("elsewhere/script"))
	if len(d.ScaleSets[0].Extensions.Items) != 1 || len(d.Extensions) != 1 {
		t.Fatalf("%d of the set, %d of others", len(d.ScaleSets[0].Extensions.Items), len(d.Extensions))
	}
	if name, _ := d.Extensions[0].Name.Known(); name != "elsewhere/script" {
		t.Errorf("the other one is %q", name)
	}
}
