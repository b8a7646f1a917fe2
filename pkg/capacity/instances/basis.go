package instances

import "github.com/scaleset/scaleset/pkg/capacity/placement"

// Basis returns the basis on which instances are placed whose domains the list does not
// have, and whether the two bases can lead to different answers.
//
// In a regional Uniform scale set with one placement group whose gaps come from removed
// instances, such as those of overprovisioning, the others stay where a new scale set
// places their ids: 43 of 43 recorded scale-ins, of which the lists have only ids,
// follow from that. After a stop and start, and after a later scale-out, the rank
// counts (heat maps of 2016). The highest id distinguishes the two: overprovisioning at
// most doubles the ids of a new scale set, so ids of twice the number of instances and
// more mean that the scale set has grown since.
func (s *State) Basis(c placement.Config) (basis placement.Basis, open bool) {
	n := len(s.Instances)
	if n == 0 || len(s.Unplaced) < n || s.Flexible || c.Flexible || len(c.Zones) > 0 || c.Model != placement.Current || c.FaultDomains == 1 || n > placement.GroupSize {
		return placement.ByRank, false
	}
	highest := s.Instances[n-1].ID // they are in the order of their ids
	switch {
	case highest == n-1:
		return placement.ByRank, false // without a gap, the two are the same
	case highest < 2*n:
		return placement.ByID, true
	}
	return placement.ByRank, highest < 4096
}
