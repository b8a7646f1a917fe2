package references

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3218_other_balancer.md
var otherBalancerPage string

// otherBalancer reports a rule of a load balancer that uses a part of another one.
var otherBalancer = &lint.Rule{
	Code: "SS3218", Name: "other-balancer", Severity: diag.Warning, Since: "0.2", Page: &otherBalancerPage,
	Link: "https://learn.microsoft.com/azure/load-balancer/components",
	Run:  checkOtherBalancer,
}

func checkOtherBalancer(p *lint.Pass) {
	seen := once{}
	each(p, func(u use) {
		if !equal(u.by.Type, "Microsoft.Network/loadBalancers") || !limits.Certain(u.by) {
			return
		}
		switch {
		case equal(u.path[0], "loadBalancingRules[]"), equal(u.path[0], "outboundRules[]"), equal(u.path[0], "inboundNatRules[]"), equal(u.path[0], "inboundNatPools[]"):
		default:
			return
		}
		switch kind := u.refersTo(); {
		case equal(kind, "Microsoft.Network/loadBalancers/backendAddressPools"), equal(kind, "Microsoft.Network/loadBalancers/frontendIPConfigurations"), equal(kind, "Microsoft.Network/loadBalancers/probes"):
		default:
			return
		}
		other, ok := u.ref.Path().Parent()
		own := p.Deployment.Ref(u.by.Body.Get("id")).Path()
		if ok && len(own.Names) > 0 && other.Differs(own) && seen.first(u.at) {
			p.Reportf(u.at, "%s of %s names a part of the load balancer %s", u.name(), u.by.Name, other.Name()).
				Detailf("A rule uses the frontends, pools and probes of its own load balancer. Azure is likely to answer InvalidResourceReference.")
		}
	})
}
