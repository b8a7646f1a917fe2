package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/limits"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3214_nat_gateway_basic.md
var natGatewayBasicPage string

// natGatewayBasic reports Basic load balancers and addresses in a subnet with a
// NAT gateway.
var natGatewayBasic = &lint.Rule{
	Code: "SS3214", Name: "nat-gateway-basic", Severity: diag.Error, Since: "0.2", Page: &natGatewayBasicPage,
	Link: "https://learn.microsoft.com/azure/nat-gateway/nat-overview",
	Run:  checkNATGatewayBasic,
}

func checkNATGatewayBasic(p *lint.Pass) {
	seen := once{}
	each(p, func(u use) {
		if !equal(u.refersTo(), subnetType) || !behindNATGateway(u.ref) || !limits.Certain(u.by) {
			return
		}
		at, what := basicThing(p, u)
		if at == nil || !seen.first(at) {
			return
		}
		p.Reportf(at, "%s has the Basic SKU, but its subnet has a NAT gateway", what).
			Relatedf(u.at, "the subnet").
			Detailf("Azure returns SubnetWithNatGatewayAndBasicSkuResourceNotAllowed. Use the Standard SKU, or remove the NAT gateway.")
	})
}

// behindNATGateway reports a subnet of the template that names a NAT gateway.
func behindNATGateway(ref vmss.Ref) bool {
	id := ref.Target.Get("properties", "natGateway", "id")
	if id == nil || ref.Resource == nil || !limits.Certain(ref.Resource) {
		return false
	}
	_, null := id.Value.(value.Null)
	text, known := id.Text()
	return !null && (!known || text != "")
}

// basicThing is where the Basic SKU of what is in a subnet is written: that of
// an internal load balancer, or of the addresses of instances.
func basicThing(p *lint.Pass, u use) (at *expand.Node, what string) {
	switch strings.ToLower(u.by.Type) {
	case "microsoft.network/loadbalancers":
		sku := u.by.Body.Get("sku", "name")
		if text, ok := sku.Text(); ok && equal(text, "Basic") {
			return sku, "load balancer " + u.by.Name
		} else if !u.by.Body.Get("sku").Exists() {
			return u.by.Body.Get("type"), "load balancer " + u.by.Name
		}
	case "microsoft.compute/virtualmachinescalesets":
		address := u.at.Parent().Parent().Get("publicIPAddressConfiguration") // beside subnet
		sku := address.Get("sku", "name")
		if text, ok := sku.Text(); ok && equal(text, "Basic") {
			return sku, "the public address of the instances of " + u.by.Name
		}
	case "microsoft.network/networkinterfaces":
		ref := p.Deployment.Ref(u.at.Parent().Parent().Get("publicIPAddress", "id"))
		if ref.Resource == nil || !limits.Certain(ref.Resource) {
			return nil, ""
		}
		if text, ok := ref.Resource.Body.Get("sku", "name").Text(); ok && equal(text, "Basic") {
			return u.at, "the public address " + ref.Resource.Name
		}
	}
	return nil, ""
}
