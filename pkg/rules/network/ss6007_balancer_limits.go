package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
	"github.com/scaleset/scaleset/pkg/vmss"
)

//go:embed ss6007_balancer_limits.md
var balancerLimitsPage string

// BalancerLimits reports load balancers with more rules, frontends or members
// than their SKU has. NAT pools make a rule for each instance: that these count
// too is concluded, not documented.
var BalancerLimits = &lint.Rule{
	Code: "SS6007", Name: "balancer-limits", Severity: diag.Error, Since: "0.1", Doc: balancerLimitsPage,
	Guidance: []guidance.ID{
		guidance.BalancerRulesBasic,
		guidance.BalancerRulesStandard,
		guidance.NatRuleBudget,
		guidance.BalancerRulesPerNIC,
		guidance.BalancerFrontendsBasic,
		guidance.BalancerFrontendsStandard,
		guidance.BackendPoolBasic,
		guidance.BackendPoolStandard,
		guidance.OutboundRules,
	},
	Run: checkBalancerLimits,
}

func checkBalancerLimits(p *lint.Pass) {
	for _, b := range p.Deployment.LoadBalancers {
		ids := limitsOf(b)
		if ids == nil || !says(p, ids.rules) {
			continue
		}
		rules := len(b.Rules.Items) + len(b.NatRules.Items)
		if !above(p, b.Rules, ids.rules, rules, "rules") {
			checkNatBudget(p, b, ids.rules, rules)
		}
		above(p, b.Frontends, ids.frontends, len(b.Frontends.Items), "frontends")
		if ids.outbound != "" {
			above(p, b.OutboundRules, ids.outbound, len(b.OutboundRules.Items), "outbound rules")
		}
	}
	for _, set := range p.ScaleSets {
		for _, nic := range set.Network.Interfaces.Items {
			checkRulesOfInterface(p, set, nic)
		}
	}
	checkMembers(p)
}

// limitIDs are the statements that bound load balancers of a SKU.
type limitIDs struct{ rules, frontends, members, outbound guidance.ID }

func limitsOf(b *vmss.LoadBalancer) *limitIDs {
	switch {
	case basic(b):
		return &limitIDs{guidance.BalancerRulesBasic, guidance.BalancerFrontendsBasic, guidance.BackendPoolBasic, ""}
	case standard(b):
		return &limitIDs{guidance.BalancerRulesStandard, guidance.BalancerFrontendsStandard, guidance.BackendPoolStandard, guidance.OutboundRules}
	}
	return nil
}

// above reports a number above that of a statement.
func above(p *lint.Pass, at lint.Placer, id guidance.ID, n int, noun string) bool {
	limit := guidance.Get(id).Limit
	if n > limit {
		p.Reportf(at, "%d %s are above %d, the most of the load balancer", n, noun, limit).
			Cite(id).Detailf("Spread them over several load balancers%s.", orStandard(limit))
	}
	return n > limit
}

func orStandard(limit int) string {
	if limit < 300 {
		return ", or use a Standard one"
	}
	return ""
}

// checkNatBudget adds the rules that NAT pools make, one for each instance.
func checkNatBudget(p *lint.Pass, b *vmss.LoadBalancer, id guidance.ID, rules int) {
	limit, total := guidance.Get(id).Limit, rules
	for _, set := range p.ScaleSets {
		d := demandOf(set)
		for _, use := range natPoolsOf(p.Deployment, set) {
			if certain(set.Resource) && p.Deployment.LoadBalancer(use.by) == b {
				total += min(d.most, enough)
			}
		}
	}
	if total > limit {
		p.Reportf(b.NatPools, "%d rules, of which %d are made by NAT pools for the instances, are above %d, the most of the load balancer", total, total-rules, limit).
			Severity(diag.Warning).Cite(guidance.NatRuleBudget).
			Detailf("Use fewer NAT pools or fewer instances behind this load balancer%s; or reach the instances through a jump box.", orStandard(limit))
	}
}

// checkRulesOfInterface counts the rules of one load balancer that concern one
// network interface.
func checkRulesOfInterface(p *lint.Pass, set lint.ScaleSet, nic vmss.Interface) {
	limit := set.Limit(guidance.BalancerRulesPerNIC)
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
			p.Reportf(a.by, "%d rules of %s concern one network interface, at most %d may", n, nameOf(a.balancer.Resource.Name), limit.Max()).
				Cite(limit.ID).Detailf("Spread the rules over several load balancers, or use one rule for all ports of an internal one.")
		}
	}
}

// checkMembers adds up the IP configurations in each backend pool.
func checkMembers(p *lint.Pass) {
	members := map[string]int{}
	for _, set := range p.ScaleSets {
		n, _ := set.Capacity.Known()
		for _, c := range set.Network.IPConfigurations() {
			for _, pool := range c.BackendPools.Items {
				b := p.Deployment.LoadBalancer(pool)
				if b == nil || limitsOf(b) == nil || !certain(set.Resource) || pool.Path().Type == "" {
					continue
				}
				id, limit := pool.Path().String(), set.Limit(limitsOf(b).members)
				before := members[id]
				members[id] += min(n, enough)
				if limit.Exceeded(members[id]) && !limit.Exceeded(before) {
					p.Reportf(pool, "backend pool %s has %d members, at most %d may be", pool.Path().Name(), members[id], limit.Max()).
						Cite(limit.ID).Relatedf(set.Capacity, "the capacity of %d", n).
						Detailf("Lower the capacity, or spread the instances over several load balancers%s.", orStandard(limit.Max()-100))
				}
			}
		}
	}
}
