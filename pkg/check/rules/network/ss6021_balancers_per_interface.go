package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6021_balancers_per_interface.md
var balancersPerInterfacePage string

// balancersPerInterface reports network interfaces behind several public, or several
// internal, load balancers.
var balancersPerInterface = &lint.Rule{
	Code: "SS6021", Name: "balancers-per-interface", Severity: diag.Error, Since: "0.1", Page: &balancersPerInterfacePage,
	Guidance: []guidance.ID{guidance.BalancersPerSet},
	Run:      checkBalancersPerInterface,
}

func checkBalancersPerInterface(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.BalancersPerSet) {
			continue
		}
		for _, nic := range set.Network.Interfaces.Items {
			all := balancersOf(p.Deployment, nic.Configurations.Items)
			checkOneOf(p, all, "public", func(b *vmss.LoadBalancer) bool { return b.Public() })
			checkOneOf(p, all, "internal", behind)
		}
	}
	// Several public load balancers of the interface of a VM need different backend
	// ports; a second internal one is AnotherInternalLoadBalancerExists:
	// https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors
	for _, n := range p.Deployment.Interfaces {
		if !certain(n.Resource) {
			continue
		}
		var configurations []vmss.IPConfiguration
		for _, c := range n.Configurations.Items {
			configurations = append(configurations, vmss.IPConfiguration{BackendPools: c.BackendPools})
		}
		checkOneOf(p, balancersOf(p.Deployment, configurations), "internal", behind)
	}
}

// behind reports an internal load balancer that is not a gateway.
func behind(b *vmss.LoadBalancer) bool { return b.Internal() && !gateway(b) }

func checkOneOf(p *lint.Pass, all []attached, kind string, is func(*vmss.LoadBalancer) bool) {
	var first *vmss.LoadBalancer
	for _, a := range all {
		switch {
		case !is(a.balancer) || !certain(a.balancer.Resource):
		case first == nil:
			first = a.balancer
		default:
			p.Reportf(a.by, "%s is the second %s load balancer of a network interface, after %s", nameOf(a.balancer.Resource.Name), kind, nameOf(first.Resource.Name)).
				Detailf("Use one load balancer with several frontends, or a second interface: an interface can have one public and one internal load balancer.")
		}
	}
}

// gateway reports whether the load balancer may have the Gateway SKU, which
// is beside the others.
func gateway(b *vmss.LoadBalancer) bool {
	sku, ok := b.SKU.Or("Basic")
	return !ok || strings.EqualFold(sku, "Gateway")
}
