package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6040_one_virtual_network.md
var oneVirtualNetworkPage string

// oneVirtualNetwork reports a set whose interfaces lie in several virtual networks.
var oneVirtualNetwork = &lint.Rule{
	Code: "SS6040", Name: "one-virtual-network", Severity: diag.Error, Since: "0.1", Page: &oneVirtualNetworkPage,
	Guidance: []guidance.ID{guidance.OneVirtualNetwork},
	Run:      checkOneVirtualNetwork,
}

func checkOneVirtualNetwork(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		var first vmss.Ref
		for _, c := range set.Network.IPConfigurations() {
			network, ok := networkOf(c.Subnet)
			if !ok {
				continue
			}
			if first.Path().Type == "" {
				first = c.Subnet
				continue
			}
			if other, _ := networkOf(first); other.Differs(network) {
				p.Reportf(c.Subnet, "subnet %s is in virtual network %s, but another interface of the scale set is in %s", c.Subnet.Path().Name(), network.Name(), other.Name()).
					Relatedf(first, "the other subnet").
					Detailf("Use subnets of one virtual network for all interfaces.")
			}
		}
	}
}

// networkOf returns the id of the virtual network of a subnet.
func networkOf(subnet vmss.Ref) (id vmss.ID, ok bool) {
	if !strings.EqualFold(subnet.Path().Type, "Microsoft.Network/virtualNetworks/subnets") {
		return id, false
	}
	return subnet.Path().Parent()
}
