package instances

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/tidwall/gjson"
)

const showHint = "save the output of: az vmss show -g GROUP -n NAME -o json"

// ReadSet adds to s what a saved answer says about the scale set as a whole: the output
// of az vmss show, or the answer of the REST API. name is the name of the file in
// messages.
func (s *State) ReadSet(name string, text []byte) error {
	root, err := parseSaved(name, text)
	if err != nil {
		return &Mistake{Text: strings.ReplaceAll(err.Error(), listHint, showHint)}
	}
	capacity, ok := number(member(member(root, "sku"), "capacity"))
	if !root.IsObject() || !ok {
		return Mistakef("%s is not a scale set: it has no sku.capacity; %s", name, showHint)
	}
	set := member(root, "name").String()
	if s.Name != "" && s.Instances != nil && set != "" && !strings.EqualFold(set, s.Name) {
		return Mistakef("%s describes scale set %s, but the instances belong to %s; save both for the same scale set", name, set, s.Name)
	}
	if set != "" {
		s.Name = set
	}
	if s.Instances != nil && capacity != len(s.Instances) {
		s.note("the capacity in %s is %d, but the list has %s; the list is used", name, capacity, diag.Count(len(s.Instances), "instance"))
	} else {
		s.Capacity = capacity
	}
	s.SizeName = member(member(root, "sku"), "name").String()
	s.readSavedProperties(root)
	return nil
}

func (s *State) readSavedProperties(root gjson.Result) {
	member(root, "zones").ForEach(func(_, z gjson.Result) bool {
		s.addZone(z.String())
		return true
	})
	if n, ok := number(member(root, "platformFaultDomainCount")); ok {
		s.FaultDomains = n
	}
	s.Flexible = s.Flexible || strings.EqualFold(member(root, "orchestrationMode").String(), "Flexible")
	s.SingleGroup = truth(member(root, "singlePlacementGroup"))
	s.Modelled = true
	s.Overprovisions = truth(member(root, "overprovision")) && !s.Flexible
	s.StrictZones = truth(member(root, "zoneBalance"))
	policy := member(root, "scaleInPolicy")
	if rule := member(policy, "rules").Get("0").String(); rule != "" {
		s.setPolicy(rule)
	}
	s.UnhealthyFirst = truth(member(policy, "prioritizeUnhealthyVMs"))
	s.Spot = spot(member(member(root, "virtualMachineProfile"), "priority").String())
	if mix := member(root, "priorityMixPolicy"); mix.IsObject() {
		base, _ := number(member(mix, "baseRegularPriorityCount"))
		percent, _ := number(member(mix, "regularPriorityPercentageAboveBase"))
		s.Mix = &placement.PriorityMix{Base: base, RegularPercent: percent}
	}
	if prefix := member(member(member(root, "virtualMachineProfile"), "osProfile"), "computerNamePrefix").String(); prefix != "" {
		s.Prefix = prefix
	}
}

// AddInstances adds the instances of a saved list to the state of a template: the list
// says what exists, the template what is deployed.
func (s *State) AddInstances(list *State) error {
	switch differ := s.Set != nil && s.Set.Resource.NameKnown && !strings.EqualFold(s.Name, list.Name); {
	case differ && s.Saved:
		return Mistakef("the saved model describes scale set %s, but the instances belong to %s; save both for the same scale set", s.Name, list.Name)
	case s.Saved && list.Instances != nil && s.Capacity >= 0 && s.Capacity != len(list.Instances):
		s.note("the capacity in the saved model is %d, but the list has %s; the list is used", s.Capacity, diag.Count(len(list.Instances), "instance"))
	case differ:
		s.note("the list describes scale set %s and the template %s; the preview uses the name in the template", list.Name, s.Name)
	}
	if list.Flexible != s.Flexible && s.Model == placement.Current {
		return Mistakef("the template has %s orchestration, but the listed instances belong to a scale set with %s; the mode of an existing scale set cannot change", orchestration(s.Flexible), orchestration(list.Flexible))
	}
	s.Instances, s.Names, s.ComputerNames = list.Instances, list.Names, list.ComputerNames
	s.SeenFaultDomains, s.SeenUpdateDomains, s.Unplaced = list.SeenFaultDomains, list.SeenUpdateDomains, list.Unplaced
	for _, z := range list.Zones {
		s.addZone(z)
	}
	s.Notes = append(s.Notes, list.Notes...)
	return nil
}

func orchestration(flexible bool) string {
	if flexible {
		return "Flexible"
	}
	return "Uniform"
}
