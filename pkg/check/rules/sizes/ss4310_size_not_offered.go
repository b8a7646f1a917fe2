package sizes

import (
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4310_size_not_offered.md
var sizeNotOfferedPage string

// sizeNotOffered reports sizes that the saved list does not offer in the region
// or the zones. Without a list the built-in one says what is likely.
var sizeNotOffered = &lint.Rule{
	Code: "SS4310", Name: "size-not-offered", Severity: diag.Error, Since: "0.2", Page: &sizeNotOfferedPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "no list of sizes is given and the included one does not have the size there, or the given one does not list it"}},
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-sku-not-available",
	Run:  checkSizeNotOffered,
}

func checkSizeNotOffered(p *lint.Pass) {
	if p.Options.Sizes == nil {
		checkListed(p)
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
					Detailf("Choose another size or region, unless the list was filtered when it was saved.")
			}
			continue
		case offer.Restricted:
			if seen.first(m.at) {
				p.Reportf(m.at, "size %s is not available to the subscription in %s (%s)", m.size.Name, location, saved.Name).
					Detailf("Azure returns SkuNotAvailable. Choose another size or region, or request access to the size.")
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
				p.Reportf(z, "size %s is not available in zone %s of %s (%s)", m.size.Name, zone, location, saved.Name).
					Relatedf(m.at, "the size").
					Detailf("Azure returns SkuNotAvailable. Choose another size, or remove the zone.")
			}
		}
	}
}

// checkListed judges by the built-in list, which is of one subscription and one
// day: what it says is likely, and not certain.
func checkListed(p *lint.Pass) {
	seen := once{}
	for _, m := range machines(p) {
		_, location, ok := p.Location(m.resource)
		if !ok {
			continue
		}
		region := regions.Normalize(location)
		a, ok := sizes.In(m.size.Name, region)
		switch zones := m.resource.Body.Get("zones"); {
		case !ok:
		case !a.Offered && seen.first(m.at):
			p.Reportf(m.at, "size %s was not available in %s on %s", m.size.Name, region, sizes.AsOf).Severity(diag.Warning).
				Detailf("Azure would return SkuNotAvailable. Check with: az vm list-skus -l %s --size %s --all.", region, m.size.Name)
		case a.Offered && a.Zones == 0 && zones.Exists() && len(zones.Items) > 0 && seen.first(zones):
			if r, found := regions.Find(region); !found || r.Zones != regions.HasZones {
				continue // the zones of the region are the business of another rule
			}
			p.Reportf(zones, "size %s was not available in any zone of %s on %s", m.size.Name, region, sizes.AsOf).Severity(diag.Warning).
				Relatedf(m.at, "the size").
				Detailf("Azure would return SkuNotAvailable. Remove zones, or choose another size.")
		}
	}
}
