package diff

import "fmt"

// A Class is how Azure applies a change.
type Class uint8

// The classes, from the mildest to the worst.
const (
	// NoEffect changes nothing that Azure keeps.
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
	// Instances updates each instance in place, by the upgrade policy.
	Instances
	// Restart restarts each instance that is updated.
	Restart
	// Reimage changes an instance only when it is reimaged.
	Reimage
	// Unknown is a change whose effect is not known: a value depends on the
	// deployment, or there is no evidence whether Azure accepts it.
	Unknown
	// Replaced is a resource that is deleted and created again.
	Replaced
	// Removed is a resource that a complete deployment deletes.
	Removed
	// Refused is a change that Azure rejects. There is evidence: it is documented,
	// recorded, or reported with its error; never inferred.
	Refused
)

var classNames = [...]string{
	NoEffect: "no-effect", SetOnly: "set-only", Update: "update", Created: "created", LeftBehind: "left-behind", Instances: "instances",
	Restart: "restart", Reimage: "reimage", Unknown: "unknown", Replaced: "replaced", Removed: "removed", Refused: "refused",
}

var classWords = [...]string{
	NoEffect: "no effect", SetOnly: "model only", Update: "updated in place", Created: "created", LeftBehind: "left behind",
	Instances: "updated in place on each instance", Restart: "restarts instances", Reimage: "reimages instances",
	Unknown: "effect not known", Replaced: "replaced", Removed: "removed", Refused: "rejected by Azure",
}

// String returns the name of the class, for machines.
func (c Class) String() string { return classNames[c] }

// Words returns what the class means, for people.
func (c Class) Words() string { return classWords[c] }

// Words returns what the class of the change means, for people.
func (c *Change) Words() string {
	switch {
	case c.Class == Unknown && c.Depends:
		return "not known offline; if it changes: " + c.May.Words()
	case c.Class == Unknown:
		return "may be rejected"
	case c.Rule != nil && c.Rule.ByHand && c.Class == Reimage:
		return "needs a manual reimage"
	}
	return c.Class.Words()
}

// MarshalText writes the name.
func (c Class) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// A Threshold is the class from which a comparison fails.
type Threshold uint8

// The thresholds.
const (
	Never       Threshold = iota
	FromRefused           // changes that Azure rejects
	FromReimage           // also changes that reimage, replace or remove something
	FromAny               // all changes that have an effect
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
// Unknown counts only for FromAny.
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
