package network

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// checkNatBudget adds the rules that NAT pools make to those that are written.
func checkNatBudget(p *lint.Pass, b *vmss.LoadBalancer, id guidance.ID, rules, made int) {
	if limit := guidance.Get(id).Limit; rules+made > limit {
		p.Reportf(b.NatPools, "%d rules (%d from NAT pools) exceed %d, the limit of the load balancer", rules+made, made, limit).
			Severity(diag.Warning).Cite(guidance.NatRuleBudget).
			Detailf("Use fewer NAT pools or instances behind this load balancer%s, or connect through a jump box.", orStandard(limit))
	}
}

// checkRulesOfInterface counts the rules of one load balancer that concern one
// network interface.
func checkRulesOfInterface(p *lint.Pass, set lint.ScaleSet, nic vmss.Interface) {
	limit := set.Bound(guidance.BalancerRulesPerNIC)
	for _, a := range balancersOf(p.Deployment, nic.Configurations.Items) {
		if len(a.balancer.Rules.Items) <= limit.Max() {
			continue
		}
		pools, n := map[string]bool{}, 0
		for _, c := range nic.Configurations.Items {
			for _, pool := range c.BackendPools.Items {
				pools[pool.Path().String()] = pool.Path().Type != ""
			}
		}
		for _, r := range a.balancer.Rules.Items {
			if r.BackendPool.Path().Type != "" && pools[r.BackendPool.Path().String()] {
				n++
			}
		}
		if limit.Exceeded(n) {
			p.Reportf(a.by, "%d rules of %s apply to one network interface; the limit is %d", n, nameOf(a.balancer.Resource.Name), limit.Max()).
				Cite(limit.ID).Detailf("Use several load balancers, or one rule for all ports of an internal one.")
		}
	}
}

// checkMembers adds up the IP configurations in each backend pool.
func checkMembers(p *lint.Pass) {
	members := map[string]int{}
	for _, set := range p.ScaleSets {
		n, _ := set.Capacity.Known()
		each, pools := limits.Members(set)
		for _, pool := range pools {
			bounds, ok := limits.BoundsOf(p.Deployment.LoadBalancer(pool))
			if !ok {
				continue
			}
			id, limit := pool.Path().String(), set.Bound(bounds.Members)
			before := members[id]
			members[id] += each[id] * min(n, enough)
			if limit.Exceeded(members[id]) && !limit.Exceeded(before) {
				p.Reportf(pool, "backend pool %s has %d members; the limit is %d", pool.Path().Name(), members[id], limit.Max()).
					Cite(limit.ID).Relatedf(set.Capacity, "the capacity of %d", n).
					Detailf("Lower the capacity, or spread the instances over several load balancers%s.", orStandard(limit.Max()-100))
			}
		}
	}
}

// enough is more instances than any set has, and so few that the sums of many
// sets do not overflow.
const enough = 1 << 20
