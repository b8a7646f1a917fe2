package limits

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// BalancerBounds has the ids of the statements that limit load balancers of a
// SKU. Outbound is "" for Basic ones, which have no outbound rules.
type BalancerBounds struct{ Rules, Frontends, Members, Outbound guidance.ID }

// BoundsOf returns the statements for the SKU of a load balancer; ok is false
// if the SKU is unknown.
func BoundsOf(b *vmss.LoadBalancer) (bounds BalancerBounds, ok bool) {
	if is, known := b.Basic(); known && is {
		return BalancerBounds{guidance.BalancerRulesBasic, guidance.BalancerFrontendsBasic, guidance.BackendPoolBasic, ""}, true
	}
	if sku, known := b.SKU.Known(); known && strings.EqualFold(sku, "Standard") {
		return BalancerBounds{guidance.BalancerRulesStandard, guidance.BalancerFrontendsStandard, guidance.BackendPoolStandard, guidance.OutboundRules}, true
	}
	return bounds, false
}

// RulesOfPools returns the number of rules that the NAT pools of sets create on
// each load balancer: one for each instance that a set can have.
func RulesOfPools(sets []ScaleSet) map[*vmss.LoadBalancer]int {
	made := map[*vmss.LoadBalancer]int{}
	for _, set := range sets {
		if !Certain(set.Resource) {
			continue
		}
		_, most := set.Instances()
		for _, use := range NATPools(set) {
			made[set.Deployment.LoadBalancer(use.By)] += min(most, unlimited)
		}
	}
	return made
}

// Members returns the number of IP configurations of one instance in each
// backend pool of this deployment, by the path of the pool, and the pools.
func Members(set ScaleSet) (each map[string]int, pools []vmss.Ref) {
	each = map[string]int{}
	if !Certain(set.Resource) {
		return each, nil
	}
	for _, c := range set.Network.IPConfigurations() {
		for _, pool := range c.BackendPools.Items {
			if set.Deployment.LoadBalancer(pool) == nil || pool.Path().Type == "" {
				continue
			}
			id := pool.Path().String()
			if each[id]++; each[id] == 1 {
				pools = append(pools, pool)
			}
		}
	}
	return each, pools
}

// balancerLimits returns the limits of backend pools, of rules that NAT pools
// create, and of public addresses of instances.
func balancerLimits(set ScaleSet) []Limit {
	others := set.siblings(false)
	all := memberLimits(set, others)
	all = append(all, ruleLimits(set, others)...)
	return append(all, publicAddresses(set)...)
}

func memberLimits(set ScaleSet, others []ScaleSet) (all []Limit) {
	each, pools := Members(set)
	for _, pool := range pools {
		bounds, ok := BoundsOf(set.Deployment.LoadBalancer(pool))
		bound := set.Bound(bounds.Members)
		if !ok || bound.Max() == 0 {
			continue
		}
		id, left := pool.Path().String(), bound.Max()
		for _, other := range others {
			held, _ := Members(other)
			n, _ := other.Capacity.Known()
			left -= held[id] * min(n, unlimited)
		}
		all = append(all, Limit{
			Name: BackendMembers, Max: max(left, 0) / each[id], Severity: diag.Error, Code: codeBalancer, Rule: ruleBalancer, Says: bound.Statement,
			Place: pool.Place(), About: "backend pool " + pool.Path().Name(),
			Reason: fmt.Sprintf("the instances for which backend pool %s has room (%d members)", pool.Path().Name(), bound.Max()),
			Remedy: "Lower the capacity, or spread the instances over several load balancers.",
		})
	}
	return all
}

// ruleLimits counts the rules that NAT pools create. That they count like
// written rules is inferred, not documented, so the limit is a warning.
func ruleLimits(set ScaleSet, others []ScaleSet) (all []Limit) {
	if !Certain(set.Resource) {
		return nil
	}
	pools := map[*vmss.LoadBalancer]int{}
	var balancers []*vmss.LoadBalancer
	for _, use := range NATPools(set) {
		b := set.Deployment.LoadBalancer(use.By)
		if pools[b]++; pools[b] == 1 {
			balancers = append(balancers, b)
		}
	}
	made := RulesOfPools(others)
	for _, b := range balancers {
		bounds, ok := BoundsOf(b)
		if !ok || !set.Says(bounds.Rules) {
			continue
		}
		most := guidance.Get(bounds.Rules).Limit
		left := most - len(b.Rules.Items) - len(b.NatRules.Items) - made[b]
		name := b.Resource.Name[strings.LastIndexByte(b.Resource.Name, '/')+1:]
		all = append(all, Limit{
			Name: BalancerRules, Max: max(left, 0) / pools[b], Severity: diag.Warning, Code: codeBalancer, Rule: ruleBalancer,
			Says: guidance.Get(guidance.NatRuleBudget), Place: b.NatPools.Place(), About: "load balancer " + name,
			Reason: fmt.Sprintf("the instances for which load balancer %s has NAT rules left (%d rules in all)", name, most),
			Remedy: "Use fewer NAT pools or fewer instances behind this load balancer, or reach the instances through a jump box.",
		})
	}
	return all
}

// publicAddresses returns the recommended limit of sets whose instances have
// public addresses.
func publicAddresses(set ScaleSet) []Limit {
	bound := set.Bound(guidance.InstanceAddressesMax)
	for _, c := range set.Network.IPConfigurations() {
		if c.PublicAddress.IsSet() && bound.Max() > 0 {
			return []Limit{{
				Name: PublicAddresses, Max: bound.Max(), Severity: diag.Warning, Code: codePublicAddresses, Rule: rulePublicAddresses, Says: bound.Statement,
				Place: c.PublicAddress.Place(), Reason: "the recommended number of instances with public addresses",
				Remedy: "Put the instances behind a Standard load balancer, or divide them over several scale sets.",
			}}
		}
	}
	return nil
}
