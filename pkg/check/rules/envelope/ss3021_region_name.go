package envelope

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/regions"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3021_region_name.md
var regionNamePage string

// regionName reports locations that are not a region: an error when one letter
// makes it a region, else a hint, since regions are added every year and Azure
// Stack has names of its own.
var regionName = &lint.Rule{
	Code: "SS3021", Name: "region-name", Severity: diag.Error, Since: "0.2", Page: &regionNamePage,
	Also: []diag.Level{{Severity: diag.Info, When: "the name does not resemble a known region"}},
	Link: "https://learn.microsoft.com/azure/reliability/regions-list",
	Run:  checkRegionName,
}

// notRegional are locations that are none: of resources without a region, and
// of the development kit of Azure Stack.
func notRegional(location string) bool {
	switch regions.Normalize(location) {
	case "global", "local", "unitedstates", "europe", "asiapacific", "us", "asia", "uk", "canada", "australia", "france", "germany", "india", "japan", "korea",
		"norway", "switzerland", "brazil", "southafrica", "uae":
		return true
	}
	return false
}

func checkRegionName(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		text, _ := r.Body.Get("location").Text()
		if _, known := regions.Find(text); known || text == "" || notRegional(text) {
			continue
		}
		at, text, ok := p.Location(r)
		if !ok || !seen.first(at) {
			continue
		}
		if near, ok := regions.Near(text); ok {
			p.Reportf(at, "%s is not a region; did you mean %s?", quote(text), near).
				Detailf("Azure returns LocationNotAvailableForResourceType. Write the name of a region.").
				Write("Write "+near, at, `"`+near+`"`)
			continue
		}
		p.Reportf(at, "%s is not a known region", quote(text)).Severity(diag.Info).
			Detailf("Check the name. The list of regions dates from %s; a newer region may be missing from it.", regions.AsOf)
	}
}
