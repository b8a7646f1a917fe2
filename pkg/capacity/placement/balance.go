package placement

import "slices"

// A Balance counts the instances of a set by domain.
type Balance struct {
	Total         int
	FaultDomains  []int
	UpdateDomains []int // empty for a Flexible set
	Zones         []int // in the order of Config.Zones
	Regional      int   // instances in no zone: all of a regional set
	Spot          int   // Spot instances of a set with a priority mix
	Groups        []int // by placement group, none after the last that has any
	Cells         []int // fault domain times update domains plus update domain
	// LargestFault, LargestUpdate and LargestZone are the most instances that
	// go when one domain goes. Fault and update domains are counted inside
	// their placement group, where alone their numbers mean something
	// (virtual-machine-scale-sets-placement-groups).
	LargestFault, LargestUpdate, LargestZone int
}

// Balance counts the set as it stands.
func (s *Set) Balance() Balance {
	t := newTally(s.config, s.instances)
	b := Balance{
		Total: len(s.instances), FaultDomains: t.fd, UpdateDomains: t.ud, Cells: t.cells,
		Zones: t.zones[1:], Regional: t.zones[0],
	}
	for g := range t.zoneOf {
		run := t.group(g)
		b.Groups = append(b.Groups, int(run[0]))
		b.LargestFault = max(b.LargestFault, int(slices.Max(run[1:1+t.f])))
		b.LargestUpdate = max(b.LargestUpdate, int(slices.Max(run[1+t.f:1+t.f+t.u])))
	}
	if s.config.Flexible {
		b.UpdateDomains = nil
	}
	if s.config.Mix != nil {
		b.Spot = countSpot(s.instances)
	}
	if len(b.Zones) > 0 {
		b.LargestZone = slices.Max(b.Zones)
	}
	return b
}

// ZonesBalanced reports whether every zone is within one instance of every
// other (virtual-machine-scale-sets-zone-balancing).
func (b Balance) ZonesBalanced() bool { return spread(b.Zones) <= 1 }

func spread(counts []int) int {
	if len(counts) == 0 {
		return 0
	}
	return slices.Max(counts) - slices.Min(counts)
}
