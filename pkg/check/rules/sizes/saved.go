package sizes

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// find is the size of a name: what the saved list says of it, and the table for
// the rest. ok is false for a size about which nothing is certain.
func find(p *lint.Pass, name string) (size sizes.Size, ok bool) {
	size, ok = sizes.Find(name)
	ok = ok && size.Listed
	listed, saved := p.Options.Sizes.Listed(name)
	if !saved {
		return size, ok
	}
	if !ok {
		size = sizes.Size{Name: listed.Name, DataDisks: -1, Interfaces: -1, CacheGiB: -1, TempGiB: -1, NVMeGiB: -1}
	}
	overlay(&size, p.Options.Sizes)
	return size, true
}

// overlay puts what the saved list says over the size. The names of the
// capabilities are those of the Resource SKUs API:
// https://learn.microsoft.com/rest/api/compute/resource-skus/list
func overlay(s *sizes.Size, saved *quota.Sizes) {
	of := func(name string) string { return saved.Capability(s.Name, name) }
	answer := func(at *sizes.Support, name string) {
		switch strings.ToLower(of(name)) {
		case "true":
			*at = sizes.Yes
		case "false":
			*at = sizes.No
		}
	}
	answer(&s.PremiumStorage, "PremiumIO")
	answer(&s.AcceleratedNetworking, "AcceleratedNetworkingEnabled")
	answer(&s.EphemeralOSDisk, "EphemeralOSDiskSupported")
	answer(&s.EncryptionAtHost, "EncryptionAtHostSupported")
	answer(&s.Spot, "LowPriorityCapable")
	switch strings.ToLower(of("TrustedLaunchDisabled")) {
	case "true":
		s.TrustedLaunch = sizes.No
	case "false":
		s.TrustedLaunch = sizes.Yes
	}
	if of("ConfidentialComputingType") != "" {
		s.Confidential = sizes.Yes
	}
	among := func(at *sizes.Support, name, want string) {
		if list := of(name); list != "" {
			*at = sizes.No
			for item := range strings.SplitSeq(list, ",") {
				if strings.EqualFold(strings.TrimSpace(item), want) {
					*at = sizes.Yes
				}
			}
		}
	}
	among(&s.Generation1, "HyperVGenerations", "V1")
	among(&s.Generation2, "HyperVGenerations", "V2")
	among(&s.SCSI, "DiskControllerTypes", "SCSI")
	among(&s.NVMe, "DiskControllerTypes", "NVMe")
	among(&s.Arm64, "CpuArchitectureType", "Arm64")
	number := func(at *int, name string, unit int64) {
		if n, err := strconv.ParseInt(of(name), 10, 64); err == nil && n >= 0 {
			*at = int(n / unit)
		}
	}
	number(&s.DataDisks, "MaxDataDiskCount", 1)
	number(&s.Interfaces, "MaxNetworkInterfaces", 1)
	number(&s.CacheGiB, "CachedDiskBytes", 1<<30)
	number(&s.TempGiB, "MaxResourceVolumeMB", 1<<10)
	number(&s.NVMeGiB, "NvmeDiskSizeInMiB", 1<<10)
}
