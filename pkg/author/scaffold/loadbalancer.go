package scaffold

// A front is what a load balancer offers.
type front struct {
	natPort int // backend port of a NAT pool; 0 for none
	web     bool
	probe   string // request path of the probe for web
}

// firstNATPort is where the pool of the first overview begins: port 50000
// leads to instance 0.
const firstNATPort = 50000

// lastNATPort leaves a port for each instance, and for each that
// overprovisioning creates on the way: twice the maximum where it is on
// (azure-cli#7392), and never less than the range that az writes.
func (d *draft) lastNATPort() int {
	ports := d.Maximum
	if !d.preview() {
		ports *= 2
	}
	return max(50119, firstNATPort-1+ports)
}

// loadBalancer adds a public address and a load balancer in front of the set.
func (d *draft) loadBalancer(f front) {
	d.publicAddress("publicAddressName", "-ip", true, d.Zones)
	d.variable("loadBalancerName", "[concat(parameters('vmssName'), '-lb')]")
	frontend := obj("id", "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', variables('loadBalancerName'), 'public')]")
	pool := obj("id", "[resourceId('Microsoft.Network/loadBalancers/backendAddressPools', variables('loadBalancerName'), 'instances')]")
	properties := obj(
		"frontendIPConfigurations", list{obj("name", "public", "properties", obj("publicIPAddress", reference("Microsoft.Network/publicIPAddresses", "publicAddressName")))},
		"backendAddressPools", list{obj("name", "instances")},
	)
	if f.natPort != 0 && !d.preview() {
		// Pools of NAT ports are retired on 30 September 2027.
		properties.set("inboundNatRules", list{obj("name", natPoolName(f.natPort), "properties", obj(
			"frontendIPConfiguration", frontend,
			"backendAddressPool", pool,
			"protocol", "Tcp",
			"frontendPortRangeStart", firstNATPort,
			"frontendPortRangeEnd", d.lastNATPort(),
			"backendPort", f.natPort,
		))})
	}
	if f.natPort != 0 && d.preview() {
		properties.set("inboundNatPools", list{obj("name", natPoolName(f.natPort), "properties", obj(
			"frontendIPConfiguration", frontend,
			"protocol", "Tcp",
			"frontendPortRangeStart", firstNATPort,
			"frontendPortRangeEnd", d.lastNATPort(),
			"backendPort", f.natPort,
		))})
	}
	if f.web {
		properties.set("probes", list{obj("name", "web", "properties", obj("protocol", "Http", "port", 80, "requestPath", f.probe, "intervalInSeconds", 15, "numberOfProbes", 2))})
		properties.set("loadBalancingRules", list{obj("name", "web", "properties", d.webRule(frontend, pool))})
	}
	if !d.preview() && !d.has("natGatewayName") {
		properties.set("outboundRules", list{obj("name", "out", "properties", obj(
			"frontendIPConfigurations", list{frontend}, "backendAddressPool", pool, "protocol", "All",
			"enableTcpReset", true, "allocatedOutboundPorts", 0))})
	}
	d.add(obj(
		"type", "Microsoft.Network/loadBalancers",
		"apiVersion", d.api.network,
		"name", "[variables('loadBalancerName')]",
		"location", d.location(),
		"dependsOn", list{resourceID("Microsoft.Network/publicIPAddresses", "publicAddressName")},
		"sku", when(!d.preview(), obj("name", "Standard")),
		"properties", properties,
	))
	d.output("fqdn", "[reference(resourceId('Microsoft.Network/publicIPAddresses', variables('publicAddressName'))).dnsSettings.fqdn]")
}

func (d *draft) webRule(frontend, pool object) object {
	return obj(
		"frontendIPConfiguration", frontend,
		"backendAddressPool", pool,
		"probe", obj("id", probeID),
		"protocol", "Tcp",
		"frontendPort", 80,
		"backendPort", 80,
		"idleTimeoutInMinutes", 4,
		// Outbound traffic has a rule of its own.
		"disableOutboundSnat", when(!d.preview(), true),
	)
}

const probeID = "[resourceId('Microsoft.Network/loadBalancers/probes', variables('loadBalancerName'), 'web')]"

func natPoolName(port int) string {
	if port == 3389 {
		return "rdp"
	}
	return "ssh"
}
