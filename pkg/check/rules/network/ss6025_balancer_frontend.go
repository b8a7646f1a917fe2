package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6025_balancer_frontend.md
var balancerFrontendPage string

// balancerFrontend reports frontends of load balancers with neither or both of a
// public address and a subnet.
var balancerFrontend = &lint.Rule{
	Code: "SS6025", Name: "balancer-frontend", Severity: diag.Error, Since: "0.1", Page: &balancerFrontendPage,
	Guidance: []guidance.ID{guidance.BalancerFrontend},
	Run:      checkBalancerFrontend,
}

func checkBalancerFrontend(p *lint.Pass) {
	for _, b := range p.Deployment.LoadBalancers {
		for _, f := range b.Frontends.Items {
			if f.State != vmss.Known {
				continue
			}
			switch public := names(f, "publicIPAddress") || names(f, "publicIPPrefix"); {
			case public && names(f, "subnet"):
				p.Reportf(f.Subnet, "%s has both a public address and a subnet", named("frontend", f.Name)).
					Relatedf(f.PublicAddress, "the public address").
					Detailf("Remove one of them: a frontend serves either the Internet or the network.")
			case !elsewhere(f):
				p.Reportf(f.Name, "%s has neither a public address nor a subnet", named("frontend", f.Name)).
					Detailf("Add a public address, a public IP prefix, or a subnet.")
			}
		}
	}
}

// names reports whether a frontend certainly names what it has its address from.
func names(f vmss.Frontend, what string) bool {
	n := f.Node.Get("properties", what)
	return n.Known() && len(n.Members) > 0
}

// elsewhere reports whether a frontend has, or may have, an address: also one of
// a gateway load balancer, which is not checked.
func elsewhere(f vmss.Frontend) bool {
	for _, what := range [...]string{"publicIPAddress", "publicIPPrefix", "subnet", "gatewayLoadBalancer"} {
		if f.Node.Get("properties", what) != nil {
			return true
		}
	}
	return false
}
