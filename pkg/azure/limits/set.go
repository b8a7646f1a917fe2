package limits

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// A ScaleSet is a scale set together with the era by which it is judged.
type ScaleSet struct {
	*vmss.ScaleSet
	Era guidance.Era // Preview or Current
}

// Judge returns the set judged by an era, by that of its API version for
// [guidance.Auto].
func Judge(set *vmss.ScaleSet, era guidance.Era) ScaleSet {
	if era == guidance.Auto {
		era = guidance.EraOf(set.APIVersion)
	}
	return ScaleSet{set, era}
}

// Overprovisions reports whether the set creates surplus instances; ok is false
// when that is unknown.
func (s ScaleSet) Overprovisions() (on, ok bool) { return s.ScaleSet.Overprovisions(s.Era) }

// Surplus reports whether the set certainly creates surplus instances that take
// addresses and ports for a while.
func (s ScaleSet) Surplus() bool {
	on, ok := s.Overprovisions()
	return ok && on && s.Says(guidance.OverprovisionSurplus)
}

// Says reports whether the statement holds for the set.
func (s ScaleSet) Says(id guidance.ID) bool { return guidance.Get(id).Holds(s.Era, s.APIVersion) }

// Bound returns the first of the statements that holds for the set; the zero
// Bound, which bounds nothing, when none does.
func (s ScaleSet) Bound(ids ...guidance.ID) Bound {
	statement, _ := guidance.First(s.Era, s.APIVersion, ids...)
	return Bound{statement}
}

// Instances returns the capacity that the template asks for, and the most that
// autoscale may make of it, which is at least the capacity. Numbers that are
// not known are 0.
func (s ScaleSet) Instances() (capacity, most int) {
	capacity, _ = s.Capacity.Known()
	if highest, ok := s.MaxCapacity(); ok {
		most, _ = highest.Known()
	}
	return capacity, max(capacity, most)
}

// Region returns the region of the set as Azure spells it, in lower case and
// without spaces; ok is false when it is not known.
func (s ScaleSet) Region() (region string, ok bool) {
	region, ok = s.Location.Known()
	region = strings.ToLower(strings.ReplaceAll(region, " ", ""))
	return region, ok && region != ""
}

// VirtualNetwork returns the id of the virtual network of the set, in which all of its
// interfaces are; made says that the deployment creates it.
func (s ScaleSet) VirtualNetwork() (id vmss.ID, made, ok bool) {
	for _, ip := range s.Network.IPConfigurations() {
		if id, ok = ip.Subnet.Parsed.Parent(); ok {
			return id, s.Deployment.VirtualNetwork(ip.Subnet) != nil, true
		}
	}
	return id, false, false
}

// Spot reports whether the instances are Spot, which have a quota of their own;
// ok is false when that is not known, or some are and some are not.
func (s ScaleSet) Spot() (spot, ok bool) {
	priority, ok := s.Priority.Or("Regular")
	return strings.EqualFold(priority, "Spot") || strings.EqualFold(priority, "Low"), ok && s.PriorityMix.Absent()
}

// A Bound is a statement with a number. The zero Bound bounds nothing.
type Bound struct{ guidance.Statement }

// Max returns the number, 0 when the statement has none.
func (b Bound) Max() int { return b.Statement.Limit }

// Exceeded reports whether n is above the number.
func (b Bound) Exceeded(n int) bool { return b.Max() > 0 && n > b.Max() }

// Certain reports that a resource deploys, once, as it is written.
func Certain(r *expand.Resource) bool {
	return r != nil && !r.Conditional && !r.Repeated && !r.Broken
}

// What the limits of all sets of a deployment may look at together: of more sets
// than people write, the first ones are counted, so that no limit is tighter than
// it certainly is.
const maxSiblings, minSiblings = 40_000, 10

// siblings returns the other sets of the deployment that certainly deploy, with
// a profile unless partial, judged by the era of s.
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

// enough is more instances than any set has, and so few that the sums of many
// sets do not overflow.
const enough = 1 << 20
