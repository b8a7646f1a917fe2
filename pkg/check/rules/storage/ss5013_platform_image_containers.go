package storage

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5013_platform_image_containers.md
var platformImageContainersPage string

// platformImageContainers reports a platform image without a place for the disks,
// in API versions that have no managed disks.
var platformImageContainers = &lint.Rule{
	Code: "SS5013", Name: "platform-image-containers", Severity: diag.Warning, Since: "0.1", Page: &platformImageContainersPage,
	Guidance: []guidance.ID{guidance.PlatformImageContainers}, Run: checkPlatformImageContainers,
}

func checkPlatformImageContainers(p *lint.Pass) {
	managed := guidance.Get(guidance.ManagedDisksFirst).Since
	for _, set := range p.ScaleSets {
		disk := set.Storage.OSDisk
		n, ok := disk.Containers.Count()
		if set.Storage.Image.Kind != vmss.ImagePlatform || !ok || n > 0 || guidance.AtLeast(set.APIVersion, managed) || disk.Managed.IsSet() {
			continue
		}
		p.Reportf(disk, "a platform image needs vhdContainers in API version %s, which has no managed disks", set.APIVersion).
			Detailf("List containers of several storage accounts in osDisk.vhdContainers, or use API version 2017-03-30 or later.")
	}
}
