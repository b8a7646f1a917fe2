package scaffold

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
)

// A set is one scale set of a draft.
type set struct {
	name        string // expression
	prefix      string // of computer names, expression
	capacity    string // expression
	pool        bool   // instances join the pool of the load balancer
	natPool     string // and its NAT pool
	flexible    bool
	rolling     bool
	spot        bool
	health      bool // application health extension on port 80
	diagnostics bool // guest metrics, which autoscale of the preview reads
	disks       int  // number of storage accounts, in the preview
	customData  string
	depends     list
	copyOf      string // name of a copy loop, with its count
	copyCount   any
}

// scaleSet adds a scale set to the draft.
func (d *draft) scaleSet(s set) {
	d.add(obj(
		"type", "Microsoft.Compute/virtualMachineScaleSets",
		"apiVersion", d.api.compute,
		"name", s.name,
		"location", d.location(),
		"zones", when(len(d.Zones) > 0, texts(d.Zones)),
		"copy", when(s.copyOf != "", obj("name", s.copyOf, "count", s.copyCount)),
		"dependsOn", when(len(s.depends) > 0, s.depends),
		"sku", obj("name", "[parameters('vmSize')]", "tier", "Standard", "capacity", s.capacity),
		"properties", d.setProperties(s),
	))
}

// setProperties differ by era and orchestration.
func (d *draft) setProperties(s set) object {
	o := obj()
	switch {
	case d.preview():
		o.set("upgradePolicy", obj("mode", "Manual"))
	case s.flexible:
		o.set("orchestrationMode", "Flexible")
		// 1 is max spreading: the platform uses as many racks as it can.
		o.set("platformFaultDomainCount", 1)
	default:
		if d.since("2020-12-01") {
			o.set("orchestrationMode", "Uniform")
		}
		d.uniformSpread(&o)
		o.set("overprovision", !s.rolling)
		o.set("upgradePolicy", d.upgradePolicy(s))
	}
	if s.spot {
		o.set("priorityMixPolicy", obj(
			"baseRegularPriorityCount", "[parameters('regularInstances')]",
			"regularPriorityPercentageAboveBase", "[parameters('regularPercentageAboveBase')]",
		))
	}
	if s.rolling && d.since("2018-10-01") {
		o.set("automaticRepairsPolicy", obj("enabled", true, "gracePeriod", "PT30M"))
	}
	o.set("virtualMachineProfile", d.profile(s))
	return o
}

// uniformSpread sets placement groups and fault domains: above the size of one
// group, and with zones, a set needs several placement groups.
func (d *draft) uniformSpread(o *object) {
	if d.Maximum <= guidance.Get(guidance.PlacementGroupMax).Limit && len(d.Zones) == 0 {
		o.set("singlePlacementGroup", true)
		return
	}
	o.set("singlePlacementGroup", false)
	if !d.since("2017-12-01") {
		return
	}
	o.set("platformFaultDomainCount", 1)
	if len(d.Zones) > 1 {
		// Strict balance would block a scale-out while a zone is down.
		o.set("zoneBalance", false)
	}
}

func (d *draft) upgradePolicy(s set) object {
	if !s.rolling {
		return obj("mode", "Manual")
	}
	return obj("mode", "Rolling", "rollingUpgradePolicy", obj(
		"maxBatchInstancePercent", 20,
		"maxUnhealthyInstancePercent", 20,
		"maxUnhealthyUpgradedInstancePercent", 20,
		"pauseTimeBetweenBatches", "PT2M",
		"prioritizeUnhealthyInstances", when(d.since("2020-12-01"), true),
	))
}

// profile is the model of an instance.
func (d *draft) profile(s set) object {
	p := obj(
		"priority", when(s.spot, "Spot"),
		"evictionPolicy", when(s.spot, "Delete"),
		"billingProfile", when(s.spot, obj("maxPrice", -1)),
		"osProfile", d.osProfile(s),
		"securityProfile", when(d.trustedLaunch(), obj(
			"securityType", "TrustedLaunch",
			"uefiSettings", obj("secureBootEnabled", true, "vTpmEnabled", true),
		)),
		"storageProfile", d.storageProfile(s),
		"networkProfile", d.networkProfile(s),
	)
	if s.health {
		p.set("extensionProfile", obj("extensions", list{d.healthExtension()}))
	}
	if s.diagnostics {
		p.set("extensionProfile", obj("extensions", list{d.diagnosticsExtension()}))
	}
	return p
}

// trustedLaunch is what new sets have by default today. An image of somebody
// else and an old size may not support it.
func (d *draft) trustedLaunch() bool {
	if !d.since("2020-12-01") || !d.image.known {
		return false
	}
	size, _ := sizes.Find(d.Size)
	if size.TrustedLaunch == sizes.Unknown && size.Generation2 != sizes.No {
		return trustedSize().MatchString(d.Size)
	}
	return size.TrustedLaunch == sizes.Yes && size.Generation2 != sizes.No
}

// trustedSize are sizes that may be missing from the table: those with a version
// of 5 or more in the families D, E and F, and of 2 or more in B, have Trusted
// Launch (https://learn.microsoft.com/azure/virtual-machines/trusted-launch).
var trustedSize = pattern(`^Standard_([DEF]\d+[a-oq-z]*_v[5-9]|B\d+[a-oq-z]*_v[2-9])$`)

// diskKind is the best kind of OS disk that the size takes.
func (d *draft) diskKind() object {
	if size, ok := sizes.Find(d.Size); ok && size.PremiumStorage == sizes.Yes {
		return obj("storageAccountType", "Premium_LRS")
	}
	return obj("storageAccountType", "StandardSSD_LRS")
}

func (d *draft) osProfile(s set) object {
	o := obj("computerNamePrefix", s.prefix, "adminUsername", "[parameters('adminUsername')]")
	if d.usesKey() {
		o.set("linuxConfiguration", linuxKey)
	} else {
		o.set("adminPassword", "[parameters('adminPassword')]")
	}
	if s.customData != "" {
		o.set("customData", s.customData)
	}
	return o
}

// linuxKey lets only the key log on.
var linuxKey = obj(
	"disablePasswordAuthentication", true,
	"ssh", obj("publicKeys", list{obj(
		"path", "[concat('/home/', parameters('adminUsername'), '/.ssh/authorized_keys')]",
		"keyData", "[parameters('sshPublicKey')]",
	)}),
)

// storageProfile is the image and the disk. A set of the preview with a custom
// image has no vhdContainers: its disks lie in the account of the image.
func (d *draft) storageProfile(s set) object {
	switch {
	case d.preview() && d.scene.customImage:
		return obj("osDisk", obj(
			"name", "osdisk", "osType", d.osType(), "caching", "ReadOnly", "createOption", "FromImage",
			"image", obj("uri", "[parameters('imageUri')]"),
		))
	case d.preview():
		return obj("osDisk", obj(
			"vhdContainers", d.containersOf(s),
			"name", "osdisk", "caching", "ReadOnly", "createOption", "FromImage",
		), "imageReference", d.imageReference())
	}
	return obj("imageReference", d.imageReference(), "osDisk", obj(
		"createOption", "FromImage", "caching", "ReadWrite",
		"managedDisk", d.diskKind(),
	))
}

// containersOf gives each set of a loop accounts of its own.
func (d *draft) containersOf(s set) list {
	if s.copyOf != "" {
		return setContainers(s.disks)
	}
	return d.containers(s.disks)
}

func (d *draft) osType() string { return osName(d.image.windows) }

func (d *draft) imageReference() object {
	if d.customImage() {
		return obj("id", "[parameters('imageId')]")
	}
	return obj("publisher", d.image.publisher, "offer", d.image.offer, "sku", d.image.sku, "version", d.image.version)
}

func (d *draft) networkProfile(s set) object {
	ip := obj("subnet", obj("id", d.subnetID()))
	if !d.preview() {
		ip.set("primary", true)
	}
	if s.pool {
		ip.set("loadBalancerBackendAddressPools", list{obj("id", "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', variables('loadBalancerName'), 'instances')]")})
	}
	if s.natPool != "" {
		ip.set("loadBalancerInboundNatPools", list{obj("id", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', variables('loadBalancerName'), '"+s.natPool+"')]")})
	}
	nic := obj("primary", true)
	if d.has("securityGroupName") && d.Network.Existing() {
		nic.set("networkSecurityGroup", reference("Microsoft.Network/networkSecurityGroups", "securityGroupName"))
	}
	nic.set("ipConfigurations", list{obj("name", "ipconfig", "properties", ip)})
	profile := obj("networkInterfaceConfigurations", list{obj("name", "nic", "properties", nic)})
	if s.flexible {
		// Flexible sets create real network interfaces and need to know with which API.
		profile = append(obj("networkApiVersion", "2022-11-01"), profile...)
	}
	if s.rolling && s.pool && !s.health {
		profile = append(obj("healthProbe", obj("id", probeID)), profile...)
	}
	return profile
}

// healthExtension asks every instance for /health on port 80.
func (d *draft) healthExtension() object {
	kind := "ApplicationHealthLinux"
	if d.image.windows {
		kind = "ApplicationHealthWindows"
	}
	return obj("name", "health", "properties", obj(
		"publisher", "Microsoft.ManagedServices",
		"type", kind,
		"typeHandlerVersion", "2.0",
		"autoUpgradeMinorVersion", true,
		"enableAutomaticUpgrade", when(d.since("2020-06-01"), true),
		"settings", obj("protocol", "http", "port", 80, "requestPath", "/health"),
	))
}
