package network

import (
	"cmp"
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6032_subnet_overlap.md
var subnetOverlapPage string

// subnetOverlap reports subnets of one network that share addresses.
var subnetOverlap = &lint.Rule{
	Code: "SS6032", Name: "subnet-overlap", Severity: diag.Error, Since: "0.1", Page: &subnetOverlapPage,
	Guidance: []guidance.ID{guidance.SubnetRanges},
	Run:      checkSubnetOverlap,
}

func checkSubnetOverlap(p *lint.Pass) {
	for _, n := range p.Deployment.VirtualNetworks {
		if certain(n.Resource) {
			checkOverlaps(p, n)
		}
	}
}

// A share is one range of a subnet.
type share struct {
	block
	subnet vmss.Subnet
}

// checkOverlaps goes through the ranges by address, wider ones first: a range
// overlaps one before it when the widest that reaches furthest holds it.
func checkOverlaps(p *lint.Pass, n *vmss.VirtualNetwork) {
	var all []share
	for _, s := range subnetsOf(n) {
		ranges, _ := blocks(s.Ranges())
		for _, b := range ranges {
			all = append(all, share{b, s})
		}
	}
	slices.SortStableFunc(all, func(a, b share) int {
		return cmp.Or(a.prefix.Addr().Compare(b.prefix.Addr()), a.prefix.Bits()-b.prefix.Bits())
	})
	for i, outer := 1, 0; i < len(all); i++ {
		if !covers(all[outer].prefix, all[i].prefix) {
			outer = i // prefixes are nested or apart, so that nothing after i is in outer
			continue
		}
		p.Reportf(all[i].field, "%s has %s, which overlaps %s of %s", named("subnet", all[i].subnet.Name), all[i].prefix, all[outer].prefix, named("subnet", all[outer].subnet.Name)).
			Relatedf(all[outer].field, "the other range").
			Detailf("Use a separate range for each subnet.")
	}
}
