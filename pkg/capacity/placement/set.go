package placement

import (
	"cmp"
	"fmt"
	"slices"
)

// A Set is a scale set at one moment. It is not safe for concurrent use.
type Set struct {
	config    Config
	instances []Instance // by id
	nextID    int        // of the current model: above every id used before
	trace     func(Removal)
}

// A Change is the result of one resize.
type Change struct {
	From, To int
	// Reached is the resulting capacity: To, unless protection or a zone prevents it
	// (see [Set.Resize]).
	Reached int
	Added   []Instance // in the order in which they are added
	Removed []Instance // in the order in which they are removed
	// Surplus are the instances that overprovisioning creates and deletes again.
	// They are not part of the resulting scale set.
	Surplus []Instance
}

// New returns a scale set of n instances that were created together: ids 0 to n-1.
func New(config Config, n int) (*Set, error) {
	s, err := empty(config)
	if err != nil {
		return nil, err
	}
	if err := checkCapacity(n); err != nil {
		return nil, err
	}
	// A set that exists is past its overprovisioning, and its zones were up.
	plain := s.config
	plain.Overprovision, plain.ZonesDown, plain.StrictZoneBalance = false, nil, false
	s.instances = newGrower(plain, nil, 0).grow(n, n)
	s.nextID = n
	return s, nil
}

// A Basis says in which domains instances are assumed to be whose domains are not
// known.
type Basis int

// The bases.
const (
	// ByRank places the instances in the order of their ids, as Azure does after a
	// stop and start, and in a scale set that grows without gaps. Recorded in heat
	// maps of 2016.
	ByRank Basis = iota
	// ByID places each instance where a new scale set places the instance with that
	// id: the scale set was only scaled in since it was created, and the gaps come
	// from removed instances. It reproduces every recorded scale-in whose list has
	// only ids.
	ByID
)

func (b Basis) String() string {
	if b == ByID {
		return "id"
	}
	return "rank"
}

// Restore returns a scale set with the given instances, in any order. It places an
// instance without domains (see [NoDomain]) by rank, and does not change the slice. It
// returns an error for instances that the configuration does not allow.
func Restore(config Config, instances []Instance) (*Set, error) {
	return RestoreBy(config, instances, ByRank)
}

// RestoreBy is [Restore] with the basis for placing instances without domains.
func RestoreBy(config Config, instances []Instance, basis Basis) (*Set, error) {
	s, err := empty(config)
	if err != nil {
		return nil, err
	}
	if err := checkCapacity(len(instances)); err != nil {
		return nil, err
	}
	s.instances = slices.Clone(instances)
	slices.SortFunc(s.instances, byID)
	for i := range s.instances {
		if err := s.checkInstance(i); err != nil {
			return nil, err
		}
		if config.Spot && config.Mix == nil {
			s.instances[i].Flags |= Spot
		}
	}
	if n := len(s.instances); n > 0 {
		s.nextID = s.instances[n-1].ID + 1
	}
	s.locate(basis)
	return s, nil
}

func empty(config Config) (*Set, error) {
	c, err := config.normal()
	return &Set{config: c}, err
}

func checkCapacity(n int) error {
	if n < 0 || n > MaxInstances {
		return fmt.Errorf("%d instances; 0 to %d are possible", n, MaxInstances)
	}
	return nil
}

func (s *Set) checkInstance(i int) error {
	in, c := &s.instances[i], s.config
	switch {
	case in.ID < 0:
		return fmt.Errorf("instance id %d is negative", in.ID)
	case i > 0 && s.instances[i-1].ID == in.ID:
		return fmt.Errorf("duplicate instance id %d", in.ID)
	case int(in.FaultDomain) < NoDomain || int(in.FaultDomain) >= c.FaultDomains:
		return fmt.Errorf("instance %d is in fault domain %d of %d", in.ID, in.FaultDomain, c.FaultDomains)
	case int(in.UpdateDomain) < NoDomain || int(in.UpdateDomain) >= max(c.UpdateDomains, 1):
		return fmt.Errorf("instance %d is in update domain %d of %d", in.ID, in.UpdateDomain, c.UpdateDomains)
	case in.Zone != "" && !slices.Contains(c.Zones, in.Zone):
		return fmt.Errorf("instance %d is in zone %s; the zones of the scale set are %s", in.ID, in.Zone, list(c.Zones))
	case in.Group < 0 || int(in.Group) > len(s.instances):
		return fmt.Errorf("instance %d is in placement group %d of %d instances", in.ID, in.Group, len(s.instances))
	}
	return nil
}

// locate gives domains to the instances that have none.
func (s *Set) locate(basis Basis) {
	var missing []int
	var known []Instance
	for i := range s.instances {
		if in := &s.instances[i]; in.FaultDomain == NoDomain || in.UpdateDomain == NoDomain && !s.config.Flexible {
			missing = append(missing, i)
		} else {
			known = append(known, *in)
		}
	}
	if len(missing) == 0 {
		return
	}
	if n := s.nextID; basis == ByID && n <= 2*MaxInstances {
		plain := s.config
		plain.Overprovision, plain.Zones, plain.ZonesDown, plain.StrictZoneBalance, plain.Mix, plain.SingleGroup = false, nil, nil, false, nil, true
		fresh := newGrower(plain, nil, 0).grow(n, n)
		for _, i := range missing {
			in := &s.instances[i]
			in.FaultDomain, in.UpdateDomain = fresh[in.ID].FaultDomain, fresh[in.ID].UpdateDomain
		}
		return
	}
	t := newTally(s.config, known)
	for _, i := range missing {
		in := &s.instances[i]
		t.ensureGroup(int(in.Group), t.zone(in.Zone))
		fault, update := t.cell(in.ID, int(in.Group))
		if in.FaultDomain == NoDomain {
			in.FaultDomain = fault
		} else if !s.config.Flexible {
			update = int16(t.updateDomain(int(in.Group), int(in.FaultDomain)))
		}
		in.UpdateDomain = update
		t.count(in, +1)
	}
}

func byID(a, b Instance) int { return cmp.Compare(a.ID, b.ID) }

// Config returns the configuration with its defaults filled in.
func (s *Set) Config() Config { return s.config }

// Len returns the capacity.
func (s *Set) Len() int { return len(s.instances) }

// Instances returns the instances by ascending id. The caller must not change them; a
// later resize does not change them either.
func (s *Set) Instances() []Instance { return s.instances }

// Raise sets the next id of the current model to at least next: the scale set is known
// to have used all lower ids.
func (s *Set) Raise(next int) { s.nextID = max(s.nextID, next) }

// Trace calls f for each instance that a later resize removes.
func (s *Set) Trace(f func(Removal)) { s.trace = f }

// Protect marks instances as protected from scale-in, and returns the ids that the
// scale set does not have.
func (s *Set) Protect(ids ...int) (missing []int) {
	return s.Mark(Protected, ids...)
}

// Mark sets flags on instances, and returns the ids that the scale set does not have.
func (s *Set) Mark(flags Flags, ids ...int) (missing []int) {
	s.instances = slices.Clone(s.instances)
	for _, id := range ids {
		i, ok := slices.BinarySearchFunc(s.instances, id, func(in Instance, id int) int { return cmp.Compare(in.ID, id) })
		if !ok {
			missing = append(missing, id)
			continue
		}
		s.instances[i].Flags |= flags
	}
	return missing
}

// Zone sets the zones of the scale set for later resizes, as a zonal expansion does
// (API 2023-03-01): existing instances stay where they are, new ones are created in the
// zones, and regional ones are removed first.
func (s *Set) Zone(zones ...string) error {
	c := s.config
	c.Zones = zones
	c, err := c.normal()
	if err != nil {
		return err
	}
	for i := range s.instances {
		if z := s.instances[i].Zone; z != "" && !slices.Contains(zones, z) {
			return fmt.Errorf("zone %s has instances and cannot be removed from the scale set", z)
		}
	}
	s.config = c
	return nil
}

// Resize changes the capacity to n. It returns an error for a capacity beyond the
// limits of the engine, or a [*BlockedError] for a scale-out that the zones reject; the
// scale set is then unchanged. A scale-in that protection prevents in part removes what
// it can: Reached is then greater than To.
func (s *Set) Resize(n int) (Change, error) {
	change := Change{From: s.Len(), To: n}
	if err := checkCapacity(n); err != nil {
		return change, err
	}
	switch {
	case n > s.Len():
		if err := s.scaleOut(&change); err != nil {
			change.Reached = s.Len()
			return change, err
		}
	case n < s.Len():
		s.scaleIn(&change)
	}
	change.Reached = s.Len()
	return change, nil
}

func (s *Set) scaleOut(change *Change) error {
	wanted := change.To - change.From
	surplus := 0
	if s.config.Overprovision {
		surplus = Surplus(wanted, change.To)
	}
	g := newGrower(s.config, s.instances, s.nextID)
	if err := g.blocked(wanted); err != nil {
		return err
	}
	change.Added = g.grow(wanted, change.To)
	s.nextID = max(s.nextID, g.nextID)
	s.instances = merge(s.instances, change.Added)
	if surplus > 0 {
		change.Surplus = g.grow(surplus, change.To+surplus)
		s.nextID = max(s.nextID, g.nextID)
	}
	return nil
}

// merge returns both, by id, in a new slice.
func merge(a, b []Instance) []Instance {
	all := make([]Instance, 0, len(a)+len(b))
	all = append(append(all, a...), b...)
	if len(a) > 0 && len(b) > 0 && b[0].ID < a[len(a)-1].ID {
		slices.SortFunc(all, byID)
	}
	return all
}

// Surplus returns how many instances overprovisioning creates beyond the requested
// ones on the way to the capacity target: a tenth of the target, but at least 3 and
// never more than are requested. Azure does not document it. Recorded are new scale
// sets of 1, 2 and 5 since 2018 (1, 2 and 3 more; 469 of them), of 100 (10 more), and
// the growth from 10 to 100 (10 more); in 2017 a scale set of 5 got 5 more. Which
// instances survive is random; see docs/models.md.
func Surplus(wanted, target int) int {
	return max(0, min(wanted, max(3, (target+9)/10)))
}
