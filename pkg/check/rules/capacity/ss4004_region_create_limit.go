package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4004_region_create_limit.md
var regionCreatePage string

// regionCreate reports more instances in several sets of a region than the
// preview creates at a time, over all templates of a run.
var regionCreate = &lint.Rule{
	Code: "SS4004", Name: "region-create-limit", Severity: diag.Warning, Since: "0.1", Page: &regionCreatePage,
	Guidance: []guidance.ID{guidance.RegionCreateMax},
	Sum:      sumRegionCreate, RunAll: checkRegionCreate,
}

func sumRegionCreate(p *lint.Pass) any {
	return sums(p, func(pass *lint.Pass, set lint.ScaleSet) (string, int, int, bool) {
		region, n, ok := instances(pass, set)
		return region, n, set.Bound(guidance.RegionCreateMax).Max(), ok && set.Says(guidance.RegionCreateMax)
	})
}

func checkRegionCreate(p *lint.RunPass) {
	for _, t := range totals(p, 0) {
		at, max, ok := t.crossing()
		if !ok || len(t.shares) < 2 {
			continue
		}
		f := at.pass.ReportSpotf(at.set.capacity, "%d instances are created at once in %s of %s; the limit is %d", t.sum(), t.holders(), t.place(), max).
			Detailf("%s Deploy them one after the other, or use several regions.", t.sentence())
		t.related(f, at)
	}
}
