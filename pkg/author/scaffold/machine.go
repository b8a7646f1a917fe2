package scaffold

import "fmt"

// A machine is one virtual machine beside the set: a jump box or a master.
type machine struct {
	role    string // "jumpbox" or "master": variable names and resource names
	address string // expression of the private address, when others must know it
	openTo  opening
}

// machineSubnet is where it lives in a new network.
func (m machine) subnet() object {
	return obj("name", m.role, "properties", obj("addressPrefix", "10.0.0.0/27"))
}

func (d *draft) machineSubnetID(m machine) string {
	if d.Network.Existing() {
		return d.subnetID()
	}
	return fmt.Sprintf("[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('networkName'), '%s')]", m.role)
}

// networkDependency is what waits for the network, when it is a new one.
func (d *draft) networkDependency() list {
	if d.Network.Existing() {
		return nil
	}
	return list{resourceID("Microsoft.Network/virtualNetworks", "networkName")}
}

// machine adds the virtual machine with its public address.
func (d *draft) machine(m machine) {
	address, nic, vm := m.role+"AddressName", m.role+"NicName", m.role+"Name"
	d.namedSecurityGroup(m.role+"SecurityGroupName", "-"+m.role+"-nsg", m.openTo)
	d.publicAddress(address, "-"+m.role+"-ip", true, nil)
	d.variable(nic, fmt.Sprintf("[concat(parameters('vmssName'), '-%s-nic')]", m.role))
	d.variable(vm, fmt.Sprintf("[concat(parameters('vmssName'), '-%s')]", m.role))
	depends := append(d.networkDependency(), resourceID("Microsoft.Network/publicIPAddresses", address))
	if !d.preview() {
		depends = append(depends, resourceID("Microsoft.Network/networkSecurityGroups", m.role+"SecurityGroupName"))
	}
	ip := obj(
		"subnet", obj("id", d.machineSubnetID(m)),
		"privateIPAllocationMethod", map[bool]string{true: "Static", false: "Dynamic"}[m.address != ""],
		"privateIPAddress", when(m.address != "", m.address),
		"publicIPAddress", reference("Microsoft.Network/publicIPAddresses", address),
	)
	d.add(obj(
		"type", "Microsoft.Network/networkInterfaces",
		"apiVersion", d.api.network,
		"name", fmt.Sprintf("[variables('%s')]", nic),
		"location", d.location(),
		"dependsOn", depends,
		"properties", obj(
			"networkSecurityGroup", when(!d.preview(), reference("Microsoft.Network/networkSecurityGroups", m.role+"SecurityGroupName")),
			"ipConfigurations", list{obj("name", "ipconfig", "properties", ip)},
		),
	))
	d.virtualMachine(m, nic, vm)
	d.output(m.role+"Fqdn", fmt.Sprintf("[reference(resourceId('Microsoft.Network/publicIPAddresses', variables('%s'))).dnsSettings.fqdn]", address))
}

func (d *draft) virtualMachine(m machine, nic, vm string) {
	storage := obj("imageReference", d.machineImage(), "osDisk", obj("createOption", "FromImage", "caching", "ReadWrite", "managedDisk", d.diskKind()))
	depends := list{resourceID("Microsoft.Network/networkInterfaces", nic)}
	if d.preview() {
		storage = obj("imageReference", d.machineImage(), "osDisk", obj(
			"name", "osdisk", "caching", "ReadWrite", "createOption", "FromImage",
			"vhd", obj("uri", fmt.Sprintf("[concat('https://', variables('storageAccounts')[0], '.blob.core.windows.net/%s/osdisk.vhd')]", m.role)),
		))
		depends = append(depends, "[resourceId('Microsoft.Storage/storageAccounts', variables('storageAccounts')[0])]")
	}
	os := d.osProfile(set{prefix: ""})
	os[0] = member{"computerName", m.role}
	d.add(obj(
		"type", "Microsoft.Compute/virtualMachines",
		"apiVersion", d.api.compute,
		"name", fmt.Sprintf("[variables('%s')]", vm),
		"location", d.location(),
		"dependsOn", depends,
		"properties", obj(
			"hardwareProfile", obj("vmSize", "[parameters('vmSize')]"),
			"osProfile", os,
			"securityProfile", when(d.trustedLaunch(), obj("securityType", "TrustedLaunch", "uefiSettings", obj("secureBootEnabled", true, "vTpmEnabled", true))),
			"storageProfile", storage,
			"networkProfile", obj("networkInterfaces", list{reference("Microsoft.Network/networkInterfaces", nic)}),
		),
	))
}

// machineImage is the platform image; a machine beside a set with an image of
// its own runs that image too.
func (d *draft) machineImage() object { return d.imageReference() }
