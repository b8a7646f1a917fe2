package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4003_large_set_disks.md
var largeSetDisksPage string

// largeSetDisks reports a set of several placement groups with too few storage
// accounts for its disks. With overprovisioning on the number for each account
// is the same for all sets, and storage-account-spread counts it.
var largeSetDisks = &lint.Rule{
	Code: "SS4003", Name: "large-set-disks", Severity: diag.Warning, Since: "0.1", Page: &largeSetDisksPage,
	Guidance: []guidance.ID{guidance.LargeSetManagedDisks},
	Run:      checkLargeSetDisks,
}

func checkLargeSetDisks(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		n, ok := set.Capacity.Known()
		l, found := limits.OfLargeSetDisks(set)
		if !ok || !found || !l.Exceeded(n) {
			continue
		}
		accounts, each := len(limits.AccountsOf(set.Storage.OSDisk.Containers.Items).Accounts), l.Says.Limit
		p.Reportf(set.SinglePlacementGroup, "%d instances in several placement groups use %s; one for every %d is needed",
			n, lint.Count(accounts, "storage account"), each).
			Relatedf(set.Storage.OSDisk.Containers, "the containers of the disks").
			Detailf("Use managed disks, or %d storage accounts.", (n+each-1)/each)
	}
}
