package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7052_rolling_unhealthy_below_batch.md
var rollingUnhealthyBelowBatchPage string

// rollingUnhealthyBelowBatch reports a rolling upgrade that allows fewer unhealthy instances than one batch has.
var rollingUnhealthyBelowBatch = &lint.Rule{
	Code: "SS7052", Name: "rolling-unhealthy-below-batch", Severity: diag.Warning, Since: "0.1", Page: &rollingUnhealthyBelowBatchPage,
	Guidance: []guidance.ID{guidance.RollingUnhealthy},
	Run:      checkRollingUnhealthyBelowBatch,
}

func checkRollingUnhealthyBelowBatch(p *lint.Pass) {
	const byDefault = 20 // of both percentages
	for _, set := range p.ScaleSets {
		rolling := set.UpgradePolicy.Rolling
		batch, ok := rolling.MaxBatchPercent.Or(byDefault)
		unhealthy, known := rolling.MaxUnhealthyPercent.Or(byDefault)
		if rolling.State != vmss.Known || !ok || !known || unhealthy >= batch {
			continue
		}
		at := rolling.MaxUnhealthyPercent
		if at.Absent() {
			at = rolling.MaxBatchPercent
		}
		p.Reportf(at, "a batch is %d%% of the instances, but only %d%% may be unhealthy", batch, unhealthy).
			Cite(guidance.RollingUnhealthy).Detailf("Raise maxUnhealthyInstancePercent to at least maxBatchInstancePercent: instances are unhealthy while they are updated.")
	}
}
