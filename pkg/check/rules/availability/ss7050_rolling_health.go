package availability

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7050_rolling_health.md
var rollingHealthPage string

// rollingHealth reports rolling upgrades of a set without a health source.
var rollingHealth = &lint.Rule{
	Code: "SS7050", Name: "rolling-health", Severity: diag.Error, Since: "0.1", Page: &rollingHealthPage,
	Guidance: []guidance.ID{guidance.UpgradeRolling},
	Run:      checkRollingHealth,
}

func checkRollingHealth(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		mode, ok := set.UpgradePolicy.Mode.Known()
		if ok && strings.EqualFold(mode, "Rolling") && hasNoHealth(set) {
			p.Reportf(set.UpgradePolicy.Mode, "mode Rolling needs a health source, and the scale set has none").
				Cite(guidance.UpgradeRolling).Detailf("Name a load balancer probe in networkProfile.healthProbe (Uniform scale sets), or add the application health extension.")
		}
	}
}
