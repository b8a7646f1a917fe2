package scaffold

// The subnets beside that of the instances, in 10.0.0.0/24.
const (
	bastionPrefix = "10.0.0.64/26"  // the smallest that Azure Bastion takes
	gatewayPrefix = "10.0.0.128/25" // room for 125 instances of the gateway
)

// gatewaySubnet returns the subnet of the application gateway, with its security
// group: the health probes of Azure come in on high ports
// (https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure#network-security-groups).
func (d *draft) gatewaySubnet() object {
	d.namedSecurityGroup("gatewaySecurityGroupName", "-agw-nsg",
		opening{"allow-web", "80", "Internet"}, opening{"allow-gateway-manager", "65200-65535", "GatewayManager"})
	return obj("name", "gateway", "properties", obj(
		"addressPrefix", gatewayPrefix,
		"networkSecurityGroup", reference("Microsoft.Network/networkSecurityGroups", "gatewaySecurityGroupName"),
	))
}

// applicationGateway adds a public address and an application gateway in front
// of the set.
func (d *draft) applicationGateway() {
	d.publicAddress("publicAddressName", "-ip", true, d.Zones)
	d.variable("gatewayName", "[concat(parameters('vmssName'), '-agw')]")
	part := func(kind, name string) object {
		return obj("id", "[resourceId('Microsoft.Network/applicationGateways/"+kind+"', variables('gatewayName'), '"+name+"')]")
	}
	sku, firewall := "Standard_v2", any(nil)
	depends := append(d.networkDependency(), resourceID("Microsoft.Network/publicIPAddresses", "publicAddressName"))
	if d.Hardened {
		sku, firewall = "WAF_v2", reference("Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies", "firewallName")
		d.variable("firewallName", "[concat(parameters('vmssName'), '-waf')]")
		d.add(obj(
			"type", "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
			"apiVersion", d.api.network,
			"name", "[variables('firewallName')]",
			"location", d.location(),
			"properties", obj(
				"policySettings", obj("state", "Enabled", "mode", "Prevention"),
				"managedRules", obj("managedRuleSets", list{obj("ruleSetType", "OWASP", "ruleSetVersion", "3.2")}),
			),
		))
		depends = append(depends, resourceID("Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies", "firewallName"))
	}
	d.add(obj(
		"type", "Microsoft.Network/applicationGateways",
		"apiVersion", d.api.network,
		"name", "[variables('gatewayName')]",
		"location", d.location(),
		"zones", when(len(d.Zones) > 0, texts(d.Zones)),
		"dependsOn", depends,
		"properties", obj(
			"sku", obj("name", sku, "tier", sku),
			"autoscaleConfiguration", obj("minCapacity", 2, "maxCapacity", 10),
			"firewallPolicy", firewall,
			"gatewayIPConfigurations", list{obj("name", "gateway", "properties", obj("subnet", obj("id", "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('networkName'), 'gateway')]")))},
			"frontendIPConfigurations", list{obj("name", "public", "properties", obj("publicIPAddress", reference("Microsoft.Network/publicIPAddresses", "publicAddressName")))},
			"frontendPorts", list{obj("name", "http", "properties", obj("port", 80))},
			"backendAddressPools", list{obj("name", "instances")},
			"probes", list{obj("name", "web", "properties", obj("protocol", "Http", "host", "localhost", "path", "/", "interval", 15, "timeout", 10, "unhealthyThreshold", 2))},
			"backendHttpSettingsCollection", list{obj("name", "web", "properties", obj("port", 80, "protocol", "Http", "cookieBasedAffinity", "Disabled", "requestTimeout", 30, "probe", part("probes", "web")))},
			"httpListeners", list{obj("name", "web", "properties", obj("frontendIPConfiguration", part("frontendIPConfigurations", "public"), "frontendPort", part("frontendPorts", "http"), "protocol", "Http"))},
			"requestRoutingRules", list{obj("name", "web", "properties", obj("ruleType", "Basic", "priority", 100, "httpListener", part("httpListeners", "web"),
				"backendAddressPool", part("backendAddressPools", "instances"), "backendHttpSettings", part("backendHttpSettingsCollection", "web")))},
		),
	))
	d.output("fqdn", "[reference(resourceId('Microsoft.Network/publicIPAddresses', variables('publicAddressName'))).dnsSettings.fqdn]")
}

// bastion adds an Azure Bastion, through which administrators connect to the
// instances from the portal.
func (d *draft) bastion() {
	d.publicAddress("bastionAddressName", "-bastion-ip", false, nil)
	d.variable("bastionName", "[concat(parameters('vmssName'), '-bastion')]")
	d.add(obj(
		"type", "Microsoft.Network/bastionHosts",
		"apiVersion", d.api.network,
		"name", "[variables('bastionName')]",
		"location", d.location(),
		"dependsOn", list{resourceID("Microsoft.Network/virtualNetworks", "networkName"), resourceID("Microsoft.Network/publicIPAddresses", "bastionAddressName")},
		"sku", obj("name", "Basic"),
		"properties", obj("ipConfigurations", list{obj("name", "bastion", "properties", obj(
			"subnet", obj("id", "[resourceId('Microsoft.Network/virtualNetworks/subnets', variables('networkName'), 'AzureBastionSubnet')]"),
			"publicIPAddress", reference("Microsoft.Network/publicIPAddresses", "bastionAddressName"),
		))}),
	))
}
