package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
	"github.com/scaleset/scaleset/pkg/vmss"
)

//go:embed ss4069_autoscale_redeploy.md
var autoscaleRedeployPage string

// AutoscaleRedeploy tells that a template which fixes the capacity of a set
// undoes, each time it is deployed, what autoscale did. A hint: the first
// deployment needs a number.
var AutoscaleRedeploy = &lint.Rule{
	Code: "SS4069", Name: "autoscale-redeploy", Severity: diag.Info, Since: "0.1", Doc: autoscaleRedeployPage,
	Guidance: []guidance.ID{guidance.AutoscaleRedeploy},
	Run:      checkAutoscaleRedeploy,
}

func checkAutoscaleRedeploy(p *lint.Pass) {
	for _, set := range p.AllScaleSets {
		n, ok := set.Capacity.Known()
		if !ok {
			continue
		}
		for _, setting := range set.Autoscale {
			low, high, known := widest(setting)
			if !known || low == high || !vmss.Is(setting.Enabled, true) {
				continue
			}
			p.Reportf(set.Capacity, "each deployment of this template resets the set to %d instances, where autoscale may have made it %d", n, max(high, n)).
				Relatedf(setting.Profiles, "autoscale goes from %d to %d", low, high).
				Detailf("Before a redeployment, read the capacity of the set (az vmss show --query sku.capacity) and pass it as the parameter.")
			break
		}
	}
}
