package placement

import "slices"

// A Move is one step of automatic zone balance: Created is added, then Deleted is
// removed.
type Move struct{ Created, Deleted Instance }

// Rebalance does what automatic zone balance does (preview,
// resiliencyPolicy.automaticZoneRebalancingPolicy, API 2024-11-01) until nothing is
// left to do: while two zones differ by more than one instance, it creates an instance
// in the emptiest zone and deletes one of the fullest. It does not move protected or
// deallocated instances, and makes no move after which the running instances of the
// zones differ more. The page auto-zone-balance-overview gives three examples and no
// rule; this rule gives all three. Rebalance does nothing for a scale set with fewer
// than two zones, with regional instances or with strict zone balance.
func (s *Set) Rebalance() []Move {
	c := s.config
	if len(c.Zones) < 2 || c.StrictZoneBalance || s.Balance().Regional > 0 {
		return nil
	}
	var moves []Move
	for range len(s.instances) {
		m, ok := s.rebalanceOnce()
		if !ok {
			break
		}
		moves = append(moves, m)
	}
	return moves
}

func (s *Set) rebalanceOnce() (Move, bool) {
	total, active := s.zoneCounts()
	from, to := slices.Index(total, slices.Max(total)), slices.Index(total, slices.Min(total))
	if total[from]-total[to] <= 1 {
		return Move{}, false
	}
	after := slices.Clone(active)
	after[from]--
	after[to]++
	victim := s.movable(s.config.Zones[from])
	if victim < 0 || spread(after) > spread(active) {
		return Move{}, false
	}
	g := newGrower(s.config, s.instances, s.nextID)
	created := g.grow(1, s.Len()+1)
	m := Move{Created: created[0], Deleted: s.instances[victim]}
	s.nextID = max(s.nextID, g.nextID)
	s.instances = merge(slices.Delete(slices.Clone(s.instances), victim, victim+1), created)
	return m, true
}

// zoneCounts counts the instances of each zone, and those that run.
func (s *Set) zoneCounts() (total, active []int) {
	total, active = make([]int, len(s.config.Zones)), make([]int, len(s.config.Zones))
	for i := range s.instances {
		z := slices.Index(s.config.Zones, s.instances[i].Zone)
		total[z]++
		if !s.instances[i].Flags.Has(Deallocated) {
			active[z]++
		}
	}
	return total, active
}

// movable returns the newest instance of the zone that may be moved, or -1.
func (s *Set) movable(zone string) int {
	for i := len(s.instances) - 1; i >= 0; i-- {
		in := &s.instances[i]
		if in.Zone == zone && in.Flags&(Protected|Deallocated) == 0 {
			return i
		}
	}
	return -1
}
