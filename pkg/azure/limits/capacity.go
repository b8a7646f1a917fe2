package limits

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The codes and rules for limits of the capacity itself.
const (
	codeCapacity        diag.Code = "SS4001"
	ruleCapacity                  = "capacity-limit"
	codeLargeSetDisks   diag.Code = "SS4003"
	ruleLargeSetDisks             = "large-set-disks"
	codeFlexibleDomains diag.Code = "SS4008"
	ruleFlexibleDomains           = "flexible-domains-limit"
	codeAccounts        diag.Code = "SS5001"
	ruleAccounts                  = "storage-account-spread"
)

const (
	splitAdvice = "Lower the capacity, or divide the instances over several scale sets."
	groupAdvice = "Lower the capacity, or set singlePlacementGroup to false, which needs managed disks and a Standard load balancer and cannot be undone."
)

// capacityLimit returns the limit of the number of instances that a statement
// gives.
func capacityLimit(id guidance.ID, reason, remedy string) Limit {
	says := guidance.Get(id)
	return Limit{Name: Capacity, Max: says.Limit, Severity: diag.Error, Code: codeCapacity, Rule: ruleCapacity, Reason: reason, Remedy: remedy, Says: says}
}

// capacityLimits returns the limits of the image, the disks, the orchestration
// mode and the placement group.
func capacityLimits(set ScaleSet) []Limit {
	all := imageLimits(set)
	if group, ok := placementGroup(set); ok {
		all = append(all, group)
	}
	for i := range all {
		all[i].Place = set.Capacity.Place()
	}
	return all
}

// imageLimits returns the limits of the image and its disks, at least one.
func imageLimits(set ScaleSet) []Limit {
	kind := set.Storage.Image.Kind
	if set.Era == guidance.Preview {
		if kind == vmss.ImageVHD {
			return []Limit{capacityLimit(guidance.CustomImageMax, "the limit of a custom image, whose disks share one storage account",
				"Lower the capacity, divide the instances over several scale sets with a copy of the image each, or use a platform image.")}
		}
		return []Limit{OfEra(set.Era)}
	}
	if flexible, ok := set.Flexible(); !ok || flexible {
		return []Limit{capacityLimit(guidance.FlexibleMax, "the limit of a Flexible scale set", splitAdvice)}
	}
	switch {
	case kind == vmss.ImageVHD:
		return customImage(set)
	case set.Partial():
	case set.Storage.OSDisk.Containers.IsSet():
		return []Limit{capacityLimit(guidance.UnmanagedDisksMax, "the limit of a scale set with disks in storage accounts", "Lower the capacity, or use managed disks.")}
	case kind == vmss.ImageManaged:
		return []Limit{capacityLimit(guidance.ManagedImageMax, "the limit of a scale set of a managed image", "Lower the capacity, or put the image into a compute gallery.")}
	}
	return []Limit{OfEra(set.Era)}
}

// customImage returns the limits of a custom image: 40 with any settings. Above
// 20, surplus instances overload the account, which Azure accepts.
func customImage(set ScaleSet) []Limit {
	all := []Limit{capacityLimit(guidance.CustomImageNotOverprovisioned, "the limit of a custom image in a storage account",
		"Lower the capacity, or make a managed image of the VHD.")}
	if on, ok := set.Overprovisions(); ok && on {
		advised := capacityLimit(guidance.CustomImageOverprovisioned, "the recommended limit of a custom image in a storage account with overprovisioning on",
			"Set overprovision to false, which allows 40, lower the capacity, or make a managed image of the VHD.")
		advised.Severity = diag.Warning
		all = append(all, advised)
	}
	return all
}

// placementGroup returns the limit of a single placement group: 100 for a
// regional set, and 100 for each zone of a zonal set. The limit of a zonal set
// is not documented, and a lower one might report an error for a template that
// deploys.
func placementGroup(set ScaleSet) (l Limit, ok bool) {
	if one, known := set.OnePlacementGroup(); !known || !one || set.Partial() || set.Era == guidance.Preview {
		return l, false
	}
	if flexible, known := set.Flexible(); !known || flexible {
		return l, false
	}
	zones, known := set.Zones.Count()
	switch {
	case !known:
		return l, false
	case zones > 1:
		l = capacityLimit(guidance.ZonalPlacementGroupMax, "", groupAdvice)
		l.Max *= zones
		l.Reason = fmt.Sprintf("%d in one placement group for each of %d zones", l.Says.Limit, zones)
	case !set.Says(guidance.PlacementGroupMax):
		l = capacityLimit(guidance.PlatformImageMax, "the limit of a scale set of this API version", splitAdvice)
	default:
		l = capacityLimit(guidance.PlacementGroupMax, "the limit of one placement group", groupAdvice)
	}
	l.Name = PlacementGroup
	return l, true
}

// OfFlexibleDomains returns the limit of a Flexible set with fixed fault
// domains; ok is false for other sets. It does not apply to sizes with
// memory-preserving maintenance, which a template does not show: it is not an
// error.
func OfFlexibleDomains(set ScaleSet) (l Limit, ok bool) {
	flexible, known := set.Flexible()
	domains, fixed := set.FaultDomains.Known()
	bound := set.Bound(guidance.FlexibleFixedDomainsMax)
	if !known || !flexible || !fixed || domains < 2 || bound.Max() == 0 {
		return l, false
	}
	return Limit{
		Name: FlexibleDomains, Max: bound.Max(), Severity: diag.Warning, Code: codeFlexibleDomains, Rule: ruleFlexibleDomains, Says: bound.Statement,
		Place:  set.Capacity.Place(),
		Reason: fmt.Sprintf("the limit of a Flexible scale set with %d fault domains", domains),
		Remedy: "Sizes with memory-preserving maintenance do not have this limit. For others set platformFaultDomainCount to 1, or lower the capacity.",
	}, true
}
