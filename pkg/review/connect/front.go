package connect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// addPorts finds the ports that lead to single instances: the NAT pools that
// the set names, and the NAT rules with a range of the pools it is in.
func (w *reader) addPorts(out *Set, s *vmss.ScaleSet) {
	for _, c := range s.Network.IPConfigurations() {
		for _, ref := range c.NatPools.Items {
			if pool, ok := w.deployment.NatPool(ref); ok {
				out.addRange(portRange(nameOr(pool.Name, "NAT pool"), w.front(pool.Frontend), pool.Protocol, pool.First, pool.Last, pool.BackendPort))
			} else if ref.Resource == nil && ref.Parsed.Type != "" {
				out.pooled = true
				out.note("It is in the NAT pool %s, which this template does not deploy; see that load balancer for the ports.", ref.Parsed.Name())
			}
		}
		for _, ref := range c.BackendPools.Items {
			balancer := w.deployment.LoadBalancer(ref)
			if balancer == nil {
				continue
			}
			for _, rule := range balancer.NatRules.Items {
				if rule.BackendPool.Same(ref) {
					out.addRange(portRange(nameOr(rule.Name, "NAT rule"), w.front(rule.Frontend), rule.Protocol, rule.First, rule.Last, rule.BackendPort))
				}
			}
		}
	}
}

// portRange returns the ports of a NAT pool or a NAT rule; First is 0 if they are not
// known.
func portRange(name string, host Host, protocol vmss.Field[string], first, last, backend vmss.Field[int]) PortRange {
	r := PortRange{Name: name, Host: host}
	r.Protocol, _ = protocol.Or("Tcp")
	r.First, _ = first.Known()
	r.Last, _ = last.Known()
	r.InstancePort, _ = backend.Known()
	return r
}

// addRange adds a range with a port for each instance, unless its ports are not known or
// another IP configuration names it too.
func (s *Set) addRange(r PortRange) {
	same := func(o PortRange) bool { return o.Name == r.Name && o.Host == r.Host && o.First == r.First }
	if r.First == 0 || slices.ContainsFunc(s.Ports, same) {
		return
	}
	ports := max(0, r.Last-r.First+1)
	for i := range min(max(s.Capacity, 0), MaxMappings) {
		slot := i
		if s.byID {
			slot = s.InstanceID(i)
		}
		if slot < ports {
			r.Mappings = append(r.Mappings, Mapping{r.First + slot, s.InstanceName(i)})
		}
	}
	if s.Capacity > ports {
		s.note("%s has %d ports for %d instances, so some instances cannot be reached through it.", r.Name, ports, s.Capacity)
	}
	s.Ports = append(s.Ports, r)
}

// nameOr returns the short name of a part, or what kind of part it is when its name is
// not known or empty.
func nameOr(f vmss.Field[string], kind string) string {
	name, _ := f.Known()
	name = name[strings.LastIndexByte(name, '/')+1:]
	return cmp.Or(name, "<name of the "+kind+">")
}

// addEndpoints finds the ports that lead to any instance: load-balancing rules
// of the pools of the set, and the ports of its application gateways.
func (w *reader) addEndpoints(out *Set, s *vmss.ScaleSet) {
	for _, c := range s.Network.IPConfigurations() {
		for _, ref := range c.BackendPools.Items {
			balancer := w.deployment.LoadBalancer(ref)
			if balancer == nil {
				if ref.Parsed.Type == "" {
					continue // not known, see unclear
				}
				out.note("It is in the backend pool %s, which this template does not deploy; see that load balancer for the ports.", ref.Parsed.Name())
				continue
			}
			for _, rule := range balancer.Rules.Items {
				if rule.BackendPool.Same(ref) {
					out.addEndpoint(w.endpoint(rule))
				}
			}
		}
		for _, ref := range c.GatewayPools.Items {
			w.addGateway(out, ref)
		}
	}
}

func (s *Set) addEndpoint(e Endpoint) {
	if !slices.Contains(s.Endpoints, e) {
		s.Endpoints = append(s.Endpoints, e)
	}
}

func (w *reader) endpoint(rule vmss.BalancingRule) Endpoint {
	e := Endpoint{Host: w.front(rule.Frontend), Probe: probeText(rule.Probe.Target)}
	e.Name = nameOr(rule.Name, "rule")
	e.Protocol, _ = rule.Protocol.Or("Tcp")
	e.Port, _ = rule.FrontendPort.Known()
	e.InstancePort, _ = rule.BackendPort.Or(e.Port)
	return e
}

func probeText(probe *expand.Node) string {
	p := probe.Get("properties")
	protocol, _ := p.Get("protocol").Text()
	port, ok := p.Get("port").Int()
	if !ok {
		return ""
	}
	path, _ := p.Get("requestPath").Text()
	return strings.TrimSpace(fmt.Sprintf("%s %d %s", strings.ToLower(cmp.Or(protocol, "tcp")), port, path))
}

// addGateway adds the ports of an application gateway.
func (w *reader) addGateway(out *Set, ref vmss.Ref) {
	if ref.Resource == nil && ref.Parsed.Type == "" {
		return
	}
	if ref.Resource == nil {
		out.note("It is in the application gateway pool %s, which this template does not deploy.", ref.Parsed.Name())
		return
	}
	gateway := ref.Resource.Body.Get("properties")
	for _, front := range itemsOf(gateway.Get("frontendIPConfigurations")) {
		for _, port := range itemsOf(gateway.Get("frontendPorts")) {
			n, ok := port.Get("properties", "port").Int()
			if !ok {
				continue
			}
			e := Endpoint{Host: w.frontHost(ref.Resource, front), Port: int(n), Protocol: "application gateway"}
			e.Name, _ = port.Get("name").Text()
			out.addEndpoint(e)
		}
	}
}

// versionOf returns the version of the public address of an IP configuration.
func versionOf(c vmss.IPConfiguration) string {
	text, ok := c.PublicAddress.Node.Get("properties", "publicIPAddressVersion").Text()
	if !ok {
		text, _ = c.AddressVersion.Or("IPv4")
	}
	if strings.EqualFold(text, "IPv6") {
		return "IPv6"
	}
	return "IPv4"
}

func itemsOf(n *expand.Node) []*expand.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// addAddresses finds public addresses of the instances themselves.
func (w *reader) addAddresses(out *Set, s *vmss.ScaleSet) {
	for _, c := range s.Network.IPConfigurations() {
		if !c.PublicAddress.IsSet() {
			continue
		}
		var a OwnAddress
		a.Configuration = nameOr(c.Name, "IP configuration")
		a.Version = versionOf(c)
		label, ok := c.PublicAddress.DomainNameLabel.Known()
		location, located := s.Location.Known()
		if ok && label != "" {
			a.Suffix = strings.ToLower(label) + ".<region>.cloudapp.azure.com"
			if located && w.known(s.Resource, "location") {
				a.Suffix, a.Known = strings.ToLower(label)+"."+domain(location), true
			}
		}
		out.Addresses = append(out.Addresses, a)
	}
}
