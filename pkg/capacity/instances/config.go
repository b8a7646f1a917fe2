package instances

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Config returns how the set behaves, as far as the state tells; numbers of
// domains that nobody gives are 0, for the default of the model.
func (s *State) Config() placement.Config {
	c := placement.Config{
		Model: s.Model, Policy: s.Policy, Flexible: s.Flexible, Zones: slices.Clone(s.Zones), SingleGroup: s.SingleGroup,
		StrictZoneBalance: s.StrictZones, UnhealthyFirst: s.UnhealthyFirst, Overprovision: s.Overprovisions && !s.Flexible, Mix: s.Mix,
	}
	if s.Model == placement.Current {
		c.FaultDomains = s.FaultDomains
	}
	return c
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
