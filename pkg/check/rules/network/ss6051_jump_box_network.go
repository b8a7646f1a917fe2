package network

import (
	_ "embed"
	"slices"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6051_jump_box_network.md
var jumpBoxNetworkPage string

// jumpBoxNetwork reports a machine with a public address that seems to be there to
// reach the instances, and is in another virtual network.
var jumpBoxNetwork = &lint.Rule{
	Code: "SS6051", Name: "jump-box-network", Severity: diag.Info, Since: "0.1", Page: &jumpBoxNetworkPage,
	Guidance: []guidance.ID{guidance.Jumpbox},
	Run:      checkJumpBoxNetwork,
}

func checkJumpBoxNetwork(p *lint.Pass) {
	boxes := jumpBoxes(p.Deployment)
	if len(boxes) == 0 || peered(p.Deployment) {
		return
	}
	for _, set := range p.ScaleSets {
		network, ok := home(p.Deployment, set)
		if !ok {
			continue
		}
		for _, box := range boxes {
			// One that reaches the instances, or may: others have another purpose.
			ok = ok && box.network.Differs(network)
		}
		if ok {
			box := boxes[0]
			p.Reportf(box.machine.Body.Get("name"), "%s has a public address and is in virtual network %s, but the instances of %s are in %s",
				nameOf(box.machine.Resource.Name), box.network.Name(), set.Name, network.Name()).
				Relatedf(set, "the scale set").
				Detailf("Move the machine to that network, or peer the two: private addresses are reachable only from there.")
		}
	}
}

// A jumpBox is a machine with a public address.
type jumpBox struct {
	machine *vmss.VirtualMachine
	network vmss.ID
}

func jumpBoxes(d *vmss.Deployment) []jumpBox {
	var all []jumpBox
	for _, m := range d.Machines {
		for _, ref := range m.Interfaces.Items {
			nic := d.Interface(ref)
			if nic == nil {
				continue
			}
			for _, c := range nic.Configurations.Items {
				if network, ok := networkOf(c.Subnet); ok && c.PublicAddress.ID.IsSet() {
					all = append(all, jumpBox{m, network})
				}
			}
		}
	}
	return all
}

// peered reports whether networks of the template are, or may be, peered.
func peered(d *vmss.Deployment) bool {
	return slices.ContainsFunc(d.VirtualNetworks, func(n *vmss.VirtualNetwork) bool { return n.Peerings.IsSet() }) ||
		len(d.OfType("Microsoft.Network/virtualNetworks/virtualNetworkPeerings")) > 0 ||
		len(d.OfType("Microsoft.Network/connections")) > 0
}

// home is the network of a set that the template makes and that only a
// machine inside leads to.
func home(d *vmss.Deployment, set lint.ScaleSet) (id vmss.ID, ok bool) {
	for _, c := range set.Network.IPConfigurations() {
		if c.NatPools.IsSet() || c.PublicAddress.IsSet() || c.BackendPools.IsSet() || c.GatewayPools.IsSet() || d.VirtualNetwork(c.Subnet) == nil {
			return id, false
		}
		id, ok = networkOf(c.Subnet)
	}
	return id, ok
}
