package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6003_nat_pool_flexible.md
var natPoolFlexiblePage string

// natPoolFlexible reports NAT pools in a Flexible set.
var natPoolFlexible = &lint.Rule{
	Code: "SS6003", Name: "nat-pool-flexible", Severity: diag.Error, Since: "0.1", Page: &natPoolFlexiblePage,
	Guidance: []guidance.ID{guidance.NatPoolNotFlexible},
	Run:      checkNatPoolFlexible,
}

func checkNatPoolFlexible(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if flexible, ok := set.Flexible(); !ok || !flexible {
			continue
		}
		for _, c := range set.Network.IPConfigurations() {
			if n, ok := c.NatPools.Count(); ok && n > 0 {
				p.Reportf(c.NatPools, "%s listed; a Flexible scale set cannot use NAT pools", lint.Count(n, "NAT pool")).
					Detailf("Use an inbound NAT rule with a port range and the backend pool of the scale set (network API version 2021-03-01 or later).")
			}
		}
	}
}
