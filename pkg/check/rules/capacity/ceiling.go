package capacity

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A ceiling is the most instances that a scale set may have, and why.
type ceiling struct {
	id       guidance.ID
	max      int
	severity diag.Severity // of going above it
	what     string        // what it is the most for
	advice   string
}

func limitOf(id guidance.ID, what, advice string) ceiling {
	return ceiling{id: id, max: guidance.Get(id).Limit, severity: diag.Error, what: what, advice: advice}
}

const (
	splitAdvice = "Lower the capacity, or split the instances over several scale sets."
	groupAdvice = "Lower the capacity, or set singlePlacementGroup to false, which needs managed disks and a Standard load balancer."
)

// ceilings are the limits that certainly hold for a set, the tightest error
// first. What is unknown is taken as whatever allows most.
func ceilings(set lint.ScaleSet) []ceiling {
	if set.Era == guidance.Preview {
		return previewCeilings(set)
	}
	if flexible, ok := set.Flexible(); !ok || flexible {
		return []ceiling{limitOf(guidance.FlexibleMax, "a Flexible scale set", splitAdvice)}
	}
	switch {
	case set.Storage.Image.Kind == vmss.ImageVHD:
		return customImageCeilings(set)
	case set.Partial():
		return []ceiling{limitOf(guidance.MarketplaceImageMax, "any scale set", splitAdvice)}
	}
	return uniformCeilings(set)
}

func previewCeilings(set lint.ScaleSet) []ceiling {
	if set.Storage.Image.Kind == vmss.ImageVHD {
		return []ceiling{limitOf(guidance.CustomImageMax, "a custom image in its one storage account",
			"Lower the capacity, split the instances over several scale sets with a copy of the image each, or use a platform image.")}
	}
	return []ceiling{limitOf(guidance.PlatformImageMax, "a scale set of the preview", splitAdvice)}
}

// customImageCeilings: 40 is the most whatever the rest of the template says;
// above 20, surplus instances overload the account, which the service lets pass.
func customImageCeilings(set lint.ScaleSet) []ceiling {
	all := []ceiling{limitOf(guidance.CustomImageNotOverprovisioned, "a custom image in a storage account",
		"Lower the capacity, or make a managed image of the VHD.")}
	if on, ok := set.Overprovisions(); ok && on {
		advised := limitOf(guidance.CustomImageOverprovisioned, "a custom image in a storage account with overprovisioning on",
			"Set overprovision to false, which allows 40, lower the capacity, or make a managed image of the VHD.")
		advised.severity = diag.Warning
		all = append(all, advised)
	}
	return all
}

func uniformCeilings(set lint.ScaleSet) []ceiling {
	if one, ok := set.OnePlacementGroup(); ok && one {
		return []ceiling{placementGroupCeiling(set)}
	}
	if set.Storage.OSDisk.Containers.Given() {
		return []ceiling{limitOf(guidance.UnmanagedDisksMax, "disks in storage accounts", "Lower the capacity, or use managed disks.")}
	}
	if set.Storage.Image.Kind == vmss.ImageManaged {
		return []ceiling{limitOf(guidance.ManagedImageMax, "a managed image", "Lower the capacity, or put the image into a compute gallery.")}
	}
	return []ceiling{limitOf(guidance.MarketplaceImageMax, "one scale set", splitAdvice)}
}

// placementGroupCeiling is 100 for a regional set. A zonal one is given 100 in
// each zone: whether the service allows that is not documented, so less would
// refuse what may deploy.
func placementGroupCeiling(set lint.ScaleSet) ceiling {
	zones, ok := set.Zones.Count()
	switch {
	case !ok:
		return limitOf(guidance.MarketplaceImageMax, "one scale set", splitAdvice)
	case zones > 1:
		c := limitOf(guidance.ZonalPlacementGroupMax, "one placement group over several zones", groupAdvice)
		c.max *= zones
		return c
	case !set.Says(guidance.PlacementGroupMax):
		return limitOf(guidance.PlatformImageMax, "one scale set", splitAdvice)
	}
	return limitOf(guidance.PlacementGroupMax, "one placement group", groupAdvice)
}
