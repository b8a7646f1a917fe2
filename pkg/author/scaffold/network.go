package scaffold

import (
	"fmt"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// The network of a new template is 10.0.0.0/16: room for 65,536 addresses.
const (
	vnetPrefix     = "10.0.0.0/16"
	smallestSubnet = 24 // a prefix length that leaves room to grow
)

// reserved returns how many addresses Azure keeps in every subnet.
func reserved() int { return guidance.Get(guidance.SubnetReserved).Limit }

// subnetLength returns the prefix length of a subnet for n instances with head-room.
func subnetLength(n int) int {
	need := n + (n*guidance.Get(guidance.SubnetHeadroom).Limit+99)/100 + reserved()
	for length := smallestSubnet; length > 16; length-- {
		if 1<<(32-length) >= need {
			return length
		}
	}
	return 17
}

// instanceSubnet begins at 10.0.0.0, or further on so that it is aligned and
// leaves 10.0.0.0/24 to other subnets.
func (d *draft) instanceSubnet(n int) string {
	length := subnetLength(n)
	if length == smallestSubnet {
		return "10.0.1.0/24"
	}
	return fmt.Sprintf("10.0.%d.0/%d", 1<<(24-length), length)
}

// subnetID returns the expression for the id of the subnet of the instances.
func (d *draft) subnetID() string {
	if d.Network.exists() {
		return "[resourceId(parameters('existingNetworkResourceGroup'), 'Microsoft.Network/virtualNetworks/subnets', parameters('existingNetworkName'), parameters('existingSubnetName'))]"
	}
	return "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('networkName'), 'instances')]"
}

// network adds the virtual network with a subnet for the instances and more
// subnets, or the parameters that name an existing one.
func (d *draft) network(more ...object) {
	if d.Network.exists() {
		group := any(nil)
		if d.Network.ResourceGroup != "" {
			group = d.Network.ResourceGroup
		}
		d.parameter("existingNetworkResourceGroup", group, "Resource group of the existing virtual network.", "type", "string", "defaultValue", "[resourceGroup().name]")
		d.parameter("existingNetworkName", d.Network.Name, "Name of the existing virtual network, in the region of the set.", "type", "string")
		d.parameter("existingSubnetName", d.Network.Subnet, fmt.Sprintf("Name of its subnet for the instances: %d addresses or more.", d.Maximum*d.Sets+reserved()), "type", "string")
		return
	}
	d.variable("networkName", "[concat(parameters('vmssName'), '-vnet')]")
	properties := obj("addressPrefix", d.instanceSubnet(d.Maximum*d.Sets), "defaultOutboundAccess", when(!d.preview(), false))
	var depends list
	if d.has("securityGroupName") {
		properties.set("networkSecurityGroup", reference("Microsoft.Network/networkSecurityGroups", "securityGroupName"))
		depends = append(depends, resourceID("Microsoft.Network/networkSecurityGroups", "securityGroupName"))
	}
	if d.has("natGatewayName") {
		properties.set("natGateway", reference("Microsoft.Network/natGateways", "natGatewayName"))
		depends = append(depends, resourceID("Microsoft.Network/natGateways", "natGatewayName"))
	}
	if d.has("accountName") {
		properties.set("serviceEndpoints", list{obj("service", "Microsoft.Storage")})
	}
	subnets := list{obj("name", "instances", "properties", properties)}
	for _, s := range more {
		subnets = append(subnets, s)
	}
	for _, variable := range []string{"jumpboxSecurityGroupName", "masterSecurityGroupName"} {
		if d.has(variable) {
			depends = append(depends, resourceID("Microsoft.Network/networkSecurityGroups", variable))
		}
	}
	if d.AppGateway {
		subnets = append(subnets, d.gatewaySubnet())
		depends = append(depends, resourceID("Microsoft.Network/networkSecurityGroups", "gatewaySecurityGroupName"))
	}
	if d.Bastion {
		subnets = append(subnets, obj("name", "AzureBastionSubnet", "properties", obj("addressPrefix", bastionPrefix)))
	}
	d.add(obj(
		"type", "Microsoft.Network/virtualNetworks",
		"apiVersion", d.api.network,
		"name", "[variables('networkName')]",
		"location", d.location(),
		"dependsOn", when(len(depends) > 0, depends),
		"properties", obj(
			"addressSpace", obj("addressPrefixes", list{vnetPrefix}),
			"subnets", subnets,
		),
	))
	if d.Bastion {
		d.bastion()
	}
}

// has reports whether a variable was declared.
func (d *draft) has(variable string) bool {
	for _, m := range d.variables {
		if m.name == variable {
			return true
		}
	}
	return false
}

func resourceID(kind, variable string) string {
	return fmt.Sprintf("[resourceId('%s', variables('%s'))]", kind, variable)
}

func reference(kind, variable string) object { return obj("id", resourceID(kind, variable)) }

// An opening lets traffic in: the name of a rule, its port, and from where.
type opening struct{ name, port, from string }

// securityGroup adds the network security group of the instances.
func (d *draft) securityGroup(openings ...opening) {
	d.namedSecurityGroup("securityGroupName", "-nsg", openings...)
}

// namedSecurityGroup adds a network security group: Standard load balancers
// and addresses are closed until one opens them (networking page). In the
// preview the network is open as it is.
func (d *draft) namedSecurityGroup(variable, suffix string, openings ...opening) {
	if d.preview() {
		return
	}
	rules := list{}
	for i, o := range openings {
		rules = append(rules, obj("name", o.name, "properties", obj(
			"priority", 1000+10*i,
			"direction", "Inbound",
			"access", "Allow",
			"protocol", "Tcp",
			"sourceAddressPrefix", o.from,
			"sourcePortRange", "*",
			"destinationAddressPrefix", "*",
			"destinationPortRange", o.port,
		)))
	}
	if d.Hardened {
		// Who has taken over an instance does not get to the next one.
		rules = append(rules, obj("name", "deny-lateral", "properties", obj(
			"priority", 4000,
			"direction", "Outbound",
			"access", "Deny",
			"protocol", "Tcp",
			"sourceAddressPrefix", "*",
			"sourcePortRange", "*",
			"destinationAddressPrefix", "VirtualNetwork",
			"destinationPortRanges", list{"22", "3389"},
		)))
	}
	d.variable(variable, fmt.Sprintf("[concat(parameters('vmssName'), '%s')]", suffix))
	d.add(obj(
		"type", "Microsoft.Network/networkSecurityGroups",
		"apiVersion", d.api.network,
		"name", fmt.Sprintf("[variables('%s')]", variable),
		"location", d.location(),
		"properties", obj("securityRules", rules),
	))
}

// instanceGroup is the security group of instances that are not reached from
// outside: it closes the subnet.
func (d *draft) instanceGroup() {
	if d.full() {
		d.securityGroup()
	}
}

// adminSource declares from where administrators come; the example is a range
// that is reserved for documentation (RFC 5737).
func (d *draft) adminSource() string {
	if d.preview() {
		return ""
	}
	d.parameter("adminSourceAddress", "203.0.113.0/24", "Address range from which administrators connect, such as that of your office.", "type", "string")
	return "[parameters('adminSourceAddress')]"
}

// publicAddress adds a public IP address under a variable of that name, with a
// DNS name if requested. Zones are those of what it belongs to.
func (d *draft) publicAddress(variable, suffix string, dns bool, zones []string) {
	d.variable(variable, fmt.Sprintf("[concat(parameters('vmssName'), '%s')]", suffix))
	properties := obj("publicIPAllocationMethod", map[bool]string{true: "Dynamic", false: "Static"}[d.preview()])
	if dns {
		d.dnsLabel()
		properties.set("dnsSettings", obj("domainNameLabel", "[parameters('dnsLabel')]"))
	}
	d.add(obj(
		"type", "Microsoft.Network/publicIPAddresses",
		"apiVersion", d.api.network,
		"name", fmt.Sprintf("[variables('%s')]", variable),
		"location", d.location(),
		"sku", when(!d.preview(), obj("name", "Standard")),
		"zones", when(len(zones) > 0, texts(zones)),
		"properties", properties,
	))
}

func texts(values []string) list {
	var l list
	for _, v := range values {
		l = append(l, v)
	}
	return l
}

func (d *draft) dnsLabel() {
	d.parameter("dnsLabel", nil, "First part of the public DNS name, in lower case; unique in the region.",
		"type", "string", "defaultValue", "[toLower(concat(parameters('vmssName'), '-', uniqueString(resourceGroup().id)))]", "minLength", 3, "maxLength", 63)
}

// natGateway gives instances without a load balancer a way out.
func (d *draft) natGateway() {
	if d.preview() || d.Network.exists() {
		return // the preview has default outbound access; an existing network has its own way
	}
	// A NAT gateway lives in one zone or none, whatever the set does.
	d.publicAddress("outboundAddressName", "-out-ip", false, nil)
	d.variable("natGatewayName", "[concat(parameters('vmssName'), '-nat')]")
	d.add(obj(
		"type", "Microsoft.Network/natGateways",
		"apiVersion", d.api.network,
		"name", "[variables('natGatewayName')]",
		"location", d.location(),
		"dependsOn", list{resourceID("Microsoft.Network/publicIPAddresses", "outboundAddressName")},
		"sku", obj("name", "Standard"),
		"properties", obj("publicIpAddresses", list{reference("Microsoft.Network/publicIPAddresses", "outboundAddressName")}),
	))
}
