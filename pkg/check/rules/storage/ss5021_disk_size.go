package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5021_disk_size.md
var diskSizePage string

// diskSize reports disks without a size that need one, and sizes that a disk
// cannot have.
var diskSize = &lint.Rule{
	Code: "SS5021", Name: "disk-size", Severity: diag.Warning, Since: "0.1", Page: &diskSizePage,
	Also:     []diag.Level{{Severity: diag.Error, When: "an empty data disk has no diskSizeGB"}},
	Guidance: []guidance.ID{guidance.DataDiskSize, guidance.DiskSizeMax}, Run: checkDiskSize,
}

func checkDiskSize(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		for _, disk := range set.Storage.DataDisks.Items {
			option, _ := disk.CreateOption.Known()
			if strings.EqualFold(option, "Empty") && disk.SizeGB.Absent() && set.Says(guidance.DataDiskSize) {
				p.Reportf(disk, "an empty data disk needs diskSizeGB").
					Severity(diag.Error). // mandatory: https://learn.microsoft.com/azure/templates/microsoft.compute/disks
					Cite(guidance.DataDiskSize).
					Detailf("Add diskSizeGB, in gigabytes.")
			}
			checkSize(p, disk.SizeGB)
		}
		os := set.Storage.OSDisk
		checkSize(p, os.SizeGB)
		limit := set.Bound(guidance.DiskSizeMax)
		if n, ok := os.SizeGB.Known(); ok && unmanaged(os) && limit.Exceeded(n) {
			p.Reportf(os.SizeGB, "diskSizeGB is %d; the limit of an unmanaged disk is %d", n, limit.Max()).Cite(limit.ID).
				Detailf("Use a managed disk, or a smaller one.")
		}
	}
}

func checkSize(p *lint.Pass, size vmss.Field[int]) {
	if n, ok := size.Known(); ok && n <= 0 {
		p.Reportf(size, "diskSizeGB is %d; the minimum is 1", n)
	}
}

func unmanaged(os vmss.OSDisk) bool {
	n, _ := os.Containers.Count()
	return n > 0
}
