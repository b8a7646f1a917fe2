package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6044_instance_address_count.md
var instanceAddressCountPage string

// instanceAddressCount reports large sets whose instances have public addresses.
var instanceAddressCount = &lint.Rule{
	Code: "SS6044", Name: "instance-address-count", Severity: diag.Warning, Since: "0.1", Page: &instanceAddressCountPage,
	Guidance: []guidance.ID{guidance.InstanceAddressesMax},
	Run:      checkInstanceAddressCount,
}

func checkInstanceAddressCount(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		limit, d := set.Bound(guidance.InstanceAddressesMax), demandOf(set)
		for _, c := range set.Network.IPConfigurations() {
			if c.PublicAddress.IsSet() && limit.Exceeded(d.most) {
				p.Reportf(c.PublicAddress, "%d instances with public addresses exceed %d, the recommended limit", d.most, limit.Max()).
					Relatedf(d.place(d.most), "the number of instances").
					Detailf("Use a Standard load balancer, or several scale sets.")
				break
			}
		}
	}
}
