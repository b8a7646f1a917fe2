package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6008_nat_backend_port.md
var natBackendPortPage string

// natBackendPort reports a NAT pool that leads to a port of the instances to
// which a rule of the same load balancer leads too. The rejection has the code
// RulesOfSameLoadBalancerTypeUseSameBackendPortProtocolAndVmssIPConfig.
var natBackendPort = &lint.Rule{
	Code: "SS6008", Name: "nat-backend-port", Severity: diag.Error, Since: "0.2", Page: &natBackendPortPage,
	Link: "https://learn.microsoft.com/azure/load-balancer/load-balancer-common-deployment-errors",
	Run:  checkNatBackendPort,
}

func checkNatBackendPort(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		for _, c := range set.Network.IPConfigurations() {
			for _, ref := range c.NatPools.Items {
				pool, ok := p.Deployment.NatPool(ref)
				if !ok {
					continue
				}
				balancer := p.Deployment.LoadBalancer(ref)
				for _, rule := range balancer.Rules.Items {
					if certain(balancer.Resource) && leadsTo(rule, c) && samePort(pool, rule) {
						port, _ := pool.BackendPort.Known()
						p.Reportf(pool.BackendPort, "%s and %s lead to port %d of the same instances", named("NAT pool", pool.Name), named("rule", rule.Name), port).
							Relatedf(rule.BackendPort, "the port of the rule").
							Relatedf(ref.Place(), "the instances of the NAT pool").
							Detailf("Use another backend port in one of them, or set enableFloatingIP to true in the rule.")
						break
					}
				}
			}
		}
	}
}

// leadsTo reports a rule whose backend pool the configuration is in.
func leadsTo(rule vmss.BalancingRule, c vmss.IPConfiguration) bool {
	for _, pool := range c.BackendPools.Items {
		if pool.Same(rule.BackendPool) {
			return true
		}
	}
	return false
}

// samePort reports a NAT pool and a rule that certainly have one protocol and
// backend port, without floating IP.
func samePort(pool vmss.NatPool, rule vmss.BalancingRule) bool {
	a, known := pool.BackendPort.Known()
	b, known2 := rule.BackendPort.Known()
	p, known3 := pool.Protocol.Known()
	q, known4 := rule.Protocol.Known()
	floating := rule.Node.Get("properties", "enableFloatingIP")
	on, ok := floating.Bool()
	return known && known2 && known3 && known4 && a == b && strings.EqualFold(p, q) && (!floating.Exists() || ok && !on)
}
