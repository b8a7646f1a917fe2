package scaffold

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/sizes"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
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
	web         bool // instances answer on port 80
	diagnostics bool // guest metrics, which autoscale of the preview reads
	disks       int  // number of storage accounts, in the preview
	customData  string
	script      string // shell commands with secrets that an extension runs on Linux, expression
	notice      bool   // instances are notified before they are deleted
	fixed       bool   // no surplus instances: each registers itself
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
		"identity", d.identityOf(),
		"properties", d.setProperties(s),
	))
}

// identityOf is the managed identity of the instances; nil without one.
func (d *draft) identityOf() any {
	switch d.identity() {
	case "system":
		return obj("type", "SystemAssigned")
	case "user":
		return obj("type", "UserAssigned", "userAssignedIdentities", obj("[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', variables('identityName'))]", object{}))
	}
	return nil
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
		o.set("overprovision", !s.rolling && !s.fixed)
		o.set("upgradePolicy", d.upgradePolicy(s))
	}
	if s.spot {
		o.set("priorityMixPolicy", obj(
			"baseRegularPriorityCount", "[parameters('regularInstances')]",
			"regularPriorityPercentageAboveBase", "[parameters('regularPercentageAboveBase')]",
		))
	}
	if (s.rolling || d.monitored(s)) && d.since("2018-10-01") {
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
	images := when(d.upgradesImages(), obj("enableAutomaticOSUpgrade", true))
	if !s.rolling {
		return obj("mode", "Manual", "automaticOSUpgradePolicy", images)
	}
	return obj("mode", "Rolling", "automaticOSUpgradePolicy", images, "rollingUpgradePolicy", obj(
		"maxBatchInstancePercent", 20,
		"maxUnhealthyInstancePercent", 20,
		"maxUnhealthyUpgradedInstancePercent", 20,
		"pauseTimeBetweenBatches", "PT2M",
		"prioritizeUnhealthyInstances", when(d.since("2020-12-01"), true),
	))
}

// upgradesImages reports whether new versions of the image are installed by
// themselves, which Azure does for some publishers and for images of a gallery
// (https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade#supported-os-images).
func (d *draft) upgradesImages() bool {
	supported := d.image.known && d.image.publisher != "Debian" || d.Hardened && d.scene.customImage
	return d.full() && supported && d.since("2018-10-01")
}

// profile is the model of an instance.
func (d *draft) profile(s set) object {
	p := obj(
		"priority", when(s.spot, "Spot"),
		"evictionPolicy", when(s.spot, "Delete"),
		"billingProfile", when(s.spot, obj("maxPrice", -1)),
		"osProfile", d.osProfile(s),
		"securityProfile", d.securityProfile(),
		"storageProfile", d.storageProfile(s),
		"networkProfile", d.networkProfile(s),
		"diagnosticsProfile", d.bootDiagnostics(),
	)
	if s.notice && d.since("2019-03-01") {
		p.set("scheduledEventsProfile", obj("terminateNotificationProfile", obj("enable", true, "notBeforeTimeout", "PT10M")))
	}
	var extensions list
	if s.script != "" {
		extensions = append(extensions, obj("name", "setup", "properties", obj(
			"publisher", "Microsoft.Azure.Extensions",
			"type", "CustomScript",
			"typeHandlerVersion", "2.1",
			"autoUpgradeMinorVersion", true,
			"protectedSettings", obj("commandToExecute", s.script),
		)))
	}
	if s.web && d.servesWeb() && d.image.windows {
		extensions = append(extensions, webServerExtension())
	}
	if d.monitored(s) && !d.probed(s) {
		extensions = append(extensions, d.healthExtension(s))
	}
	if s.diagnostics {
		extensions = append(extensions, d.diagnosticsExtension())
	}
	if len(extensions) > 0 {
		p.set("extensionProfile", obj("extensions", extensions))
	}
	return p
}

// monitored reports whether a probe or an extension checks the instances.
// What an image of one's own answers is not known, but a hardened scale set
// expects an answer.
func (d *draft) monitored(s set) bool {
	return s.rolling || d.full() && (d.image.known || d.Hardened) && d.since("2018-10-01")
}

// probed reports whether the probe of the load balancer does so: a Flexible
// scale set needs the extension.
func (d *draft) probed(s set) bool { return s.web && s.pool && !s.flexible && !d.AppGateway }

// servesWeb reports whether the template installs the web server: an image of
// one's own has its own.
func (d *draft) servesWeb() bool { return d.full() && d.image.known }

// securityProfile is Trusted Launch and encryption at host; nil for neither.
func (d *draft) securityProfile() any {
	p := obj("encryptionAtHost", when(d.encryptable(), "[parameters('encryptionAtHost')]"))
	if d.trustedLaunch() {
		p.set("securityType", "TrustedLaunch")
		p.set("uefiSettings", obj("secureBootEnabled", true, "vTpmEnabled", true))
	}
	return when(len(p) > 0, p)
}

// encryptable reports whether the template has a parameter for encryption at
// host, which the size must support.
func (d *draft) encryptable() bool {
	size, _ := sizes.Find(d.Size)
	return d.full() && d.since("2020-06-01") && size.EncryptionAtHost == sizes.Yes
}

// bootDiagnostics writes to a storage account that Azure manages
// (https://learn.microsoft.com/azure/virtual-machines/boot-diagnostics).
func (d *draft) bootDiagnostics() any {
	return when(d.full() && d.since("2020-06-01"), obj("bootDiagnostics", obj("enabled", true)))
}

// webServerExtension installs the web server of Windows, which comes with the
// image.
func webServerExtension() object {
	return obj("name", "web-server", "properties", obj(
		"publisher", "Microsoft.Compute",
		"type", "CustomScriptExtension",
		"typeHandlerVersion", "1.10",
		"autoUpgradeMinorVersion", true,
		"settings", obj("commandToExecute", "powershell -Command Install-WindowsFeature Web-Server"),
	))
}

// webServer is the custom data that installs a web server on Linux.
const webServer = "[base64('#cloud-config\npackages:\n- nginx\n')]"

// trustedLaunch is what new sets have by default today. An image of someone
// else and an old size may not support it.
func (d *draft) trustedLaunch() bool {
	if !d.since("2020-12-01") || !d.image.known && !d.Hardened {
		return false
	}
	size, _ := sizes.Find(d.Size)
	if size.TrustedLaunch == sizes.Unknown && size.Generation2 != sizes.No {
		return trustedSize.Get().MatchString(d.Size)
	}
	return size.TrustedLaunch == sizes.Yes && size.Generation2 != sizes.No
}

// trustedSize are sizes that may be missing from the table: those with a version
// of 5 or more in the families D, E and F, and of 2 or more in B, have Trusted
// Launch (https://learn.microsoft.com/azure/virtual-machines/trusted-launch).
var trustedSize = lazy.Regexp{Text: `^Standard_([DEF]\d+[a-oq-z]*_v[5-9]|B\d+[a-oq-z]*_v[2-9])$`}

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
		o.set("linuxConfiguration", d.linuxConfiguration(s))
	} else {
		o.set("adminPassword", "[parameters('adminPassword')]")
	}
	switch {
	case !d.upgradesImages() || !d.image.windows || s.prefix == "":
	case s.flexible:
		o.set("windowsConfiguration", obj("enableAutomaticUpdates", true, "patchSettings", obj("patchMode", "AutomaticByPlatform")))
	default:
		// Images are upgraded as a whole, and not patched on the instances as well.
		o.set("windowsConfiguration", obj("enableAutomaticUpdates", false))
	}
	switch {
	case s.customData != "":
		o.set("customData", s.customData)
	case s.web && d.servesWeb() && !d.image.windows:
		o.set("customData", webServer)
	}
	return o
}

// linuxConfiguration lets only the key log on. Azure patches the instances of a
// Flexible scale set, whose images it does not upgrade
// (https://learn.microsoft.com/azure/virtual-machines/automatic-vm-guest-patching).
func (d *draft) linuxConfiguration(s set) object {
	if !s.flexible || !d.upgradesImages() {
		return linuxKey()
	}
	return append(linuxKey(), member{"patchSettings", obj("patchMode", "AutomaticByPlatform")})
}

// linuxKey lets only the key log on.
func linuxKey() object {
	return obj(
		"disablePasswordAuthentication", true,
		"ssh", obj("publicKeys", list{obj(
			"path", "[concat('/home/', parameters('adminUsername'), '/.ssh/authorized_keys')]",
			"keyData", "[parameters('sshPublicKey')]",
		)}),
	)
}

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
	if s.pool && d.AppGateway {
		ip.set("applicationGatewayBackendAddressPools", list{obj("id", "[resourceId('Microsoft.Network/applicationGateways/backendAddressPools', variables('gatewayName'), 'instances')]")})
	}
	if s.pool && !d.AppGateway {
		ip.set("loadBalancerBackendAddressPools", list{obj("id", "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', variables('loadBalancerName'), 'instances')]")})
	}
	if s.natPool != "" {
		ip.set("loadBalancerInboundNatPools", list{obj("id", "[resourceId('Microsoft.Network/loadBalancers/inboundNatPools', variables('loadBalancerName'), '"+s.natPool+"')]")})
	}
	nic := obj("primary", true, "enableAcceleratedNetworking", when(d.accelerated(), true))
	if d.has("securityGroupName") && d.Network.exists() {
		nic.set("networkSecurityGroup", reference("Microsoft.Network/networkSecurityGroups", "securityGroupName"))
	}
	nic.set("ipConfigurations", list{obj("name", "ipconfig", "properties", ip)})
	profile := obj("networkInterfaceConfigurations", list{obj("name", "nic", "properties", nic)})
	if s.flexible {
		// Flexible sets create real network interfaces and need to know with which API.
		profile = append(obj("networkApiVersion", "2022-11-01"), profile...)
	}
	if d.monitored(s) && d.probed(s) {
		profile = append(obj("healthProbe", obj("id", probeID)), profile...)
	}
	return profile
}

// accelerated reports whether the interfaces have accelerated networking, which
// the size must support.
func (d *draft) accelerated() bool {
	size, _ := sizes.Find(d.Size)
	return d.full() && size.AcceleratedNetworking == sizes.Yes
}

// healthExtension requests the page of every instance, or checks whether administrators
// can connect.
func (d *draft) healthExtension(s set) object {
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
		"settings", d.healthQuestion(s),
	))
}

func (d *draft) healthQuestion(s set) object {
	if s.web {
		return obj("protocol", "http", "port", 80, "requestPath", "/")
	}
	return obj("protocol", "tcp", "port", d.adminPort())
}
