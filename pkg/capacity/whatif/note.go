package whatif

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/capacity/instances"
	"github.com/scaleset/scaleset/pkg/capacity/placement"
)

// Headline names the model in one line.
func (p *Plan) Headline() string {
	c := p.Config
	text := fmt.Sprintf("model %s: %s", c.Model, plural(c.FaultDomains, "fault domain"))
	switch {
	case c.MaxSpreading():
		text = fmt.Sprintf("model %s: max spreading", c.Model)
	case c.UpdateDomains > 0:
		text += fmt.Sprintf(" x %s", plural(c.UpdateDomains, "update domain"))
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

// modelNotes say what the model rests on; docs/models.md tells more.
func modelNotes(c placement.Config, o Options) (notes []string) {
	add := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	switch {
	case c.Model == placement.Preview:
		add("model preview (November 2015): removal is even over update and fault domains, and new instances take the lowest free ids, as documented; the domain of each instance is assumed to be a round robin")
	case c.Policy == placement.Default:
		add("model current: Default balances zones, then fault domains, then takes the highest id, as documented; among update domains it follows recorded scale-ins; ids only grow")
	default:
		add("model current: %s balances zones, then takes the %s, as documented; ids only grow", c.Policy, extreme(c.Policy))
	}
	if c.MaxSpreading() {
		add("max spreading shows every instance in fault domain 0; the racks behind it are not told")
	}
	if c.Flexible {
		add("the names of new Flexible instances are random; the ones shown are made up, but stay the same for the same set")
	}
	if c.Overprovision {
		add("how large the surplus of overprovisioning is and which instances survive is not documented; assumed are a tenth of the target but at least 5, at most as many as are wanted, and that the first ones survive")
	}
	if c.Mix != nil {
		add("priority mix: %s and %d%% of the rest are regular, the others Spot", plural(c.Mix.Base, "instance"), c.Mix.RegularPercent)
	}
	if c.UnhealthyFirst {
		add("unhealthy and deallocated instances go first (prioritizeUnhealthyVMs); their order is not documented, the policy is assumed to hold among them")
	}
	return notes
}

func extreme(p placement.Policy) string {
	if p == placement.OldestVM {
		return "oldest instance"
	}
	return "newest instance"
}

func stepNotes(p *Plan, s *Step) (notes []string) {
	add := func(format string, args ...any) { notes = append(notes, fmt.Sprintf(format, args...)) }
	c := p.Config
	if n := len(s.Surplus); n > 0 {
		names := p.Name(s.Surplus[0].ID)
		if n > 1 {
			names += " to " + p.Name(s.Surplus[n-1].ID)
		}
		add("overprovisioning creates %d more for a while, %s (assumed)", n, names)
	} else if p.source.Overprovisions && len(s.Added) > 0 && !c.Overprovision {
		add("overprovisioning is on: about %d more come for a while, and ids may be skipped", placement.Surplus(len(s.Added), s.To))
	}
	if n := s.Before.Regional; len(c.Zones) > 0 && n > 0 {
		add("%d regional instances of this zonal set go before all others", n)
	}
	if !s.Balance.ZonesBalanced() {
		add("the zones are more than one instance apart afterwards: %v", s.Balance.Zones)
	}
	if noPort := p.withoutPort(s); noPort > 0 {
		add("%d of the added instances find no free NAT port", noPort)
	}
	if c.Mix != nil {
		regular, spot := c.Mix.Split(s.To)
		add("%d regular and %d Spot afterwards; the priority mix asks for %d and %d at %d", s.Balance.Total-s.Balance.Spot, s.Balance.Spot, regular, spot, s.To)
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
