package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6012_health_probe_in_use.md
var healthProbeInUsePage string

// healthProbeInUse reports a healthProbe that no load-balancing rule of a
// backend pool of the set uses: Azure calls it inactive.
var healthProbeInUse = &lint.Rule{
	Code: "SS6012", Name: "health-probe-in-use", Severity: diag.Error, Since: "0.1", Page: &healthProbeInUsePage,
	Guidance: []guidance.ID{guidance.HealthProbeInUse},
	Run:      checkHealthProbeInUse,
}

func checkHealthProbeInUse(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		probe := set.Network.HealthProbe
		b := p.Deployment.LoadBalancer(probe)
		if b == nil || probe.Target == nil || !certain(b.Resource) || !set.Says(guidance.HealthProbeInUse) {
			continue
		}
		pools, ok := backendPoolsOf(set)
		if !ok || !inactive(b, probe, pools) {
			continue
		}
		p.Reportf(probe, "health probe %s is not used by a load-balancing rule of the scale set", probe.Path().Name()).
			Relatedf(probe.Target, "the probe").
			Detailf("Use the probe in a load-balancing rule whose backend pool has the scale set; otherwise Azure rejects it as inactive.")
	}
}

// backendPoolsOf are the ids of the backend pools of a set; ok is false when
// one of them is not known.
func backendPoolsOf(set lint.ScaleSet) (ids map[string]bool, ok bool) {
	ids = map[string]bool{}
	ok = set.Network.Interfaces.State == vmss.Known
	for _, nic := range set.Network.Interfaces.Items {
		ok = ok && nic.Configurations.State == vmss.Known
		for _, c := range nic.Configurations.Items {
			ok = ok && c.BackendPools.State != vmss.Unknown
			for _, pool := range c.BackendPools.Items {
				ok = ok && pool.Path().Type != ""
				ids[pool.Path().String()] = true
			}
		}
	}
	return ids, ok
}

// inactive reports that certainly no rule with the probe has one of the pools.
func inactive(b *vmss.LoadBalancer, probe vmss.Ref, pools map[string]bool) bool {
	for _, r := range b.Rules.Items {
		unknown := r.Probe.ID.IsSet() && r.Probe.Path().Type == "" || r.BackendPool.Path().Type == ""
		if unknown || r.Probe.Same(probe) && pools[r.BackendPool.Path().String()] {
			return false
		}
	}
	return b.Rules.State != vmss.Unknown
}
