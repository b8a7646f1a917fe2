package scaffold

import "fmt"

// A machine is one virtual machine beside the set: a jump box or a master.
type machine struct {
	role    string // "jumpbox" or "master": variable names and resource names
	address string // expression of the private address, when others must know it
	public  bool
}

// machineSubnet returns where a machine lives in a new network.
func (d *draft) machineSubnet(m machine) object {
	p := obj("addressPrefix", "10.0.0.0/27")
	if !d.preview() {
		p.set("defaultOutboundAccess", false)
		p.set("networkSecurityGroup", reference("Microsoft.Network/networkSecurityGroups", m.group()))
	}
	return obj("name", m.role, "properties", p)
}

// group returns the variable with the name of its security group.
func (m machine) group() string { return m.role + "SecurityGroupName" }

// beside completes a machine, and adds its security group. A hardened one has no
// public address: an Azure Bastion leads to it, if there is a new network.
func (d *draft) beside(m machine) machine {
	var openings []opening
	if m.public = !d.Hardened; m.public {
		openings = append(openings, d.adminOpening(d.adminSource()))
	}
	d.Bastion = d.Hardened && !d.Network.exists()
	d.namedSecurityGroup(m.group(), "-"+m.role+"-nsg", openings...)
	return m
}

func (d *draft) machineSubnetID(m machine) string {
	if d.Network.exists() {
		return d.subnetID()
	}
	return fmt.Sprintf("[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('networkName'), '%s')]", m.role)
}

// networkDependency returns what waits for the network, when it is a new one.
func (d *draft) networkDependency() list {
	if d.Network.exists() {
		return nil
	}
	return list{resourceID("Microsoft.Network/virtualNetworks", "networkName")}
}

// machine adds the virtual machine with its public address.
func (d *draft) machine(m machine) {
	address, nic, vm := m.role+"AddressName", m.role+"NicName", m.role+"Name"
	if m.public {
		d.publicAddress(address, "-"+m.role+"-ip", true, nil)
	}
	d.variable(nic, fmt.Sprintf("[concat(parameters('vmssName'), '-%s-nic')]", m.role))
	d.variable(vm, fmt.Sprintf("[concat(parameters('vmssName'), '-%s')]", m.role))
	depends := d.networkDependency()
	if m.public {
		depends = append(depends, resourceID("Microsoft.Network/publicIPAddresses", address))
	}
	if !d.preview() {
		depends = append(depends, resourceID("Microsoft.Network/networkSecurityGroups", m.group()))
	}
	ip := obj(
		"subnet", obj("id", d.machineSubnetID(m)),
		"privateIPAllocationMethod", map[bool]string{true: "Static", false: "Dynamic"}[m.address != ""],
		"privateIPAddress", when(m.address != "", m.address),
		"publicIPAddress", when(m.public, reference("Microsoft.Network/publicIPAddresses", address)),
	)
	d.add(obj(
		"type", "Microsoft.Network/networkInterfaces",
		"apiVersion", d.api.network,
		"name", fmt.Sprintf("[variables('%s')]", nic),
		"location", d.location(),
		"dependsOn", depends,
		"properties", obj(
			"enableAcceleratedNetworking", when(d.accelerated(), true),
			"networkSecurityGroup", when(!d.preview(), reference("Microsoft.Network/networkSecurityGroups", m.group())),
			"ipConfigurations", list{obj("name", "ipconfig", "properties", ip)},
		),
	))
	d.virtualMachine(m, nic, vm)
	if !m.public {
		return
	}
	d.output(m.role+"Fqdn", fmt.Sprintf("[reference(resourceId('Microsoft.Network/publicIPAddresses', variables('%s'))).dnsSettings.fqdn]", address))
}

func (d *draft) virtualMachine(m machine, nic, vm string) {
	storage := obj("imageReference", d.machineImage(), "osDisk", obj("createOption", "FromImage", "caching", "ReadWrite", "managedDisk", d.diskKind()))
	depends := list{resourceID("Microsoft.Network/networkInterfaces", nic)}
	if d.identity() == "user" {
		depends = append(depends, resourceID("Microsoft.ManagedIdentity/userAssignedIdentities", "identityName"))
	}
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
		"identity", d.identityOf(),
		"dependsOn", depends,
		"properties", obj(
			"hardwareProfile", obj("vmSize", "[parameters('vmSize')]"),
			"osProfile", os,
			"securityProfile", d.securityProfile(),
			"storageProfile", storage,
			"networkProfile", obj("networkInterfaces", list{reference("Microsoft.Network/networkInterfaces", nic)}),
			"diagnosticsProfile", d.bootDiagnostics(),
		),
	))
}

// machineImage returns the platform image; a machine beside a set with an image of
// its own runs that image too.
func (d *draft) machineImage() object { return d.imageReference() }
