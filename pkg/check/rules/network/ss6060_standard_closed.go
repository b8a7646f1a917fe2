package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6060_standard_closed.md
var standardClosedPage string

// standardClosed reports instances behind a public Standard load balancer, or with
// Standard addresses, that no security group lets traffic in to.
var standardClosed = &lint.Rule{
	Code: "SS6060", Name: "standard-closed", Severity: diag.Warning, Since: "0.1", Page: &standardClosedPage,
	Guidance: []guidance.ID{guidance.SecurityGroupOpens},
	Run:      checkStandardClosed,
}

func checkStandardClosed(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.SecurityGroupOpens) {
			continue
		}
		for _, nic := range set.Network.Interfaces.Items {
			what := publicBy(p.Deployment, nic)
			if what == "" {
				continue
			}
			if group, closed := closedTo(p.Deployment, nic); closed {
				advice := "Add a network security group to the interface or its subnet, with a rule that allows the ports of the instances and probes."
				if group != nil {
					advice = "Add a rule to " + nameOf(group.Resource.Name) + " that allows the ports of the instances and probes."
				}
				p.Reportf(nic, "%s blocks all inbound traffic", what).
					Detailf("%s Standard resources block traffic that no network security group allows.", advice)
			}
		}
	}
}

// publicBy says which Standard thing takes traffic from the Internet to an
// interface; "" when none certainly does.
func publicBy(d *vmss.Deployment, nic vmss.Interface) string {
	for _, a := range balancersOf(d, nic.Configurations.Items) {
		if standard(a.balancer) && a.balancer.Public() && len(a.balancer.Rules.Items)+len(a.balancer.NatPools.Items)+len(a.balancer.NatRules.Items) > 0 {
			return "Standard load balancer " + nameOf(a.balancer.Resource.Name)
		}
	}
	for _, c := range nic.Configurations.Items {
		if sku, ok := c.PublicAddress.SKU.Known(); ok && strings.EqualFold(sku, "Standard") {
			return "each Standard public address of the instances"
		}
	}
	return ""
}

// closedTo reports that certainly no security group lets traffic in to an
// interface: there is none, or the one there has no rule that does.
func closedTo(d *vmss.Deployment, nic vmss.Interface) (group *vmss.SecurityGroup, closed bool) {
	refs := []vmss.Ref{nic.SecurityGroup}
	for _, c := range nic.Configurations.Items {
		subnet, ok := d.Subnet(c.Subnet)
		if !ok || subnet.State != vmss.Known {
			return nil, false
		}
		refs = append(refs, subnet.SecurityGroup)
	}
	for _, ref := range refs {
		if ref.ID.Absent() {
			continue
		}
		g := d.SecurityGroup(ref)
		if g == nil || !certain(g.Resource) || letsIn(g) {
			return nil, false
		}
		group = g
	}
	return group, nic.State == vmss.Known
}

// letsIn reports whether a group has, or may have, a rule that allows inbound
// traffic.
func letsIn(g *vmss.SecurityGroup) bool {
	if g.Rules.State == vmss.Unknown {
		return true
	}
	for _, r := range g.Rules.Items {
		access, ok := r.Access.Known()
		direction, known := r.Direction.Known()
		if !ok || !known || strings.EqualFold(access, "Allow") && strings.EqualFold(direction, "Inbound") {
			return true
		}
	}
	return false
}
