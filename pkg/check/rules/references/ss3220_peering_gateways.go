package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3220_peering_gateways.md
var peeringGatewaysPage string

// peeringGateways reports a peering that uses the gateways of the other network,
// although the other network has none or does not share them, or the network has
// a gateway of its own.
var peeringGateways = &lint.Rule{
	Code: "SS3220", Name: "peering-gateways", Severity: diag.Error, Since: "0.2", Page: &peeringGatewaysPage,
	Link: "https://github.com/hashicorp/terraform-provider-azurerm/issues/2872",
	Run:  checkPeeringGateways,
}

const (
	networkType = "Microsoft.Network/virtualNetworks"
	peeringType = networkType + "/virtualNetworkPeerings"
)

// A peering is one direction of the peering of two networks.
type peering struct {
	network, remote string
	body            *expand.Node
	other           vmss.Ref
}

func checkPeeringGateways(p *lint.Pass) {
	all := peeringsOf(p)
	if len(all) == 0 {
		return
	}
	byNetworks := map[[2]string]peering{}
	for _, one := range all {
		byNetworks[[2]string{one.network, one.remote}] = one
	}
	gateways := gatewaysByNetwork(p)
	for _, one := range all {
		at := one.body.Get("useRemoteGateways")
		if uses, known := at.Bool(); !known || !uses {
			continue
		}
		if gateway := gateways[one.network]; gateway != nil {
			p.Reportf(at, "the network has a gateway of its own, %s", gateway.Name).
				Relatedf(gateway.Body.Get("name"), "the gateway").
				Detailf("A network that uses the gateways of another one cannot have a gateway. Set useRemoteGateways to false.")
			continue
		}
		if back, ok := byNetworks[[2]string{one.remote, one.network}]; ok {
			transit := back.body.Get("allowGatewayTransit")
			shares, known := transit.Bool()
			if !transit.Exists() || known && !shares {
				p.Reportf(at, "the peering of the other network does not share its gateways").
					Relatedf(back.body, "the other peering").
					Detailf("Azure rejects useRemoteGateways without allowGatewayTransit on the other side. Set allowGatewayTransit of the other peering to true.")
				continue
			}
		}
		if withoutGatewaySubnet(p, one.other) {
			p.Reportf(at, "the other network has no gateways").
				Relatedf(one.other.Target, "the other network").
				Detailf("Azure returns RemoteVnetHasNoGateways. Set useRemoteGateways to false, or create the gateway first.")
		}
	}
}

// peeringsOf are the peerings that the template certainly makes.
func peeringsOf(p *lint.Pass) []peering {
	var all []peering
	add := func(network vmss.ID, body *expand.Node) {
		other := p.Deployment.Ref(body.Get("remoteVirtualNetwork", "id"))
		if len(network.Names) > 0 && equal(other.Path().Type, networkType) {
			all = append(all, peering{network.String(), other.Path().String(), body, other})
		}
	}
	for _, r := range p.Deployment.Expanded.Resources {
		if !limits.Certain(r) {
			continue
		}
		id := p.Deployment.Ref(r.Body.Get("id")).Path()
		switch {
		case equal(r.Type, peeringType):
			if network, ok := id.Parent(); ok {
				add(network, r.Body.Get("properties"))
			}
		case equal(r.Type, networkType):
			if inner := r.Body.Get("properties", "virtualNetworkPeerings"); inner != nil {
				for _, item := range inner.Items {
					add(id, item.Get("properties"))
				}
			}
		}
	}
	return all
}

// gatewaysByNetwork are the gateways that the template certainly makes.
func gatewaysByNetwork(p *lint.Pass) map[string]*expand.Resource {
	found := map[string]*expand.Resource{}
	each(p, func(u use) {
		if !equal(u.by.Type, "Microsoft.Network/virtualNetworkGateways") || !equal(u.refersTo(), subnetType) || !limits.Certain(u.by) {
			return
		}
		if network, ok := u.ref.Path().Parent(); ok {
			found[network.String()] = u.by
		}
	})
	return found
}

// withoutGatewaySubnet reports a network of the template whose subnets are all
// known, without the one of gateways or of a route server.
func withoutGatewaySubnet(p *lint.Pass, network vmss.Ref) bool {
	if network.Resource == nil || !limits.Certain(network.Resource) || !equal(network.Resource.Type, networkType) {
		return false
	}
	list := network.Resource.Body.Get("properties", "subnets")
	if list == nil || !list.Known() {
		return false
	}
	for _, item := range list.Items {
		name, ok := item.Get("name").Text()
		if !ok || equal(name, "GatewaySubnet") || equal(name, "RouteServerSubnet") {
			return false
		}
	}
	for _, r := range p.Deployment.OfType(subnetType) {
		name := r.Name[strings.LastIndexByte(r.Name, '/')+1:]
		if !r.NameKnown || equal(name, "GatewaySubnet") || equal(name, "RouteServerSubnet") {
			return false
		}
	}
	return true
}
