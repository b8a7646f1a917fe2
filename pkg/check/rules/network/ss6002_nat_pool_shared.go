package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6002_nat_pool_shared.md
var natPoolSharedPage string

// natPoolShared reports a NAT pool that several scale sets use.
var natPoolShared = &lint.Rule{
	Code: "SS6002", Name: "nat-pool-shared", Severity: diag.Error, Since: "0.1", Page: &natPoolSharedPage,
	Guidance: []guidance.ID{guidance.NatPoolOneSet},
	Run:      checkNatPoolShared,
}

func checkNatPoolShared(p *lint.Pass) {
	users := map[*expand.Node]lint.ScaleSet{} // by the pool
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.NatPoolOneSet) || !certain(set.Resource) {
			continue
		}
		for _, use := range limits.NATPools(set) {
			other, taken := users[use.Pool.Node]
			if !taken {
				users[use.Pool.Node] = set
				continue
			}
			p.Reportf(use.By, "%s already serves scale set %s; a pool can serve only one", named("NAT pool", use.Pool.Name), other.Name).
				Relatedf(other, "the other scale set").
				Detailf("Use a NAT pool with other frontend ports for each scale set.")
		}
	}
}
