package envelope

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/types"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3020_location_missing.md
var locationMissingPage string

// locationMissing reports regional resources without a location.
var locationMissing = &lint.Rule{
	Code: "SS3020", Name: "location-missing", Severity: diag.Error, Since: "0.2", Page: &locationMissingPage,
	Peers: []string{"Resources-Should-Have-Location"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-location",
	Run:   checkLocationMissing,
}

func checkLocationMissing(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		if !types.NeedsLocation(r.Type) || !r.Body.Known() {
			continue
		}
		at := r.Body.Get("location")
		text, known := at.Text()
		switch {
		case !at.Exists():
			if place := r.Body.Get("type"); seen.first(place) {
				p.Reportf(place, "%s has no location", r.Type).
					Detailf("Add \"location\": \"[resourceGroup().location]\", or use a parameter.")
			}
		case known && text == "" && !at.NeedsValue() && p.Written(at) != nil && seen.first(at):
			p.Reportf(at, "the location of %s is empty", r.Type).
				Detailf("Write \"[resourceGroup().location]\", or use a parameter.")
		}
	}
}
