package limits

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/quota"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// A Limit is the largest capacity of a scale set for one reason.
type Limit struct {
	// Name is one of the names below, or "quota-" followed by the name of a row
	// of the quota.
	Name     string
	Max      int // the largest capacity within the limit
	Severity diag.Severity
	Code     diag.Code // the code and the rule that every command reports it under
	Rule     string
	// Reason completes the sentence "capacity 120 exceeds 100, REASON".
	Reason string
	Remedy string             // how to stay within the limit, in sentences
	Says   guidance.Statement // zero if no statement is quoted
	Place  *expand.Node       // the setting that causes the limit: the capacity, a pool, a subnet
	// About names the subject of the limit if a set can have several with one
	// code: a NAT pool, a subnet. Of the limits with one code and subject, a
	// command reports the worst exceeded one.
	About string
}

// The names of limits.
const (
	Capacity        = "capacity"
	PlacementGroup  = "placement-group"
	FlexibleDomains = "flexible-domains"
	Accounts        = "accounts"
	LargeSetDisks   = "large-set-disks"
	NATPorts        = "nat-ports"
	NATPortsSurplus = "nat-ports-overprovisioned"
	Addresses       = "addresses"
	AddressHeadroom = "addresses-headroom"
	PublicAddresses = "public-addresses"
	BackendMembers  = "backend-members"
	BalancerRules   = "balancer-rules"
	CreatedAtOnce   = "created-at-once"
	VirtualNetwork  = "virtual-network"
	RegionInstances = "region-instances"
	Quota           = "quota-" // followed by the name of the row
)

// Names returns the names of all kinds of limits; Quota stands for all rows of
// a quota.
func Names() []string {
	return []string{
		Capacity, PlacementGroup, FlexibleDomains, Accounts, LargeSetDisks, NATPorts, NATPortsSurplus, Addresses, AddressHeadroom,
		PublicAddresses, BackendMembers, BalancerRules, CreatedAtOnce, VirtualNetwork, RegionInstances, Quota,
	}
}

// First returns the smallest capacity that exceeds the limit.
func (l Limit) First() int { return l.Max + 1 }

// Exceeded reports whether a capacity of n exceeds the limit.
func (l Limit) Exceeded(n int) bool { return n > l.Max }

// Summary returns a line that says that a capacity of n exceeds the limit.
func (l Limit) Summary(n int) string {
	return fmt.Sprintf("capacity %d exceeds %d, %s", n, l.Max, l.Reason)
}

// Options have facts that are not in the template. In the zero value all of
// them are unknown.
type Options struct {
	// Usage is the saved quota of the region, nil if there is none. Sizes are
	// the saved sizes; without them the cores of common sizes are derived from
	// their names.
	Usage *quota.Usage
	Sizes *quota.Sizes
	// UsageOfSet is set if Usage is for the region of the set, even if the
	// template does not show the region.
	UsageOfSet bool
	// Existing is the number of instances that the set certainly has now, which
	// are included in Usage; nil if unknown.
	Existing *int
	// Headroom is the recommended surplus of addresses in a subnet, in percent
	// of the instances; nil is the documented one.
	Headroom *int
}

// Of returns the limits that certainly apply to the capacity of a set, the
// smallest first. An unknown value counts as the one that allows the most
// instances.
func Of(set ScaleSet, o Options) []Limit {
	all := capacityLimits(set)
	if !set.Partial() {
		if l, ok := OfFlexibleDomains(set); ok {
			all = append(all, l)
		}
		all = append(all, diskLimits(set)...)
		all = append(all, natLimits(set)...)
		all = append(all, addressLimits(set, o)...)
		all = append(all, balancerLimits(set)...)
	}
	all = append(all, regionLimits(set)...)
	all = append(all, quotaLimits(set, o)...)
	slices.SortStableFunc(all, func(a, b Limit) int { return cmp.Compare(a.Max, b.Max) })
	return all
}

// OfCapacity returns the limits of the capacity alone (SS4001), the smallest
// first.
func OfCapacity(set ScaleSet) []Limit {
	all := capacityLimits(set)
	slices.SortStableFunc(all, func(a, b Limit) int { return cmp.Compare(a.Max, b.Max) })
	return all
}

// OfEra returns the limit of any scale set of an era, for a scale set of which only
// numbers are known.
func OfEra(era guidance.Era) Limit {
	if era == guidance.Preview {
		return capacityLimit(guidance.PlatformImageMax, "the limit of a scale set in the preview", splitAdvice)
	}
	return capacityLimit(guidance.MarketplaceImageMax, "the limit of a scale set", splitAdvice)
}

// Worst returns the limit to report for a capacity of n: of the exceeded ones
// the most severe, and of these the smallest. ok is false if n is within all
// limits.
func Worst(all []Limit, n int) (worst Limit, ok bool) {
	for _, l := range all {
		if l.Exceeded(n) && (!ok || l.Severity > worst.Severity || l.Severity == worst.Severity && l.Max < worst.Max) {
			worst, ok = l, true
		}
	}
	return worst, ok
}

// Exceeded returns the limits to report for a capacity of n: the worst for each
// code and subject, in the order of all.
func Exceeded(all []Limit, n int) []Limit {
	type subject struct {
		code  diag.Code
		about string
	}
	var out []Limit
	at := map[subject]int{}
	for _, l := range all {
		if !l.Exceeded(n) {
			continue
		}
		key := subject{l.Code, l.About}
		i, seen := at[key]
		switch {
		case !seen:
			at[key] = len(out)
			out = append(out, l)
		case l.Severity > out[i].Severity:
			out[i] = l
		}
	}
	return out
}
