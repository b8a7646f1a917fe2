package whatif

import (
	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Options override what the source says. The zero value overrides nothing.
type Options struct {
	Model  *placement.Model
	Policy *placement.Policy
	// FaultDomains and UpdateDomains override those of the source unless they are 0.
	FaultDomains, UpdateDomains int
	Zones, ZonesDown            []string
	Flexible                    *bool
	StrictZones                 *bool
	UnhealthyFirst              *bool
	// Overprovision overrides the source unless it is nil.
	Overprovision *bool
	Mix           *placement.PriorityMix
	// From is the capacity at the start. Current is that of the existing scale set
	// to which a template is deployed: the capacity of the template is then the
	// first change.
	From, Current *int
	// NextID is the lowest id that a new instance can get, for a scale set that has
	// used higher ids than its instances have; 0 if nothing is known.
	NextID                          int
	Protect, Unhealthy, Deallocated []int
	// Lose are failures; the plan says what is left after them in each step.
	Lose    []placement.Loss
	Explain []int // ids for which the plan explains why they are removed or remain
}

// knownZones are the zones that regions number.
var knownZones = []string{"1", "2", "3"}

// config returns the configuration of the engine, from the source and the options.
func (o Options) config(s *Source) (placement.Config, error) {
	c := s.Config()
	c.FaultDomains = 0 // see setDomains
	c.Model, c.Policy, c.Flexible, c.ZonesDown = or(o.Model, s.Model), or(o.Policy, s.Policy), or(o.Flexible, s.Flexible), o.ZonesDown
	c.StrictZoneBalance, c.UnhealthyFirst = or(o.StrictZones, s.StrictZones), or(o.UnhealthyFirst, s.UnhealthyFirst)
	c.Overprovision = or(o.Overprovision, s.Overprovisions)
	if o.Mix != nil {
		c.Mix = o.Mix
	}
	if len(o.Zones) > 0 {
		c.Zones = o.Zones
	}
	if err := o.checkZones(c); err != nil {
		return c, err
	}
	if c.Flexible && o.Overprovision == nil {
		c.Overprovision = false
	}
	if c.Model == placement.Preview {
		if err := o.checkPreview(); err != nil {
			return c, err
		}
		c.Policy, c.Flexible, c.Mix, c.UnhealthyFirst, c.StrictZoneBalance = placement.Default, false, nil, false, false
		if s.Instances == nil {
			c.Zones = nil
		}
	}
	return c, o.setDomains(&c, s)
}

func or[T any](p *T, otherwise T) T {
	if p != nil {
		return *p
	}
	return otherwise
}

// checkPreview rejects what the preview did not have.
func (o Options) checkPreview() error {
	const remedy = "; remove it, or use %s current"
	switch {
	case len(o.Zones) > 0:
		return instances.Mistakef("the preview model has no zones, which exist since API version 2017-03-30"+remedy, instances.FieldModel)
	case o.Policy != nil:
		return instances.Mistakef("the preview model has no scale-in policies, which exist since API version 2019-03-01"+remedy, instances.FieldModel)
	case o.Flexible != nil && *o.Flexible:
		return instances.Mistakef("the preview model has no Flexible orchestration, which exists since API version 2020-12-01"+remedy, instances.FieldModel)
	case o.Mix != nil:
		return instances.Mistakef("the preview model has no priority mix, which exists since API version 2022-08-01"+remedy, instances.FieldModel)
	case o.UnhealthyFirst != nil && *o.UnhealthyFirst:
		return instances.Mistakef("the preview model has no prioritizeUnhealthyVMs, which exists since API version 2024-11-01"+remedy, instances.FieldModel)
	case o.StrictZones != nil && *o.StrictZones:
		return instances.Mistakef("the preview model has no zone balance, which exists since API version 2017-12-01"+remedy, instances.FieldModel)
	}
	return nil
}

func (o Options) checkZones(c placement.Config) error {
	for _, z := range slices.Concat(o.Zones, o.ZonesDown) {
		if !slices.Contains(knownZones, z) && !slices.Contains(c.Zones, z) || !slices.Contains(knownZones, z) && slices.Contains(o.Zones, z) {
			return instances.Mistakef("unknown zone %q; use one of: %s", z, strings.Join(knownZones, ", "))
		}
	}
	if len(c.Zones) < 2 && c.StrictZoneBalance && o.StrictZones != nil {
		return instances.Mistakef("strict zone balance needs two zones or more, but the scale set has %d; pass %s", len(c.Zones), instances.FieldZones)
	}
	return nil
}

// setDomains decides on the numbers of domains: those of the options, those declared,
// or those of the model for a scale set with such instances.
func (o Options) setDomains(c *placement.Config, s *Source) error {
	c.FaultDomains, c.UpdateDomains = o.FaultDomains, o.UpdateDomains
	if err := o.checkDomains(*c); err != nil {
		return err
	}
	if c.FaultDomains == 0 && (c.Model == placement.Current || s.Set == nil) {
		c.FaultDomains = s.FaultDomains
	}
	if declared := c.FaultDomains; declared > 0 && declared < s.SeenFaultDomains {
		return instances.Mistakef("an instance of the list is in fault domain %[2]d, but there are %[1]d fault domains; pass %[3]s %[4]d or more", declared, s.SeenFaultDomains-1, instances.FieldFaultDomains, s.SeenFaultDomains)
	}
	fault, update := s.Domains(*c)
	if c.FaultDomains == 0 {
		c.FaultDomains = fault
	}
	if declared := o.UpdateDomains; declared > 0 && declared < s.SeenUpdateDomains {
		return instances.Mistakef("an instance of the list is in update domain %[2]d, but there are %[1]d update domains; pass %[3]s %[4]d or more", declared, s.SeenUpdateDomains-1, instances.FieldUpdateDomains, s.SeenUpdateDomains)
	}
	if c.UpdateDomains == 0 {
		c.UpdateDomains = update
	}
	return nil
}

// checkDomains compares the numbers of the options with those that Azure allows
// (virtual-machine-scale-sets-manage-fault-domains).
func (o Options) checkDomains(c placement.Config) error {
	f, u := o.FaultDomains, o.UpdateDomains
	zonal := len(c.Zones) > 0
	switch {
	case f < 0 || f > 5:
		return instances.Mistakef("%d fault domains are not possible; use 1 to 5", f)
	case u < 0 || u > 20:
		return instances.Mistakef("%d update domains are not possible; a scale set has 5, and the limit of an availability set is 20", u)
	case c.Flexible && u > 0:
		return instances.Mistakef("a Flexible scale set has no update domains, not %d; remove %s", u, instances.FieldUpdateDomains)
	case c.Flexible && zonal && f > 1:
		return instances.Mistakef("a Flexible scale set in zones has 1 fault domain, not %d; remove %s", f, instances.FieldFaultDomains)
	case c.Flexible && f > 3:
		return instances.Mistakef("a Flexible scale set has 1 to 3 fault domains, not %d", f)
	case zonal && f > 1 && f != 5:
		return instances.Mistakef("a scale set in zones has 1 or 5 fault domains, not %d", f)
	case c.Flexible && o.Overprovision != nil && *o.Overprovision:
		return instances.Mistakef("a Flexible scale set does not overprovision; remove %s", instances.FieldOverprovision)
	}
	return nil
}
