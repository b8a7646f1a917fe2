package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6033_subnet_size.md
var subnetSizePage string

// subnetSize reports subnets with fewer addresses than the scale sets and the
// interfaces in them take: at their capacity, at the maximum of autoscale, and
// with the head-room that overprovisioning needs.
var subnetSize = &lint.Rule{
	Code: "SS6033", Name: "subnet-size", Severity: diag.Error, Since: "0.1", Doc: subnetSizePage,
	Guidance: []guidance.ID{guidance.SubnetReserved, guidance.SubnetHeadroom, guidance.LargeSetOneSubnet},
	Options: []lint.Option{{Name: "headroom", Kind: lint.Number, Default: guidance.Get(guidance.SubnetHeadroom).Limit, Most: 100,
		Doc: "How much room, in percent of the instances, a subnet has for surplus ones; 0 asks for none"}},
	Run: checkSubnetSize,
}

func checkSubnetSize(p *lint.Pass) {
	for _, t := range tenancies(p) {
		capacity := func(d demand) int { return d.capacity }
		most := func(d demand) int { return d.most }
		percent := p.Number("headroom")
		switch {
		case t.need(capacity) > t.usable:
			reportSubnet(p, t, t.need(capacity), "are needed").Relatedf(t.sets[0].set.Capacity, "the capacity of %d", t.sets[0].capacity)
		case t.need(most) > t.usable:
			reportSubnet(p, t, t.need(most), "are needed at the maximum of autoscale").
				Severity(diag.Warning).Relatedf(t.sets[0].place(t.sets[0].most), "the highest capacity")
		case t.need(roomy(capacity, percent)) > t.usable:
			reportSubnet(p, t, t.need(roomy(capacity, percent)), "are advised for surplus instances").
				Severity(diag.Warning).Cite(guidance.SubnetHeadroom)
		case t.need(roomy(most, percent)) > t.usable:
			reportSubnet(p, t, t.need(roomy(most, percent)), "are advised for surplus instances at the maximum of autoscale").
				Severity(diag.Info).Cite(guidance.SubnetHeadroom)
		}
	}
}

// roomy adds the head-room for surplus instances, where there are any.
func roomy(count func(demand) int, percent int) func(demand) int {
	return func(d demand) int {
		n := min(count(d), enough)
		if !d.surplus || !d.set.Says(guidance.SubnetHeadroom) {
			return n
		}
		return n + (n*percent+99)/100
	}
}

func reportSubnet(p *lint.Pass, t *tenancy, need int, why string) *lint.Finding {
	at := lint.Placer(t.subnet.Prefix)
	if t.subnet.Prefix.Absent() {
		at = t.subnet.Prefixes
	}
	return p.Reportf(at, "%s has room for %d, and %d addresses %s%s", named("subnet", t.subnet.Name), t.usable, need, why, t.who()).
		Detailf("Give the subnet a range of /%d or larger, or lower the number of instances.", prefixFor(need))
}

// who names the sets when there is more to add up than one of them.
func (t *tenancy) who() string {
	if len(t.sets) == 1 && t.others == 0 && t.sets[0].each == 1 {
		return ""
	}
	var names []string
	for _, s := range t.sets[:min(len(t.sets), 5)] {
		names = append(names, s.set.Name)
	}
	text := " by " + strings.Join(names, ", ")
	if t.others > 0 {
		text += " and " + lint.Count(t.others, "other interface")
	}
	return text
}

// prefixFor is the length of the longest prefix with room for n.
func prefixFor(n int) int {
	bits := 29
	for bits > 2 && 1<<(32-bits)-guidance.Get(guidance.SubnetReserved).Limit < n {
		bits--
	}
	return bits
}
