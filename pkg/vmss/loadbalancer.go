package vmss

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/expand"
)

// A LoadBalancer is one Microsoft.Network/loadBalancers.
type LoadBalancer struct {
	Resource      *expand.Resource
	Body          *expand.Node
	SKU           Field[string]
	Frontends     List[Frontend]
	BackendPools  List[Named]
	NatPools      List[NatPool]
	NatRules      List[NatRule]
	Rules         List[BalancingRule]
	Probes        List[Probe]
	OutboundRules List[Named]
}

// A Named is a part that only its name matters of.
type Named struct {
	Part
	Name Field[string]
}

// A Frontend is one of frontendIPConfigurations.
type Frontend struct {
	Named
	PublicAddress Ref
	Subnet        Ref
	Zones         List[Field[string]]
}

// A NatPool is one of inboundNatPools.
type NatPool struct {
	Named
	Frontend                     Ref
	Protocol                     Field[string]
	First, Last                  Field[int] // frontendPortRangeStart and frontendPortRangeEnd
	BackendPort                  Field[int]
	IdleTimeout                  Field[int]
	EnableFloatingIP, EnableTCPR Field[bool]
}

// A NatRule is one of inboundNatRules.
type NatRule struct {
	Named
	Frontend    Ref
	BackendPool Ref
	Protocol    Field[string]
	Port        Field[int] // frontendPort
	First, Last Field[int] // frontendPortRangeStart and frontendPortRangeEnd
	BackendPort Field[int]
}

// A BalancingRule is one of loadBalancingRules.
type BalancingRule struct {
	Named
	Frontend                  Ref
	BackendPool               Ref
	Probe                     Ref
	Protocol                  Field[string]
	FrontendPort, BackendPort Field[int]
	IdleTimeout               Field[int]
}

// A Probe is one of probes.
type Probe struct {
	Named
	Protocol        Field[string]
	Port            Field[int]
	IntervalSeconds Field[int]
	Count           Field[int] // numberOfProbes
	Path            Field[string]
}

func newNamed(n *expand.Node) Named { return Named{Part: part(n), Name: text(n, "name")} }

func newLoadBalancer(d *Deployment, r *expand.Resource) *LoadBalancer {
	p := r.Body.Get("properties")
	return &LoadBalancer{
		Resource:      r,
		Body:          r.Body,
		SKU:           text(r.Body, "sku", "name"),
		Frontends:     list(p, d.newFrontend, "frontendIPConfigurations"),
		BackendPools:  list(p, newNamed, "backendAddressPools"),
		NatPools:      list(p, d.newNatPool, "inboundNatPools"),
		NatRules:      list(p, d.newNatRule, "inboundNatRules"),
		Rules:         list(p, d.newBalancingRule, "loadBalancingRules"),
		Probes:        list(p, newProbe, "probes"),
		OutboundRules: list(p, newNamed, "outboundRules"),
	}
}

// Basic reports whether the load balancer has the Basic SKU, which is the
// default; ok is false when that is unknown.
func (b *LoadBalancer) Basic() (basic, ok bool) {
	sku, ok := b.SKU.Or("Basic")
	return strings.EqualFold(sku, "Basic"), ok
}

func (d *Deployment) newFrontend(n *expand.Node) Frontend {
	return Frontend{
		Named:         newNamed(n),
		PublicAddress: d.ref(n, "properties", "publicIPAddress", "id"),
		Subnet:        d.ref(n, "properties", "subnet", "id"),
		Zones:         texts(n, "zones"),
	}
}

func (d *Deployment) newNatPool(n *expand.Node) NatPool {
	p := n.Get("properties")
	return NatPool{
		Named:            newNamed(n),
		Frontend:         d.ref(p, "frontendIPConfiguration", "id"),
		Protocol:         text(p, "protocol"),
		First:            integer(p, "frontendPortRangeStart"),
		Last:             integer(p, "frontendPortRangeEnd"),
		BackendPort:      integer(p, "backendPort"),
		IdleTimeout:      integer(p, "idleTimeoutInMinutes"),
		EnableFloatingIP: boolean(p, "enableFloatingIP"),
		EnableTCPR:       boolean(p, "enableTcpReset"),
	}
}

func (d *Deployment) newNatRule(n *expand.Node) NatRule {
	p := n.Get("properties")
	return NatRule{
		Named:       newNamed(n),
		Frontend:    d.ref(p, "frontendIPConfiguration", "id"),
		BackendPool: d.ref(p, "backendAddressPool", "id"),
		Protocol:    text(p, "protocol"),
		Port:        integer(p, "frontendPort"),
		First:       integer(p, "frontendPortRangeStart"),
		Last:        integer(p, "frontendPortRangeEnd"),
		BackendPort: integer(p, "backendPort"),
	}
}

func (d *Deployment) newBalancingRule(n *expand.Node) BalancingRule {
	p := n.Get("properties")
	return BalancingRule{
		Named:        newNamed(n),
		Frontend:     d.ref(p, "frontendIPConfiguration", "id"),
		BackendPool:  d.ref(p, "backendAddressPool", "id"),
		Probe:        d.ref(p, "probe", "id"),
		Protocol:     text(p, "protocol"),
		FrontendPort: integer(p, "frontendPort"),
		BackendPort:  integer(p, "backendPort"),
		IdleTimeout:  integer(p, "idleTimeoutInMinutes"),
	}
}

func newProbe(n *expand.Node) Probe {
	p := n.Get("properties")
	return Probe{
		Named:           newNamed(n),
		Protocol:        text(p, "protocol"),
		Port:            integer(p, "port"),
		IntervalSeconds: integer(p, "intervalInSeconds"),
		Count:           integer(p, "numberOfProbes"),
		Path:            text(p, "requestPath"),
	}
}

// LoadBalancer is the load balancer that a reference to it or to one of its
// parts leads to; nil when this deployment does not make it.
func (d *Deployment) LoadBalancer(ref Ref) *LoadBalancer {
	return find(d.LoadBalancers, d.holder(ref), func(v *LoadBalancer) *expand.Resource { return v.Resource })
}

// NatPool is the view of the pool that a reference leads to.
func (d *Deployment) NatPool(ref Ref) (pool NatPool, ok bool) {
	b := d.LoadBalancer(ref)
	if b == nil || ref.Target == nil {
		return NatPool{}, false
	}
	for _, p := range b.NatPools.Items {
		if p.Node == ref.Target {
			return p, true
		}
	}
	return NatPool{}, false
}
