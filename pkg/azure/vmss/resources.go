package vmss

import (
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/internal/fold"
)

// A VirtualNetwork is a Microsoft.Network/virtualNetworks resource. Its subnets
// are those in its properties, followed by those that are separate resources.
type VirtualNetwork struct {
	Resource *expand.Resource
	Body     *expand.Node
	Prefixes List[Field[string]]
	Subnets  List[Subnet]
	Peerings List[Named]
}

// A Subnet is a subnet of a virtual network.
type Subnet struct {
	Named
	Prefix        Field[string]
	Prefixes      List[Field[string]]
	SecurityGroup Ref
	NatGateway    Ref
	RouteTable    Ref
}

// Ranges returns the address ranges of the subnet, from addressPrefix and
// addressPrefixes.
func (s Subnet) Ranges() []Field[string] {
	if s.Prefix.IsSet() {
		return append([]Field[string]{s.Prefix}, s.Prefixes.Items...)
	}
	return s.Prefixes.Items
}

// A PublicAddress is a Microsoft.Network/publicIPAddresses resource.
type PublicAddress struct {
	Resource        *expand.Resource
	Body            *expand.Node
	SKU             Field[string]
	Allocation      Field[string]
	Zones           List[Field[string]]
	DomainNameLabel Field[string]
}

// A StorageAccount is a Microsoft.Storage/storageAccounts resource. Name is ""
// if it is unknown.
type StorageAccount struct {
	Resource *expand.Resource
	Body     *expand.Node
	Name     string
	Kind     Field[string] // replication, of sku.name or properties.accountType
}

// A SecurityGroup is a Microsoft.Network/networkSecurityGroups resource.
type SecurityGroup struct {
	Resource *expand.Resource
	Body     *expand.Node
	Rules    List[SecurityRule]
}

// A SecurityRule is an element of securityRules.
type SecurityRule struct {
	Named
	Access, Direction, Protocol, Port, Source Field[string]
	// Ports and Sources are destinationPortRanges and sourceAddressPrefixes.
	Ports, Sources List[Field[string]]
	Priority       Field[int]
}

// PortsContain reports whether ports of a security rule, such as "*", "22" or
// "20-30", contain a port
// (https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#security-rules).
func PortsContain(ports string, port int) bool {
	if ports == "*" {
		return true
	}
	first, last, ranged := strings.Cut(ports, "-")
	from, err := strconv.Atoi(strings.TrimSpace(first))
	if !ranged {
		return err == nil && from == port
	}
	to, bad := strconv.Atoi(strings.TrimSpace(last))
	return err == nil && bad == nil && from <= port && port <= to
}

// IsInternet reports whether a source of a security rule is every address of the
// Internet.
func IsInternet(source string) bool {
	switch fold.Lower(source) {
	case "*", "internet", "any", "0.0.0.0/0", "::/0":
		return true
	}
	return false
}

func newVirtualNetwork(d *Deployment, r *expand.Resource) *VirtualNetwork {
	p := r.Body.Get("properties")
	return &VirtualNetwork{
		Resource: r,
		Body:     r.Body,
		Prefixes: texts(p, "addressSpace", "addressPrefixes"),
		Subnets:  list(p, d.newSubnet, "subnets"),
		Peerings: list(p, newNamed, "virtualNetworkPeerings"),
	}
}

func (d *Deployment) newSubnet(n *expand.Node) Subnet {
	p := n.Get("properties")
	return Subnet{
		Named:         newNamed(n),
		Prefix:        text(p, "addressPrefix"),
		Prefixes:      texts(p, "addressPrefixes"),
		SecurityGroup: d.ref(p, "networkSecurityGroup", "id"),
		NatGateway:    d.ref(p, "natGateway", "id"),
		RouteTable:    d.ref(p, "routeTable", "id"),
	}
}

// Subnet returns the subnet that a reference refers to; ok is false if there is
// none.
func (d *Deployment) Subnet(ref Ref) (subnet Subnet, ok bool) {
	if ref.Target == nil {
		return Subnet{}, false
	}
	if network := d.VirtualNetwork(ref); network != nil {
		return partOf(network.Subnets, ref, func(s *Subnet) *expand.Node { return s.Node })
	}
	return Subnet{}, false
}

func newPublicAddress(r *expand.Resource) *PublicAddress {
	p := r.Body.Get("properties")
	return &PublicAddress{
		Resource:        r,
		Body:            r.Body,
		SKU:             text(r.Body, "sku", "name"),
		Allocation:      text(p, "publicIPAllocationMethod"),
		Zones:           texts(r.Body, "zones"),
		DomainNameLabel: text(p, "dnsSettings", "domainNameLabel"),
	}
}

// Basic reports whether the address has the Basic SKU, which is the default; ok
// is false if that is unknown.
func (a *PublicAddress) Basic() (basic, ok bool) {
	sku, ok := a.SKU.Or("Basic")
	return fold.Equal(sku, "Basic"), ok
}

func newStorageAccount(r *expand.Resource) *StorageAccount {
	a := &StorageAccount{Resource: r, Body: r.Body, Kind: text(r.Body, "sku", "name")}
	if r.NameKnown {
		a.Name = r.Name
	}
	if a.Kind.Absent() {
		a.Kind = text(r.Body, "properties", "accountType")
	}
	return a
}

// StorageAccount returns the account with the name, ignoring case; nil if this
// deployment does not deploy it.
func (d *Deployment) StorageAccount(name string) *StorageAccount {
	for _, a := range d.StorageAccounts {
		if a.Name != "" && fold.Equal(a.Name, name) {
			return a
		}
	}
	return nil
}

func newSecurityGroup(r *expand.Resource) *SecurityGroup {
	return &SecurityGroup{
		Resource: r,
		Body:     r.Body,
		Rules:    list(r.Body.Get("properties"), newSecurityRule, "securityRules"),
	}
}

func newSecurityRule(n *expand.Node) SecurityRule {
	p := n.Get("properties")
	return SecurityRule{
		Named:     newNamed(n),
		Access:    text(p, "access"),
		Direction: text(p, "direction"),
		Protocol:  text(p, "protocol"),
		Port:      text(p, "destinationPortRange"),
		Source:    text(p, "sourceAddressPrefix"),
		Ports:     texts(p, "destinationPortRanges"),
		Sources:   texts(p, "sourceAddressPrefixes"),
		Priority:  integer(p, "priority"),
	}
}

// owner returns the resource that a reference refers to or, for a part, its
// parent; the part may be a separate resource in the template.
func (d *Deployment) owner(ref Ref) *expand.Resource {
	if parent, ok := ref.path.Parent(); ok {
		return d.Find(parent.String())
	}
	return ref.Resource
}

// VirtualNetwork returns the virtual network of a reference to it or to a
// subnet; nil if this deployment does not deploy it.
func (d *Deployment) VirtualNetwork(ref Ref) *VirtualNetwork {
	return viewOf[VirtualNetwork](d, d.owner(ref))
}

// PublicAddress returns the address that a reference refers to; nil if this
// deployment does not deploy it.
func (d *Deployment) PublicAddress(ref Ref) *PublicAddress {
	return viewOf[PublicAddress](d, ref.Resource)
}

// SecurityGroup returns the group that a reference refers to; nil if this
// deployment does not deploy it.
func (d *Deployment) SecurityGroup(ref Ref) *SecurityGroup {
	return viewOf[SecurityGroup](d, ref.Resource)
}

// OfType returns the resources of a type, ignoring case.
func (d *Deployment) OfType(name string) []*expand.Resource {
	var all []*expand.Resource
	for _, r := range d.Expanded.Resources {
		if fold.Equal(r.Type, name) {
			all = append(all, r)
		}
	}
	return all
}
