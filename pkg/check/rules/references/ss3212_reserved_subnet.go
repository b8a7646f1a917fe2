package references

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3212_reserved_subnet.md
var reservedSubnetPage string

// reservedSubnet reports interfaces in subnets that are for something else: by
// their name, or because they are delegated.
var reservedSubnet = &lint.Rule{
	Code: "SS3212", Name: "reserved-subnet", Severity: diag.Error, Since: "0.2", Page: &reservedSubnetPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the subnet is delegated to a service"}},
	Link: "https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet",
	Run:  checkReservedSubnet,
}

// reserved are the names of subnets with a meaning, in lower case, and what may
// be in them.
// https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings#gwsub,
// https://learn.microsoft.com/azure/bastion/configuration-settings#subnet,
// https://learn.microsoft.com/azure/firewall/firewall-faq
var reserved = lazy.Value[map[string]string]{Of: func() map[string]string {
	return map[string]string{
		"gatewaysubnet":                 "virtual network gateways",
		"azurebastionsubnet":            "Azure Bastion",
		"azurefirewallsubnet":           "Azure Firewall",
		"azurefirewallmanagementsubnet": "Azure Firewall",
		"routeserversubnet":             "Azure Route Server",
	}
}}

// occupants are the types whose interfaces cannot be in such a subnet.
const occupants = "|microsoft.compute/virtualmachinescalesets|microsoft.compute/virtualmachines|microsoft.network/networkinterfaces|microsoft.network/loadbalancers" +
	"|microsoft.network/applicationgateways|microsoft.network/privateendpoints|"

func checkReservedSubnet(p *lint.Pass) {
	seen := once{}
	gateways := gatewaySubnets(p)
	each(p, func(u use) {
		ref := u.ref
		if !equal(u.refersTo(), subnetType) || !strings.Contains(occupants, "|"+strings.ToLower(u.by.Type)+"|") || strings.ContainsAny(ref.Path().Name(), "{}") {
			return
		}
		name := ref.Path().Name()
		if what := reserved.Get()[strings.ToLower(name)]; what != "" {
			if seen.first(u.at) {
				p.Reportf(u.at, "%s is in %s, a subnet that is reserved for %s", u.by.Name, name, what).
					Detailf("Move it to another subnet.")
			}
			return
		}
		if gateway, taken := gateways[ref.Path().String()]; taken && limits.Certain(u.by) && besideGateway(u.by.Type) && seen.first(u.at) {
			p.Reportf(u.at, "%s is in %s, the subnet of application gateway %s", u.by.Name, name, gateway.by.Name).
				Relatedf(gateway.at, "the subnet of the gateway").
				Detailf("The subnet of an application gateway can only contain application gateways. Move it to another subnet.")
			return
		}
		// An application gateway has a delegation of its own.
		if ref.Target == nil || !limits.Certain(u.by) || equal(u.by.Type, "Microsoft.Network/applicationGateways") {
			return
		}
		if delegations := ref.Target.Get("properties", "delegations"); delegations != nil && len(delegations.Items) > 0 {
			service, ok := delegations.Items[0].Get("properties", "serviceName").Text()
			if ok && seen.first(u.at) {
				p.Reportf(u.at, "%s is in %s, a subnet that is delegated to %s", u.by.Name, name, service).Severity(diag.Warning).
					Relatedf(delegations, "the delegation").
					Detailf("A delegated subnet is for the resources of that service. Move it to another subnet.")
			}
		}
	})
}

const subnetType = "Microsoft.Network/virtualNetworks/subnets"

// gatewaySubnets are the subnets that application gateways of the template are
// in. No other resource is allowed there:
// https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure
func gatewaySubnets(p *lint.Pass) map[string]use {
	all := map[string]use{}
	each(p, func(u use) {
		if equal(u.by.Type, "Microsoft.Network/applicationGateways") && equal(u.refersTo(), subnetType) &&
			slices.ContainsFunc(u.path, func(name string) bool { return equal(name, "gatewayIPConfigurations[]") }) && limits.Certain(u.by) {
			if id := u.ref.Path().String(); !strings.ContainsAny(id, "{}") {
				all[id] = u
			}
		}
	})
	return all
}

// besideGateway reports a type that cannot share the subnet of an application
// gateway. Scale sets are judged by the rule about gateways of scale sets.
func besideGateway(resourceType string) bool {
	return equal(resourceType, "Microsoft.Network/networkInterfaces") || equal(resourceType, "Microsoft.Network/loadBalancers") ||
		equal(resourceType, "Microsoft.Network/privateEndpoints") || equal(resourceType, "Microsoft.Compute/virtualMachines")
}
