package sizes

import (
	_ "embed"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4320_retired_size.md
var retiredSizePage string

// retiredSize reports sizes that have a date of retirement.
var retiredSize = &lint.Rule{
	Code: "SS4320", Name: "retired-size", Severity: diag.Warning, Since: "0.2", Doc: retiredSizePage,
	Link: "https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list",
	Run:  checkRetiredSize, OffByDefault: true,
}

func checkRetiredSize(p *lint.Pass) {
	seen := once{}
	for _, m := range named(p) {
		r, ok := retirements.OfSize(text(m.at))
		if !ok || !seen.first(m.at) {
			continue
		}
		verb := "has the retirement date" // when nobody says which day it is
		if today := p.Options.Today; !today.IsZero() {
			verb = "will be retired on"
			if !today.Before(r.Date) {
				verb = "was retired on"
			}
		}
		f := p.Reportf(m.at, "the size %s (%s) %s %s", text(m.at), r.What, verb, r.Date.Format(time.DateOnly))
		if r.Replacement != "" {
			f.Detailf("Replacement: %s. The list is of %s.", r.Replacement, retirements.AsOf)
		}
	}
}
