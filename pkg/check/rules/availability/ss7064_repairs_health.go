package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7064_repairs_health.md
var repairsHealthPage string

// repairsHealth reports automatic repairs of a set without a health source.
var repairsHealth = &lint.Rule{
	Code: "SS7064", Name: "repairs-health", Severity: diag.Error, Since: "0.1", Page: &repairsHealthPage,
	Guidance: []guidance.ID{guidance.RepairsHealth},
	Run:      checkRepairsHealth,
}

func checkRepairsHealth(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if vmss.Is(set.Repairs.Enabled, true) && hasNoHealth(set) {
			p.Reportf(set.Repairs.Enabled, "automatic repairs need a health source, and the scale set has none").
				Cite(guidance.RepairsHealth).Detailf("Name a load balancer probe in networkProfile.healthProbe (Uniform scale sets), or add the application health extension.")
		}
	}
}
