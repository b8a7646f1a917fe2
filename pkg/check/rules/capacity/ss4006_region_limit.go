package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4006_region_limit.md
var regionLimitPage string

// regionLimit reports more scale sets or instances in a region than one
// subscription holds, over all templates of a run. They may be for several
// subscriptions: hence no error.
var regionLimit = &lint.Rule{
	Code: "SS4006", Name: "region-limit", Severity: diag.Warning, Since: "0.1", Page: &regionLimitPage,
	Guidance: []guidance.ID{guidance.RegionVMMax, guidance.ScaleSetsPerRegion},
	Sum:      sumRegionLimit, RunAll: checkRegionLimit,
}

func sumRegionLimit(p *lint.Pass) any {
	return sums(p, func(pass *lint.Pass, set lint.ScaleSet) (string, int, int, bool) {
		region, n, ok := instances(pass, set)
		return region, n, set.Bound(guidance.RegionVMMax).Max(), ok
	}, func(pass *lint.Pass, set lint.ScaleSet) (string, int, int, bool) {
		region, ok := regionOf(pass, set)
		return region, 1, set.Bound(guidance.ScaleSetsPerRegion).Max(), ok && !set.Partial()
	})
}

func checkRegionLimit(p *lint.RunPass) {
	reportRegion(p, guidance.RegionVMMax, totals(p, 0), func(t total) string {
		return lint.Count(t.sum(), "instance") + " in " + t.holders()
	})
	reportRegion(p, guidance.ScaleSetsPerRegion, totals(p, 1), total.holders)
}

func reportRegion(p *lint.RunPass, id guidance.ID, all []total, what func(total) string) {
	for _, t := range all {
		at, max, ok := t.crossing()
		if !ok {
			continue
		}
		at.pass.ReportSpotf(at.set.set, "%s in %s; the limit of a subscription is %d %s", what(t), t.place(), max, guidance.Get(id).Unit).
			Cite(id).
			Detailf("%s Use several regions or subscriptions.", t.sentence())
	}
}
