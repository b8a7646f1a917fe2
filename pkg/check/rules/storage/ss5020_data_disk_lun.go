package storage

import (
	_ "embed"
	"strconv"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5020_data_disk_lun.md
var dataDiskLunPage string

// dataDiskLUN reports data disks of one set that have the same number.
var dataDiskLUN = &lint.Rule{
	Code: "SS5020", Name: "data-disk-lun", Severity: diag.Error, Since: "0.1", Page: &dataDiskLunPage,
	Guidance: []guidance.ID{guidance.DataDiskLUN}, Run: checkDataDiskLUN,
}

func checkDataDiskLUN(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.DataDiskLUN) {
			continue
		}
		disks := set.Storage.DataDisks.Items
		first := map[int]vmss.DataDisk{}
		free, sure := freeLUN(disks)
		for _, disk := range disks {
			lun, ok := disk.LUN.Known()
			earlier, again := first[lun]
			if !ok || !again {
				first[lun] = disk
				continue
			}
			f := p.Reportf(disk.LUN, "two data disks have LUN %d; each needs its own", lun).
				Relatedf(earlier.LUN, "the first one").
				Detailf("Number the disks from 0; in a loop, with copyIndex().")
			if sure && disk.LUN.Place().At() != earlier.LUN.Place().At() {
				f.Write("give it LUN "+strconv.Itoa(free), disk.LUN, strconv.Itoa(free))
			}
		}
	}
}

// freeLUN is the lowest number that no disk has; known is false when a disk may
// have any.
func freeLUN(disks []vmss.DataDisk) (lun int, known bool) {
	used := map[int]bool{}
	for _, disk := range disks {
		n, ok := disk.LUN.Known()
		if !ok {
			return 0, false
		}
		used[n] = true
	}
	for used[lun] {
		lun++
	}
	return lun, true
}
