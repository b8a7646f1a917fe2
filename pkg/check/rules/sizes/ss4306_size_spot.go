package sizes

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4306_size_spot.md
var sizeSpotPage string

// sizeSpot reports Spot priority with a size that has none.
var sizeSpot = &lint.Rule{
	Code: "SS4306", Name: "size-spot", Severity: diag.Error, Since: "0.2", Page: &sizeSpotPage,
	Link: "https://learn.microsoft.com/azure/virtual-machines/spot-vms",
	Run:  checkSizeSpot,
}

func checkSizeSpot(p *lint.Pass) {
	seen := once{}
	for _, m := range machines(p) {
		priority := text(m.profile, "priority")
		if (strings.EqualFold(priority, "Spot") || strings.EqualFold(priority, "Low")) && m.size.Spot == sizes.No && seen.first(m.at) {
			p.Reportf(m.at, "size %[2]s does not support %[1]s priority", priority, m.size.Name).Relatedf(m.profile.Get("priority"), "the priority").
				Detailf("Sizes of the B series and promotional sizes do not support Spot priority. Choose another size, or use priority Regular. %s", said)
		}
	}
}
