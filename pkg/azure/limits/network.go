package limits

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// The codes and rules for limits of the network.
const (
	codeNATPorts        diag.Code = "SS6001"
	ruleNATPorts                  = "nat-pool-range"
	codeBalancer        diag.Code = "SS6007"
	ruleBalancer                  = "balancer-limits"
	codeAddresses       diag.Code = "SS6033"
	ruleAddresses                 = "subnet-size"
	codePublicAddresses diag.Code = "SS6044"
	rulePublicAddresses           = "instance-address-count"
)

// A PoolUse is a NAT pool that a set uses, with the reference to it.
type PoolUse struct {
	Pool vmss.NatPool
	By   vmss.Ref
}

// Ports returns the number of ports of the pool; ok is false if its range is
// unknown or ends before it begins.
func (u PoolUse) Ports() (n int, ok bool) {
	first, ok1 := u.Pool.First.Known()
	last, ok2 := u.Pool.Last.Known()
	return last - first + 1, ok1 && ok2 && last >= first
}

// name returns the name of the pool for a sentence.
func (u PoolUse) name() string {
	if text, ok := u.Pool.Name.Known(); ok {
		return "NAT pool " + text
	}
	return "NAT pool"
}

// NATPools returns the NAT pools of this deployment that a set uses, without
// duplicates.
func NATPools(set ScaleSet) []PoolUse {
	var all []PoolUse
	seen := map[*expand.Node]bool{}
	for _, c := range set.Network.IPConfigurations() {
		for _, ref := range c.NatPools.Items {
			if pool, ok := set.Deployment.NatPool(ref); ok && !seen[pool.Node] {
				seen[pool.Node] = true
				all = append(all, PoolUse{pool, ref})
			}
		}
	}
	return all
}

// natLimits compares the ports of each pool with the instances. Azure certainly
// rejects fewer ports than instances; with overprovisioning two ports for each
// instance are recommended, since surplus instances may need one too.
func natLimits(set ScaleSet) (all []Limit) {
	surplus := set.Surplus() && set.Says(guidance.NatRangeOverprovisioned)
	for _, u := range NATPools(set) {
		n, ok := u.Ports()
		if !ok {
			continue
		}
		first, _ := u.Pool.First.Known()
		last, _ := u.Pool.Last.Known()
		name := u.name()
		ports := fmt.Sprintf("ports %d to %d of %s", first, last, name)
		l := Limit{
			Name: NATPorts, Max: n, Severity: diag.Error, Code: codeNATPorts, Rule: ruleNATPorts, Says: guidance.Get(guidance.NatRangeCapacity),
			Place: u.Pool.Last.Place(), About: name, Reason: "one for each of the " + ports,
			Remedy: "Raise frontendPortRangeEnd of the pool, or lower the capacity.",
		}
		all = append(all, l)
		if surplus {
			l.Name, l.Max, l.Severity, l.Says = NATPortsSurplus, n/2, diag.Warning, guidance.Get(guidance.NatRangeOverprovisioned)
			l.Reason = "half of the " + ports + ", because overprovisioning takes up to two for each instance"
			all = append(all, l)
		}
	}
	return all
}

// usable returns the number of IPv4 addresses of a subnet for instances and
// other interfaces: those of its ranges without the ones that Azure reserves.
// ok is false if it is unknown.
func usable(s vmss.Subnet) (n int, ok bool) {
	fields := s.Ranges()
	if len(fields) == 0 || s.Prefixes.State == vmss.Unknown {
		return 0, false
	}
	for _, f := range fields {
		text, known := f.Known()
		prefix, err := netip.ParsePrefix(strings.TrimSpace(text))
		if !known || err != nil || prefix != prefix.Masked() {
			return 0, false
		}
		if prefix.Addr().Is4() {
			n += max(1<<(32-prefix.Bits())-guidance.Get(guidance.SubnetReserved).Limit, 0)
		}
	}
	return n, true
}

// A Tenancy is a subnet of a deployment with the resources that use its
// addresses.
type Tenancy struct {
	Subnet vmss.Subnet
	Usable int // addresses for everything in the subnet
	Sets   []Tenant
	Others int // interfaces and frontends other than those of the sets
}

// A Tenant is a set in a subnet.
type Tenant struct {
	ScaleSet
	Each int // addresses of each instance
}

// Tenancies returns the subnets of the deployment that the sets use and whose
// size is known, in the order of the sets. A set that may not be deployed uses
// no address.
func Tenancies(d *vmss.Deployment, sets []ScaleSet) []*Tenancy {
	var all []*Tenancy
	byID := map[string]*Tenancy{}
	for _, set := range sets {
		if !Certain(set.Resource) {
			continue
		}
		for _, c := range set.Network.IPConfigurations() {
			subnet, known := d.Subnet(c.Subnet)
			if !known || mayBeIPv6(c.AddressVersion) {
				continue
			}
			id := c.Subnet.Path().String()
			if byID[id] == nil {
				n, ok := usable(subnet)
				if !ok {
					continue
				}
				byID[id] = &Tenancy{Subnet: subnet, Usable: n}
				all = append(all, byID[id])
			}
			byID[id].add(set)
		}
	}
	countOthers(d, byID)
	return all
}

func (t *Tenancy) add(set ScaleSet) {
	if n := len(t.Sets); n > 0 && t.Sets[n-1].ScaleSet.ScaleSet == set.ScaleSet {
		t.Sets[n-1].Each++
		return
	}
	t.Sets = append(t.Sets, Tenant{set, 1})
}

// Need returns the number of addresses in use, for a number of instances of
// each set.
func (t *Tenancy) Need(instances func(ScaleSet) int) int {
	sum := t.Others
	for _, s := range t.Sets {
		sum += s.Each * min(instances(s.ScaleSet), unlimited)
	}
	return sum
}

// WithHeadroom returns n instances plus the head-room, in percent, for the surplus
// instances of a set, or n if the set has none.
func WithHeadroom(set ScaleSet, n, percent int) int {
	n = min(n, unlimited)
	if !set.Surplus() || !set.Says(guidance.SubnetHeadroom) {
		return n
	}
	return n + (n*percent+99)/100
}

// countOthers counts the interfaces and frontends that certainly use an address
// of one of the subnets.
func countOthers(d *vmss.Deployment, byID map[string]*Tenancy) {
	count := func(subnet vmss.Ref) {
		if subnet.Path().Type == "" {
			return
		}
		if t := byID[subnet.Path().String()]; t != nil {
			t.Others++
		}
	}
	for _, nic := range d.Interfaces {
		for _, c := range nic.Configurations.Items {
			if Certain(nic.Resource) && !mayBeIPv6(c.AddressVersion) {
				count(c.Subnet)
			}
		}
	}
	for _, b := range d.LoadBalancers {
		for _, f := range b.Frontends.Items {
			if Certain(b.Resource) {
				count(f.Subnet)
			}
		}
	}
}

// mayBeIPv6 reports whether an IP configuration is, or may be, an IPv6
// configuration.
func mayBeIPv6(version vmss.Field[string]) bool {
	text, ok := version.Or("IPv4")
	return !ok || strings.EqualFold(text, "IPv6")
}

// addressLimits returns the limits of the subnets, given everything else in
// them, with and without the head-room for surplus instances.
func addressLimits(set ScaleSet, o Options) (all []Limit) {
	percent := guidance.Get(guidance.SubnetHeadroom).Limit
	if o.Headroom != nil {
		percent = *o.Headroom
	}
	sets := append(set.siblings(false), set)
	for _, t := range Tenancies(set.Deployment, sets) {
		each := 0
		rest, roomyRest := t.Others, t.Others
		for _, tenant := range t.Sets {
			if tenant.ScaleSet.ScaleSet == set.ScaleSet {
				each = tenant.Each
				continue
			}
			n, _ := tenant.Instances()
			rest += tenant.Each * min(n, unlimited)
			roomyRest += tenant.Each * WithHeadroom(tenant.ScaleSet, n, percent)
		}
		if each == 0 {
			continue
		}
		all = append(all, t.limits(set, each, rest, roomyRest, percent)...)
	}
	return all
}

// name returns the name of the subnet for a sentence.
func (t *Tenancy) name() string {
	name, _ := t.Subnet.Name.Known()
	return strings.TrimSpace("subnet " + name[strings.LastIndexByte(name, '/')+1:])
}

func (t *Tenancy) limits(set ScaleSet, each, rest, roomyRest, percent int) []Limit {
	name := t.name()
	left := max(t.Usable-rest, 0)
	room := fmt.Sprintf("the instances for which %s has addresses (%d", name, t.Usable)
	if rest > 0 {
		room += fmt.Sprintf(", %d of them in use by others", rest)
	}
	if each > 1 {
		room += fmt.Sprintf("; each instance takes %d", each)
	}
	place := t.Subnet.Prefix.Place()
	if t.Subnet.Prefix.Absent() {
		place = t.Subnet.Prefixes.Place()
	}
	l := Limit{
		Name: Addresses, Max: left / each, Severity: diag.Error, Code: codeAddresses, Rule: ruleAddresses, Says: guidance.Get(guidance.SubnetReserved),
		Place: place, About: name, Reason: room + ")", Remedy: "Give the subnet a larger range, or lower the capacity.",
	}
	all := []Limit{l}
	roomyLeft := max(t.Usable-roomyRest, 0) / each
	if most := maxWithHeadroom(set, roomyLeft, percent); most < l.Max {
		l.Name, l.Max, l.Severity, l.Says = AddressHeadroom, most, diag.Warning, guidance.Get(guidance.SubnetHeadroom)
		l.Reason = fmt.Sprintf("%s; %d%% more for surplus instances)", room, percent)
		all = append(all, l)
	}
	return all
}

// maxWithHeadroom returns the largest number of instances that fit into n addresses
// together with their head-room.
func maxWithHeadroom(set ScaleSet, n, percent int) int {
	if WithHeadroom(set, n, percent) == n {
		return n
	}
	return n * 100 / (100 + percent)
}
