package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6007_balancer_limits.md
var balancerLimitsPage string

// balancerLimits reports load balancers with more rules, frontends or members
// than their SKU has. NAT pools make a rule for each instance: that these count
// too is concluded, not documented.
var balancerLimits = &lint.Rule{
	Code: "SS6007", Name: "balancer-limits", Severity: diag.Error, Since: "0.1", Page: &balancerLimitsPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "NAT pools create some of the rules"}},
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
	made := limits.RulesOfPools(p.ScaleSets)
	for _, b := range p.Deployment.LoadBalancers {
		ids, ok := limits.BoundsOf(b)
		if !ok || !says(p, ids.Rules) {
			continue
		}
		rules := len(b.Rules.Items) + len(b.NatRules.Items)
		if !above(p, b.Rules, ids.Rules, rules, "rules") {
			checkNatBudget(p, b, ids.Rules, rules, made[b])
		}
		above(p, b.Frontends, ids.Frontends, len(b.Frontends.Items), "frontends")
		if ids.Outbound != "" {
			above(p, b.OutboundRules, ids.Outbound, len(b.OutboundRules.Items), "outbound rules")
		}
	}
	for _, set := range p.ScaleSets {
		for _, nic := range set.Network.Interfaces.Items {
			checkRulesOfInterface(p, set, nic)
		}
	}
	checkMembers(p)
}

// above reports a number above that of a statement.
func above(p *lint.Pass, at lint.Placer, id guidance.ID, n int, noun string) bool {
	limit := guidance.Get(id).Limit
	if n > limit {
		p.Reportf(at, "%d %s exceed %d, the limit of the load balancer", n, noun, limit).
			Cite(id).Detailf("Use several load balancers%s.", orStandard(limit))
	}
	return n > limit
}

func orStandard(limit int) string {
	if limit < 300 {
		return ", or use a Standard one"
	}
	return ""
}
