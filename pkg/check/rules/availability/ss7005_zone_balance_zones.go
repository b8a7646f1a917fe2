package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7005_zone_balance_zones.md
var zoneBalanceZonesPage string

// zoneBalanceZones reports strict zone balance on a set of fewer than two zones.
var zoneBalanceZones = &lint.Rule{
	Code: "SS7005", Name: "zone-balance-zones", Severity: diag.Error, Since: "0.1", Page: &zoneBalanceZonesPage,
	Guidance: []guidance.ID{guidance.ZoneBalance},
	Run:      checkZoneBalanceZones,
}

func checkZoneBalanceZones(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.Zones.Count()
		if strict, known := set.ZoneBalance.Known(); ok && known && strict && n < 2 {
			p.Reportf(set.ZoneBalance, "zoneBalance needs two zones or more; the scale set has %s", lint.Count(n, "zone")).
				Cite(guidance.ZoneBalance).Detailf("List two zones or more, or remove zoneBalance.")
		}
	}
}
