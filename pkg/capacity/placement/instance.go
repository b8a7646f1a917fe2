package placement

// NoDomain is the domain of an instance without a domain, or with an unknown one.
const NoDomain = -1

// An Instance is one virtual machine of a scale set.
type Instance struct {
	// ID orders the instances by age. In a Uniform scale set it is the instance id,
	// in a Flexible one the rank by creation time.
	ID int
	// FaultDomain and UpdateDomain are numbers from 0, or [NoDomain].
	FaultDomain, UpdateDomain int16
	// Group is the index of the placement group.
	Group int32
	Flags Flags
	// Zone is the name of the zone, "" for a regional instance.
	Zone string
}

// Flags are what else is known about an instance.
type Flags uint8

// The flags.
const (
	Protected   Flags = 1 << iota // protectFromScaleIn or protectFromScaleSetActions
	Unhealthy                     // the health source says unhealthy
	Deallocated                   // stopped and deallocated; still counts towards the capacity
	Spot                          // a Spot instance, which Azure may evict
	Stopped                       // stopped and not deallocated, or on the way to it
	Pinned                        // protectFromScaleSetActions: upgrades and reimages of the scale set skip it
	Outdated                      // latestModelApplied is false
)

// Has reports whether all of f are set.
func (f Flags) Has(what Flags) bool { return f&what == what }

// Running reports whether the instance is running: allocated, started and healthy.
func (i *Instance) Running() bool { return !i.inactive() }

// inactive reports whether prioritizeUnhealthyVMs removes the instance first.
func (i *Instance) inactive() bool { return i.Flags&(Unhealthy|Deallocated|Stopped) != 0 }
