package requirements

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss8066_pool_networks.md
var poolNetworksPage string

// poolNetworks reports a backend pool with network interfaces of two virtual
// networks.
// https://github.com/AutomatedLab/AutomatedLab/issues/57
var poolNetworks = &lint.Rule{
	Code: "SS8066", Name: "pool-networks", Severity: diag.Error, Since: "0.2", Page: &poolNetworksPage,
	Link: "https://learn.microsoft.com/azure/load-balancer/backend-pool-management", Run: checkPoolNetworks,
}

// A poolMember is the first IP configuration of a pool.
type poolMember struct {
	network vmss.ID
	subnet  *expand.Node
}

func checkPoolNetworks(p *lint.Pass) {
	first := map[string]poolMember{}
	for _, r := range p.Deployment.Expanded.Resources {
		if r.Conditional {
			continue
		}
		for _, configuration := range configurationsOf(r) {
			properties := configuration.Get("properties")
			subnet := properties.Get("subnet", "id")
			network, ok := p.Deployment.Ref(subnet).Path().Parent()
			pools := properties.Get("loadBalancerBackendAddressPools")
			if !ok || pools == nil {
				continue
			}
			for _, pool := range pools.Items {
				id := p.Deployment.Ref(pool.Get("id")).Path()
				if id.Type == "" {
					continue
				}
				member, found := first[id.String()]
				if !found {
					first[id.String()] = poolMember{network, subnet}
				} else if network.Differs(member.network) {
					p.Reportf(subnet, "backend pool %s has network interfaces in %s and in %s", id.Name(), member.network.Name(), network.Name()).
						Relatedf(member.subnet, "the other subnet").
						Detailf("Azure rejects a network interface that is not in the virtual network of the others in its pool. Use a pool for each network.")
				}
			}
		}
	}
}

// configurationsOf are the IP configurations of a network interface or of the
// instances of a scale set.
func configurationsOf(r *expand.Resource) (all []*expand.Node) {
	interfaces := []*expand.Node{r.Body}
	switch {
	case strings.EqualFold(r.Type, "Microsoft.Network/networkInterfaces"):
	case strings.EqualFold(r.Type, vmss.Type):
		list := r.Body.Get("properties", "virtualMachineProfile", "networkProfile", "networkInterfaceConfigurations")
		if list == nil {
			return nil
		}
		interfaces = list.Items
	default:
		return nil
	}
	for _, n := range interfaces {
		if list := n.Get("properties", "ipConfigurations"); list != nil {
			all = append(all, list.Items...)
		}
	}
	return all
}
