package limits

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// A ScaleSet is a scale set with the era whose limits apply to it.
type ScaleSet struct {
	*vmss.ScaleSet
	Era guidance.Era // Preview or Current
}

// Judge returns the set with an era, or with that of its API version for
// [guidance.Auto].
func Judge(set *vmss.ScaleSet, era guidance.Era) ScaleSet {
	if era == guidance.Auto {
		era = guidance.EraOf(set.APIVersion)
	}
	return ScaleSet{set, era}
}

// Overprovisions reports whether the set creates surplus instances; ok is false
// if that is unknown.
func (s ScaleSet) Overprovisions() (on, ok bool) { return s.ScaleSet.Overprovisions(s.Era) }

// Surplus reports whether the set certainly creates surplus instances, which
// temporarily use addresses and ports.
func (s ScaleSet) Surplus() bool {
	on, ok := s.Overprovisions()
	return ok && on && s.Says(guidance.OverprovisionSurplus)
}

// Says reports whether the statement applies to the set.
func (s ScaleSet) Says(id guidance.ID) bool { return guidance.Get(id).Holds(s.Era, s.APIVersion) }

// Bound returns the first of the statements that applies to the set, or the
// zero Bound, which is no limit.
func (s ScaleSet) Bound(ids ...guidance.ID) Bound {
	statement, _ := guidance.First(s.Era, s.APIVersion, ids...)
	return Bound{statement}
}

// Instances returns the capacity in the template, and the largest capacity that
// autoscale can set, which is at least the capacity. Unknown numbers are 0.
func (s ScaleSet) Instances() (capacity, most int) {
	capacity, _ = s.Capacity.Known()
	if highest, ok := s.MaxCapacity(); ok {
		most, _ = highest.Known()
	}
	return capacity, max(capacity, most)
}

// Region returns the region of the set as Azure spells it, in lower case and
// without spaces; ok is false if it is unknown.
func (s ScaleSet) Region() (region string, ok bool) {
	region, ok = s.Location.Known()
	region = strings.ToLower(strings.ReplaceAll(region, " ", ""))
	return region, ok && region != ""
}

// VirtualNetwork returns the id of the virtual network that contains all
// interfaces of the set; made is set if the deployment creates it.
func (s ScaleSet) VirtualNetwork() (id vmss.ID, made, ok bool) {
	for _, ip := range s.Network.IPConfigurations() {
		if id, ok = ip.Subnet.Parsed.Parent(); ok {
			return id, s.Deployment.VirtualNetwork(ip.Subnet) != nil, true
		}
	}
	return id, false, false
}

// Spot reports whether the instances are Spot instances, which have a quota of
// their own; ok is false if that is unknown or only some of them are.
func (s ScaleSet) Spot() (spot, ok bool) {
	priority, ok := s.Priority.Or("Regular")
	return strings.EqualFold(priority, "Spot") || strings.EqualFold(priority, "Low"), ok && s.PriorityMix.Absent()
}

// A Bound is a statement with a number. The zero Bound is no limit.
type Bound struct{ guidance.Statement }

// Max returns the number, or 0 if the statement has none.
func (b Bound) Max() int { return b.Statement.Limit }

// Exceeded reports whether n exceeds the number.
func (b Bound) Exceeded(n int) bool { return b.Max() > 0 && n > b.Max() }

// Certain reports whether a resource is certainly deployed, exactly once.
func Certain(r *expand.Resource) bool {
	return r != nil && !r.Conditional && !r.Repeated && !r.Broken
}

// Limits of all sets of a deployment together count at most this many other
// sets. A template with more than any author writes gets a looser limit, never
// a tighter one.
const maxSiblings, minSiblings = 40_000, 10

// siblings returns the other sets of the deployment that are certainly
// deployed, without those that have no profile unless partial, with the era of
// s.
func (s ScaleSet) siblings(partial bool) []ScaleSet {
	var all []ScaleSet
	sets := s.Deployment.ScaleSets
	for _, other := range sets[:min(len(sets), maxSiblings/max(len(sets), 1)+minSiblings)] {
		if other == s.ScaleSet || other.Partial() && !partial || other.Resource.Conditional || other.Resource.Repeated {
			continue
		}
		era := s.Era
		if era == guidance.EraOf(s.APIVersion) {
			era = guidance.Auto
		}
		all = append(all, Judge(other, era))
	}
	return all
}

// unlimited exceeds the number of instances of any set, and is small enough that
// the sums of many sets do not overflow.
const unlimited = 1 << 20
