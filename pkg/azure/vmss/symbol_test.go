package vmss_test

import (
	"strings"
	"testing"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

const unnamedBalancer = `{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2019-06-01", "name": NAME, "location": "westus",
	"properties": {"inboundNatPools": [{"name": POOL}]}}`

func pooled(id string) string {
	return set("2019-07-01", "", `"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [
		{"name": "nic", "properties": {"ipConfigurations": [{"name": "ip", "properties": {"loadBalancerInboundNatPools": [{"id": "`+id+`"}]}}]}}]}}`)
}

// TestSymbols wants references to be resolved when parameters without a value
// are part of the names.
func TestSymbols(t *testing.T) {
	tests := []struct {
		name, balancer, pool, id string
		path                     string // the name that the reference shows
		found, dangling          bool
	}{
		{"concat", "[concat(parameters('s'), 'lb')]", "nat", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', concat(parameters('s'), 'lb'), 'nat')]", "nat", true, false},
		{"format", "[format('{0}-lb', parameters('s'))]", "nat", "[concat(resourceId('Microsoft.Network/loadBalancers', concat(parameters('S'), '-lb')), '/inboundNatPools/nat')]", "nat", true, false},
		{"with a group", "[parameters('s')]", "nat", "[concat('/subscriptions/', subscription().subscriptionId, '/resourceGroups/', resourceGroup().name, '/providers/Microsoft.Network/loadBalancers/', parameters('s'), '/inboundNatPools/NAT')]", "NAT", true, false},
		{"symbol in the part", "lb", "[concat(parameters('s'), 'nat')]", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', concat(parameters('s'), 'nat'))]", "{s}nat", true, false},
		{"another part", "[concat(parameters('s'), 'lb')]", "nat", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', concat(parameters('s'), 'lb'), 'ssh')]", "ssh", false, true},
		{"certainly another", "lb", "[concat(parameters('s'), 'nat')]", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', concat(parameters('s'), 'ssh'))]", "{s}ssh", false, true},
		{"perhaps the same", "lb", "[concat(parameters('s'), 'nat')]", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', 'lb', 'webnat')]", "webnat", false, false},
		{"of another resource", "[concat(parameters('s'), 'lb')]", "nat", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', parameters('s'), 'nat')]", "nat", false, false},
	}
	for _, tt := range tests {
		text := strings.NewReplacer("NAME", `"`+tt.balancer+`"`, "POOL", `"`+tt.pool+`"`).Replace(unnamedBalancer)
		d := deployment(t, text, pooled(tt.id))
		ref := d.ScaleSets[0].Network.IPConfigurations()[0].NatPools.Items[0]
		_, found := d.NatPool(ref)
		if found != tt.found || ref.Dangling != tt.dangling || ref.Path().Name() != tt.path {
			t.Errorf("%s: found %t, dangling %t, name %q; want %t, %t, %q", tt.name, found, ref.Dangling, ref.Path().Name(), tt.found, tt.dangling, tt.path)
		}
		if _, known := ref.ID.Known(); !known && ref.Parsed.Type != "" {
			t.Errorf("%s: an unknown id is parsed", tt.name)
		}
	}
}

func TestDiffers(t *testing.T) {
	id := func(name string) vmss.ID {
		return vmss.ID{Scope: "/subscriptions/s", Type: "Microsoft.Network/virtualNetworks", Names: []string{name}}
	}
	tests := []struct {
		a, b string
		want bool
	}{
		{"vnet", "VNET", false},
		{"vnet", "other", true},
		{"{s}vnet", "{s}other", true},
		{"{s}vnet", "{t}vnet", false},
		{"{s}vnet", "vnet", false},
		{"a{s}", "b{s}", true},
		{"{ab}x", "{ac}x", false},
	}
	for _, tt := range tests {
		if got := id(tt.a).Differs(id(tt.b)); got != tt.want {
			t.Errorf("%s, %s: %t, want %t", tt.a, tt.b, got, tt.want)
		}
	}
}
