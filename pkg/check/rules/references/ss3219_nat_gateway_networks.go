package references

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3219_nat_gateway_networks.md
var natGatewayNetworksPage string

// natGatewayNetworks reports a NAT gateway that subnets of two virtual networks
// use.
var natGatewayNetworks = &lint.Rule{
	Code: "SS3219", Name: "nat-gateway-networks", Severity: diag.Error, Since: "0.2", Page: &natGatewayNetworksPage,
	Link: "https://github.com/microsoft/azure_arc/issues/3288",
	Run:  checkNATGatewayNetworks,
}

func checkNATGatewayNetworks(p *lint.Pass) {
	type user struct {
		network string
		use     use
	}
	users := map[string]user{}
	each(p, func(u use) {
		if !equal(u.refersTo(), "Microsoft.Network/natGateways") || !limits.Certain(u.by) {
			return
		}
		network := p.Deployment.Ref(u.by.Body.Get("id")).Path()
		if equal(u.by.Type, subnetType) {
			network, _ = network.Parent()
		}
		if len(network.Names) == 0 || !equal(network.Type, "Microsoft.Network/virtualNetworks") {
			return
		}
		gateway, name := u.ref.Path().String(), network.String()
		first, used := users[gateway]
		switch {
		case !used:
			users[gateway] = user{name, u}
		case first.network != name && first.use.at.At() != u.at.At():
			p.Reportf(u.at, "the NAT gateway %s is used by two virtual networks", u.ref.Path().Name()).
				Relatedf(first.use.at, "the other use").
				Detailf("Azure returns NatGatewayCannotBeUsedBySubnetsBelongingToDifferentVirtualNetworks. Give each virtual network its own NAT gateway.")
		}
	})
}
