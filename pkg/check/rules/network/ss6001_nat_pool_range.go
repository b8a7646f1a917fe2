package network

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6001_nat_pool_range.md
var natPoolRangePage string

// natPoolRange reports a NAT pool with fewer ports than the set that uses it has
// instances, may get by autoscale, or has for a while by overprovisioning.
var natPoolRange = &lint.Rule{
	Code: "SS6001", Name: "nat-pool-range", Severity: diag.Error, Since: "0.1", Page: &natPoolRangePage,
	Also: []diag.Level{
		{Severity: diag.Warning, When: "only the maximum of autoscale, or overprovisioning, exceeds it"},
		{Severity: diag.Info, When: "only overprovisioning at the maximum of autoscale exceeds it"},
	},
	Guidance: []guidance.ID{guidance.NatRangeCapacity, guidance.NatRangeOverprovisioned},
	Run:      checkNatPoolRange,
}

func checkNatPoolRange(p *lint.Pass) {
	taken := ledger{}
	for _, set := range p.ScaleSets {
		d := demandOf(set)
		for _, use := range limits.NATPools(set) {
			if ports, ok := use.Ports(); ok {
				checkPorts(p, d, use, ports, taken)
			}
		}
	}
}

// checkPorts reports the worst that is certain. A range that is too small
// for the capacity fails at once; for autoscale it fails at a later scale-out;
// surplus instances that find no port may or may not be needed.
func checkPorts(p *lint.Pass, d demand, use limits.PoolUse, ports int, taken ledger) {
	need, why, severity, statement := 0, "", diag.Error, guidance.NatRangeCapacity
	switch {
	case d.capacity > ports:
		need, why = d.capacity, fmt.Sprintf("the capacity of %s is %d", d.set.Name, d.capacity)
	case d.most > ports:
		need, why, severity = d.most, fmt.Sprintf("autoscale lets %s have %d instances", d.set.Name, d.most), diag.Warning
	case d.surplus && d.set.Says(guidance.NatRangeOverprovisioned) && 2*d.capacity > ports:
		need, why, severity = 2*d.capacity, fmt.Sprintf("overprovisioning lets %s have %d instances for a while", d.set.Name, 2*d.capacity), diag.Warning
		statement = guidance.NatRangeOverprovisioned
	case d.surplus && d.set.Says(guidance.NatRangeOverprovisioned) && 2*d.most > ports:
		need, why, severity = 2*d.most, fmt.Sprintf("autoscale and overprovisioning let %s have %d instances for a while", d.set.Name, 2*d.most), diag.Info
		statement = guidance.NatRangeOverprovisioned
	default:
		return
	}
	pool := use.Pool
	first, _ := pool.First.Known()
	last, _ := pool.Last.Known()
	f := p.Reportf(pool.Last, "ports %d to %d of %s are only %d, but %s", first, last, named("NAT pool", pool.Name), ports, why).
		Severity(severity).Cite(statement).
		Relatedf(d.place(need), "the number of instances").
		Detailf("Set the end of the range to %d or higher%s.", first+need-1, orLess(d, statement))
	if wanted := first + roomFor(d) - 1; wanted <= lastPort && taken.free(p.Deployment.LoadBalancer(use.By), pool, wanted) {
		f.Write(fmt.Sprintf("set the end of the range to %d", wanted), pool.Last, strconv.Itoa(wanted))
	}
}

func orLess(d demand, statement guidance.ID) string {
	if statement == guidance.NatRangeOverprovisioned {
		return ", or set overprovision to false, for which one port for each instance is enough"
	}
	return ", or lower the number of instances of " + d.set.Name
}

// lastPort is the highest port of an inbound NAT rule.
const lastPort = 65534

// roomFor is how many ports a set needs at most.
func roomFor(d demand) int {
	if d.surplus && d.set.Says(guidance.NatRangeOverprovisioned) {
		return 2 * d.most
	}
	return d.most
}

// A ledger has the claims of the load balancers that were requested.
type ledger map[*vmss.LoadBalancer][]claim

// free reports that a pool whose range ends at last reaches into no other.
func (l ledger) free(b *vmss.LoadBalancer, pool vmss.NatPool, last int) bool {
	if l[b] == nil {
		l[b] = claims(b)
	}
	first, _ := pool.First.Known()
	frontend := pool.Frontend.Path().String()
	for _, c := range l[b] {
		if c.frontend == frontend && c.at.Place() != pool.First.Place() && c.first <= last && c.last >= first {
			return false
		}
	}
	return true
}
