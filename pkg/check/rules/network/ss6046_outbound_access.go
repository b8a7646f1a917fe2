package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6046_outbound_access.md
var outboundAccessPage string

// outboundAccess reports sets whose instances certainly reach nothing outside their
// network: Flexible ones, and those behind an internal Standard load balancer.
var outboundAccess = &lint.Rule{
	Code: "SS6046", Name: "outbound-access", Severity: diag.Warning, Since: "0.1", Page: &outboundAccessPage,
	Guidance: []guidance.ID{guidance.FlexibleOutbound, guidance.InternalBalancerOutbound},
	Run:      checkOutboundAccess,
}

func checkOutboundAccess(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		id, needs := outboundStatement(p, set)
		if !needs || !set.Says(id) || mayReachOut(p.Deployment, set) {
			continue
		}
		p.Reportf(set, "instances of %s have no outbound access to the Internet", set.Name).Cite(id).
			Detailf("Add a NAT gateway, an outbound rule or public addresses, " +
				"unless the instances need nothing from the Internet, such as packages, images and extensions.")
	}
}

// outboundStatement is why the set has no default outbound access, if so.
func outboundStatement(p *lint.Pass, set lint.ScaleSet) (id guidance.ID, needs bool) {
	if flexible, ok := set.Flexible(); ok && flexible {
		return guidance.FlexibleOutbound, true
	}
	for _, a := range balancersOf(p.Deployment, set.Network.IPConfigurations()) {
		if standard(a.balancer) && a.balancer.Internal() {
			return guidance.InternalBalancerOutbound, true
		}
	}
	return "", false
}

// mayReachOut reports whether the instances have, or may have, a way out.
func mayReachOut(d *vmss.Deployment, set lint.ScaleSet) bool {
	configurations := set.Network.IPConfigurations()
	if len(configurations) == 0 || set.Network.Interfaces.State != vmss.Known {
		return true
	}
	for _, c := range configurations {
		subnet, ok := d.Subnet(c.Subnet)
		if !ok || subnet.State != vmss.Known || subnet.NatGateway.ID.IsSet() || subnet.RouteTable.ID.IsSet() || c.PublicAddress.IsSet() {
			return true
		}
		if c.BackendPools.State == vmss.Unknown {
			return true
		}
		for _, pool := range c.BackendPools.Items {
			if b := d.LoadBalancer(pool); b == nil || !b.Internal() && leadsOut(b, pool) {
				return true
			}
		}
	}
	return false
}

// leadsOut reports whether a load balancer gives, or may give, the members of a
// pool outbound access.
func leadsOut(b *vmss.LoadBalancer, pool vmss.Ref) bool {
	if b.OutboundRules.IsSet() || b.Rules.State == vmss.Unknown {
		return true
	}
	for _, r := range b.Rules.Items {
		off, ok := r.NoOutbound.Or(false)
		other := r.BackendPool.Path().Type != "" && !r.BackendPool.Same(pool)
		if !other && (!ok || !off) {
			return true
		}
	}
	return false
}
