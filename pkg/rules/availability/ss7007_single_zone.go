package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
)

//go:embed ss7007_single_zone.md
var singleZonePage string

// SingleZone reports a set that lives in one zone alone.
var SingleZone = &lint.Rule{
	Code: "SS7007", Name: "single-zone", Severity: diag.Info, Since: "0.1", Doc: singleZonePage, OffByDefault: true,
	Guidance: []guidance.ID{guidance.ZonesAll},
	Run:      checkSingleZone,
}

func checkSingleZone(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if n, ok := set.Zones.Count(); ok && n == 1 {
			p.Reportf(set.Zones, "all instances are in one zone, and are lost with it").
				Cite(guidance.ZonesAll).Detailf("Name all zones of the region, unless the instances have to be near something that is in this zone.")
		}
	}
}
