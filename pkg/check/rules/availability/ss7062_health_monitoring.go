package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7062_health_monitoring.md
var healthMonitoringPage string

// healthMonitoring reports a scale set without application health monitoring.
var healthMonitoring = &lint.Rule{
	Code: "SS7062", Name: "health-monitoring", Severity: diag.Info, Since: "0.1", Page: &healthMonitoringPage, OffByDefault: true,
	Peers:    []string{"94794d2a-eff0-2345-9b67-6f9349d0a627"},
	Guidance: []guidance.ID{guidance.HealthMonitoring},
	Run:      checkHealthMonitoring,
}

func checkHealthMonitoring(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if set.Era != guidance.Preview && hasNoHealth(set) && !set.MayBeServiceFabric() {
			p.Reportf(set.ScaleSet, "nothing monitors the health of the application").
				Cite(guidance.HealthMonitoring).Detailf("Add the application health extension, or name a load balancer probe, so that upgrades and repairs can use it.")
		}
	}
}
