package upgrade

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// A LossKind is a kind of failure that takes instances.
type LossKind int

// The kinds of losses.
const (
	LoseZone LossKind = iota
	LoseFaultDomain
	LoseUpdateDomain
	LoseSpot // all spot instances are evicted
	LoseHost // one host fails; assumed to hold one instance of the set
)

var lossNames = [...]string{"zone", "fd", "ud", "spot", "host"}

func (k LossKind) String() string { return lossNames[k] }

// A Loss is a failure: zone=2, fd=1, ud=3, spot or host.
//
// The numbers of fault and update domains mean something only inside a placement
// group, and inside a zone (virtual-machine-scale-sets-placement-groups), so fd=1
// takes fault domain 1 of the one group where that hurts most.
type Loss struct {
	Kind   LossKind
	Zone   string // of LoseZone
	Domain int    // of LoseFaultDomain and LoseUpdateDomain
}

// ParseLoss returns the loss that a text such as "zone=2", "fd=1", "ud=3",
// "spot" or "host" names. It returns an error that lists these forms for any
// other text.
func ParseLoss(text string) (Loss, error) {
	kind, value, valued := strings.Cut(text, "=")
	for k, name := range lossNames {
		if !strings.EqualFold(kind, name) {
			continue
		}
		l := Loss{Kind: LossKind(k)}
		switch l.Kind {
		case LoseZone:
			if l.Zone = value; value != "" {
				return l, nil
			}
		case LoseFaultDomain, LoseUpdateDomain:
			n, err := strconv.Atoi(value)
			if l.Domain = n; err == nil && n >= 0 && n < placement.MaxDomains {
				return l, nil
			}
		default:
			if !valued {
				return l, nil
			}
		}
		break
	}
	return Loss{}, fmt.Errorf("invalid loss %q; use zone=2, fd=1, ud=3, spot or host", text)
}

func (l Loss) String() string {
	switch l.Kind {
	case LoseZone:
		return "zone " + l.Zone
	case LoseFaultDomain:
		return "fault domain " + strconv.Itoa(l.Domain)
	case LoseUpdateDomain:
		return "update domain " + strconv.Itoa(l.Domain)
	case LoseSpot:
		return "spot"
	}
	return "one host"
}

// Name is the value of the loss: the zone or the number of the domain, "" for
// spot and host.
func (l Loss) Name() string {
	switch l.Kind {
	case LoseZone:
		return l.Zone
	case LoseFaultDomain, LoseUpdateDomain:
		return strconv.Itoa(l.Domain)
	}
	return ""
}

// A cell is what one failure takes together with its neighbours: a fault or an
// update domain of one placement group in one zone.
type cell struct {
	zone   string
	group  int32
	domain int16
}

// A tally counts serving instances by what may fail together.
type tally struct {
	running  int
	zones    map[string]int
	regional int // of a zonal set: lost with any zone
	faults   map[cell]int
	updates  map[cell]int
	spot     int
	zonal    bool
}

func newTally(zonal bool) *tally {
	return &tally{zones: map[string]int{}, faults: map[cell]int{}, updates: map[cell]int{}, zonal: zonal}
}

// add counts an instance n times; n is -1 to take it away.
func (t *tally) add(i placement.Instance, n int) {
	t.running += n
	switch {
	case i.Zone != "":
		t.zones[i.Zone] += n
	case t.zonal:
		t.regional += n
	}
	if i.FaultDomain >= 0 {
		t.faults[cell{i.Zone, i.Group, i.FaultDomain}] += n
	}
	if i.UpdateDomain >= 0 {
		t.updates[cell{i.Zone, i.Group, i.UpdateDomain}] += n
	}
	if i.Flags.Has(placement.Spot) {
		t.spot += n
	}
}

// taken returns how many serving instances a loss takes.
func (t *tally) taken(l Loss) int {
	switch l.Kind {
	case LoseZone:
		return t.zones[l.Zone] + t.regional
	case LoseFaultDomain:
		return most(t.faults, l.Domain)
	case LoseUpdateDomain:
		return most(t.updates, l.Domain)
	case LoseSpot:
		return t.spot
	}
	return min(1, t.running)
}

func most(cells map[cell]int, domain int) int {
	n := 0
	for c, count := range cells {
		if int(c.domain) == domain {
			n = max(n, count)
		}
	}
	return n
}

// worst returns the single failures that would hurt most now: of a zone, of a
// fault domain and of an update domain, in that order, each the first of its
// kind among equals. Kinds of which the set has one member only are left out
// unless the set has no other.
func (t *tally) worst(zones []string) []Loss {
	var all []Loss
	if len(zones) > 1 {
		best := Loss{Kind: LoseZone, Zone: zones[0]}
		for _, z := range zones[1:] {
			if t.zones[z] > t.zones[best.Zone] {
				best.Zone = z
			}
		}
		all = append(all, best)
	}
	for _, k := range []struct {
		kind  LossKind
		cells map[cell]int
	}{{LoseFaultDomain, t.faults}, {LoseUpdateDomain, t.updates}} {
		counts := map[int16]int{}
		for c, n := range k.cells {
			counts[c.domain] = max(counts[c.domain], n)
		}
		if len(counts) < 2 {
			continue
		}
		best := int16(-1)
		for d, n := range counts {
			if best < 0 || n > counts[best] || n == counts[best] && d < best {
				best = d
			}
		}
		all = append(all, Loss{Kind: k.kind, Domain: int(best)})
	}
	return all
}

// A Remainder is what serves after a failure.
type Remainder struct {
	Loss    Loss
	Running int
}

// After returns how many of the instances serve after each loss, and after all
// of them together. Deallocated and unhealthy instances never serve. A regional
// instance of a zonal set may be lost with any zone
// (virtual-machine-scale-sets-use-availability-zones), so it is counted as lost.
func After(instances []Instance, zones []string, losses []Loss) (each []Remainder, together int) {
	t := newTally(len(zones) > 0)
	for _, i := range instances {
		if i.Serves() {
			t.add(i.Instance, 1)
		}
	}
	for _, l := range losses {
		each = append(each, Remainder{l, t.running - t.taken(l)})
	}
	return each, survivors(instances, t, losses)
}

// survivors counts the serving instances that no loss takes.
func survivors(instances []Instance, t *tally, losses []Loss) int {
	if len(losses) == 1 {
		return t.running - t.taken(losses[0])
	}
	cells := map[LossKind]map[cell]bool{LoseFaultDomain: {}, LoseUpdateDomain: {}}
	zones := map[string]bool{}
	spot, hosts := false, 0
	for _, l := range losses {
		switch l.Kind {
		case LoseZone:
			zones[l.Zone] = true
		case LoseFaultDomain:
			mark(cells[l.Kind], t.faults, l.Domain)
		case LoseUpdateDomain:
			mark(cells[l.Kind], t.updates, l.Domain)
		case LoseSpot:
			spot = true
		case LoseHost:
			hosts++
		}
	}
	n := 0
	for _, i := range instances {
		lost := !i.Serves() || zones[i.Zone] || len(zones) > 0 && t.zonal && i.Zone == "" || spot && i.Flags.Has(placement.Spot) ||
			cells[LoseFaultDomain][cell{i.Zone, i.Group, i.FaultDomain}] || cells[LoseUpdateDomain][cell{i.Zone, i.Group, i.UpdateDomain}]
		if !lost {
			n++
		}
	}
	return max(0, n-hosts)
}

// mark adds to lost the cell of a domain that holds most instances; among
// equals the first by zone and group.
func mark(lost map[cell]bool, cells map[cell]int, domain int) {
	best := cell{domain: placement.NoDomain}
	for c, n := range cells {
		if int(c.domain) != domain {
			continue
		}
		if best.domain < 0 || n > cells[best] || n == cells[best] && (c.zone < best.zone || c.zone == best.zone && c.group < best.group) {
			best = c
		}
	}
	if best.domain >= 0 {
		lost[best] = true
	}
}
