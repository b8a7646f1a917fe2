package storage

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5012_unmanaged_disks_retired.md
var unmanagedDisksRetiredPage string

// unmanagedRetired reports disks in storage accounts, which are retired.
var unmanagedRetired = &lint.Rule{
	Code: "SS5012", Name: "unmanaged-disks-retired", Severity: diag.Warning, Since: "0.1", Page: &unmanagedDisksRetiredPage,
	Peers:    []string{"AZR-000238", "122d11d7-b91f-8747-a562-f56b79bcfbdc"},
	Guidance: []guidance.ID{guidance.UnmanagedDisksRetired}, Run: checkUnmanagedRetired,
}

func checkUnmanagedRetired(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.UnmanagedDisksRetired) || set.Storage.OSDisk.Managed.IsSet() {
			continue
		}
		advice := "Use osDisk.managedDisk instead"
		if !guidance.AtLeast(set.APIVersion, guidance.Get(guidance.OSDiskFromImage).Since) {
			advice = "Use API version " + guidance.Get(guidance.OSDiskFromImage).Since + " or later, and osDisk.managedDisk instead"
		}
		containers := set.Storage.OSDisk.Containers
		switch n, _ := containers.Count(); {
		case n > 0:
			p.Reportf(containers, "the OS disks are unmanaged (%s), retired on %s", lint.Count(n, "container"), retiredSince()).
				Detailf("%s of vhdContainers, and remove the storage accounts.", advice)
		case set.Storage.Image.Kind == vmss.ImageVHD:
			p.Reportf(set.Storage.Image.URI, "the image is a blob; unmanaged disks were retired on %s", retiredSince()).
				Detailf("Create an image from it (Microsoft.Compute/images or a compute gallery) and refer to that in imageReference. %s.", advice)
		}
	}
}

// retiredSince is the day on which unmanaged disks are retired.
func retiredSince() string {
	r, _ := retirements.OfFeature(retirements.UnmanagedDisks)
	return r.Date.Format("2 January 2006")
}
