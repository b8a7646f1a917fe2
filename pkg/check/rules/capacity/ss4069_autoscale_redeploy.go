package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4069_autoscale_redeploy.md
var autoscaleRedeployPage string

// autoscaleRedeploy reports a template that fixes the capacity of a set, and so
// undoes what autoscale did each time it is deployed. With a parameter, a deployment
// can pass the number that the set has.
var autoscaleRedeploy = &lint.Rule{
	Code: "SS4069", Name: "autoscale-redeploy", Severity: diag.Warning, Since: "0.1", Page: &autoscaleRedeployPage,
	Guidance: []guidance.ID{guidance.AutoscaleRedeploy},
	Run:      checkAutoscaleRedeploy,
}

func checkAutoscaleRedeploy(p *lint.Pass) {
	for _, set := range p.AllScaleSets {
		n, ok := set.Capacity.Known()
		if !ok || byParameter(set.Capacity.Node) {
			continue
		}
		for _, setting := range set.Autoscale {
			low, high, known := widest(setting)
			if !known || low == high || !vmss.Is(setting.Enabled, true) {
				continue
			}
			p.Reportf(set.Capacity, "each deployment resets the capacity to %d, although autoscale may have set %d", n, max(high, n)).
				Relatedf(setting.Profiles, "autoscale goes from %d to %d", low, high).
				Detailf("Make the capacity a parameter, and pass the current one at each deployment: az vmss show --query sku.capacity.")
			break
		}
	}
}

// byParameter reports whether a value came through a parameter.
func byParameter(n *expand.Node) bool {
	for _, step := range n.Trail() {
		switch step.Kind {
		case diag.ParameterStep, diag.ArgumentStep, diag.FileStep, diag.DefaultStep:
			return true
		}
	}
	return false
}
