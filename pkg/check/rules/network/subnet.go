package network

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// A tenancy is a subnet of this deployment with what takes its addresses.
type tenancy struct {
	subnet vmss.Subnet
	usable int // addresses for all that lives there
	sets   []tenant
	others int // interfaces and frontends beside the sets
}

// A tenant is a set in a subnet.
type tenant struct {
	demand
	each int // addresses that each instance takes
}

// tenancies are the subnets that scale sets live in and whose size is known, in
// the order of the sets.
func tenancies(p *lint.Pass) []*tenancy {
	var all []*tenancy
	byID := map[string]*tenancy{}
	for _, set := range p.ScaleSets {
		if !certain(set.Resource) {
			continue
		}
		d := demandOf(set)
		for _, c := range set.Network.IPConfigurations() {
			subnet, known := p.Deployment.Subnet(c.Subnet)
			if !known || sixth(c.AddressVersion) {
				continue
			}
			id := c.Subnet.Path().String()
			if byID[id] == nil {
				n, ok := usable(subnet)
				if !ok {
					continue
				}
				byID[id] = &tenancy{subnet: subnet, usable: n}
				all = append(all, byID[id])
			}
			byID[id].add(d)
		}
	}
	countOthers(p.Deployment, byID)
	return all
}

func (t *tenancy) add(d demand) {
	if n := len(t.sets); n > 0 && t.sets[n-1].set.ScaleSet == d.set.ScaleSet {
		t.sets[n-1].each++
		return
	}
	t.sets = append(t.sets, tenant{d, 1})
}

// countOthers counts the interfaces and frontends that certainly take an
// address of one of the subnets.
func countOthers(d *vmss.Deployment, byID map[string]*tenancy) {
	count := func(subnet vmss.Ref) {
		if subnet.Path().Type == "" {
			return
		}
		if t := byID[subnet.Path().String()]; t != nil {
			t.others++
		}
	}
	for _, nic := range d.Interfaces {
		for _, c := range nic.Configurations.Items {
			if certain(nic.Resource) && !sixth(c.AddressVersion) {
				count(c.Subnet)
			}
		}
	}
	for _, b := range d.LoadBalancers {
		for _, f := range b.Frontends.Items {
			if certain(b.Resource) {
				count(f.Subnet)
			}
		}
	}
}

// sixth reports whether an IP configuration is of IPv6, or may be.
func sixth(version vmss.Field[string]) bool {
	text, ok := version.Or("IPv4")
	return !ok || strings.EqualFold(text, "IPv6")
}

// need is how many addresses the sets take, by a count of instances of each.
func (t *tenancy) need(instances func(demand) int) int {
	sum := t.others
	for _, s := range t.sets {
		sum += s.each * min(instances(s.demand), enough)
	}
	return sum
}

// enough is more instances than any set has, and so few that the sums of many
// sets do not overflow.
const enough = 1 << 20
