package references

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3217_machine_networks.md
var machineNetworksPage string

// machineNetworks reports a machine whose network interfaces are in different
// virtual networks.
var machineNetworks = &lint.Rule{
	Code: "SS3217", Name: "machine-networks", Severity: diag.Error, Since: "0.2", Page: &machineNetworksPage,
	Link: "https://learn.microsoft.com/azure/virtual-network/virtual-network-network-interface-vm",
	Run:  checkMachineNetworks,
}

func checkMachineNetworks(p *lint.Pass) {
	networks := map[*expand.Resource]vmss.ID{} // of the interfaces of the template
	each(p, func(u use) {
		if equal(u.by.Type, "Microsoft.Network/networkInterfaces") && equal(u.refersTo(), "Microsoft.Network/virtualNetworks/subnets") && limits.Certain(u.by) {
			if network, ok := u.ref.Path().Parent(); ok {
				networks[u.by] = network
			}
		}
	})
	first := map[*expand.Resource]use{}
	each(p, func(u use) {
		if !equal(u.by.Type, "Microsoft.Compute/virtualMachines") || !equal(u.refersTo(), "Microsoft.Network/networkInterfaces") || !limits.Certain(u.by) {
			return
		}
		mine, ok := networks[u.ref.Resource]
		if !ok {
			return
		}
		other, ok := first[u.by]
		if !ok {
			first[u.by] = u
			return
		}
		if its := networks[other.ref.Resource]; mine.Differs(its) {
			p.Reportf(u.at, "network interface %s is in %s, and %s of the same machine in %s", u.ref.Path().Name(), mine.Name(), other.ref.Path().Name(), its.Name()).
				Relatedf(other.at, "the other network interface").
				Detailf("All network interfaces of a machine are in one virtual network; Azure answers SubnetsNotInSameVnet. They can be in different subnets.")
		}
	})
}
