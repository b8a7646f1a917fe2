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

// A Limit is the highest capacity that something allows a scale set.
type Limit struct {
	// Name says what sets the limit: one of the names below, or "quota-" and
	// the name of a row of the quota.
	Name     string
	Max      int // the highest capacity within the limit
	Severity diag.Severity
	Code     diag.Code // the code and the rule under which every command reports it
	Rule     string
	// Reason completes the sentence "capacity 120 exceeds 100, REASON".
	Reason string
	Remedy string             // what to do, in whole sentences
	Says   guidance.Statement // the zero one when nobody is quoted
	Place  *expand.Node       // what sets the limit: the capacity, a pool, a subnet
	// About is what the limit belongs to when a set may have several of a code:
	// a NAT pool, a subnet. Of the limits of one code about the same thing, a
	// command reports the worst that is exceeded.
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
	Quota           = "quota-" // and the name of the row
)

// Names returns the names of all kinds of limits; Quota stands for those of the
// rows of a quota.
func Names() []string {
	return []string{
		Capacity, PlacementGroup, FlexibleDomains, Accounts, LargeSetDisks, NATPorts, NATPortsSurplus, Addresses, AddressHeadroom,
		PublicAddresses, BackendMembers, BalancerRules, CreatedAtOnce, VirtualNetwork, RegionInstances, Quota,
	}
}

// First returns the first capacity that breaks the limit.
func (l Limit) First() int { return l.Max + 1 }

// Exceeded reports whether a capacity of n breaks the limit.
func (l Limit) Exceeded(n int) bool { return n > l.Max }

// Summary is one line that says that a capacity of n breaks the limit.
func (l Limit) Summary(n int) string {
	return fmt.Sprintf("capacity %d exceeds %d, %s", n, l.Max, l.Reason)
}

// Options say what is known beside the template. The zero value knows nothing.
type Options struct {
	// Usage is the saved quota of the region, nil when there is none, and Sizes
	// the saved sizes; without them the cores of common sizes are known by name.
	Usage *quota.Usage
	Sizes *quota.Sizes
	// UsageOfSet says that the usages are those of the region of the set, even
	// where the template does not tell the region.
	UsageOfSet bool
	// Existing is the number of instances that the set certainly has now, which
	// are in Usage; nil when that is not known.
	Existing *int
	// Headroom is the share of surplus addresses that a subnet should have, in
	// percent of the instances; nil is the documented one.
	Headroom *int
}

// Of returns the limits that certainly hold for the capacity of a set, the
// tightest first. What is unknown is taken as whatever allows most.
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

// OfCapacity returns the limits of the capacity alone (SS4001), the tightest first.
func OfCapacity(set ScaleSet) []Limit {
	all := capacityLimits(set)
	slices.SortStableFunc(all, func(a, b Limit) int { return cmp.Compare(a.Max, b.Max) })
	return all
}

// OfEra returns the limit of any scale set of an era, for a set of which only
// numbers are known.
func OfEra(era guidance.Era) Limit {
	if era == guidance.Preview {
		return capacityLimit(guidance.PlatformImageMax, "the limit of a scale set in the preview", splitAdvice)
	}
	return capacityLimit(guidance.MarketplaceImageMax, "the limit of a scale set", splitAdvice)
}

// Worst returns the limit to report for a capacity of n: of those that are
// exceeded the most severe, the tightest of these. ok is false when n is within
// all of them.
func Worst(all []Limit, n int) (worst Limit, ok bool) {
	for _, l := range all {
		if l.Exceeded(n) && (!ok || l.Severity > worst.Severity || l.Severity == worst.Severity && l.Max < worst.Max) {
			worst, ok = l, true
		}
	}
	return worst, ok
}

// Exceeded returns the limits to report for a capacity of n: the worst of each
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
