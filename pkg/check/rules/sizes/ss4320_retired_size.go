package sizes

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4320_retired_size.md
var retiredSizePage string

// retiredSize reports sizes that are retired, or will be within three years.
var retiredSize = &lint.Rule{
	Code: "SS4320", Name: "retired-size", Severity: diag.Warning, Since: "0.2", Doc: retiredSizePage,
	Also: []diag.Level{{Severity: diag.Info, When: "the retirement is more than a year ahead"}},
	Link: "https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list",
	Run:  checkRetiredSize,
}

func checkRetiredSize(p *lint.Pass) {
	seen := once{}
	for _, m := range named(p) {
		r, ok := retirements.OfSize(text(m.at))
		if !ok || !current(m) {
			continue
		}
		report(p, r, m.at, seen, "the size %s (%s) %s", text(m.at), r.What, r.When(p.Options.Today))
	}
}

// current reports whether a machine is written for an API version of today:
// templates of the preview use what there was.
func current(m machine) bool {
	return guidance.AtLeast(m.resource.APIVersion, guidance.Get(guidance.RetiredExtensions).Since)
}

// report makes the finding about a retirement, unless it is far ahead.
func report(p *lint.Pass, r retirements.Retirement, at lint.Placer, seen once, format string, args ...any) {
	stage := r.Stage(p.Options.Today)
	if stage == retirements.Far || !seen.first(at.Place()) {
		return
	}
	f := p.Reportf(at, format, args...)
	if stage == retirements.Near {
		f.Severity(diag.Info)
	}
	if r.Replacement != "" {
		f.Detailf("Replacement: %s. The list is of %s.", r.Replacement, retirements.AsOf)
	}
}
