package envelope

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3022_zone_form.md
var zoneFormPage string

// zoneForm reports availability zones that are not a number, that are listed
// twice, or in a region without zones.
var zoneForm = &lint.Rule{
	Code: "SS3022", Name: "zone-form", Severity: diag.Error, Since: "0.2", Page: &zoneFormPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the region has no availability zones"}},
	Link: "https://learn.microsoft.com/azure/reliability/availability-zones-overview",
	Run:  checkZoneForm,
}

func checkZoneForm(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		zones := r.Body.Get("zones")
		if zones == nil || len(zones.Items) == 0 {
			continue
		}
		for _, z := range zones.Items {
			checkZone(p, z, seen)
		}
		at, text, ok := p.Location(r)
		region, known := regions.Find(text)
		if ok && known && region.Listed && region.Zones == regions.NoZones && seen.first(at) {
			p.Reportf(zones, "%s has no availability zones", region.Name).Severity(diag.Warning).
				Relatedf(at, "the location").
				Detailf("Remove zones, or choose a region with zones. The list of regions dates from %s.", regions.AsOf)
		}
	}
}

func checkZone(p *lint.Pass, z *expand.Node, seen once) {
	text, ok := z.Text()
	if !ok || z.NeedsValue() || p.Assumed(text) || strings.TrimSpace(text) == "" && p.Written(z) == nil {
		return
	}
	if text == "1" || text == "2" || text == "3" || !seen.first(z) {
		return
	}
	if strings.Trim(text, "0123456789") == "" && text != "" {
		p.Reportf(z, "availability zone %s does not exist", text).
			Detailf("Use zone 1, 2 or 3. Azure returns InvalidAvailabilityZone for other zones.")
		return
	}
	p.Reportf(z, "the zone %s is not a number", quote(text)).
		Detailf("Azure returns InvalidAvailabilityZone. Write \"1\", \"2\" or \"3\".")
}
