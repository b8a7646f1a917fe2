package instances

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Config returns the placement configuration of the scale set. A number of domains
// that is unknown is 0, for the default of the model.
func (s *State) Config() placement.Config {
	c := placement.Config{
		Model: s.Model, Policy: s.Policy, Flexible: s.Flexible, Zones: slices.Clone(s.Zones), SingleGroup: s.SingleGroup,
		StrictZoneBalance: s.StrictZones, UnhealthyFirst: s.UnhealthyFirst, Overprovision: s.Overprovisions && !s.Flexible, Mix: s.Mix, Spot: s.Spot,
	}
	if s.Model == placement.Current {
		c.FaultDomains = s.FaultDomains
	}
	return c
}

// Domains returns the numbers of fault and update domains that the instances of
// a list show; 0 where they show none, for the default of the model.
func (s *State) Domains(c placement.Config) (fault, update int) {
	switch seen := s.SeenFaultDomains; {
	case seen == 0:
	case c.Model == placement.Preview:
		fault = max(3, seen)
	case seen == 1 && (len(s.Instances) > 1 && s.SeenUpdateDomains <= 1 || len(c.Zones) > 0 || c.Flexible):
		fault = 1 // max spreading shows domain 0 throughout
	case c.Flexible:
		fault = max(3, seen)
	default:
		fault = max(5, seen)
	}
	if s.SeenUpdateDomains > 1 && !c.Flexible {
		update = max(5, s.SeenUpdateDomains)
	}
	return fault, update
}

// Open returns the set as it is now, with every instance in its zone and
// domains: those of the list or of the old model, else as many new ones as the
// capacity says. It returns an error for instances that contradict the model, and
// a [*Mistake] when the number of instances is not known.
func (s *State) Open() (*placement.Set, error) {
	c := s.Config()
	fault, update := s.Domains(c)
	if c.FaultDomains == 0 {
		c.FaultDomains = fault
	}
	c.UpdateDomains = update
	if s.Instances == nil {
		if s.Capacity < 0 {
			return nil, UnknownCapacity(s.Name, s.Set, FieldFrom)
		}
		set, err := placement.New(c, s.Capacity)
		if err == nil {
			set.Raise(s.NextID(s.Capacity, c.Overprovision))
		}
		return set, err
	}
	basis, _ := s.Basis(c)
	set, err := placement.RestoreBy(c, s.Instances, basis)
	if err == nil {
		set.Raise(s.NextID(len(s.Instances), c.Overprovision))
	}
	return set, err
}

// FromOld returns the state of a scale set that exists as older says, with from
// instances, and that the model of newer is deployed to: the instances stay in
// the zones and domains in which older placed them, and new ones follow newer.
// A negative from is the capacity of older. ok is false when that is not known,
// or the two cannot be the same set.
func FromOld(older, newer *vmss.ScaleSet, from int, era guidance.Era) (s *State, ok bool) {
	before, s := FromTemplate(older, era), FromTemplate(newer, era)
	if from < 0 {
		from = before.Capacity
	}
	if from < 0 || before.Flexible != s.Flexible || before.Model != s.Model {
		return s, false
	}
	c := before.Config()
	c.Overprovision, c.StrictZoneBalance = false, false
	set, err := placement.New(c, from)
	if err != nil {
		return s, false
	}
	for _, z := range before.Zones {
		s.addZone(z)
	}
	s.Instances, s.Assumed = set.Instances(), true
	if s.Instances == nil {
		s.Instances = []placement.Instance{}
	}
	// The number of domains is fixed when a set is created.
	s.FaultDomains = set.Config().FaultDomains
	s.SeenFaultDomains, s.SeenUpdateDomains = s.FaultDomains, set.Config().UpdateDomains
	return s, true
}
