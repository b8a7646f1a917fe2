package instances

import "github.com/scaleset/scaleset/pkg/capacity/placement"

// NextID returns the lowest id that the next new instance can get, as far as
// overprovisioning shows: the surplus of a scale set of n instances has used ids too.
// It returns 0 if nothing is known beyond the ids of the instances. over says that the
// scale set overprovisions.
//
// Recorded: new scale sets of 1, 2 and 5 used 2, 4 and 8 ids, and {1,2} grown by 3 got
// 4, 5 and 6, twice. A list alone does not show whether its scale set overprovisions;
// it is assumed if the gaps between the ids fit.
func (s *State) NextID(n int, over bool) int {
	used := n + placement.Surplus(n, n)
	if s.Instances == nil {
		if over {
			return used
		}
		return 0
	}
	if len(s.Instances) == 0 || s.Flexible {
		return 0
	}
	highest := s.Instances[len(s.Instances)-1].ID
	gaps := highest >= n
	if highest < used && (over || gaps && !s.Modelled) {
		return used
	}
	return 0
}
