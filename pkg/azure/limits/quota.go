package limits

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The code and rule for limits of the quota.
const (
	codeQuota diag.Code = "SS4007"
	ruleQuota string    = "core-quota"
)

// Takes returns the amount that one instance of a set uses of a row of the
// quota, in the unit of the row; ok is false if it uses nothing of it or the
// amount is unknown. A scale set as a whole uses one of the row of scale sets.
func Takes(row quota.Row, sizes *quota.Sizes, set ScaleSet) (each int, ok bool) {
	switch {
	case strings.EqualFold(row.Name, quota.VirtualMachines):
		return 1, true
	case strings.EqualFold(row.Name, quota.ScaleSets):
		return 1, !set.Partial()
	}
	size, ok1 := sizeOf(sizes, set)
	spot, ok2 := set.Spot()
	if !ok1 || !ok2 {
		return 0, false
	}
	switch {
	case strings.EqualFold(row.Name, quota.SpotCores):
		return size.Cores, spot
	case strings.EqualFold(row.Name, quota.Cores), size.Family != "" && strings.EqualFold(row.Name, size.Family):
		return size.Cores, !spot
	}
	return 0, false
}

// sizeOf returns the size of the instances of a set. For an instance mix it is
// the smallest possible size: the fewest cores of its sizes, and their family
// if they share one. ok is false if a size is unknown.
func sizeOf(sizes *quota.Sizes, set ScaleSet) (size quota.Size, ok bool) {
	mix := set.Properties.Get("skuProfile", "vmSizes")
	if mix == nil {
		name, known := set.SKUName.Known()
		size, ok = sizes.Find(name)
		return size, known && ok
	}
	for i, item := range mix.Items {
		name, known := item.Get("name").Text()
		one, found := sizes.Find(name)
		if !known || !found {
			return quota.Size{}, false
		}
		switch {
		case i == 0:
			size = one
		case !strings.EqualFold(one.Family, size.Family):
			size.Family = ""
		}
		size.Cores = min(size.Cores, one.Cores)
	}
	return size, len(mix.Items) > 0
}

// quotaLimits returns the limits of the rows of the quota. More than the limit
// of a row is certainly rejected. The instances of the set itself may be in use
// already: the free part of the quota is a certain limit only if the number of
// existing instances is known.
func quotaLimits(set ScaleSet, o Options) (all []Limit) {
	if o.Usage == nil || set.Resource.Conditional || set.Resource.Repeated {
		return nil
	}
	region, known := set.Region()
	if !known && !o.UsageOfSet {
		return nil
	}
	for _, row := range o.Usage.Rows {
		each, ok := Takes(row, o.Sizes, set)
		if !ok || each == 0 || strings.EqualFold(row.Name, quota.ScaleSets) {
			continue
		}
		others, oneRegion := 0, true
		for _, other := range set.siblings(true) {
			n, takes := Takes(row, o.Sizes, other)
			r, known := other.Region()
			switch {
			case !takes || !known:
			case r == region:
				others += n * capacityOf(other)
			case capacityOf(other) > 0:
				oneRegion = false
			}
		}
		all = append(all, QuotaLimits(row, each, others, oneRegion, o.Existing)...)
	}
	for i := range all {
		all[i].Place = set.Capacity.Place()
	}
	return all
}

// QuotaLimits returns the limits of one row of a quota: each is the amount for
// one instance, others the amount of other sets of the deployment. existing is
// the number of instances that the set certainly has, nil if unknown. certain
// is false if the list of usages may be for another region.
func QuotaLimits(row quota.Row, each, others int, certain bool, existing *int) []Limit {
	unit := UnitOf(row)
	l := Limit{
		Name: Quota + row.Name, Max: max(row.Limit-others, 0) / each, Severity: diag.Error, Code: codeQuota, Rule: ruleQuota, About: row.Name,
		Says: guidance.Get(guidance.CoreQuota), Reason: fmt.Sprintf("what the quota %s of %d allows", row.Name, row.Limit),
		Remedy: "Lower the capacity, use a smaller size, or ask support for a higher quota.",
	}
	if each > 1 {
		l.Reason += fmt.Sprintf(" (%d %ss for each instance)", each, unit)
	}
	if !certain {
		l.Severity = diag.Warning
	}
	left := l
	switch {
	case existing != nil:
		left.Max = *existing + row.Left()/each
		left.Reason = fmt.Sprintf("what the quota %s of %d leaves with %d in use", row.Name, row.Limit, row.Used)
	default:
		left.Max, left.Severity = max(row.Left()-others, 0)/each, diag.Warning
		left.Reason = fmt.Sprintf("what the quota %s of %d leaves with %d in use", row.Name, row.Limit, row.Used)
		left.Remedy = "If the instances exist already, they are part of what is in use; otherwise lower the capacity, or ask support for a higher quota."
	}
	if each > 1 {
		left.Reason += fmt.Sprintf(" (%d %ss for each instance)", each, unit)
	}
	switch {
	case left.Severity == l.Severity:
		l.Max = min(l.Max, left.Max)
		if l.Max == left.Max {
			l.Reason, l.Remedy = left.Reason, left.Remedy
		}
		return []Limit{l}
	case left.Max < l.Max:
		return []Limit{l, left}
	}
	return []Limit{l}
}

// UnitOf returns the unit of a row of the quota, in the singular.
func UnitOf(row quota.Row) string {
	switch {
	case strings.EqualFold(row.Name, quota.VirtualMachines):
		return "virtual machine"
	case strings.EqualFold(row.Name, quota.ScaleSets):
		return "scale set"
	}
	return "core"
}
