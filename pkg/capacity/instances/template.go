package instances

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// FromTemplate returns the state that the deployment of a scale set gives. The model
// is that of the era, or of the API version for guidance.Auto. A value that is known
// only at deployment gets the default of Azure and a note.
func FromTemplate(set *vmss.ScaleSet, era guidance.Era) *State {
	if era == guidance.Auto {
		era = guidance.EraOf(set.APIVersion)
	}
	s := &State{Modelled: true, Set: set, era: era, Name: shortName(set.Name), APIVersion: set.APIVersion, Capacity: -1, Place: set.Capacity.Place()}
	if era == guidance.Preview {
		s.Model = placement.Preview
	}
	if n, ok := set.Capacity.Known(); ok && n >= 0 {
		s.Capacity = n
	}
	if !set.Resource.NameKnown {
		s.Name = DefaultName
		s.unnamed = len(s.Notes) + 1
		s.note("the name of the scale set is not known offline; %q is a placeholder", s.Name)
	}
	if prefix, ok := set.OS.ComputerNamePrefix.Known(); ok {
		s.Prefix = prefix
	}
	s.readDomains(era)
	s.readPolicy()
	s.readNetwork()
	s.readStorage()
	if era == guidance.Current {
		s.readKinds()
	}
	return s
}

// FromModel returns the state of a scale set that was read from a saved model
// (az vmss show, Get-AzVmss, a resource of an exported template): it exists, with
// the capacity that the model says.
func FromModel(set *vmss.ScaleSet) *State {
	s := FromTemplate(set, guidance.Auto)
	s.Saved = true
	return s
}

func shortName(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func (s *State) note(format string, args ...any) {
	s.Notes = append(s.Notes, fmt.Sprintf(format, args...))
}

// orNoted returns the value of a field, or the default: with a note if the value is
// known only at deployment.
func orNoted[T any](s *State, f vmss.Field[T], absent T, what string) T {
	v, ok := f.Or(absent)
	if ok {
		return v
	}
	s.note("%s is not known offline; assumed: %v", what, absent)
	return absent
}

// addZone adds a zone that is not there yet. Of more than any set may have no
// repetition is looked for: the set is rejected, and the list may be long.
func (s *State) addZone(name string) {
	if name != "" && (len(s.Zones) > placement.MaxZones || !slices.Contains(s.Zones, name)) {
		s.Zones = append(s.Zones, name)
	}
}

func (s *State) readDomains(era guidance.Era) {
	set := s.Set
	if era == guidance.Preview {
		if set.Zones.IsSet() || set.FaultDomains.IsSet() {
			s.note("the preview has no zones and no choice of fault domains; those in the template are ignored")
		}
		s.Overprovisions, _ = set.Overprovisions(era)
		return
	}
	for _, z := range set.Zones.Items {
		if name, ok := z.Known(); ok {
			s.addZone(name)
		}
	}
	if n, ok := set.Zones.Count(); !ok || n != len(s.Zones) {
		s.note("the zones are not all known offline; assumed: %s", ZonesText(s.Zones))
	}
	s.Flexible, _ = set.Flexible()
	s.SingleGroup, _ = set.OnePlacementGroup()
	s.Overprovisions, _ = set.Overprovisions(era)
	s.FaultDomains = orNoted(s, set.FaultDomains, 0, "platformFaultDomainCount")
	s.StrictZones = orNoted(s, set.ZoneBalance, false, "zoneBalance")
}

// ZonesText names zones for a sentence: "zones 1, 2" or "no zones".
func ZonesText(zones []string) string {
	if len(zones) == 0 {
		return "no zones"
	}
	return "zones " + strings.Join(zones, ", ")
}

func (s *State) readPolicy() {
	set := s.Set
	if s.Model == placement.Preview {
		return
	}
	if len(set.ScaleIn.Rules.Items) > 0 {
		s.setPolicy(orNoted(s, set.ScaleIn.Rules.Items[0], "Default", "the scale-in policy"))
	}
	if first, ok := set.ScaleIn.Node.Get("prioritizeUnhealthyVMs").Bool(); ok {
		s.UnhealthyFirst = first
	}
	if name, ok := set.Priority.Known(); ok {
		s.Spot = spot(name)
	}
	if mix, ok := set.PriorityMix.Known(); ok && s.Flexible {
		base, _ := mix.Get("baseRegularPriorityCount").Int()
		percent, _ := mix.Get("regularPriorityPercentageAboveBase").Int()
		if base < 0 || base > placement.MaxInstances || percent < 0 || percent > 100 {
			s.note("priorityMixPolicy has a base of %d and %d%% above it, which Azure rejects; all instances are assumed to be Spot", base, percent)
			return // lint reports it
		}
		s.Mix = &placement.PriorityMix{Base: int(base), RegularPercent: int(percent)}
	}
}

// spot reports whether a priority means instances that Azure may evict; Low is
// the name of 2017 (low-priority VMs).
func spot(priority string) bool {
	return strings.EqualFold(priority, "Spot") || strings.EqualFold(priority, "Low")
}

func (s *State) setPolicy(name string) {
	p, err := placement.ParsePolicy(name)
	if err != nil {
		s.note("%v; Default is assumed", err)
	}
	s.Policy = p
}

func (s *State) readNetwork() {
	for _, ip := range s.Set.Network.IPConfigurations() {
		for _, ref := range ip.NatPools.Items {
			pool, ok := s.Set.Deployment.NatPool(ref)
			first, f := pool.First.Known()
			last, l := pool.Last.Known()
			if !ok || !f || !l || first < 1 || last < first || last > 65535 {
				continue
			}
			name, _ := pool.Name.Known()
			backend, _ := pool.BackendPort.Known()
			s.Pools = append(s.Pools, NatPool{Name: name, First: first, Last: last, BackendPort: backend})
		}
	}
}

// maxContainers bounds what a hostile template can make the limits cost.
const maxContainers = 4096

func (s *State) readStorage() {
	for _, c := range s.Set.Storage.OSDisk.Containers.Items {
		if len(s.Containers) == maxContainers {
			return
		}
		s.Containers = append(s.Containers, c.Account)
	}
}
