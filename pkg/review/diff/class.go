package diff

import "fmt"

// A Class is what the service makes of a change.
type Class uint8

// The classes, from the mildest to the worst.
const (
	// NoEffect changes nothing that the service keeps.
	NoEffect Class = iota
	// SetOnly changes the scale set and touches no instance.
	SetOnly
	// Update changes a resource that is not a scale set, in place.
	Update
	// Created is a resource, or a whole side of one, that is new.
	Created
	// LeftBehind is a resource that the template no longer has; an incremental
	// deployment leaves it as it is.
	LeftBehind
	// Instances reaches each instance in place, as the upgrade policy says.
	Instances
	// Restart restarts each instance that it reaches.
	Restart
	// Reimage reaches an instance only when it is made anew.
	Reimage
	// Unknown is a change of which the effect is not known: a value depends on
	// the deployment, or nobody has shown whether Azure accepts it.
	Unknown
	// Replaced is a resource that goes, and another that comes in its place.
	Replaced
	// Removed is a resource that a complete deployment deletes.
	Removed
	// Refused is a change that the service does not accept.
	Refused
)

var classNames = [...]string{
	NoEffect: "no-effect", SetOnly: "set-only", Update: "update", Created: "created", LeftBehind: "left-behind", Instances: "instances",
	Restart: "restart", Reimage: "reimage", Unknown: "unknown", Replaced: "replaced", Removed: "removed", Refused: "refused",
}

var classWords = [...]string{
	NoEffect: "no effect", SetOnly: "model only", Update: "updated in place", Created: "created", LeftBehind: "left behind",
	Instances: "updated in place on each instance", Restart: "restarts instances", Reimage: "reimages instances",
	Unknown: "unknown", Replaced: "replaced", Removed: "removed", Refused: "refused",
}

// String is the name of the class, for machines.
func (c Class) String() string { return classNames[c] }

// Words say what the class means, for people.
func (c Class) Words() string { return classWords[c] }

// Words say what the class of the change means, for people.
func (c *Change) Words() string {
	switch {
	case c.Class == Unknown && c.Depends:
		return "not known offline; if it changes: " + c.May.Words()
	case c.Class == Unknown:
		return "unknown; may be rejected"
	case c.Rule != nil && c.Rule.ByHand && c.Class == Reimage:
		return "needs a manual reimage"
	}
	return c.Class.Words()
}

// MarshalText writes the name.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// A Threshold is from where on a comparison fails.
type Threshold uint8

// The thresholds.
const (
	Never       Threshold = iota
	FromRefused           // what the service refuses
	FromReimage           // that, and what makes instances or resources anew or deletes them
	FromAny               // whatever has an effect
)

var thresholdNames = [...]string{"never", "refused", "reimage", "any"}

// ParseThreshold reads never, refused, reimage or any.
func ParseThreshold(name string) (Threshold, error) {
	for i, n := range thresholdNames {
		if n == name {
			return Threshold(i), nil
		}
	}
	return Never, fmt.Errorf("unknown threshold %q; use one of: never, refused, reimage, any", name)
}

// reaches reports whether a change of the class is at or above the threshold.
// What is not known counts for FromAny alone.
func (t Threshold) reaches(c Class) bool {
	switch t {
	case FromRefused:
		return c == Refused
	case FromReimage:
		return c == Refused || c == Reimage || c == Replaced || c == Removed
	case FromAny:
		return c != NoEffect
	}
	return false
}
