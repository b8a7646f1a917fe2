package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4001_capacity_limit.md
var capacityLimitPage string

// capacityLimit reports a scale set with more instances than its kind of image,
// its disks and its placement group allow.
var capacityLimit = &lint.Rule{
	Code: "SS4001", Name: "capacity-limit", Severity: diag.Error, Since: "0.1", Page: &capacityLimitPage,
	Also: []diag.Level{{Severity: diag.Warning, When: "the limit is a recommendation, or depends on an image or an API version that is not certain"}},
	Guidance: []guidance.ID{
		guidance.CustomImageMax, guidance.CustomImageNotOverprovisioned, guidance.CustomImageOverprovisioned,
		guidance.PlacementGroupMax, guidance.PlacementGroupZonalDefault, guidance.ZonalPlacementGroupMax,
		guidance.PlatformImageMax, guidance.UnmanagedDisksMax, guidance.ManagedImageMax,
		guidance.MarketplaceImageMax, guidance.FlexibleMax,
	},
	Run: checkCapacityLimit,
}

func checkCapacityLimit(p *lint.Pass) {
	for _, set := range p.AllScaleSets {
		n, ok := set.Capacity.Known()
		if !ok {
			continue
		}
		if l, above := limits.Worst(limits.OfCapacity(set), n); above {
			p.Reportf(set.Capacity, "%s", l.Summary(n)).Severity(l.Severity).Cite(l.Says.ID).Detailf("%s", l.Remedy)
		}
	}
}
