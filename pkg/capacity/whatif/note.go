package whatif

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Headline returns the model in one line.
func (p *Plan) Headline() string {
	c := p.Config
	text := fmt.Sprintf("model %s: %s", c.Model, diag.Count(c.FaultDomains, "fault domain"))
	switch {
	case c.MaxSpreading():
		text = fmt.Sprintf("model %s: max spreading", c.Model)
	case c.UpdateDomains > 0:
		text += fmt.Sprintf(" x %s", diag.Count(c.UpdateDomains, "update domain"))
	}
	if len(c.Zones) > 0 {
		text += ", " + instances.ZonesText(c.Zones)
	}
	if c.Flexible {
		text += ", Flexible"
	}
	if c.Model == placement.Current {
		text += ", policy " + c.Policy.String()
	}
	return text
}

// A Sureness is the kind of evidence for a statement about the behaviour of Azure.
type Sureness string

// The kinds of evidence.
const (
	Documented Sureness = "documented" // a page or a schema says so
	Recorded   Sureness = "recorded"   // seen in saved answers of Azure
	Assumed    Sureness = "assumed"    // neither, and consistent with what is known
)

// A Ground is one rule that a plan follows for its model, its policy and its kind of
// scale set. docs/models.md has the details.
type Ground struct {
	Text string
	Sure Sureness
	// Records is the number of records that agree, or 0 if they were not counted;
	// Except names those that do not.
	Records int
	Except  string
}

func (g Ground) String() string {
	text := g.Text + " (" + string(g.Sure)
	if g.Records > 0 {
		text += fmt.Sprintf(" %d times", g.Records)
	}
	if g.Except != "" {
		text += ", except in " + g.Except
	}
	return text + ")"
}

// Numbers of records, which tests repeat; see docs/models.md.
const (
	recordedScaleIns = 43  // of regional scale sets of 5 x 5 domains
	recordedZones    = 16  // new node pools of AKS over zones
	recordedSurplus  = 469 // new scale sets with overprovisioning since 2017
)

// grounds returns the rules that the plan follows.
func grounds(c placement.Config, s *Source) (all []Ground) {
	add := func(sure Sureness, records int, format string, args ...any) {
		all = append(all, Ground{Text: fmt.Sprintf(format, args...), Sure: sure, Records: records})
	}
	if c.Model == placement.Preview {
		add(Documented, 0, "model preview (November 2015): instances are removed evenly from update and fault domains, and new instances get the lowest free ids")
		add(Assumed, 0, "domains are assigned round-robin")
		return all
	}
	all = append(all, policyGround(c))
	all = append(all, tieGrounds(c)...)
	add(Recorded, 0, "ids are never reused")
	if len(c.Zones) > 1 {
		add(Recorded, recordedZones, "a new instance is created in the zone with the fewest instances, or the first of several")
		all[len(all)-1].Except = "germanywestcentral"
	}
	if c.MaxSpreading() {
		add(Documented, 0, "with max spreading every instance is shown in fault domain 0, because Azure does not publish the racks")
	}
	if c.Flexible {
		add(Assumed, 0, "the names of new Flexible instances are random; the preview shows placeholders")
	}
	if c.Overprovision {
		add(Recorded, recordedSurplus, "overprovisioning creates a surplus of a tenth of the target (at least 3, at most the number of new instances), and deletes as many instances at random")
	}
	if c.Mix != nil {
		add(Documented, 0, "priority mix: %s and %d%% of the rest are regular, the others Spot", diag.Count(c.Mix.Base, "instance"), c.Mix.RegularPercent)
	}
	if c.UnhealthyFirst {
		add(Documented, 0, "unhealthy and deallocated instances are removed first (prioritizeUnhealthyVMs)")
		add(Assumed, 0, "the scale-in policy applies among them")
	}
	return all
}

// policyGround returns the documented order of the policy.
func policyGround(c placement.Config) Ground {
	switch {
	case c.Policy == placement.Default && c.Flexible:
		return Ground{Text: "model current: Default balances zones, then fault domains, then removes the newest instance", Sure: Documented}
	case c.Policy == placement.Default:
		return Ground{Text: "model current: Default balances zones, then fault domains, then removes the highest id", Sure: Documented}
	}
	return Ground{Text: fmt.Sprintf("model current: %s balances zones, then removes the %s", c.Policy, extreme(c.Policy)), Sure: Documented}
}

// tieGrounds say what decides where the documented order leaves a choice.
func tieGrounds(c placement.Config) []Ground {
	regional := len(c.Zones) == 0
	switch {
	case c.Policy == placement.Default && regional && !c.Flexible && c.FaultDomains == 5 && c.UpdateDomains == 5:
		return []Ground{{Text: "among fault domains and update domains with equally many instances it follows the recorded scale-ins of regional scale sets", Sure: Recorded, Records: recordedScaleIns}}
	case c.Policy == placement.Default && c.UpdateDomains > 1:
		return []Ground{{Text: "among fault domains and update domains with equally many instances it follows the scale-ins of regional scale sets of 5 x 5 domains; none was recorded for a scale set like this one", Sure: Assumed}}
	case len(c.Zones) > 1:
		return []Ground{{Text: "among zones with equally many instances the " + extreme(c.Policy) + " is removed; no scale-in of a zonal scale set was recorded", Sure: Assumed}}
	case c.Flexible:
		return []Ground{{Text: "no scale-in of a Flexible scale set was recorded", Sure: Assumed}}
	}
	return nil
}

func extreme(p placement.Policy) string {
	if p == placement.OldestVM {
		return "oldest instance"
	}
	return "newest instance"
}

func stepNotes(p *Plan, s *Step, random bool) (notes []string) {
	add := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	c := p.Config
	if len(s.Surplus) > 0 {
		first, last := s.IDs()
		add("the ids of the %s are random, from %s to %s: overprovisioning deletes %d of these; the preview shows the lowest",
			diag.Count(len(s.Added), "new instance"), p.Name(first), p.Name(last), len(s.Surplus))
	}
	if len(s.Removed) > 0 && random {
		add("the ids before this step are random, so the ids that it removes are too")
	}
	if n := s.Before.Regional; len(c.Zones) > 0 && n > 0 {
		add("%d regional instances of this zonal scale set are removed before all others", n)
	}
	if !s.Balance.ZonesBalanced() {
		add("afterwards the zones are out of balance by more than one instance: %v", s.Balance.Zones)
	}
	if noPort := p.withoutPort(s); noPort > 0 {
		add("there is no free NAT port for %d of the added instances", noPort)
	}
	if c.Mix != nil {
		regular, spot := c.Mix.Split(s.To)
		add("afterwards there are %d regular and %d Spot instances; the priority mix requires %d and %d of %d", s.Balance.Total-s.Balance.Spot, s.Balance.Spot, regular, spot, s.To)
	}
	return notes
}

func (p *Plan) withoutPort(s *Step) (n int) {
	if len(p.Pools()) == 0 {
		return 0
	}
	for i := range s.Added {
		if _, ok := p.slots.slot(s.Added[i].ID); !ok {
			n++
		}
	}
	return n
}
