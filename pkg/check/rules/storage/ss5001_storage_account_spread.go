package storage

import (
	_ "embed"
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5001_storage_account_spread.md
var accountSpreadPage string

// accountSpread reports a scale set whose disks are spread over too few storage
// accounts. The preview states the number as a limit; later pages as a plan.
var accountSpread = &lint.Rule{
	Code: "SS5001", Name: "storage-account-spread", Severity: diag.Warning, Since: "0.1", Page: &accountSpreadPage,
	Also: []diag.Level{{Severity: diag.Error, When: "the scale set is checked against the guidance of the preview, or has more than 40 instances per container"}},
	Guidance: []guidance.ID{
		guidance.AccountMaxPreview, guidance.AccountMaxOverprovisioned, guidance.AccountMaxNotOverprovisioned,
		guidance.PlatformImageContainers,
	},
	Run: checkAccountSpread,
}

func reportContainers(p *lint.Pass, set lint.ScaleSet, n, count int) {
	need := (n + limits.MostForContainer - 1) / limits.MostForContainer
	p.Reportf(set.Storage.OSDisk.Containers, "%s for %d instances; Azure requires %d", lint.Count(count, "container"), n, need).Severity(diag.Error).
		Relatedf(set.Capacity, "the capacity of %d", n).
		Detailf("Add containers in other storage accounts, or use managed disks.")
}

func checkAccountSpread(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.Capacity.Known()
		containers := set.Storage.OSDisk.Containers
		limit := limits.AccountBound(set)
		count, known := containers.Count()
		few := ok && known && count > 0 && n > limits.MostForContainer*count
		if !ok || len(containers.Items) == 0 || limit.Max() == 0 {
			if few {
				reportContainers(p, set, n, count)
			}
			continue
		}
		worst := fullest(containers.Items, n)
		if !limit.Exceeded(worst.instances) {
			if few {
				reportContainers(p, set, n, count)
			}
			continue
		}
		need := (n + limit.Max() - 1) / limit.Max()
		f := p.Reportf(worst.place(containers), "%s; the limit is %d", worst.sentence(n, len(containers.Items)), limit.Max()).
			Cite(limit.ID).
			Relatedf(set.Capacity, "the capacity of %d", n).
			Detailf("%s", spreadAdvice(need, worst.Name))
		if edits := spreadOver(p, containers, need, worst.Name); edits != nil {
			f.Fix(fmt.Sprintf("spread the disks over %d accounts", need), edits...)
		}
		if set.Era == guidance.Preview || few {
			f.Severity(diag.Error)
		}
	}
}
