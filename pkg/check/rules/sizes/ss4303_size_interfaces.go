package sizes

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4303_size_interfaces.md
var sizeInterfacesPage string

// sizeInterfaces reports interfaces that the size does not take.
var sizeInterfaces = &lint.Rule{
	Code: "SS4303", Name: "size-interfaces", Severity: diag.Error, Since: "0.2", Page: &sizeInterfacesPage,
	Also: []diag.Level{{Severity: diag.Info, When: "the size supports accelerated networking today, but Azure rejected it in earlier years"}},
	Link: "https://learn.microsoft.com/azure/virtual-machines/sizes/overview",
	Run:  checkSizeInterfaces,
}

func checkSizeInterfaces(p *lint.Pass) {
	seen := once{}
	for _, m := range machines(p) {
		network := m.profile.Get("networkProfile")
		for _, list := range []string{"networkInterfaceConfigurations", "networkInterfaces"} {
			interfaces := network.Get(list)
			if interfaces == nil {
				continue
			}
			if m.size.Interfaces > 0 && len(interfaces.Items) > m.size.Interfaces && seen.first(interfaces) {
				p.Reportf(interfaces, "%s; the limit of size %s is %d", lint.Count(len(interfaces.Items), "network interface"), m.size.Name, m.size.Interfaces).
					Relatedf(m.at, "the size").Detailf("Choose a larger size, or fewer interfaces. %s", said)
			}
			for _, n := range interfaces.Items {
				checkAccelerated(p, m, n, seen)
			}
		}
	}
}

// disputed are sizes that have accelerated networking in the list, and that
// Azure rejected in public reports: https://github.com/kubernetes-sigs/cluster-api/issues/1201,
// https://github.com/Azure/AKS/issues/2858.
var disputed = []string{"standard_d2_v3", "standard_e2_v3"}

// checkAccelerated checks an interface of a set or machine, or the one that the
// machine refers to.
func checkAccelerated(p *lint.Pass, m machine, n *expand.Node, seen once) {
	on := n.Get("properties", "enableAcceleratedNetworking")
	if ref := p.Deployment.Interface(p.Deployment.Ref(n.Get("id"))); ref != nil {
		on = ref.Body.Get("properties", "enableAcceleratedNetworking")
	}
	if isTrue(on) && slices.Contains(disputed, strings.ToLower(m.size.Name)) && p.Options.Sizes == nil && seen.first(on) {
		p.Reportf(on, "Azure has rejected accelerated networking for size %s", m.size.Name).Severity(diag.Info).Relatedf(m.at, "the size").
			Detailf("Choose a size with four cores if the deployment fails: sizes with hyperthreading and two cores did not support it until about 2022, but the list of sizes has it today. %s", said)
	}
	if isTrue(on) && m.size.AcceleratedNetworking == sizes.No && seen.first(on) {
		p.Reportf(on, "size %s does not support accelerated networking", m.size.Name).Relatedf(m.at, "the size").
			Detailf("Choose another size, or set enableAcceleratedNetworking to false. %s", said)
	}
}
