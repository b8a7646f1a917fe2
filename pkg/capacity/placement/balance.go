package placement

import "slices"

// A Balance counts the instances of a scale set by domain.
type Balance struct {
	Total         int
	FaultDomains  []int
	UpdateDomains []int // empty for a Flexible scale set
	Zones         []int // in the order of Config.Zones
	Regional      int   // instances in no zone: all of a regional scale set
	Spot          int   // Spot instances of a scale set with a priority mix
	Groups        []int // by placement group, those that have instances
	Cells         []int // fault domain times update domains plus update domain
	// Running counts the instances that serve: those that are allocated,
	// healthy and not in a zone that is down.
	Running int
	// LargestFault, LargestUpdate and LargestZone are the largest numbers of running
	// instances that the failure of one domain takes. Fault and update domains are
	// counted inside their zone and placement group, because their numbers apply
	// only there (virtual-machine-scale-sets-placement-groups). The regional
	// instances of a zonal scale set may be in any zone, so the failure of each zone
	// may take all of them (virtual-machine-scale-sets-use-availability-zones).
	LargestFault, LargestUpdate, LargestZone int
}

// Balance counts the current instances.
func (s *Set) Balance() Balance {
	t := newTally(s.config, s.instances)
	b := Balance{
		Total: len(s.instances), FaultDomains: t.fd, UpdateDomains: t.ud, Cells: t.cells,
		Zones: t.zones[1:], Regional: t.zones[0],
	}
	for g := range t.zoneOf {
		if n := int(t.group(g)[0]); n > 0 {
			b.Groups = append(b.Groups, n)
		}
	}
	s.losses(&b)
	if s.config.Flexible {
		b.UpdateDomains = nil
	}
	if s.config.Mix != nil {
		b.Spot = countSpot(s.instances)
	}
	return b
}

// losses counts what the failure of one domain takes from the running instances.
func (s *Set) losses(b *Balance) {
	serving := NewServing(s.config.Zones, s.config.ZonesDown)
	for i := range s.instances {
		serving.Add(&s.instances[i], 1)
	}
	b.Running = serving.running
	b.LargestFault, b.LargestUpdate = highest(serving.largest(LoseFaultDomain)), highest(serving.largest(LoseUpdateDomain))
	for _, z := range s.config.Zones {
		b.LargestZone = max(b.LargestZone, serving.Taken(Loss{Kind: LoseZone, Zone: z}))
	}
}

func highest(counts []int) (most int) {
	for _, n := range counts {
		most = max(most, n)
	}
	return most
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
