package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6004_balancer_port_conflict.md
var balancerPortConflictPage string

// balancerPortConflict reports rules and NAT pools of one load balancer that take the same
// ports of one frontend and protocol. That two rules may not is documented; of
// ranges it is concluded.
var balancerPortConflict = &lint.Rule{
	Code: "SS6004", Name: "balancer-port-conflict", Severity: diag.Error, Since: "0.1", Page: &balancerPortConflictPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "one of the two uses a range of ports"}},
	Guidance: []guidance.ID{guidance.BalancerPortsUnique, guidance.NatRangesOverlap},
	Run:      checkBalancerPortConflict,
}

func checkBalancerPortConflict(p *lint.Pass) {
	for _, b := range p.Deployment.LoadBalancers {
		if !certain(b.Resource) {
			continue
		}
		for _, c := range conflicts(claims(b)) {
			f := p.Reportf(c.later.at, "%s of %s: %s already uses %s", c.later.ports(), c.later.what, c.earlier.what, c.earlier.ports()).
				Relatedf(c.earlier.at, "the other").
				Detailf("Use different ports for each rule and NAT pool of a frontend, or another frontend.")
			if c.earlier.ranged || c.later.ranged {
				f.Severity(diag.Warning).Cite(guidance.NatRangesOverlap)
			}
		}
	}
}
