package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7001_explicit_availability_set.md
var explicitAvailabilitySetPage string

// explicitAvailabilitySet reports a scale set that names an availability set: it is one already.
var explicitAvailabilitySet = &lint.Rule{
	Code: "SS7001", Name: "explicit-availability-set", Severity: diag.Warning, Since: "0.1", Page: &explicitAvailabilitySetPage, Replaces: []diag.Code{"SS3001"},
	Guidance: []guidance.ID{guidance.ImplicitAvailabilitySet, guidance.ImplicitAvailabilitySetCurrent},
	Run:      checkExplicitAvailabilitySet,
}

func checkExplicitAvailabilitySet(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		id := guidance.ImplicitAvailabilitySetCurrent
		if set.Era == guidance.Preview {
			id = guidance.ImplicitAvailabilitySet
		}
		for _, parent := range []*expand.Node{set.Properties, set.Profile} {
			if n := parent.Get("availabilitySet"); n.Exists() {
				p.Reportf(n, "a scale set cannot be in an availability set; it is one itself, with %d fault domains and 5 update domains", guidance.Get(id).Limit).
					Cite(id).Detailf("Remove availabilitySet: Azure spreads the instances without it.")
			}
		}
	}
}
