package graph

import (
	"fmt"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// maxListed bounds how many ports, prefixes or profiles a detail lists.
const maxListed = 6

// details returns what a picture shows of a resource beside its name, a line
// each: capacity and size of a scale set, ports of a load balancer, ranges of a network.
// Values that are known only at deployment are left out.
func details(d *vmss.Deployment, r *expand.Resource) (lines []string) {
	add := func(parts ...string) {
		if line := strings.Join(nonEmpty(parts), ", "); line != "" {
			lines = append(lines, line)
		}
	}
	switch strings.ToLower(r.Type) {
	case "microsoft.compute/virtualmachinescalesets":
		for _, s := range d.ScaleSets {
			if s.Resource == r {
				add(instancesOf(s))
				add(zonesOf(s.Zones))
			}
		}
	case "microsoft.compute/virtualmachines":
		size, _ := r.Body.Get("properties", "hardwareProfile", "vmSize").Text()
		add(size)
	case "microsoft.network/loadbalancers":
		for _, b := range d.LoadBalancers {
			if b.Resource == r {
				add(portsOf(b))
				add(natOf(b))
			}
		}
	case "microsoft.network/applicationgateways":
		var ports []string
		for _, p := range itemsOf(r.Body.Get("properties", "frontendPorts")) {
			if n, ok := p.Get("properties", "port").Int(); ok {
				ports = append(ports, fmt.Sprint(n))
			}
		}
		add(numbered("port", ports))
	case "microsoft.network/virtualnetworks":
		for _, n := range d.VirtualNetworks {
			if n.Resource == r {
				add(listed(knownTexts(n.Prefixes.Items)))
			}
		}
	case "microsoft.network/publicipaddresses":
		for _, a := range d.PublicAddresses {
			if a.Resource == r {
				sku, _ := a.SKU.Known()
				add(sku, zonesOf(a.Zones))
			}
		}
	case "microsoft.insights/autoscalesettings":
		for _, a := range d.Autoscale {
			if a.Resource == r {
				add(rangesOf(a))
			}
		}
	case "microsoft.network/networksecuritygroups":
		for _, g := range d.SecurityGroups {
			if g.Resource == r {
				add(allowedBy(g))
			}
		}
	}
	return lines
}

func instancesOf(s *vmss.ScaleSet) string {
	size, _ := s.SKUName.Known()
	n, ok := s.Capacity.Known()
	switch {
	case ok && size != "":
		return fmt.Sprintf("%d x %s", n, size)
	case ok && n == 1:
		return "1 instance"
	case ok:
		return fmt.Sprintf("%d instances", n)
	}
	return size
}

func zonesOf(l vmss.List[vmss.Field[string]]) string { return numbered("zone", knownTexts(l.Items)) }

// portsOf lists the frontend ports of the load balancing rules; 0 is any port.
func portsOf(b *vmss.LoadBalancer) string {
	var ports []string
	for _, r := range b.Rules.Items {
		switch n, ok := r.FrontendPort.Known(); {
		case ok && n == 0:
			return "all ports"
		case ok:
			ports = appendNew(ports, fmt.Sprint(n))
		}
	}
	return numbered("port", ports)
}

func natOf(b *vmss.LoadBalancer) string {
	var ranges []string
	add := func(first, last, backend vmss.Field[int]) {
		from, ok1 := first.Known()
		to, ok2 := last.Known()
		port, ok3 := backend.Known()
		switch {
		case ok1 && ok2 && ok3:
			ranges = appendNew(ranges, fmt.Sprintf("%d-%d to %d", from, to, port))
		case ok1 && ok3:
			ranges = appendNew(ranges, fmt.Sprintf("%d to %d", from, port))
		}
	}
	for _, p := range b.NatPools.Items {
		add(p.First, p.Last, p.BackendPort)
	}
	for _, r := range b.NatRules.Items {
		if r.Port.IsSet() {
			add(r.Port, vmss.Field[int]{}, r.BackendPort)
		} else {
			add(r.First, r.Last, r.BackendPort)
		}
	}
	if len(ranges) == 0 {
		return ""
	}
	return "NAT " + listed(ranges)
}

func rangesOf(a *vmss.AutoscaleSetting) string {
	var ranges []string
	for _, p := range a.Profiles.Items {
		low, ok1 := p.Minimum.Known()
		high, ok2 := p.Maximum.Known()
		if ok1 && ok2 {
			ranges = appendNew(ranges, fmt.Sprintf("%d to %d", low, high))
		}
	}
	if len(ranges) == 0 {
		return ""
	}
	return listed(ranges) + " instances"
}

// allowedBy lists the inbound ports that the rules of a security group allow.
func allowedBy(g *vmss.SecurityGroup) string {
	var ports []string
	for _, r := range g.Rules.Items {
		access, _ := r.Access.Known()
		direction, _ := r.Direction.Known()
		if !strings.EqualFold(access, "Allow") || !strings.EqualFold(direction, "Inbound") {
			continue
		}
		for _, port := range knownTexts(append([]vmss.Field[string]{r.Port}, r.Ports.Items...)) {
			if port == "*" {
				return "allows all ports"
			}
			ports = appendNew(ports, port)
		}
	}
	if len(ports) == 0 {
		return ""
	}
	return "allows " + listed(ports)
}

func knownTexts(fields []vmss.Field[string]) (all []string) {
	for _, f := range fields {
		if text, ok := f.Known(); ok && text != "" {
			all = append(all, text)
		}
	}
	return all
}

func itemsOf(n *expand.Node) []*expand.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

func nonEmpty(texts []string) (all []string) {
	for _, text := range texts {
		if text != "" {
			all = append(all, text)
		}
	}
	return all
}

func appendNew(list []string, text string) []string {
	for _, have := range list {
		if have == text {
			return list
		}
	}
	return append(list, text)
}

// listed joins texts with commas, and counts those beyond maxListed.
func listed(texts []string) string {
	if more := len(texts) - maxListed; more > 0 {
		return strings.Join(texts[:maxListed], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(texts, ", ")
}

// numbered returns a noun with a list, "zones 1, 2, 3"; "" for none.
func numbered(noun string, texts []string) string {
	switch len(texts) {
	case 0:
		return ""
	case 1:
		return noun + " " + texts[0]
	}
	return noun + "s " + listed(texts)
}
