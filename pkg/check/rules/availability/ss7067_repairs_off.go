package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7067_repairs_off.md
var repairsOffPage string

// repairsOff reports a set that knows the health of its instances and does not repair them.
var repairsOff = &lint.Rule{
	Code: "SS7067", Name: "repairs-off", Severity: diag.Info, Since: "0.1", Page: &repairsOffPage, OffByDefault: true,
	Peers:    []string{"AZR-000426", "820f4743-1f94-e946-ae0b-45efafd87962"},
	Guidance: []guidance.ID{guidance.RepairsOn},
	Run:      checkRepairsOff,
}

func checkRepairsOff(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		on, ok := set.Repairs.Enabled.Or(false)
		if set.Era != guidance.Preview && ok && !on && knowsHealth(set) && !set.MayBeServiceFabric() {
			p.Reportf(set.ScaleSet, "automatic repairs are off, although the scale set has a health source").
				Cite(guidance.RepairsOn).Detailf("Add automaticRepairsPolicy with enabled true and a grace period that covers the start of the application.")
		}
	}
}
