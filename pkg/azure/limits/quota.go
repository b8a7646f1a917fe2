package limits

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The code and the rule that report what the quota allows.
const (
	codeQuota diag.Code = "SS4007"
	ruleQuota string    = "core-quota"
)

// Takes returns what one instance of a set takes of a row of the quota, in the
// unit of the row; ok is false when it takes nothing of it, or that is not
// known. A scale set as a whole takes one of the row of scale sets.
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
// the least that an instance may be: the fewest cores of its sizes, and their
// family when they share one. ok is false when a size is not known.
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

// quotaLimits are what the rows of the quota allow. More than the limit of a row
// is refused for certain. What is in use may be the instances of the set itself:
// only when it is known how many exist, the rest of the quota bounds the set
// for certain.
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

// QuotaLimits returns the limits of one row of a quota: each is what one
// instance takes of it, others what other sets of the deployment take. existing
// is the number of instances that the set certainly has, nil when that is not
// known. certain is false when the list of usages may be of another region.
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

// UnitOf returns what a row of the quota counts, in the singular.
func UnitOf(row quota.Row) string {
	switch {
	case strings.EqualFold(row.Name, quota.VirtualMachines):
		return "virtual machine"
	case strings.EqualFold(row.Name, quota.ScaleSets):
		return "scale set"
	}
	return "core"
}
