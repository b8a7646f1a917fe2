package connect

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
)

// addNeighbours finds the machines and bastions in the network of the scale set that accept logins:
// virtual machines with a public address or a NAT rule, and bastion hosts.
func (w *reader) addNeighbours(out *Set, s *vmss.ScaleSet) {
	networks := networksOf(s)
	if len(networks) == 0 {
		return
	}
	out.Network = networks[0].Name()
	if r := w.deployment.Find(networks[0].String()); r != nil {
		out.Network = w.text(r, out.Network, "name")
	}
	for _, r := range w.deployment.Expanded.Resources {
		switch {
		case strings.EqualFold(r.Type, "Microsoft.Compute/virtualMachines"):
			w.addJumpBox(out, r, networks)
		case strings.EqualFold(r.Type, "Microsoft.Network/bastionHosts"):
			// The Developer SKU names its network and has no IP configuration.
			if slices.ContainsFunc(itemsOf(r.Body.Get("properties", "ipConfigurations")), func(c *expand.Node) bool { return inside(c, networks) }) ||
				isNetwork(r.Body.Get("properties", "virtualNetwork", "id"), networks) {
				out.Bastions = append(out.Bastions, w.text(r, r.Name, "name"))
			}
		}
	}
}

// networksOf returns the virtual networks of the interfaces, the primary first.
func networksOf(s *vmss.ScaleSet) (all []vmss.ID) {
	for _, c := range s.Network.IPConfigurations() {
		network, ok := c.Subnet.Parsed.Parent()
		if c.Subnet.Parsed.Type == "" || !ok {
			continue
		}
		if !slices.ContainsFunc(all, func(id vmss.ID) bool { return id.String() == network.String() }) {
			all = append(all, network)
		}
	}
	return all
}

// isNetwork reports whether an id is that of one of the networks.
func isNetwork(n *expand.Node, networks []vmss.ID) bool {
	text, _ := n.Text()
	network, ok := vmss.ParseID(text)
	return ok && slices.ContainsFunc(networks, func(id vmss.ID) bool { return id.String() == network.String() })
}

// inside reports whether an IP configuration is in a subnet of the networks.
func inside(c *expand.Node, networks []vmss.ID) bool {
	text, _ := c.Get("properties", "subnet", "id").Text()
	subnet, ok := vmss.ParseID(text)
	if !ok {
		return false
	}
	network, ok := subnet.Parent()
	return ok && slices.ContainsFunc(networks, func(id vmss.ID) bool { return id.String() == network.String() })
}

func (w *reader) addJumpBox(out *Set, r *expand.Resource, networks []vmss.ID) {
	box := JumpBox{Name: w.text(r, r.Name, "name"), User: UnknownUser, Port: loginPort(r, out.LoginPort())}
	if user, ok := r.Body.Get("properties", "osProfile", "adminUsername").Text(); ok {
		box.User = user
	}
	for _, nic := range itemsOf(r.Body.Get("properties", "networkProfile", "networkInterfaces")) {
		id, _ := nic.Get("id").Text()
		resource := w.deployment.Find(id)
		if resource == nil {
			continue
		}
		for _, c := range itemsOf(resource.Body.Get("properties", "ipConfigurations")) {
			if inside(c, networks) && w.wayIn(&box, c) {
				out.JumpBoxes = append(out.JumpBoxes, box)
				return
			}
		}
	}
}

// loginPort returns the port where administrators of a virtual machine log on, if its
// image is known; else that of the scale set.
func loginPort(r *expand.Resource, ofSet int) int {
	publisher, ok := r.Body.Get("properties", "storageProfile", "imageReference", "publisher").Text()
	switch {
	case !ok:
		return ofSet
	case strings.Contains(strings.ToLower(publisher), "windows"):
		return RDPPort
	}
	return SSHPort
}

// wayIn finds how an IP configuration of a machine is reached from outside.
func (w *reader) wayIn(box *JumpBox, c *expand.Node) bool {
	if id, ok := c.Get("properties", "publicIPAddress", "id").Text(); ok {
		box.Host = w.publicHost(id)
		return true
	}
	for _, rule := range itemsOf(c.Get("properties", "loadBalancerInboundNatRules")) {
		id, _ := rule.Get("id").Text()
		host, port, ok := w.natRule(id)
		if ok {
			box.Host, box.Port = host, port
			return true
		}
	}
	return false
}

// natRule returns the front of a NAT rule of a load balancer.
func (w *reader) natRule(id string) (Host, int, bool) {
	for _, balancer := range w.deployment.LoadBalancers {
		for _, rule := range balancer.NatRules.Items {
			name, _ := rule.Name.Known()
			name = name[strings.LastIndexByte(name, '/')+1:]
			port, ok := rule.Port.Known()
			if ok && name != "" && strings.EqualFold(id, balancer.Resource.ID+"/inboundNatRules/"+name) {
				return w.front(rule.Frontend), port, true
			}
		}
	}
	return Host{}, 0, false
}
