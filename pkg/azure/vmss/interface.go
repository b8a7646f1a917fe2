package vmss

import "github.com/scaleset/scaleset/pkg/arm/expand"

// An ApplicationGateway is a Microsoft.Network/applicationGateways resource.
type ApplicationGateway struct {
	Resource *expand.Resource
	Body     *expand.Node
	// Subnets are the subnets of gatewayIPConfigurations.
	Subnets List[Ref]
}

// A NetworkInterface is a Microsoft.Network/networkInterfaces resource, of a
// virtual machine outside scale sets.
type NetworkInterface struct {
	Resource       *expand.Resource
	Body           *expand.Node
	Configurations List[InterfaceAddress]
}

// An InterfaceAddress is an element of ipConfigurations of a network interface.
type InterfaceAddress struct {
	Named
	Subnet         Ref
	PublicAddress  Ref
	AddressVersion Field[string] // privateIPAddressVersion
	BackendPools   List[Ref]     // loadBalancerBackendAddressPools
}

// A VirtualMachine is a Microsoft.Compute/virtualMachines resource.
type VirtualMachine struct {
	Resource   *expand.Resource
	Body       *expand.Node
	Interfaces List[Ref]
}

func newApplicationGateway(d *Deployment, r *expand.Resource) *ApplicationGateway {
	subnet := func(n *expand.Node) Ref { return d.ref(n, "properties", "subnet", "id") }
	return &ApplicationGateway{
		Resource: r,
		Body:     r.Body,
		Subnets:  list(r.Body, subnet, "properties", "gatewayIPConfigurations"),
	}
}

func newNetworkInterface(d *Deployment, r *expand.Resource) *NetworkInterface {
	return &NetworkInterface{
		Resource:       r,
		Body:           r.Body,
		Configurations: list(r.Body, d.newInterfaceAddress, "properties", "ipConfigurations"),
	}
}

func (d *Deployment) newInterfaceAddress(n *expand.Node) InterfaceAddress {
	return InterfaceAddress{
		Named:          newNamed(n),
		Subnet:         d.ref(n, "properties", "subnet", "id"),
		PublicAddress:  d.ref(n, "properties", "publicIPAddress", "id"),
		AddressVersion: text(n, "properties", "privateIPAddressVersion"),
		BackendPools:   d.refs(n, "properties", "loadBalancerBackendAddressPools"),
	}
}

func newVirtualMachine(d *Deployment, r *expand.Resource) *VirtualMachine {
	return &VirtualMachine{
		Resource:   r,
		Body:       r.Body,
		Interfaces: d.refs(r.Body, "properties", "networkProfile", "networkInterfaces"),
	}
}

// Interface returns the network interface that a reference refers to; nil if
// this deployment does not deploy it.
func (d *Deployment) Interface(ref Ref) *NetworkInterface {
	return viewOf[NetworkInterface](d, ref.Resource)
}

// Gateway returns the application gateway of a reference to it or to one of its
// parts; nil if this deployment does not deploy it.
func (d *Deployment) Gateway(ref Ref) *ApplicationGateway {
	return viewOf[ApplicationGateway](d, d.owner(ref))
}
