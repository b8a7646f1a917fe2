package instances

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// An Aftermath says what is left of a scale set after failures.
type Aftermath struct {
	// Each is what serves after one of the failures alone.
	Each []placement.Remainder
	// Running of Of instances serve after all of them together.
	Running, Of int
	// Empty names the backend pools that no instance of the deployment serves
	// any more.
	Empty []string
	// Refill says whether, and how, as many instances can serve as before.
	Refill string
}

// Sentences returns the aftermath as sentences.
func (a Aftermath) Sentences() (all []string) {
	losses := make([]placement.Loss, len(a.Each))
	var parts []string
	for i, r := range a.Each {
		losses[i] = r.Loss
		parts = append(parts, fmt.Sprintf("if %s, %d", r.Loss.Event(), r.Running))
	}
	if len(losses) == 0 {
		return nil
	}
	if parts[0] += fmt.Sprintf(" of %d instances are left", a.Of); len(losses) > 1 {
		parts = append(parts, fmt.Sprintf("if all of this happens, %d", a.Running))
	}
	all = append(all, strings.Join(parts, "; "))
	if len(a.Empty) > 0 {
		all = append(all, "no instance is left in "+strings.Join(a.Empty, ", "))
	}
	if a.Refill != "" {
		all = append(all, a.Refill)
	}
	return all
}

// CheckLosses returns a [*Mistake] for a failure of something that a scale set with the
// configuration does not have.
func CheckLosses(name string, c placement.Config, losses []placement.Loss) error {
	for _, l := range losses {
		switch {
		case l.Kind == placement.LoseZone && len(c.Zones) == 0:
			return Mistakef("%s %v: %s has no zones", FieldLose, l, name)
		case l.Kind == placement.LoseZone && !slices.Contains(c.Zones, l.Zone):
			return Mistakef("%s %v: the zones of %s are %s", FieldLose, l, name, strings.Join(c.Zones, ", "))
		case l.Kind == placement.LoseFaultDomain && c.MaxSpreading():
			return Mistakef("%s %v: %s uses max spreading, so the fault domains of its instances are unknown; use %s host", FieldLose, l, name, FieldLose)
		case l.Kind == placement.LoseFaultDomain && l.Domain >= c.FaultDomains:
			return Mistakef("%s %v: %s has %s, numbered from 0", FieldLose, l, name, diag.Count(c.FaultDomains, "fault domain"))
		case l.Kind == placement.LoseUpdateDomain && c.UpdateDomains <= 1:
			return Mistakef("%s %v: the update domains of %s are unknown", FieldLose, l, name)
		case l.Kind == placement.LoseUpdateDomain && l.Domain >= c.UpdateDomains:
			return Mistakef("%s %v: %s has %s, numbered from 0", FieldLose, l, name, diag.Count(c.UpdateDomains, "update domain"))
		}
	}
	return nil
}

// After returns what is left of the scale set after failures.
func (s *State) After(set *placement.Set, losses []placement.Loss) (a Aftermath) {
	if len(losses) == 0 {
		return a
	}
	c := set.Config()
	a.Of = set.Balance().Running
	a.Each, a.Running = placement.After(set.Instances(), c.Zones, c.ZonesDown, losses)
	if a.Running == 0 && a.Of > 0 {
		a.Empty = s.ownPools()
	}
	if a.Running < a.Of {
		a.Refill = s.refill(set, losses, a.Of-a.Running)
	}
	return a
}

// ownPools returns the names of the backend pools that only this scale set serves, as
// far as the deployment shows.
func (s *State) ownPools() (names []string) {
	if s.Set == nil {
		return nil
	}
	era := s.era
	_, pools := limits.Members(limits.ScaleSet{ScaleSet: s.Set, Era: era})
	for _, pool := range pools {
		shared := false
		for _, other := range s.Set.Deployment.ScaleSets {
			each, _ := limits.Members(limits.ScaleSet{ScaleSet: other, Era: era})
			shared = shared || other != s.Set && each[pool.Path().String()] > 0
		}
		if shared {
			continue
		}
		path := pool.Path().Names
		name := "backend pool " + path[len(path)-1]
		if len(path) > 1 {
			name += " of " + path[0]
		}
		names = append(names, name)
	}
	return names
}

// refill says whether the lost instances can be replaced.
func (s *State) refill(set *placement.Set, losses []placement.Loss, lost int) string {
	var zones []string
	hosts, spot := false, false
	for _, l := range losses {
		switch l.Kind {
		case placement.LoseZone:
			zones = append(zones, l.Zone)
		case placement.LoseSpot:
			spot = true
		default:
			hosts = true
		}
	}
	var parts []string
	if len(zones) > 0 {
		parts = append(parts, s.refillZones(set, zones, lost))
	}
	if hosts && len(zones) == 0 {
		parts = append(parts, "Azure restarts the instances of a failed host on another host (documented: service healing); the capacity does not change")
	}
	if spot {
		text := "Azure deletes evicted instances (eviction policy Delete), so the capacity decreases (documented)"
		if s.evictionPolicy() == "Deallocate" {
			text = "evicted instances stay deallocated and count towards the capacity (eviction policy Deallocate, documented)"
		}
		parts = append(parts, text+"; new ones are created only while there is Spot capacity")
	}
	return strings.Join(parts, "; ")
}

// evictionPolicy returns what happens to evicted instances: Deallocate unless the
// template says otherwise (use-spot).
func (s *State) evictionPolicy() string {
	if s.Set != nil {
		if p, ok := s.Set.EvictionPolicy.Known(); ok && strings.EqualFold(p, "Delete") {
			return "Delete"
		}
	}
	return "Deallocate"
}

// refillZones tries a scale-out by what was lost, with the lost zones down: their
// instances still count towards the capacity.
func (s *State) refillZones(set *placement.Set, zones []string, lost int) string {
	c := set.Config()
	for _, z := range zones {
		if !slices.Contains(c.ZonesDown, z) {
			c.ZonesDown = append(slices.Clone(c.ZonesDown), z)
		}
	}
	c.Overprovision = false
	n := set.Len()
	text := fmt.Sprintf("to replace the lost instances, scale out from %d to %d", n, n+lost)
	trial, err := placement.Restore(c, set.Instances())
	if err == nil {
		_, err = trial.Resize(n + lost)
	}
	var blocked *placement.BlockedError
	switch {
	case errors.As(err, &blocked):
		return fmt.Sprintf("the lost instances cannot be replaced: %v (documented)", blocked)
	case err != nil:
		return ""
	}
	for _, l := range limits.Exceeded(s.Limits(c.Model, &n), n+lost) {
		if l.Severity == diag.Error {
			return fmt.Sprintf("the lost instances cannot be replaced: %d instances exceed %d, %s", n+lost, l.Max, l.Reason)
		}
	}
	return text + ", because lost instances still count; the new ones are created in the other zones (documented: zone balancing)"
}
