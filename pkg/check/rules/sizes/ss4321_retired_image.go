package sizes

import (
	_ "embed"
	"time"

	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4321_retired_image.md
var retiredImagePage string

// retiredImage reports platform images whose distribution is out of support, or
// will be within a year. It is off by default, because such an image deploys
// until its publisher removes it.
var retiredImage = &lint.Rule{
	Code: "SS4321", Name: "retired-image", Severity: diag.Warning, Since: "0.2", Page: &retiredImagePage,
	Peers:        []string{"83d61669-7bd6-9642-a305-175db8adcdf4"},
	Also:         []diag.Level{{Severity: diag.Info, When: "support ends in more than a year, but within the option `months`"}},
	Link:         "https://learn.microsoft.com/azure/virtual-machines/linux/endorsed-distros",
	OffByDefault: true,
	Options:      []lint.Option{monthsAhead},
	Run:          checkRetiredImage,
}

func checkRetiredImage(p *lint.Pass) {
	seen := once{}
	for _, m := range named(p) {
		image := m.image()
		sku := image.Get("sku")
		r, ok := retirements.OfImage(text(image, "publisher"), text(image, "offer"), text(sku))
		if !ok || text(sku) == "" || !current(m) {
			continue
		}
		verb := "ends"
		if r.Past(p.Options.Today) {
			verb = "ended"
		}
		report(p, r, sku, seen, "the support of %s %s on %s", r.What, verb, r.Date.Format(time.DateOnly))
	}
}
