package placement

import (
	"fmt"
	"slices"
	"strings"
)

// A BlockedError says that zones reject a scale-out.
type BlockedError struct {
	Down   []string // the zones that are down
	Strict bool     // strict zone balance is the reason
	// Zones and Counts are the instances that each zone would have, if Strict.
	Zones  []string
	Counts []int
}

func (e *BlockedError) Error() string {
	if e.Strict {
		parts := make([]string, len(e.Zones))
		for i, z := range e.Zones {
			parts[i] = fmt.Sprintf("%d in zone %s", e.Counts[i], z)
		}
		return "strict zone balance does not allow " + strings.Join(parts, ", ")
	}
	if len(e.Down) == 1 {
		return fmt.Sprintf("zone %s, the only zone of the scale set, is down; no instance is created until it recovers", e.Down[0])
	}
	return fmt.Sprintf("%d zones are down (%s); no instance is created until all but one have recovered", len(e.Down), strings.Join(e.Down, ", "))
}

// A grower adds instances to a set.
type grower struct {
	tally  *tally
	config Config
	before []Instance // by id; for the lowest free ids of the preview
	at     int        // index in before
	nextID int
	room   []int // first group that may have room, by zone
	spot   int   // instances that are Spot, when there is a mix
	total  int
}

func newGrower(c Config, before []Instance, nextID int) *grower {
	g := &grower{tally: newTally(c, before), config: c, before: before, nextID: nextID, total: len(before)}
	if c.Model == Preview {
		g.nextID = 0
	}
	if c.Mix != nil {
		g.spot = countSpot(before)
	}
	g.room = make([]int, len(c.Zones)+1)
	return g
}

// blocked reports why n instances cannot be created.
// Source: virtual-machine-scale-sets-zone-balancing. Best effort goes on with
// one zone down and stops with two; strict balance fails what would leave the
// zones further than one apart, unless it brings them closer.
func (g *grower) blocked(n int) error {
	c := g.config
	if len(c.Zones) == 0 {
		return nil
	}
	up := len(c.Zones) - len(c.ZonesDown)
	if len(c.ZonesDown) > 1 || up == 0 {
		return &BlockedError{Down: c.ZonesDown}
	}
	if !c.StrictZoneBalance {
		return nil
	}
	counts := slices.Clone(g.tally.zones)
	before := spread(counts[1:])
	for range n {
		counts[g.pick(counts)]++
	}
	if after := spread(counts[1:]); after > 1 && after >= before {
		return &BlockedError{Down: c.ZonesDown, Strict: true, Zones: c.Zones, Counts: counts[1:]}
	}
	return nil
}

// pick returns the zone with the fewest instances that is up, the first in the
// order of the set among equals; 0 when the set has none.
func (g *grower) pick(counts []int) int {
	best := 0
	for i := range g.config.Zones {
		if g.config.zoneDown(i) {
			continue
		}
		if best == 0 || counts[i+1] < counts[best] {
			best = i + 1
		}
	}
	return best
}

// grow adds n instances on the way to the capacity target.
func (g *grower) grow(n, target int) []Instance {
	added := make([]Instance, n)
	for i := range added {
		in := &added[i]
		z := g.pick(g.tally.zones)
		if z > 0 {
			in.Zone = g.config.Zones[z-1]
		}
		in.ID = g.id()
		in.Group = int32(g.group(z))
		in.FaultDomain, in.UpdateDomain = g.tally.cell(in.ID, int(in.Group))
		g.setPriority(in, target)
		g.tally.count(in, +1)
		g.total++
	}
	return added
}

// id gives out ids: the lowest free one in the preview, growing ones today
// (virtual-machine-scale-sets-faq, in its two versions).
func (g *grower) id() int {
	if g.config.Model == Preview {
		for g.at < len(g.before) && g.before[g.at].ID <= g.nextID {
			if g.before[g.at].ID == g.nextID {
				g.nextID++
			}
			g.at++
		}
	}
	g.nextID++
	return g.nextID - 1
}

// group returns the first placement group of the zone with room, or a new one.
// That groups fill up one after the other is an assumption.
func (g *grower) group(zone int) int {
	t := g.tally
	limited := g.config.Model == Current && !g.config.Flexible && !g.config.SingleGroup
	for i := g.room[zone]; i < len(t.zoneOf); i++ {
		if full := limited && t.group(i)[0] >= GroupSize; !full && (t.zoneOf[i] == zone || t.group(i)[0] == 0) {
			g.room[zone] = i
			t.zoneOf[i] = zone
			return i
		}
	}
	g.room[zone] = len(t.zoneOf)
	t.ensureGroup(len(t.zoneOf), zone)
	return g.room[zone]
}
