package sizes

import (
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4310_size_not_offered.md
var sizeNotOfferedPage string

// sizeNotOffered reports sizes that the saved list does not offer in the region
// or the zones. Without a list it is silent.
var sizeNotOffered = &lint.Rule{
	Code: "SS4310", Name: "size-not-offered", Severity: diag.Error, Since: "0.2", Doc: sizeNotOfferedPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the saved list does not name the size"}},
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-sku-not-available",
	Run:  checkSizeNotOffered,
}

func checkSizeNotOffered(p *lint.Pass) {
	if p.Options.Sizes == nil {
		return
	}
	saved := p.Options.Sizes
	seen := once{}
	for _, m := range machines(p) {
		at, location, ok := p.Location(m.resource)
		location = regions.Normalize(location)
		if !ok {
			// The region of the resource group was not given: then the
			// list is about the place that is meant.
			if text(at) == "" {
				continue
			}
			location = saved.OneLocation()
		}
		if !saved.Covers(location) {
			continue
		}
		offer, ok := saved.Offer(m.size.Name, location)
		switch {
		case !ok:
			if seen.first(m.at) {
				p.Reportf(m.at, "%s does not list the size %s in %s", saved.Name, m.size.Name, location).Severity(diag.Warning).
					Detailf("The size is not available there, or the list was filtered when it was saved. Choose another size or region.")
			}
			continue
		case offer.Restricted:
			if seen.first(m.at) {
				p.Reportf(m.at, "the size %s is not available to the subscription in %s, says %s", m.size.Name, location, saved.Name).
					Detailf("Azure answers SkuNotAvailable. Choose another size or region, or ask for access to it.")
			}
			continue
		}
		zones := m.resource.Body.Get("zones")
		if zones == nil || offer.Zones == nil {
			continue
		}
		for _, z := range zones.Items {
			zone := text(z)
			if zone == "" || p.Assumed(zone) {
				continue
			}
			if (!slices.Contains(offer.Zones, zone) || slices.Contains(offer.RestrictedZones, zone)) && seen.first(z) {
				p.Reportf(z, "the size %s is not available in zone %s of %s, says %s", m.size.Name, zone, location, saved.Name).
					Relatedf(m.at, "the size").
					Detailf("Azure answers SkuNotAvailable. Choose another size, or leave the zone out.")
			}
		}
	}
}
