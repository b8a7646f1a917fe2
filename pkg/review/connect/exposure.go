package connect

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// An Opening is a port on a public address that leads to the instances of a scale set
// or to a machine in their network.
type Opening struct {
	ScaleSet string `json:"scaleSet"`
	Host     string `json:"host"`     // DNS name, or a placeholder in angle brackets
	Ports    string `json:"ports"`    // such as "80", "50000 to 50119" or "any"
	Protocol string `json:"protocol"` // such as "tcp"; "" if any
	To       string `json:"to"`       // such as "port 8080 of any instance"
	Access   Access `json:"access"`
	// Sources are the addresses that may connect, for Limited.
	Sources []string `json:"sources"`
	// By is what decides: a security rule, or that there is no security group.
	By string `json:"by"`
}

// Access is who may connect, according to the network security groups.
type Access string

// The values of Access, from the most closed one.
const (
	Nobody      Access = "nobody"
	Limited     Access = "limited" // only the addresses that the rules name
	NotKnown    Access = "unknown" // a group or a rule is known only at deployment
	Anyone      Access = "anyone"  // the whole Internet
	anyPortText        = "any"
)

// openness orders the values of Access from the most closed one.
func (a Access) openness() int { return slices.Index([]Access{Nobody, Limited, NotKnown, Anyone}, a) }

// Openings lists the ports that are reachable from the Internet, in the order of the
// scale sets, and who may connect to each. Network security groups are evaluated as
// Azure does it: the rules by priority, first those of the subnet and then those of the
// interface, both of which must allow the traffic
// (https://learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works).
func Openings(d *vmss.Deployment, o Options) []Opening {
	w := &openings{reader: &reader{deployment: d, options: o}}
	for _, s := range d.ScaleSets {
		if s.Partial() {
			continue
		}
		w.set = cmp.Or(w.text(s.Resource, s.Name, "name"), "<name of the scale set>")
		for _, nic := range s.Network.Interfaces.Items {
			for _, c := range nic.Configurations.Items {
				w.configuration(c, []vmss.Ref{w.groupOfSubnet(c.Subnet), nic.SecurityGroup}, !w.subnetKnown(c.Subnet))
			}
		}
		out := w.reader.set(s)
		for _, box := range out.JumpBoxes {
			w.jumpBox(box)
		}
	}
	return w.all
}

type openings struct {
	*reader
	set string
	all []Opening
}

func (w *openings) add(o Opening) {
	o.ScaleSet, o.Protocol = w.set, strings.ToLower(o.Protocol)
	if o.Sources == nil {
		o.Sources = []string{}
	}
	same := func(have Opening) bool {
		return have.ScaleSet == o.ScaleSet && have.Host == o.Host && have.Ports == o.Ports && have.To == o.To
	}
	if !slices.ContainsFunc(w.all, same) {
		w.all = append(w.all, o)
	}
}

func (w *openings) subnetKnown(ref vmss.Ref) bool {
	_, ok := w.deployment.Subnet(ref)
	return ok
}

func (w *openings) groupOfSubnet(ref vmss.Ref) vmss.Ref {
	subnet, _ := w.deployment.Subnet(ref)
	return subnet.SecurityGroup
}

// configuration adds the public ports that lead to one IP configuration. open says that
// another security group may exist, of a subnet that the template does not deploy.
func (w *openings) configuration(c vmss.IPConfiguration, groups []vmss.Ref, open bool) {
	opening := func(o Opening, port int, standard bool) {
		o.Access, o.Sources, o.By = w.access(groups, open, port, o.Protocol, standard)
		w.add(o)
	}
	for _, ref := range c.NatPools.Items {
		pool, ok := w.deployment.NatPool(ref)
		host := w.front(pool.Frontend)
		first, ok1 := pool.First.Known()
		last, ok2 := pool.Last.Known()
		port, ok3 := pool.BackendPort.Known()
		if !ok || host.Private || !ok1 || !ok2 || !ok3 {
			continue
		}
		protocol, _ := pool.Protocol.Or("Tcp")
		opening(Opening{Host: host.Name, Ports: fmt.Sprintf("%d to %d", first, last), Protocol: protocol, To: fmt.Sprintf("port %d, one instance for each port", port)}, port, w.standardBalancer(ref))
	}
	for _, ref := range c.BackendPools.Items {
		balancer := w.deployment.LoadBalancer(ref)
		if balancer == nil {
			continue
		}
		for _, rule := range balancer.Rules.Items {
			e := w.endpoint(rule)
			if rule.BackendPool.Same(ref) && !e.Host.Private {
				opening(Opening{Host: e.Host.Name, Ports: portText(e.Port), Protocol: e.Protocol, To: "port " + portText(e.InstancePort) + " of any instance"}, e.InstancePort, w.standardBalancer(ref))
			}
		}
		for _, rule := range balancer.NatRules.Items {
			host := w.front(rule.Frontend)
			first, ok1 := rule.First.Known()
			last, ok2 := rule.Last.Known()
			port, ok3 := rule.BackendPort.Known()
			if rule.BackendPool.Same(ref) && !host.Private && ok1 && ok2 && ok3 {
				protocol, _ := rule.Protocol.Or("Tcp")
				opening(Opening{Host: host.Name, Ports: fmt.Sprintf("%d to %d", first, last), Protocol: protocol, To: fmt.Sprintf("port %d, one instance for each port", port)}, port, w.standardBalancer(ref))
			}
		}
	}
	for _, ref := range c.GatewayPools.Items {
		w.gateway(ref)
	}
	if c.PublicAddress.IsSet() {
		w.ownAddress(c, groups, open)
	}
}

func portText(port int) string {
	if port == 0 {
		return anyPortText
	}
	return strconv.Itoa(port)
}

// standardBalancer reports whether the load balancer of a pool certainly has the
// Standard SKU, which blocks inbound traffic that no security group allows.
func (w *openings) standardBalancer(ref vmss.Ref) bool {
	b := w.deployment.LoadBalancer(ref)
	if b == nil {
		return false
	}
	sku, ok := b.SKU.Known()
	return ok && strings.EqualFold(sku, "Standard")
}

// gateway adds the public ports of an application gateway, which accepts connections
// itself.
func (w *openings) gateway(ref vmss.Ref) {
	if ref.Resource == nil {
		return
	}
	properties := ref.Resource.Body.Get("properties")
	name := w.text(ref.Resource, ref.Resource.Name, "name")
	for _, front := range itemsOf(properties.Get("frontendIPConfigurations")) {
		host := w.frontHost(ref.Resource, front)
		if host.Private || !front.Get("properties", "publicIPAddress").Exists() {
			continue
		}
		for _, port := range itemsOf(properties.Get("frontendPorts")) {
			n, ok := port.Get("properties", "port").Int()
			if !ok {
				continue
			}
			o := Opening{Host: host.Name, Ports: portText(int(n)), Protocol: "tcp", To: "application gateway " + name}
			var groups []vmss.Ref
			open := false
			for _, c := range itemsOf(properties.Get("gatewayIPConfigurations")) {
				subnet := w.deployment.Ref(c.Get("properties", "subnet", "id"))
				groups, open = append(groups, w.groupOfSubnet(subnet)), open || !w.subnetKnown(subnet)
			}
			o.Access, o.Sources, o.By = w.access(groups, open, int(n), "tcp", false)
			w.add(o)
		}
	}
}

// ownAddress adds the ports that the security groups open on the public addresses of
// the instances.
func (w *openings) ownAddress(c vmss.IPConfiguration, groups []vmss.Ref, open bool) {
	sku, _ := c.PublicAddress.SKU.Known()
	ports := w.openPorts(groups)
	if len(ports) == 0 {
		ports = []string{anyPortText}
	}
	for _, text := range ports {
		port := 0
		if n, err := strconv.Atoi(text); err == nil {
			port = n
		} else if first, _, ranged := strings.Cut(text, "-"); ranged {
			port, _ = strconv.Atoi(first)
		}
		o := Opening{Host: "<address of each instance>", Ports: strings.Replace(text, "-", " to ", 1), To: "each instance"}
		o.Access, o.Sources, o.By = w.access(groups, open, port, "", strings.EqualFold(sku, "Standard"))
		w.add(o)
	}
}

// openPorts lists the port ranges that rules of the groups allow, as they are written.
func (w *openings) openPorts(groups []vmss.Ref) (all []string) {
	for _, ref := range groups {
		g := w.deployment.SecurityGroup(ref)
		if g == nil {
			continue
		}
		for _, r := range g.Rules.Items {
			access, _ := r.Access.Known()
			direction, _ := r.Direction.Known()
			if !strings.EqualFold(access, "Allow") || !strings.EqualFold(direction, "Inbound") {
				continue
			}
			for _, f := range append([]vmss.Field[string]{r.Port}, r.Ports.Items...) {
				text, ok := f.Known()
				if text == "*" {
					text = anyPortText
				}
				if ok && text != "" && !slices.Contains(all, text) {
					all = append(all, text)
				}
			}
		}
	}
	return all
}

// jumpBox adds a virtual machine with a public address in the network of the set.
func (w *openings) jumpBox(box JumpBox) {
	o := Opening{Host: box.Host.Name, Ports: portText(box.Port), Protocol: "tcp", To: "virtual machine " + box.Name, Access: NotKnown, By: "its network security group is not known offline"}
	for _, r := range w.deployment.Expanded.Resources {
		if !strings.EqualFold(r.Type, "Microsoft.Compute/virtualMachines") || w.text(r, r.Name, "name") != box.Name {
			continue
		}
		var groups []vmss.Ref
		open, standard := false, false
		for _, nic := range itemsOf(r.Body.Get("properties", "networkProfile", "networkInterfaces")) {
			id, _ := nic.Get("id").Text()
			resource := w.deployment.Find(id)
			if resource == nil {
				open = true
				continue
			}
			properties := resource.Body.Get("properties")
			groups = append(groups, w.deployment.Ref(properties.Get("networkSecurityGroup", "id")))
			for _, c := range itemsOf(properties.Get("ipConfigurations")) {
				subnet := w.deployment.Ref(c.Get("properties", "subnet", "id"))
				groups, open = append(groups, w.groupOfSubnet(subnet)), open || !w.subnetKnown(subnet)
				if a := w.deployment.PublicAddress(w.deployment.Ref(c.Get("properties", "publicIPAddress", "id"))); a != nil {
					sku, _ := a.SKU.Known()
					standard = strings.EqualFold(sku, "Standard")
				}
			}
		}
		o.Access, o.Sources, o.By = w.access(groups, open, loginPort(r, box.Port), "tcp", standard)
		break
	}
	w.add(o)
}

// access returns who may connect to a port through the security groups, each of which
// must allow it. Without a group, Standard resources block inbound traffic.
func (w *openings) access(groups []vmss.Ref, open bool, port int, protocol string, standard bool) (access Access, sources []string, by string) {
	access, by = Anyone, "no network security group"
	found := false
	for _, ref := range groups {
		if ref.ID.Absent() {
			continue
		}
		found = true
		one, from, why := NotKnown, []string(nil), "the network security group is not known offline"
		if g := w.deployment.SecurityGroup(ref); g != nil {
			one, from, why = w.through(g, port, protocol)
		}
		if one.openness() < access.openness() || access == Anyone {
			access, sources, by = one, from, why
		}
	}
	switch {
	case !found && open:
		return NotKnown, nil, "the network security group of the subnet is not known offline"
	case !found && standard:
		return Nobody, nil, "no network security group; Standard resources block inbound traffic without one"
	case found && open && access == Anyone:
		return NotKnown, nil, by + "; the network security group of the subnet is not known offline"
	}
	return access, sources, by
}

// through evaluates the inbound rules of one group by priority.
func (w *openings) through(g *vmss.SecurityGroup, port int, protocol string) (access Access, sources []string, by string) {
	name := w.text(g.Resource, g.Resource.Name, "name")
	if g.Rules.State == vmss.Unknown {
		return NotKnown, nil, "the rules of " + name + " are known only at deployment"
	}
	rules := slices.Clone(g.Rules.Items)
	slices.SortStableFunc(rules, func(a, b vmss.SecurityRule) int {
		x, _ := a.Priority.Known()
		y, _ := b.Priority.Known()
		return cmp.Compare(x, y)
	})
	access, by = Nobody, "no rule of "+name+" allows it"
	for _, r := range rules {
		applies, known := appliesTo(r, port, protocol)
		if !applies {
			continue
		}
		rule := "rule " + nameOr(r.Name, "rule") + " of " + name
		allow, _ := r.Access.Known()
		internet, some, clear := sourcesOf(r)
		switch {
		case !known || !clear || !r.Access.IsSet() || r.Access.State == vmss.Unknown:
			return NotKnown, nil, rule + " is known only at deployment"
		case internet && strings.EqualFold(allow, "Deny"):
			if len(sources) == 0 {
				by = rule + " denies it"
			}
			return access, sources, by
		case internet:
			return Anyone, nil, rule
		case strings.EqualFold(allow, "Allow") && len(some) > 0:
			access, by = Limited, rule
			for _, s := range some {
				if !slices.Contains(sources, s) {
					sources = append(sources, s)
				}
			}
		}
	}
	return access, sources, by
}

// appliesTo reports whether a rule is about inbound traffic to a port; known is false
// if that is known only at deployment. Port 0 is any port.
func appliesTo(r vmss.SecurityRule, port int, protocol string) (applies, known bool) {
	if direction, ok := r.Direction.Or("Inbound"); ok && !strings.EqualFold(direction, "Inbound") {
		return false, true
	}
	if of, ok := r.Protocol.Known(); ok && of != "*" && protocol != "" && !strings.EqualFold(protocol, "All") && !strings.EqualFold(of, protocol) {
		return false, true
	}
	known = r.Ports.State != vmss.Unknown
	for _, f := range append([]vmss.Field[string]{r.Port}, r.Ports.Items...) {
		text, ok := f.Known()
		switch {
		case ok && (port == 0 || vmss.PortsContain(text, port)):
			return true, true
		case f.IsSet() && !ok:
			known = false
		}
	}
	return !known, known
}

// sourcesOf returns whether a rule is about the whole Internet, else the addresses
// that it names. Sources inside the network, such as VirtualNetwork, are left out.
func sourcesOf(r vmss.SecurityRule) (internet bool, some []string, known bool) {
	known = r.Sources.State != vmss.Unknown
	for _, f := range append([]vmss.Field[string]{r.Source}, r.Sources.Items...) {
		text, ok := f.Known()
		switch lower := strings.ToLower(text); {
		case !ok:
			known = known && f.Absent()
		case vmss.IsInternet(lower):
			internet = true
		case lower == "virtualnetwork", lower == "azureloadbalancer", lower == "":
		default:
			some = append(some, text)
		}
	}
	return internet, some, known || internet
}
