package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6023_balancer_address_sku.md
var balancerAddressSKUPage string

// balancerAddressSKU reports load balancers and public addresses of different SKUs.
var balancerAddressSKU = &lint.Rule{
	Code: "SS6023", Name: "balancer-address-sku", Severity: diag.Error, Since: "0.1", Page: &balancerAddressSKUPage,
	Guidance: []guidance.ID{guidance.BalancerAddressSKU, guidance.InstanceAddresses},
	Run:      checkBalancerAddressSKU,
}

func checkBalancerAddressSKU(p *lint.Pass) {
	for _, b := range p.Deployment.LoadBalancers {
		for _, f := range b.Frontends.Items {
			a := p.Deployment.PublicAddress(f.PublicAddress)
			if a == nil || !certain(a.Resource) || !certain(b.Resource) || !says(p, guidance.BalancerAddressSKU) {
				continue
			}
			if is, ok := a.Basic(); ok && (is && standard(b) || !is && basic(b)) {
				p.Reportf(f.PublicAddress, "%s load balancer %s has the %s public address %s",
					skuName(basic(b)), nameOf(b.Resource.Name), skuName(is), nameOf(a.Resource.Name)).
					Relatedf(a.Body.Get("name"), "the address").
					Detailf("Use the Standard SKU for both; Standard addresses are static.")
			}
		}
	}
	for _, set := range p.ScaleSets {
		checkInstanceAddressSKU(p, set)
	}
}

func checkInstanceAddressSKU(p *lint.Pass, set lint.ScaleSet) {
	for _, c := range set.Network.IPConfigurations() {
		sku, ok := c.PublicAddress.SKU.Known()
		if !ok || !set.Says(guidance.InstanceAddresses) {
			continue
		}
		is := strings.EqualFold(sku, "Basic")
		for _, a := range balancersOf(p.Deployment, []vmss.IPConfiguration{c}) {
			if is && standard(a.balancer) || !is && basic(a.balancer) {
				p.Reportf(c.PublicAddress.SKU, "instances have %s public addresses behind the %s load balancer %s",
					sku, skuName(!is), nameOf(a.balancer.Resource.Name)).
					Cite(guidance.InstanceAddresses).
					Detailf("Use the Standard SKU for both.")
			}
		}
	}
}

func skuName(basic bool) string {
	if basic {
		return "Basic"
	}
	return "Standard"
}
