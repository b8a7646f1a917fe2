package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7007_single_zone.md
var singleZonePage string

// singleZone reports a set that lives in one zone alone.
var singleZone = &lint.Rule{
	Code: "SS7007", Name: "single-zone", Severity: diag.Info, Since: "0.1", Page: &singleZonePage, OffByDefault: true,
	Guidance: []guidance.ID{guidance.ZonesAll},
	Options: []lint.Option{{Name: "instances", Kind: lint.Number, Default: 1, Least: 1, Most: 1000,
		Doc: "The capacity from which a scale set should use more than one zone"}},
	Run: checkSingleZone,
}

func checkSingleZone(p *lint.Pass) {
	least := p.Number("instances")
	for _, set := range p.ScaleSets {
		if n, ok := set.Capacity.Known(); least > 1 && (!ok || n < least) {
			continue // the capacity is not known to be so large
		}
		if n, ok := set.Zones.Count(); ok && n == 1 {
			p.Reportf(set.Zones, "all instances are in one zone; if it fails, none are left").
				Cite(guidance.ZonesAll).Detailf("List all zones of the region, unless the instances must be close to something in this zone.")
		}
	}
}
