package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7008_automatic_zone_balance.md
var automaticZoneBalancePage string

// automaticZoneBalance reports automatic zone balance on a set that lacks what it needs.
var automaticZoneBalance = &lint.Rule{
	Code: "SS7008", Name: "automatic-zone-balance", Severity: diag.Warning, Since: "0.1", Page: &automaticZoneBalancePage,
	Guidance: []guidance.ID{guidance.AutomaticZoneBalance},
	Run:      checkAutomaticZoneBalance,
}

func checkAutomaticZoneBalance(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		enabled := set.Properties.Get("resiliencyPolicy", "automaticZoneRebalancingPolicy", "enabled")
		if on, ok := enabled.Bool(); !ok || !on {
			continue
		}
		if lack := rebalancingLacks(set); lack != "" {
			p.Reportf(enabled, "automatic zone balance is on, but the scale set has %s", lack).
				Cite(guidance.AutomaticZoneBalance).Detailf("Automatic zone balance needs a health source, two zones or more, and no strict zoneBalance. Add what is missing, or turn it off.")
		}
	}
}

// rebalancingLacks names the first condition that certainly does not hold.
func rebalancingLacks(set lint.ScaleSet) string {
	if n, ok := set.Zones.Count(); ok && n < 2 {
		return lint.Count(n, "zone")
	}
	if strict, ok := set.ZoneBalance.Known(); ok && strict {
		return "strict zoneBalance"
	}
	if hasNoHealth(set) {
		return "health source"
	}
	return ""
}
