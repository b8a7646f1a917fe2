package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6033_subnet_size.md
var subnetSizePage string

// subnetSize reports subnets with fewer addresses than the scale sets and the
// interfaces in them take: at their capacity, at the maximum of autoscale, and
// with the head-room that overprovisioning needs.
var subnetSize = &lint.Rule{
	Code: "SS6033", Name: "subnet-size", Severity: diag.Error, Since: "0.1", Page: &subnetSizePage,
	Also: []diag.Level{
		{Severity: diag.Warning, When: "only the maximum of autoscale, or overprovisioning, exceeds it"},
		{Severity: diag.Info, When: "only overprovisioning at the maximum of autoscale exceeds it"},
	},
	Guidance: []guidance.ID{guidance.SubnetReserved, guidance.SubnetHeadroom, guidance.LargeSetOneSubnet},
	Options: []lint.Option{{Name: "headroom", Kind: lint.Number, Default: guidance.Headroom, Most: 100,
		Doc: "Addresses that a subnet should have for surplus instances, in percent of the instances; 0 turns the advice off"}},
	Run: checkSubnetSize,
}

func checkSubnetSize(p *lint.Pass) {
	percent := p.Number("headroom")
	capacity := func(set lint.ScaleSet) int { n, _ := set.Instances(); return n }
	most := func(set lint.ScaleSet) int { _, n := set.Instances(); return n }
	roomy := func(count func(lint.ScaleSet) int) func(lint.ScaleSet) int {
		return func(set lint.ScaleSet) int { return limits.WithHeadroom(set, count(set), percent) }
	}
	for _, t := range limits.Tenancies(p.Deployment, p.ScaleSets) {
		first := demandOf(t.Sets[0].ScaleSet)
		switch {
		case t.Need(capacity) > t.Usable:
			reportSubnet(p, t, t.Need(capacity), "are needed").Relatedf(first.set.Capacity, "the capacity of %d", first.capacity)
		case t.Need(most) > t.Usable:
			reportSubnet(p, t, t.Need(most), "are needed at the maximum of autoscale").
				Severity(diag.Warning).Relatedf(first.place(first.most), "the highest capacity")
		case t.Need(roomy(capacity)) > t.Usable:
			reportSubnet(p, t, t.Need(roomy(capacity)), "are advised for surplus instances").
				Severity(diag.Warning).Cite(guidance.SubnetHeadroom)
		case t.Need(roomy(most)) > t.Usable:
			reportSubnet(p, t, t.Need(roomy(most)), "are advised for surplus instances at the maximum of autoscale").
				Severity(diag.Info).Cite(guidance.SubnetHeadroom)
		}
	}
}

func reportSubnet(p *lint.Pass, t *limits.Tenancy, need int, why string) *lint.Finding {
	at := lint.Placer(t.Subnet.Prefix)
	if t.Subnet.Prefix.Absent() {
		at = t.Subnet.Prefixes
	}
	return p.Reportf(at, "%s has %d usable addresses, but %d %s%s", named("subnet", t.Subnet.Name), t.Usable, need, why, tenants(t)).
		Detailf("Use a subnet of /%d or larger, or fewer instances.", prefixFor(need))
}

// tenants names the sets if several are added up.
func tenants(t *limits.Tenancy) string {
	if len(t.Sets) == 1 && t.Others == 0 && t.Sets[0].Each == 1 {
		return ""
	}
	var names []string
	for _, s := range t.Sets[:min(len(t.Sets), 5)] {
		names = append(names, s.Name)
	}
	text := " by " + strings.Join(names, ", ")
	if t.Others > 0 {
		text += " and " + lint.Count(t.Others, "other interface")
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
