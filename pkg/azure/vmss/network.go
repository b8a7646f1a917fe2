package vmss

import (
	"slices"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// NetworkProfile is the networkProfile object.
type NetworkProfile struct {
	Part
	APIVersion  Field[string] // networkApiVersion
	HealthProbe Ref
	Interfaces  List[Interface]
}

// An Interface is an element of networkInterfaceConfigurations.
type Interface struct {
	Part
	Name           Field[string]
	Primary        Field[bool]
	Accelerated    Field[bool]
	SecurityGroup  Ref
	Configurations List[IPConfiguration]
}

// An IPConfiguration is an element of ipConfigurations.
type IPConfiguration struct {
	Part
	Name           Field[string]
	Primary        Field[bool]
	AddressVersion Field[string] // privateIPAddressVersion
	Subnet         Ref
	BackendPools   List[Ref]
	NatPools       List[Ref]
	GatewayPools   List[Ref] // of application gateways
	PublicAddress  InstanceAddress
}

// An InstanceAddress is the publicIPAddressConfiguration object.
type InstanceAddress struct {
	Part
	Name            Field[string]
	IdleTimeout     Field[int]
	DomainNameLabel Field[string]
	SKU             Field[string]
	Prefix          Ref
}

func newNetworkProfile(d *Deployment, profile *expand.Node) NetworkProfile {
	n := profile.Get("networkProfile")
	return NetworkProfile{
		Part:        part(profile, "networkProfile"),
		APIVersion:  text(n, "networkApiVersion"),
		HealthProbe: d.ref(n, "healthProbe", "id"),
		Interfaces:  list(n, d.newInterface, "networkInterfaceConfigurations"),
	}
}

func (d *Deployment) newInterface(n *expand.Node) Interface {
	return Interface{
		Part:           part(n),
		Name:           text(n, "name"),
		Primary:        boolean(n, "properties", "primary"),
		Accelerated:    boolean(n, "properties", "enableAcceleratedNetworking"),
		SecurityGroup:  d.ref(n, "properties", "networkSecurityGroup", "id"),
		Configurations: list(n, d.newIPConfiguration, "properties", "ipConfigurations"),
	}
}

func (d *Deployment) newIPConfiguration(n *expand.Node) IPConfiguration {
	address := n.Get("properties", "publicIPAddressConfiguration")
	return IPConfiguration{
		Part:           part(n),
		Name:           text(n, "name"),
		Primary:        boolean(n, "properties", "primary"),
		AddressVersion: text(n, "properties", "privateIPAddressVersion"),
		Subnet:         d.ref(n, "properties", "subnet", "id"),
		BackendPools:   d.refs(n, "properties", "loadBalancerBackendAddressPools"),
		NatPools:       d.refs(n, "properties", "loadBalancerInboundNatPools"),
		GatewayPools:   d.refs(n, "properties", "applicationGatewayBackendAddressPools"),
		PublicAddress: InstanceAddress{
			Part:            part(n, "properties", "publicIPAddressConfiguration"),
			Name:            text(address, "name"),
			IdleTimeout:     integer(address, "properties", "idleTimeoutInMinutes"),
			DomainNameLabel: text(address, "properties", "dnsSettings", "domainNameLabel"),
			SKU:             text(address, "sku", "name"),
			Prefix:          d.ref(address, "properties", "publicIPPrefix", "id"),
		},
	}
}

// refs reads an array of objects with an id as references.
func (d *Deployment) refs(n *expand.Node, path ...string) List[Ref] {
	return list(n, func(n *expand.Node) Ref { return d.ref(n, "id") }, path...)
}

// IPConfigurations returns the IP configurations of all known interfaces. The
// caller must not change the list.
func (p NetworkProfile) IPConfigurations() []IPConfiguration {
	if len(p.Interfaces.Items) == 1 { // nearly always, and many rules call it
		return slices.Clip(p.Interfaces.Items[0].Configurations.Items)
	}
	var all []IPConfiguration
	for _, nic := range p.Interfaces.Items {
		all = append(all, nic.Configurations.Items...)
	}
	return all
}
