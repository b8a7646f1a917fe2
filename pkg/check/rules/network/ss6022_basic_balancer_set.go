package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6022_basic_balancer_set.md
var basicBalancerSetPage string

// basicBalancerSet reports sets that a Basic load balancer does not take: of several
// placement groups, in zones, Flexible.
var basicBalancerSet = &lint.Rule{
	Code: "SS6022", Name: "basic-balancer-set", Severity: diag.Error, Since: "0.1", Page: &basicBalancerSetPage,
	Guidance: []guidance.ID{guidance.LargeSetStandardBalancer, guidance.ZonalStandardBalancer, guidance.FlexibleStandardBalancer},
	Run:      checkBasicBalancerSet,
}

func checkBasicBalancerSet(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		what, id := needsStandard(set)
		if what == "" || !set.Says(id) {
			continue
		}
		for _, a := range balancersOf(p.Deployment, set.Network.IPConfigurations()) {
			if basic(a.balancer) {
				p.Reportf(a.by, "%s cannot use a Basic load balancer, and %s is one", what, nameOf(a.balancer.Resource.Name)).
					Cite(id).Relatedf(a.balancer.Body.Get("name"), "the load balancer").
					Detailf("Use the Standard SKU for the load balancer and its public addresses (network API version 2017-08-01 or later), and a network security group that allows the traffic.")
			}
		}
	}
}

// needsStandard says why a set certainly needs a Standard load balancer.
func needsStandard(set lint.ScaleSet) (what string, id guidance.ID) {
	if flexible, ok := set.Flexible(); ok && flexible {
		return "a Flexible scale set", guidance.FlexibleStandardBalancer
	}
	if one, ok := set.OnePlacementGroup(); ok && !one && set.SinglePlacementGroup.IsSet() {
		return "a scale set of several placement groups", guidance.LargeSetStandardBalancer
	}
	if zonal, ok := set.Zonal(); ok && zonal {
		return "a scale set in zones", guidance.ZonalStandardBalancer
	}
	return "", ""
}
