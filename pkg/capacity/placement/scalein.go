package placement

// A Removal says why one instance is removed.
type Removal struct {
	Instance Instance
	// Order is the number of the removal in its resize, from 1.
	Order int
	// Because says which rules narrowed the choice.
	Because Reason
}

// A Reason is the choice that led to one removal. Its counts are those before the
// removal.
type Reason struct {
	Candidates  int  // instances of the class that could be removed
	Inactive    bool // unhealthy and deallocated instances are removed first
	Regional    bool // regional instances of a zonal scale set are removed first
	Spot        bool // the mix requires fewer Spot instances
	Mixed       bool // a priority mix chose between Spot and regular
	ZoneCount   int  // instances in the zone; 0 if the scale set has none
	Zones       int  // zones with equally many
	FaultCount  int  // instances in the fault domain
	Faults      int  // fault domains with equally many; 0 if the policy ignores them
	CellCount   int  // instances in the fault and update domain; 0 if ignored
	Cells       int
	UpdateCount int // instances in the update domain; 0 if ignored
	Updates     int
}

// A class is a group of instances that are removed before those of the next class.
type class struct {
	inactive, regional, spot bool
	left                     int
	cells                    [][]int32 // by zone, fault and update domain: indices by rising id
}

// A shrinker removes instances from a scale set.
type shrinker struct {
	config    Config
	instances []Instance
	tally     *tally
	classes   []*class
	spot      int // Spot instances to remove before regular ones
	regular   int
	choose    func(*class) (cell int, because Reason)
	zones     []int // scratch: indices of the fullest zones
}

// scaleIn removes change.From - change.To instances, as far as protection
// allows, one after the other.
func (s *Set) scaleIn(change *Change) {
	k := newShrinker(s.config, s.instances, change.To)
	gone := make([]bool, len(s.instances))
	change.Removed = make([]Instance, 0, change.From-change.To)
	for len(change.Removed) < change.From-change.To {
		i, because, ok := k.next()
		if !ok {
			break
		}
		gone[i] = true
		change.Removed = append(change.Removed, s.instances[i])
		if s.trace != nil {
			s.trace(Removal{Instance: s.instances[i], Order: len(change.Removed), Because: because})
		}
	}
	kept := make([]Instance, 0, len(s.instances)-len(change.Removed))
	for i := range s.instances {
		if !gone[i] {
			kept = append(kept, s.instances[i])
		}
	}
	s.instances = kept
}

func newShrinker(c Config, instances []Instance, target int) *shrinker {
	k := &shrinker{config: c, instances: instances, tally: newTally(c, instances), classes: make([]*class, 8)}
	for i := range instances {
		if in := &instances[i]; !in.Flags.Has(Protected) {
			k.enlist(i, in)
		}
	}
	switch {
	case c.Model == Preview:
		k.choose = k.evenly
	case c.Policy == Default:
		k.choose = k.balanced
	default:
		k.choose = k.extreme
	}
	if c.Mix != nil {
		spot := countSpot(instances)
		regular, wanted := c.Mix.Split(target)
		k.spot, k.regular = max(0, spot-wanted), max(0, len(instances)-spot-regular)
	}
	return k
}

// enlist puts an instance in its class: unhealthy ones first if that is asked
// for, then regional instances of a zonal set (the page on zonal expansion),
// then the others. How the two combine is not documented.
func (k *shrinker) enlist(i int, in *Instance) {
	inactive := k.config.UnhealthyFirst && in.inactive()
	regional := len(k.config.Zones) > 0 && in.Zone == ""
	spot := k.config.Mix != nil && in.Flags.Has(Spot)
	at := 7
	for bit, is := range [...]bool{spot, regional, inactive} {
		if is {
			at -= 1 << bit
		}
	}
	if k.classes[at] == nil {
		cells := make([][]int32, len(k.tally.zones)*k.tally.f*k.tally.u)
		if i == 0 { // mostly the class of all, and its cells hold as many each
			for cell := range cells {
				cells[cell] = make([]int32, 0, len(k.instances)/len(cells)+1)
			}
		}
		k.classes[at] = &class{inactive: inactive, regional: regional, spot: spot, cells: cells}
	}
	c := k.classes[at]
	cell := (k.tally.zone(in.Zone)*k.tally.f+max(int(in.FaultDomain), 0))*k.tally.u + max(int(in.UpdateDomain), 0)
	c.cells[cell] = append(c.cells[cell], int32(i))
	c.left++
}

// next removes the next instance; ok is false if none can be removed.
func (k *shrinker) next() (index int, because Reason, ok bool) {
	c := k.class()
	if c == nil {
		return 0, Reason{}, false
	}
	cell, because := k.choose(c)
	because.Candidates, because.Mixed = c.left, k.config.Mix != nil
	because.Inactive, because.Regional, because.Spot = c.inactive, c.regional, c.spot
	index = k.take(c, cell)
	k.tally.count(&k.instances[index], -1)
	if c.spot {
		k.spot--
	} else {
		k.regular--
	}
	return index, because, true
}

func (k *shrinker) take(c *class, cell int) int {
	ids := c.cells[cell]
	c.left--
	if k.oldest() {
		c.cells[cell] = ids[1:]
		return int(ids[0])
	}
	c.cells[cell] = ids[:len(ids)-1]
	return int(ids[len(ids)-1])
}

func (k *shrinker) oldest() bool { return k.config.Model == Current && k.config.Policy == OldestVM }

// class returns the first class that has candidates; with a priority mix, first of
// the kind that has more to give.
func (k *shrinker) class() *class {
	var other *class
	for _, c := range k.classes {
		if c == nil || c.left == 0 {
			continue
		}
		if k.config.Mix == nil || c.spot == (k.spot >= k.regular) {
			return c
		}
		if other == nil {
			other = c
		}
	}
	return other
}

// fullest returns the zones with the most instances among those with candidates.
func (k *shrinker) fullest(c *class) []int {
	k.zones = k.zones[:0]
	per := k.tally.f * k.tally.u
	for z := range k.tally.zones {
		if !anyLeft(c.cells[z*per : (z+1)*per]) {
			continue
		}
		if len(k.zones) > 0 && k.tally.zones[z] > k.tally.zones[k.zones[0]] {
			k.zones = k.zones[:0]
		}
		if len(k.zones) == 0 || k.tally.zones[z] == k.tally.zones[k.zones[0]] {
			k.zones = append(k.zones, z)
		}
	}
	return k.zones
}

func anyLeft(cells [][]int32) bool {
	for _, c := range cells {
		if len(c) > 0 {
			return true
		}
	}
	return false
}

func (k *shrinker) zoneReason(zones []int) (r Reason) {
	if len(k.config.Zones) > 0 {
		r.Zones, r.ZoneCount = len(zones), k.tally.zones[zones[0]]
	}
	return r
}

// extreme returns the rule of NewestVM and OldestVM: the fullest zones, then the
// highest or lowest id (tables of virtual-machine-scale-sets-scale-in-policy).
func (k *shrinker) extreme(c *class) (best int, because Reason) {
	zones := k.fullest(c)
	per := k.tally.f * k.tally.u
	best = -1
	for _, z := range zones {
		for cell := z * per; cell < (z+1)*per; cell++ {
			if len(c.cells[cell]) > 0 && (best < 0 || k.before(c.cells[cell], c.cells[best])) {
				best = cell
			}
		}
	}
	return best, k.zoneReason(zones)
}

// before reports whether an instance of a goes before those of b.
func (k *shrinker) before(a, b []int32) bool {
	if k.oldest() {
		return a[0] < b[0]
	}
	return top(a) > top(b)
}

func top(cell []int32) int32 {
	if len(cell) == 0 {
		return -1
	}
	return cell[len(cell)-1]
}

// evenly returns the rule of the preview: the fullest fault domain, in it the
// fullest update domain, of these the highest id ("removed evenly across
// upgrade domains and fault domains"; the order of the two is an assumption
// that no set without gaps can tell).
func (k *shrinker) evenly(c *class) (best int, because Reason) {
	best = -1
	t := k.tally
	for cell, ids := range c.cells {
		if len(ids) == 0 {
			continue
		}
		fd, ud := cell/t.u%t.f, cell%t.u
		switch {
		case best < 0 || t.fd[fd] > because.FaultCount || t.fd[fd] == because.FaultCount && t.ud[ud] > because.UpdateCount:
			best, because.FaultCount, because.UpdateCount = cell, t.fd[fd], t.ud[ud]
		case t.fd[fd] == because.FaultCount && t.ud[ud] == because.UpdateCount && top(ids) > top(c.cells[best]):
			best = cell
		}
	}
	because.Faults, because.Updates = equal(t.fd, because.FaultCount), equal(t.ud, because.UpdateCount)
	return best, because
}

func equal(counts []int, n int) (many int) {
	for _, c := range counts {
		if c == n {
			many++
		}
	}
	return many
}

// balanced returns the rule of Default. Documented are zones, then fault domains,
// then the highest id. The choice among update domains is not; it is what
// reproduces all recorded scale-ins (docs/models.md).
func (k *shrinker) balanced(c *class) (best int, because Reason) {
	zones := k.fullest(c)
	because = k.zoneReason(zones)
	fd := k.faultDomain(c, zones, &because)
	t := k.tally
	best = -1
	row := c.cells[fd*t.u : (fd+1)*t.u]
	for ud, ids := range row {
		if len(ids) == 0 {
			continue
		}
		size := t.zoneCells[fd*t.u+ud]
		switch {
		case best < 0 || size > because.CellCount || size == because.CellCount && t.ud[ud] > because.UpdateCount:
			if size != because.CellCount {
				because.Cells = 0
			}
			best, because.CellCount, because.UpdateCount = ud, size, t.ud[ud]
		case size == because.CellCount && t.ud[ud] == because.UpdateCount && top(ids) > top(row[best]):
			best = ud
		}
		if size == because.CellCount {
			because.Cells++
		}
	}
	because.Updates = equal(t.ud, because.UpdateCount)
	return fd*t.u + best, because
}

// faultDomain returns the index (zone and fault domain) of the fullest fault domain
// with candidates in the zones; among equals the one with the highest id.
func (k *shrinker) faultDomain(c *class, zones []int, because *Reason) int {
	t := k.tally
	best, newest := -1, int32(-1)
	for _, z := range zones {
		for fd := z * t.f; fd < (z+1)*t.f; fd++ {
			last := int32(-1)
			for _, ids := range c.cells[fd*t.u : (fd+1)*t.u] {
				last = max(last, top(ids))
			}
			n := t.zoned[fd]
			switch {
			case last < 0 || best >= 0 && n < because.FaultCount:
				continue
			case best < 0 || n > because.FaultCount:
				best, newest, because.FaultCount, because.Faults = fd, last, n, 1
				continue
			case last > newest:
				best, newest = fd, last
			}
			because.Faults++
		}
	}
	return best
}
