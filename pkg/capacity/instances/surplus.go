package instances

import "github.com/scaleset/scaleset/pkg/capacity/placement"

// NextID returns the lowest id that the next new instance may get, as far as
// overprovisioning tells: the surplus of a set of n instances has used ids too.
// It is 0 when nothing is known beyond the ids of the instances. over says that
// the set overprovisions.
//
// Recorded: new sets of 1, 2 and 5 used 2, 4 and 8 ids, and {1,2} grown by 3 got
// 4, 5 and 6, twice. A list alone does not tell whether its set overprovisions;
// that its gaps come from overprovisioning when their ids fit is assumed.
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
