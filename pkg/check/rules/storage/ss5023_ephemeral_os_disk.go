package storage

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss5023_ephemeral_os_disk.md
var ephemeralOsDiskPage string

// ephemeralDisk reports ephemeral OS disks that Azure rejects.
var ephemeralDisk = &lint.Rule{
	Code: "SS5023", Name: "ephemeral-os-disk", Severity: diag.Error, Since: "0.1", Page: &ephemeralOsDiskPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "caching is not set, or vhdContainers are listed"}},
	Guidance: []guidance.ID{guidance.EphemeralCaching}, Run: checkEphemeralDisk,
}

func checkEphemeralDisk(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		os := set.Storage.OSDisk
		if settings, ok := os.Ephemeral.Known(); !ok || !settings.Get("option").Exists() {
			continue
		}
		if caching, ok := os.Caching.Known(); ok && !strings.EqualFold(caching, "ReadOnly") {
			p.Reportf(os.Caching, "an ephemeral OS disk needs caching ReadOnly, not %s", caching).
				Relatedf(os.Ephemeral, "diffDiskSettings").
				Detailf("Set caching to ReadOnly: the disk is on the host, and is cached there for reads only.").
				Write("write ReadOnly", os.Caching, `"ReadOnly"`)
		} else if os.Caching.Absent() {
			p.Reportf(os, "an ephemeral OS disk needs caching ReadOnly").Severity(diag.Warning).
				Detailf("Add caching: ReadOnly.")
		}
		if n, _ := os.Containers.Count(); n > 0 {
			p.Reportf(os.Containers, "%s listed for an ephemeral OS disk, which is on the host", lint.Count(n, "container")).Severity(diag.Warning).
				Relatedf(os.Ephemeral, "diffDiskSettings").
				Remove("remove vhdContainers", os.Containers)
		}
	}
}
