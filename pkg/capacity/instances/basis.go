package instances

import "github.com/scaleset/scaleset/pkg/capacity/placement"

// Basis returns on which basis instances are placed whose domains the list does
// not tell, and whether the two bases may lead to different answers.
//
// A regional Uniform set of one placement group whose gaps come from instances
// that were removed, such as those of overprovisioning, keeps the others where a
// new set places their ids: 43 of 43 recorded scale-ins of which the lists show
// ids alone follow from that. After a stop and start, and after a later
// scale-out, the rank counts (heat maps of 2016). The highest id tells the two
// apart: overprovisioning at most doubles the ids of a new set, so ids of twice
// the number of instances and more mean that the set has grown since.
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
