package network

import (
	_ "embed"
	"net/netip"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6031_subnet_outside_network.md
var subnetOutsideNetworkPage string

// subnetOutsideNetwork reports subnets outside the address space of their network.
var subnetOutsideNetwork = &lint.Rule{
	Code: "SS6031", Name: "subnet-outside-network", Severity: diag.Error, Since: "0.1", Page: &subnetOutsideNetworkPage,
	Guidance: []guidance.ID{guidance.SubnetRanges},
	Run:      checkSubnetOutsideNetwork,
}

func checkSubnetOutsideNetwork(p *lint.Pass) {
	for _, n := range p.Deployment.VirtualNetworks {
		space, whole := blocks(n.Prefixes.Items)
		if !whole || len(space) == 0 || !certain(n.Resource) {
			continue
		}
		for _, s := range n.Subnets.Items {
			inside, _ := blocks(s.Ranges())
			for _, b := range inside {
				if !slices.ContainsFunc(space, func(outer block) bool { return covers(outer.prefix, b.prefix) }) {
					p.Reportf(b.field, "%s has %s, outside the address space %s of network %s", named("subnet", s.Name), b.prefix, spaceText(space), nameOf(n.Resource.Name)).
						Relatedf(n.Prefixes, "the address space").
						Detailf("Use a range inside the address space, or extend the address space.")
				}
			}
		}
	}
}

func covers(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

func spaceText(space []block) string {
	var texts []string
	for _, b := range space[:min(len(space), 4)] {
		texts = append(texts, b.prefix.String())
	}
	if len(space) > 4 {
		texts = append(texts, "...")
	}
	return strings.Join(texts, ", ")
}
