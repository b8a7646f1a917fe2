package profile

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4115_capacity_reservation.md
var capacityReservationPage string

// capacityReservation reports reservations of capacity in sets that cannot use
// them.
var capacityReservation = &lint.Rule{
	Code: "SS4115", Name: "capacity-reservation", Severity: diag.Error, Since: "0.1", Page: &capacityReservationPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "singlePlacementGroup is not set"}},
	Guidance: []guidance.ID{guidance.CapacityReservation}, Run: checkCapacityReservation,
}

func checkCapacityReservation(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.CapacityReservation.ID.IsSet() || set.CapacityReservation.ID.State == vmss.Unknown {
			continue
		}
		if one, ok := set.OnePlacementGroup(); ok && one {
			f := p.Reportf(set.SinglePlacementGroup, "a capacity reservation needs singlePlacementGroup false").
				Relatedf(set.CapacityReservation, "the reservation").
				Detailf("Set singlePlacementGroup to false; the default without zones is true.")
			if set.SinglePlacementGroup.Absent() {
				f.Severity(diag.Warning)
			} else {
				f.Write("write false", set.SinglePlacementGroup, "false")
			}
		}
		if id, ok := set.ProximityGroup.ID.Known(); ok && id != "" {
			p.Reportf(set.ProximityGroup, "a capacity reservation and a proximity placement group exclude each other").
				Relatedf(set.CapacityReservation, "the reservation").
				Detailf("Remove one of them.")
		}
	}
}
