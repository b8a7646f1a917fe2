package storage

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5009_managed_with_containers.md
var managedWithContainersPage string

// managedContainers reports an OS disk that is both managed and in a container.
var managedContainers = &lint.Rule{
	Code: "SS5009", Name: "managed-with-containers", Severity: diag.Warning, Since: "0.1", Page: &managedWithContainersPage,
	Guidance: []guidance.ID{guidance.ContainersOrManaged}, Run: checkManagedContainers,
}

func checkManagedContainers(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		disk := set.Storage.OSDisk
		n, ok := disk.Containers.Count()
		if _, managed := disk.Managed.Known(); !managed || !ok || n == 0 || !set.Says(guidance.ContainersOrManaged) {
			continue
		}
		p.Reportf(disk.Containers, "%s listed for a managed disk, which uses none", lint.Count(n, "container")).
			Relatedf(disk.Managed, "managedDisk").
			Detailf("Keep managedDisk and remove vhdContainers; unmanaged disks are retired.").
			Remove("remove vhdContainers", disk.Containers)
	}
}
