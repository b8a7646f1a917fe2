package placement

import (
	"fmt"
	"slices"
	"strings"
)

// A Model is the era whose placement and removal rules are followed.
type Model int

// The models. The zero value is today's.
const (
	// Current follows Azure since July 2016: up to 5 fault domains, 5 update
	// domains, zones, and ids that are never reused.
	Current Model = iota
	// Preview follows the public preview of November 2015: an implicit
	// availability set of 3 fault and 5 update domains, even removal, and the lowest
	// free ids for new instances.
	Preview
)

func (m Model) String() string {
	if m == Preview {
		return "preview"
	}
	return "current"
}

// A Policy is a scale-in policy (scaleInPolicy.rules since API 2019-03-01).
type Policy int

// The policies.
const (
	Default  Policy = iota // balance zones, then fault domains, then remove the newest
	NewestVM               // balance zones, then remove the newest
	OldestVM               // balance zones, then remove the oldest
)

var policyNames = [...]string{"Default", "NewestVM", "OldestVM"}

func (p Policy) String() string { return policyNames[p] }

// ParsePolicy returns the policy with a name, ignoring case, or an error that lists the
// names.
func ParsePolicy(name string) (Policy, error) {
	for i, n := range policyNames {
		if strings.EqualFold(n, name) {
			return Policy(i), nil
		}
	}
	return 0, fmt.Errorf("%q is not a scale-in policy; use one of: %s", name, strings.Join(policyNames[:], ", "))
}

// The limits of the engine. They are limits of the tool, far above those of Azure,
// which the caller checks.
const (
	MaxInstances = 2_000_000
	MaxDomains   = 64 // fault or update domains; an availability set has at most 3 and 20
	MaxZones     = 16
)

// GroupSize is the limit of instances in one placement group
// (virtual-machine-scale-sets-placement-groups).
const GroupSize = 100

// A Config is the configuration of a scale set. The zero value is a Uniform regional
// scale set of today with the defaults of Azure.
type Config struct {
	Model Model
	// FaultDomains and UpdateDomains are the numbers of domains; 0 is the default of
	// the model: 3 and 5 in the preview; 5 and 5 today, or 1 and 1 for zonal scale
	// sets and for max spreading, whose instances are all shown in domain 0.
	FaultDomains, UpdateDomains int
	// Zones names the availability zones in the order in which they are tried.
	Zones  []string
	Policy Policy
	// Flexible scale sets have no update domains and no placement groups of 100.
	Flexible bool
	// SingleGroup keeps all instances of a zone in one placement group.
	SingleGroup bool
	// StrictZoneBalance rejects a scale-out after which two zones would differ by
	// more than one instance (zoneBalance: true).
	StrictZoneBalance bool
	// ZonesDown names zones in which no instance can be created at the moment.
	ZonesDown []string
	// Overprovision creates surplus instances temporarily (see [Surplus]).
	Overprovision bool
	// UnhealthyFirst removes unhealthy and deallocated instances before all others
	// (scaleInPolicy.prioritizeUnhealthyVMs, API 2024-11-01).
	UnhealthyFirst bool
	// Spot says that every instance is a Spot instance (priority Spot without a mix).
	Spot bool
	// Mix divides the scale set into regular and Spot instances; nil does not.
	Mix *PriorityMix
}

// normal fills in the defaults and checks what the engine relies on.
func (c Config) normal() (Config, error) {
	c.Zones = slices.Clone(c.Zones)
	if c.FaultDomains == 0 {
		c.FaultDomains = c.defaultFaultDomains()
	}
	if c.UpdateDomains == 0 && !c.Flexible {
		c.UpdateDomains = c.defaultUpdateDomains()
	}
	switch {
	case c.FaultDomains < 1 || c.FaultDomains > MaxDomains:
		return c, fmt.Errorf("%d fault domains; 1 to %d are possible", c.FaultDomains, MaxDomains)
	case c.UpdateDomains < 0 || c.UpdateDomains > MaxDomains:
		return c, fmt.Errorf("%d update domains; 1 to %d are possible", c.UpdateDomains, MaxDomains)
	case c.Flexible && c.UpdateDomains != 0:
		return c, fmt.Errorf("%d update domains; a Flexible scale set has none", c.UpdateDomains)
	}
	if err := c.Mix.check(); err != nil {
		return c, err
	}
	return c, c.checkZones()
}

func (c Config) checkZones() error {
	if len(c.Zones) > MaxZones {
		return fmt.Errorf("%d zones; at most %d are possible", len(c.Zones), MaxZones)
	}
	for i, z := range c.Zones {
		if z == "" {
			return fmt.Errorf("a zone without a name")
		}
		if slices.Contains(c.Zones[:i], z) {
			return fmt.Errorf("zone %s is named twice", z)
		}
	}
	for _, z := range c.ZonesDown {
		if !slices.Contains(c.Zones, z) {
			return fmt.Errorf("zone %s is down but not a zone of the scale set, whose zones are %s", z, list(c.Zones))
		}
	}
	return nil
}

func list(zones []string) string {
	if len(zones) == 0 {
		return "none"
	}
	return strings.Join(zones, ", ")
}

func (c Config) defaultFaultDomains() int {
	switch {
	case c.Model == Preview:
		return 3
	case c.Flexible || len(c.Zones) > 0:
		return 1 // max spreading (virtual-machine-scale-sets-manage-fault-domains)
	}
	return 5
}

func (c Config) defaultUpdateDomains() int {
	if c.Model == Current && c.FaultDomains == 1 {
		return 1 // recorded sets of one fault domain show update domain 0 throughout
	}
	return 5
}

// MaxSpreading reports whether instances are spread over as many racks as possible, so
// that fault domains have no meaningful numbers.
func (c Config) MaxSpreading() bool { return c.Model == Current && c.FaultDomains == 1 }

func (c Config) zoneDown(i int) bool { return slices.Contains(c.ZonesDown, c.Zones[i]) }
