package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6020_basic_balancer_one_set.md
var basicBalancerOneSetPage string

// basicBalancerOneSet reports a Basic load balancer with several scale sets behind it.
var basicBalancerOneSet = &lint.Rule{
	Code: "SS6020", Name: "basic-balancer-one-set", Severity: diag.Error, Since: "0.1", Page: &basicBalancerOneSetPage,
	Guidance: []guidance.ID{guidance.BalancerOneSetBasic},
	Run:      checkBasicBalancerOneSet,
}

func checkBasicBalancerOneSet(p *lint.Pass) {
	first := map[*vmss.LoadBalancer]lint.ScaleSet{}
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.BalancerOneSetBasic) || !certain(set.Resource) {
			continue
		}
		for _, a := range balancersOf(p.Deployment, set.Network.IPConfigurations()) {
			if !basic(a.balancer) || !certain(a.balancer.Resource) {
				continue
			}
			other, taken := first[a.balancer]
			if !taken {
				first[a.balancer] = set
				continue
			}
			p.Reportf(a.by, "Basic load balancer %s already serves scale set %s; it can serve only one", nameOf(a.balancer.Resource.Name), other.Name).
				Relatedf(other, "the other scale set").
				Detailf("Use a load balancer for each scale set, or a Standard one for both.")
		}
	}
}
