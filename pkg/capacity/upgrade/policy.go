package upgrade

import (
	"fmt"
	"strings"
	"time"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// A Mode is the upgrade policy mode of a scale set (upgradePolicy.mode).
type Mode int

// The modes.
const (
	Manual    Mode = iota // instances keep their model until they are upgraded by hand
	Automatic             // all instances are upgraded, in no documented order
	Rolling               // instances are upgraded in batches
	// Repair is not a mode of the policy: automatic repairs replace unhealthy
	// instances, at most repairPercent at a time, whatever the mode is.
	Repair
)

// repairPercent is the largest percentage of a scale set that is repaired at a time,
// at least one instance (virtual-machine-scale-sets-automatic-instance-repairs).
const repairPercent = 5

// ParseMode returns the mode with a name, ignoring case, or an error that lists the
// names.
func ParseMode(name string) (Mode, error) {
	for m := Manual; m <= Rolling; m++ {
		if strings.EqualFold(name, m.String()) {
			return m, nil
		}
	}
	return 0, fmt.Errorf("unknown upgrade mode %q; use Manual, Automatic or Rolling", name)
}

func (m Mode) String() string { return [...]string{"Manual", "Automatic", "Rolling", "Repair"}[m] }

// DefaultPercent is the value of the percentages that a rolling upgrade policy omits
// (virtual-machine-scale-sets-configure-rolling-upgrades: "defaults to 20%").
const DefaultPercent = 20

// A Policy is an upgrade policy. Percentages are 0 to 100; the zero value of a
// percentage is a real 0, so callers fill in [DefaultPercent].
type Policy struct {
	Mode Mode
	// MaxBatchPercent is the largest percentage of all instances in one batch.
	MaxBatchPercent int
	// MaxUnhealthyPercent is the largest percentage of all instances that may be
	// unhealthy before the upgrade and before each batch.
	MaxUnhealthyPercent int
	// MaxUnhealthyUpgradedPercent is the largest percentage of the upgraded instances
	// that may be unhealthy after a batch.
	MaxUnhealthyUpgradedPercent int
	// Pause is the time between two batches.
	Pause time.Duration
	// CrossZone ignores zones when it makes batches (enableCrossZoneUpgrade).
	CrossZone bool
	// MaxSurge creates new instances before it removes the old ones of a batch.
	MaxSurge bool
	// UnhealthyFirst upgrades unhealthy instances before all others
	// (prioritizeUnhealthyInstances).
	UnhealthyFirst bool
	// Grace is how long an instance is unhealthy before it is repaired, with mode
	// Repair (automaticRepairsPolicy.gracePeriod).
	Grace time.Duration
	// Rollback returns failed instances to the old model when a limit is
	// exceeded (rollbackFailedInstancesOnPolicyBreach; Uniform only).
	Rollback bool
}

// A Health says how Azure learns whether an instance is healthy.
type Health struct {
	Source HealthSource
	// Interval and Probes are those of the probe or of the extension.
	Interval time.Duration
	Probes   int
	// Grace is the grace period of the extension; 0: none.
	Grace time.Duration
}

// A HealthSource is where the health of an instance comes from.
type HealthSource int

// The sources.
const (
	NoHealth  HealthSource = iota
	Probe                  // a load balancer probe
	Extension              // the application health extension
)

// An Action is what happens to an instance that gets the new model.
type Action int

// The actions, from the least to the most disruptive.
const (
	Nothing Action = iota // only the model changes
	InPlace               // updated without a restart
	Restart
	Reimage
	Redeploy // stopped and moved, as a change of size does
	Replace  // a new instance is created, and the old one removed
)

func (a Action) String() string {
	return [...]string{"none", "in-place", "restart", "reimage", "redeploy", "replace"}[a]
}

// An OS is the operating system of the instances.
type OS int

// The operating systems.
const (
	UnknownOS OS = iota
	Linux
	Windows
)

// A Change is what the new model does to an instance.
type Change struct {
	Action Action
	OS     OS
	// Work is how long one instance takes, without the wait for health.
	// The zero value takes the recorded range of the action and the OS.
	Work Minutes
	// Reimages reports that part of the change reaches an instance only when
	// it is reimaged by hand: credentials and custom data
	// (virtual-machine-scale-sets-upgrade-policy). Such a change is never part
	// of a batch.
	Reimages bool
	// Walk makes batches of all instances although none of them changes, as in an OS
	// image upgrade to the image that they already have: each batch still waits for
	// health.
	Walk bool
	// OSUpgrade says that Azure itself upgrades the OS image: it restores
	// the disk of an instance that does not become healthy.
	OSUpgrade bool
	// TerminateNotice delays the removal of an instance
	// (terminateNotificationProfile); 0: none.
	TerminateNotice time.Duration
}

// An Instance is one instance of a scale set that is upgraded.
type Instance struct {
	placement.Instance
	// Pinned instances are protected from scale set actions
	// (protectFromScaleSetActions), so upgrades skip them.
	Pinned bool
	// Latest instances have the new model already.
	Latest bool
}

// Serves reports whether the instance is running: allocated, started and healthy.
func (i Instance) Serves() bool { return i.Running() }

// A State is a scale set before the upgrade.
type State struct {
	// Instances are all instances, in any order. They include new ones that the same
	// deployment creates, which are marked Latest.
	Instances []Instance
	// Zones names the zones in the order of the model.
	Zones []string
	// Flexible scale sets have no update domains.
	Flexible bool
	// ServiceFabric scale sets are upgraded one update domain at a time.
	ServiceFabric bool
	// NextID is the id that the next new instance gets; 0: one above the
	// highest id.
	NextID int
}
