package vmss

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// A LoadBalancer is a Microsoft.Network/loadBalancers resource.
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
	OutboundRules List[OutboundRule]
}

// A Named is a part whose typed view has only the name.
type Named struct {
	Part
	Name Field[string]
}

// A Frontend is an element of frontendIPConfigurations.
type Frontend struct {
	Named
	PublicAddress Ref
	PublicPrefix  Ref // publicIPPrefix
	Subnet        Ref
	Zones         List[Field[string]]
}

// A NatPool is an element of inboundNatPools.
type NatPool struct {
	Named
	Frontend                     Ref
	Protocol                     Field[string]
	First, Last                  Field[int] // frontendPortRangeStart and frontendPortRangeEnd
	BackendPort                  Field[int]
	IdleTimeout                  Field[int]
	EnableFloatingIP, EnableTCPR Field[bool]
}

// A NatRule is an element of inboundNatRules.
type NatRule struct {
	Named
	Frontend    Ref
	BackendPool Ref
	Protocol    Field[string]
	Port        Field[int] // frontendPort
	First, Last Field[int] // frontendPortRangeStart and frontendPortRangeEnd
	BackendPort Field[int]
	IdleTimeout Field[int]
}

// A BalancingRule is an element of loadBalancingRules.
type BalancingRule struct {
	Named
	Frontend                  Ref
	BackendPool               Ref
	BackendPools              List[Ref] // backendAddressPools, of gateway load balancers
	Probe                     Ref
	Protocol                  Field[string]
	FrontendPort, BackendPort Field[int]
	IdleTimeout               Field[int]
	NoOutbound                Field[bool] // disableOutboundSnat
}

// An OutboundRule is an element of outboundRules.
type OutboundRule struct {
	Named
	Frontends   List[Ref]
	BackendPool Ref
	IdleTimeout Field[int]
}

// A Probe is an element of probes.
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
		OutboundRules: list(p, d.newOutboundRule, "outboundRules"),
	}
}

// Basic reports whether the load balancer has the Basic SKU, which is the
// default; ok is false if that is unknown.
func (b *LoadBalancer) Basic() (basic, ok bool) {
	sku, ok := b.SKU.Or("Basic")
	return strings.EqualFold(sku, "Basic"), ok
}

func (d *Deployment) newFrontend(n *expand.Node) Frontend {
	return Frontend{
		Named:         newNamed(n),
		PublicAddress: d.ref(n, "properties", "publicIPAddress", "id"),
		PublicPrefix:  d.ref(n, "properties", "publicIPPrefix", "id"),
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
		IdleTimeout: integer(p, "idleTimeoutInMinutes"),
	}
}

func (d *Deployment) newBalancingRule(n *expand.Node) BalancingRule {
	p := n.Get("properties")
	return BalancingRule{
		Named:        newNamed(n),
		Frontend:     d.ref(p, "frontendIPConfiguration", "id"),
		BackendPool:  d.ref(p, "backendAddressPool", "id"),
		BackendPools: d.refs(p, "backendAddressPools"),
		Probe:        d.ref(p, "probe", "id"),
		Protocol:     text(p, "protocol"),
		FrontendPort: integer(p, "frontendPort"),
		BackendPort:  integer(p, "backendPort"),
		IdleTimeout:  integer(p, "idleTimeoutInMinutes"),
		NoOutbound:   boolean(p, "disableOutboundSnat"),
	}
}

func (d *Deployment) newOutboundRule(n *expand.Node) OutboundRule {
	p := n.Get("properties")
	return OutboundRule{
		Named:       newNamed(n),
		Frontends:   d.refs(p, "frontendIPConfigurations"),
		BackendPool: d.ref(p, "backendAddressPool", "id"),
		IdleTimeout: integer(p, "idleTimeoutInMinutes"),
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

// LoadBalancer returns the load balancer of a reference to it or to one of its
// parts; nil if this deployment does not deploy it.
func (d *Deployment) LoadBalancer(ref Ref) *LoadBalancer {
	return viewOf[LoadBalancer](d, d.owner(ref))
}

// NatPool returns the pool that a reference refers to; ok is false if there is
// none.
func (d *Deployment) NatPool(ref Ref) (pool NatPool, ok bool) {
	if b := d.LoadBalancer(ref); b != nil {
		return partOf(b.NatPools, ref, func(p *NatPool) *expand.Node { return p.Node })
	}
	return NatPool{}, false
}

// partOf returns the item of a list that a reference refers to.
func partOf[T any](l List[T], ref Ref, node func(*T) *expand.Node) (item T, ok bool) {
	if ref.Target == nil {
		return item, false
	}
	for i := range l.Items {
		if node(&l.Items[i]) == ref.Target {
			return l.Items[i], true
		}
	}
	return item, false
}

// Public reports whether the load balancer certainly has a frontend with a
// public address.
func (b *LoadBalancer) Public() bool {
	return slices.ContainsFunc(b.Frontends.Items, Frontend.Public)
}

// Internal reports whether all frontends are certainly in a subnet.
func (b *LoadBalancer) Internal() bool {
	return b.Frontends.State == Known && len(b.Frontends.Items) > 0 &&
		!slices.ContainsFunc(b.Frontends.Items, func(f Frontend) bool { return !f.Internal() })
}

// Public reports whether the frontend has a public address, or one from a
// prefix.
func (f Frontend) Public() bool {
	return f.PublicAddress.ID.IsSet() || f.PublicPrefix.ID.IsSet()
}

// Internal reports whether the frontend has an address from a subnet.
func (f Frontend) Internal() bool { return f.Subnet.ID.IsSet() && !f.Public() }
