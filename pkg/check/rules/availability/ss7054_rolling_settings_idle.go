package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7054_rolling_settings_idle.md
var rollingSettingsIdlePage string

// rollingSettingsIdle reports settings of a rolling upgrade policy that have no effect on the set.
var rollingSettingsIdle = &lint.Rule{
	Code: "SS7054", Name: "rolling-settings-idle", Severity: diag.Info, Since: "0.1", Page: &rollingSettingsIdlePage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "rollbackFailedInstancesOnPolicyBreach is true in a Flexible scale set"}},
	Guidance: []guidance.ID{guidance.RollingCrossZone, guidance.RollingRollback},
	Run:      checkRollingSettingsIdle,
}

func checkRollingSettingsIdle(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		rolling := set.UpgradePolicy.Rolling
		if n, ok := set.Zones.Count(); ok && n < 2 && vmss.Is(rolling.CrossZone, true) {
			p.Reportf(rolling.CrossZone, "enableCrossZoneUpgrade has no effect on a scale set with %s", lint.Count(n, "zone")).
				Cite(guidance.RollingCrossZone).Detailf("Remove it.")
		}
		if flexible, ok := set.Flexible(); ok && flexible && vmss.Is(rolling.Rollback, true) {
			p.Reportf(rolling.Rollback, "rollbackFailedInstancesOnPolicyBreach has no effect on a Flexible scale set").
				Severity(diag.Warning).Cite(guidance.RollingRollback).Detailf("Remove it.")
		}
	}
}
