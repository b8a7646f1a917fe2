package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6050_application_gateway_subnet.md
var applicationGatewaySubnetPage string

// applicationGatewaySubnet reports a set in the subnet of its application gateway, or in
// another virtual network.
var applicationGatewaySubnet = &lint.Rule{
	Code: "SS6050", Name: "application-gateway-subnet", Severity: diag.Error, Since: "0.1", Page: &applicationGatewaySubnetPage,
	Guidance: []guidance.ID{guidance.ApplicationGatewaySubnet},
	Run:      checkApplicationGatewaySubnet,
}

func checkApplicationGatewaySubnet(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		for _, c := range set.Network.IPConfigurations() {
			for _, pool := range c.GatewayPools.Items {
				if g := p.Deployment.Gateway(pool); g != nil && set.Says(guidance.ApplicationGatewaySubnet) {
					checkGateway(p, c, pool, g)
				}
			}
		}
	}
}

func checkGateway(p *lint.Pass, c vmss.IPConfiguration, pool vmss.Ref, g *vmss.ApplicationGateway) {
	network, ok := networkOf(c.Subnet)
	if !ok {
		return
	}
	for _, subnet := range g.Subnets.Items {
		other, known := networkOf(subnet)
		switch {
		case !known:
		case subnet.Same(c.Subnet):
			p.Reportf(c.Subnet, "the scale set is in subnet %s, which is reserved for application gateway %s", c.Subnet.Path().Name(), nameOf(g.Resource.Name)).
				Relatedf(subnet, "the subnet of the gateway").
				Detailf("Use another subnet of the same virtual network for the scale set.")
		case other.Differs(network):
			p.Reportf(pool, "application gateway %s is in virtual network %s, but the scale set is in %s", nameOf(g.Resource.Name), other.Name(), network.Name()).
				Relatedf(subnet, "the subnet of the gateway").
				Detailf("Use one virtual network for both, with different subnets.")
		}
	}
}
