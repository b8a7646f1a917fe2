package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4003_large_set_disks.md
var largeSetDisksPage string

// largeSetDisks reports a set of several placement groups with too few storage
// accounts for its disks. With overprovisioning on the number for each account
// is the same for all sets, and storage-account-spread counts it.
var largeSetDisks = &lint.Rule{
	Code: "SS4003", Name: "large-set-disks", Severity: diag.Warning, Since: "0.1", Doc: largeSetDisksPage,
	Guidance: []guidance.ID{guidance.LargeSetManagedDisks},
	Run:      checkLargeSetDisks,
}

func checkLargeSetDisks(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		each := set.Limit(guidance.LargeSetManagedDisks)
		over, sure := set.Overprovisions()
		n, ok := set.Capacity.Known()
		accounts := accountsOf(set.Storage.OSDisk.Containers)
		if !vmss.Is(set.SinglePlacementGroup, false) || over || !sure || !ok || accounts == 0 || !each.Exceeded((n+accounts-1)/accounts) {
			continue
		}
		p.Reportf(set.SinglePlacementGroup, "several placement groups with %d instances on %s, one for every %d is needed",
			n, lint.Count(accounts, "storage account"), each.Max()).
			Relatedf(set.Storage.OSDisk.Containers, "the containers of the disks").
			Detailf("Use managed disks, which such a set is made for, or %d storage accounts.", (n+each.Max()-1)/each.Max())
	}
}

// accountsOf counts the storage accounts of containers; one that is not known
// counts as an account of its own.
func accountsOf(containers vmss.List[vmss.Container]) int {
	names, unknown := map[string]bool{}, 0
	for _, c := range containers.Items {
		if c.Account == "" {
			unknown++
		} else {
			names[c.Account] = true
		}
	}
	return len(names) + unknown
}
