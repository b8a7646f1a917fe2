package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5022_write_accelerator.md
var writeAcceleratorPage string

// writeAccelerator reports write accelerators on disks that cannot have one.
var writeAccelerator = &lint.Rule{
	Code: "SS5022", Name: "write-accelerator", Severity: diag.Error, Since: "0.1", Page: &writeAcceleratorPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "caching is ReadOnly"}},
	Guidance: []guidance.ID{guidance.WriteAccelerator}, Run: checkWriteAccelerator,
}

func checkWriteAccelerator(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		os := set.Storage.OSDisk
		checkAccelerated(p, os.WriteAccelerator, os.StorageAccountType, os.Caching)
		for _, disk := range set.Storage.DataDisks.Items {
			checkAccelerated(p, disk.WriteAccelerator, disk.StorageAccountType, disk.Caching)
		}
	}
}

func checkAccelerated(p *lint.Pass, on vmss.Field[bool], kind, caching vmss.Field[string]) {
	if !vmss.Is(on, true) {
		return
	}
	if k, ok := kind.Known(); ok && !strings.EqualFold(k, "Premium_LRS") {
		p.Reportf(kind, "a write accelerator needs a Premium_LRS disk, not %s", k).
			Relatedf(on, "writeAcceleratorEnabled").
			Detailf("Use storageAccountType Premium_LRS, or turn the write accelerator off.")
	}
	c, ok := caching.Known()
	if !ok || strings.EqualFold(c, "None") {
		return
	}
	f := p.Reportf(caching, "a write accelerator needs caching None, not %s", c).
		Relatedf(on, "writeAcceleratorEnabled").
		Detailf("Set caching to None, or turn the write accelerator off.").
		Write("write None", caching, `"None"`)
	if strings.EqualFold(c, "ReadOnly") {
		f.Severity(diag.Warning) // Azure's own page allows it for reads
	}
}
