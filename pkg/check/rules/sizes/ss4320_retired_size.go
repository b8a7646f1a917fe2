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

// retiredSize reports sizes that are retired, or will be within a year.
var retiredSize = &lint.Rule{
	Code: "SS4320", Name: "retired-size", Severity: diag.Warning, Since: "0.2", Page: &retiredSizePage,
	Peers:   []string{"AZR-000240", "AZR-000241"},
	Also:    []diag.Level{{Severity: diag.Info, When: "the retirement is more than a year away, but within the option `months`"}},
	Link:    "https://learn.microsoft.com/azure/virtual-machines/sizes/retirement/retired-sizes-list",
	Options: []lint.Option{monthsAhead},
	Run:     checkRetiredSize,
}

// monthsAhead is the option of the rules about retirements.
var monthsAhead = lint.Option{Name: "months", Kind: lint.Number, Default: 12, Most: 240,
	Doc: "How many months ahead a retirement is reported; 0 reports only what is retired"}

func checkRetiredSize(p *lint.Pass) {
	seen := once{}
	for _, m := range named(p) {
		r, ok := retirements.OfSize(text(m.at))
		if !ok || !current(m) {
			continue
		}
		report(p, r, m.at, seen, "size %s (%s) %s", text(m.at), r.What, r.When(p.Options.Today))
	}
}

// current reports whether a machine is written for an API version of today:
// templates of the preview use what there was.
func current(m machine) bool {
	return guidance.AtLeast(m.resource.APIVersion, guidance.Get(guidance.RetiredExtensions).Since)
}

// report makes the finding about a retirement, unless it is far ahead.
func report(p *lint.Pass, r retirements.Retirement, at lint.Placer, seen once, format string, args ...any) {
	if !r.Within(p.Options.Today, p.Number("months")) || !seen.first(at.Place()) {
		return
	}
	f := p.Reportf(at, format, args...)
	if !r.Within(p.Options.Today, 12) {
		f.Severity(diag.Info)
	}
	if r.Replacement != "" {
		f.Detailf("Use %s instead. The list of retirements dates from %s.", r.Replacement, retirements.AsOf)
	}
}
