package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6006_idle_timeout.md
var idleTimeoutPage string

// idleTimeout reports idle timeouts outside the documented minutes. Standard load
// balancers take up to 100 today, so that only what nothing takes is an error.
var idleTimeout = &lint.Rule{
	Code: "SS6006", Name: "idle-timeout", Severity: diag.Error, Since: "0.1", Page: &idleTimeoutPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the value is above the documented limit but not above 100"}},
	Guidance: []guidance.ID{guidance.BalancerIdleTimeout, guidance.NatIdleTimeout, guidance.InstanceAddressIdle},
	Run:      checkIdleTimeout,
}

func checkIdleTimeout(p *lint.Pass) {
	for _, b := range p.Deployment.LoadBalancers {
		for _, n := range b.NatPools.Items {
			checkIdle(p, guidance.NatIdleTimeout, n.IdleTimeout, 100)
		}
		for _, r := range b.NatRules.Items {
			checkIdle(p, guidance.BalancerIdleTimeout, r.IdleTimeout, 100)
		}
		for _, r := range b.Rules.Items {
			checkIdle(p, guidance.BalancerIdleTimeout, r.IdleTimeout, 100)
		}
	}
	for _, set := range p.ScaleSets {
		for _, c := range set.Network.IPConfigurations() {
			checkIdle(p, guidance.InstanceAddressIdle, c.PublicAddress.IdleTimeout, 100)
		}
	}
}

// checkIdle reports minutes outside 4 to what the statement says, as an error
// when they are below 4 or above what any load balancer takes.
func checkIdle(p *lint.Pass, id guidance.ID, minutes vmss.Field[int], ever int) {
	n, ok := minutes.Known()
	most := guidance.Get(id).Limit
	if !ok || n >= leastIdle && n <= most {
		return
	}
	f := p.Reportf(minutes, "the idle timeout is %s; the range is %d to %d", lint.Count(n, "minute"), leastIdle, most).
		Cite(id).Detailf("Use %d to %d minutes, and keep-alives for longer connections.", leastIdle, most)
	if n > most && n <= ever {
		f.Severity(diag.Warning)
	}
}

const leastIdle = 4
