package sizes

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4302_size_ephemeral_disk.md
var sizeEphemeralDiskPage string

// sizeEphemeralDisk reports ephemeral OS disks for which the size has no room.
var sizeEphemeralDisk = &lint.Rule{
	Code: "SS4302", Name: "size-ephemeral-disk", Severity: diag.Error, Since: "0.2", Page: &sizeEphemeralDiskPage,
	Link: "https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks",
	Run:  checkSizeEphemeralDisk,
}

func checkSizeEphemeralDisk(p *lint.Pass) {
	seen := once{}
	for _, m := range machines(p) {
		disk := m.profile.Get("storageProfile", "osDisk")
		option := disk.Get("diffDiskSettings", "option")
		if !is(option, "Local") {
			continue
		}
		if m.size.EphemeralOSDisk == sizes.No {
			if seen.first(option) {
				p.Reportf(option, "size %s has no local storage for an ephemeral OS disk", m.size.Name).Relatedf(m.at, "the size").
					Detailf("Choose a size with a cache or a local disk, such as Standard_D2ds_v5, or remove diffDiskSettings. %s", said)
			}
			continue
		}
		at := disk.Get("diskSizeGB")
		n, ok := at.Int()
		room, where := roomOf(m.size, disk.Get("diffDiskSettings"))
		if !ok || room < 0 || n <= int64(room) || !seen.first(at) {
			continue
		}
		p.Reportf(at, "the ephemeral OS disk has %d GiB; the %s of size %s has %d GiB", n, where, m.size.Name, room).Relatedf(m.at, "the size").
			Detailf("Choose a size with more local storage, or a smaller disk. %s", said)
	}
}

// roomOf is the room for an ephemeral OS disk, or -1 when it is not known.
func roomOf(s sizes.Size, settings *expand.Node) (gib int, where string) {
	placement := settings.Get("placement")
	switch strings.ToLower(text(settings, "placement")) {
	case "cachedisk":
		return s.CacheGiB, "cache"
	case "resourcedisk":
		return s.TempGiB, "temporary disk"
	case "nvmedisk":
		return s.NVMeGiB, "NVMe disks"
	}
	if placement.Exists() || s.CacheGiB < 0 || s.TempGiB < 0 || s.NVMeGiB < 0 && s.NVMe != sizes.No {
		return -1, ""
	}
	if s.TempGiB > s.CacheGiB && s.TempGiB > s.NVMeGiB {
		return s.TempGiB, "temporary disk"
	}
	if s.NVMeGiB > s.CacheGiB {
		return s.NVMeGiB, "NVMe disks"
	}
	return s.CacheGiB, "cache"
}
