package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6005_balancer_port_range.md
var balancerPortRangePage string

// balancerPortRange reports ports that a load balancer does not take.
var balancerPortRange = &lint.Rule{
	Code: "SS6005", Name: "balancer-port-range", Severity: diag.Error, Since: "0.1", Page: &balancerPortRangePage,
	Guidance: []guidance.ID{
		guidance.NatPoolRequired,
		guidance.NatRuleRange,
		guidance.BalancerRule,
		guidance.BalancerProbe,
	},
	Run: checkBalancerPortRange,
}

func checkBalancerPortRange(p *lint.Pass) {
	for _, b := range p.Deployment.LoadBalancers {
		for _, n := range b.NatPools.Items {
			checkPort(p, guidance.NatPoolRequired, "frontendPortRangeStart", n.First, 1, 65534)
			checkPort(p, guidance.NatPoolRequired, "frontendPortRangeEnd", n.Last, 1, 65535)
			checkPort(p, guidance.NatPoolRequired, "backendPort", n.BackendPort, 1, 65535)
			checkOrder(p, named("NAT pool", n.Name), n.First, n.Last)
		}
		for _, r := range b.NatRules.Items {
			checkPort(p, guidance.BalancerRule, "frontendPort", r.Port, 1, 65534)
			checkPort(p, guidance.NatRuleRange, "frontendPortRangeStart", r.First, 1, 65534)
			checkPort(p, guidance.NatRuleRange, "frontendPortRangeEnd", r.Last, 1, 65534)
			checkPort(p, guidance.BalancerRule, "backendPort", r.BackendPort, 1, 65535)
			checkOrder(p, named("NAT rule", r.Name), r.First, r.Last)
			if r.First.IsSet() && r.BackendPool.ID.Absent() {
				p.Reportf(r.First, "%s has a port range but no backendAddressPool", named("NAT rule", r.Name)).
					Cite(guidance.NatRuleRange).
					Detailf("Add the backend pool whose instances get a port each, or use a single frontendPort.")
			}
		}
		for _, r := range b.Rules.Items {
			checkPort(p, guidance.BalancerRule, "frontendPort", r.FrontendPort, 0, 65534)
			checkPort(p, guidance.BalancerRule, "backendPort", r.BackendPort, 0, 65535)
		}
		for _, r := range b.Probes.Items {
			checkPort(p, guidance.BalancerProbe, "port", r.Port, 1, 65535)
		}
	}
}

func checkPort(p *lint.Pass, id guidance.ID, property string, port vmss.Field[int], least, most int) {
	if n, ok := port.Known(); ok && (n < least || n > most) {
		p.Reportf(port, "%s is %d; the range is %d to %d", property, n, least, most).
			Cite(id).Detailf("Use a port from %d to %d.", least, most)
	}
}

func checkOrder(p *lint.Pass, what string, first, last vmss.Field[int]) {
	from, ok := first.Known()
	to, known := last.Known()
	if ok && known && to < from {
		p.Reportf(last, "the port range of %s ends at %d, before its start at %d", what, to, from).
			Cite(guidance.NatPoolRequired).
			Relatedf(first, "the first port").
			Detailf("Set the end to the first port or higher.")
	}
}
