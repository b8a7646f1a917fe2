package network

import (
	_ "embed"
	"fmt"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/retirements"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6024_basic_retired.md
var basicRetiredPage string

// basicRetired reports load balancers and public addresses of the retired Basic SKU.
var basicRetired = &lint.Rule{
	Code: "SS6024", Name: "basic-retired", Severity: diag.Warning, Since: "0.1", Page: &basicRetiredPage,
	Peers:    []string{"AZR-000128", "AZR-000158", "AZR-000395", "38c3bca1-97a1-eb42-8cd3-838b243f35ba", "5cea1501-6fe4-4ec4-ac8f-f72320eb18d3", "c63b81fb-7afc-894c-a840-91bb8a8dcfaf"},
	Guidance: []guidance.ID{guidance.BasicBalancerRetired, guidance.BasicAddressRetired},
	Run:      checkBasicRetired,
}

const manyBasic = "%%d resources use the Basic SKU, which was retired on %s: %%s"

// since is the day on which a feature is retired, as messages write it.
func since(feature string) string {
	r, _ := retirements.OfFeature(feature)
	return r.Date.Format("2 January 2006")
}

func checkBasicRetired(p *lint.Pass) {
	if !says(p, guidance.BasicBalancerRetired) {
		return
	}
	reported := map[*vmss.PublicAddress]bool{}
	for _, b := range p.Deployment.LoadBalancers {
		if !basic(b) {
			continue
		}
		f := p.Reportf(skuOf(b.SKU, b.Body), "load balancer %s uses the Basic SKU, which was retired on %s", nameOf(b.Resource.Name), since(retirements.BasicBalancer)).
			Many(fmt.Sprintf(manyBasic, since(retirements.BasicBalancer)), nameOf(b.Resource.Name)).
			Detailf("Set sku.name to Standard for the load balancer and its public addresses, and allow the traffic in a network security group.")
		for _, frontend := range b.Frontends.Items {
			if a := p.Deployment.PublicAddress(frontend.PublicAddress); a != nil && !reported[a] {
				reported[a] = true
				f.Relatedf(a.Body.Get("name"), "its public address")
			}
		}
	}
	for _, a := range p.Deployment.PublicAddresses {
		if is, ok := a.Basic(); ok && is && !reported[a] {
			p.Reportf(skuOf(a.SKU, a.Body), "public address %s uses the Basic SKU, which was retired on %s", nameOf(a.Resource.Name), since(retirements.BasicAddress)).
				Many(fmt.Sprintf(manyBasic, since(retirements.BasicAddress)), nameOf(a.Resource.Name)).
				Cite(guidance.BasicAddressRetired).
				Detailf("Set sku.name to Standard and publicIPAllocationMethod to Static.")
		}
	}
}

// skuOf is where the SKU is written, or the name of what has none.
func skuOf(sku vmss.Field[string], body *expand.Node) lint.Placer {
	if sku.IsSet() {
		return sku
	}
	return body.Get("name")
}
