package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7006_strict_zone_balance.md
var strictZoneBalancePage string

// strictZoneBalance reports strict zone balance, which blocks a scale-out while a zone is down.
var strictZoneBalance = &lint.Rule{
	Code: "SS7006", Name: "strict-zone-balance", Severity: diag.Info, Since: "0.1", Page: &strictZoneBalancePage,
	Peers:    []string{"AZR-000438", "b5a63aa0-c58e-244f-b8a6-cbba0560a6db"},
	Guidance: []guidance.ID{guidance.ZoneBalanceBestEffort},
	Run:      checkStrictZoneBalance,
}

func checkStrictZoneBalance(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.Zones.Count()
		if strict, known := set.ZoneBalance.Known(); ok && known && strict && n >= 2 {
			p.Reportf(set.ZoneBalance, "zoneBalance is strict: scale-out stops while one of the %d zones has no capacity", n).
				Cite(guidance.ZoneBalanceBestEffort).Detailf("Use best effort (false, the default), which continues in the other zones and balances later.").
				Choice("balance by best effort", lint.Replace(set.ZoneBalance, "false"))
		}
	}
}
