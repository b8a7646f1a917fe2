package vmss

import "github.com/scaleset/scaleset/pkg/arm/expand"

// An ApplicationGateway is one Microsoft.Network/applicationGateways.
type ApplicationGateway struct {
	Resource *expand.Resource
	Body     *expand.Node
	// Subnets are those of gatewayIPConfigurations.
	Subnets List[Ref]
}

// A NetworkInterface is one Microsoft.Network/networkInterfaces: of a machine
// beside the sets.
type NetworkInterface struct {
	Resource       *expand.Resource
	Body           *expand.Node
	Configurations List[InterfaceAddress]
}

// An InterfaceAddress is one of the ipConfigurations of a network interface.
type InterfaceAddress struct {
	Named
	Subnet         Ref
	PublicAddress  Ref
	AddressVersion Field[string] // privateIPAddressVersion
}

// A VirtualMachine is one Microsoft.Compute/virtualMachines.
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
	}
}

func newVirtualMachine(d *Deployment, r *expand.Resource) *VirtualMachine {
	return &VirtualMachine{
		Resource:   r,
		Body:       r.Body,
		Interfaces: d.refs(r.Body, "properties", "networkProfile", "networkInterfaces"),
	}
}

// Interface is the network interface that a reference leads to; nil when this
// deployment does not make it.
func (d *Deployment) Interface(ref Ref) *NetworkInterface {
	return viewOf[NetworkInterface](d, ref.Resource)
}

// Gateway is the application gateway that a reference to it or to one of its
// parts leads to; nil when this deployment does not make it.
func (d *Deployment) Gateway(ref Ref) *ApplicationGateway {
	return viewOf[ApplicationGateway](d, d.holder(ref))
}
