package requirements

const (
	networkPages = learn + "templates/microsoft.network/"
	balancerDocs = learn + "load-balancer/"
	gatewayDocs  = learn + "application-gateway/"
)

var (
	balancers     = []Place{{"Microsoft.Network/loadBalancers", "properties"}}
	balancerRoots = []Place{{"Microsoft.Network/loadBalancers", ""}}
	natRules      = []Place{
		{"Microsoft.Network/loadBalancers", "properties.inboundNatRules[].properties"},
		{"Microsoft.Network/loadBalancers/inboundNatRules", "properties"},
	}
	addresses      = []Place{{"Microsoft.Network/publicIPAddresses", ""}}
	prefixes       = []Place{{"Microsoft.Network/publicIPPrefixes", ""}}
	securityGroups = []Place{{"Microsoft.Network/networkSecurityGroups", "properties"}}
	securityRules  = []Place{
		{"Microsoft.Network/networkSecurityGroups", "properties.securityRules[].properties"},
		{"Microsoft.Network/networkSecurityGroups/securityRules", "properties"},
	}
	networks = []Place{{"Microsoft.Network/virtualNetworks", "properties"}}
	subnets  = []Place{
		{"Microsoft.Network/virtualNetworks", "properties.subnets[]"},
		{"Microsoft.Network/virtualNetworks/subnets", ""},
	}
	peerings = []Place{
		{"Microsoft.Network/virtualNetworks", "properties.virtualNetworkPeerings[].properties"},
		{"Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "properties"},
	}
	routes = []Place{
		{"Microsoft.Network/routeTables", "properties.routes[].properties"},
		{"Microsoft.Network/routeTables/routes", "properties"},
	}
	natGateways = []Place{{"Microsoft.Network/natGateways", ""}}
	// regional are types that exist in regions only.
	regional = []Place{
		{"Microsoft.Network/virtualNetworks", ""}, {"Microsoft.Network/loadBalancers", ""}, {"Microsoft.Network/publicIPAddresses", ""},
		{"Microsoft.Network/networkSecurityGroups", ""}, {"Microsoft.Network/networkInterfaces", ""}, {"Microsoft.Network/applicationGateways", ""},
		{"Microsoft.Network/natGateways", ""}, {"Microsoft.Network/routeTables", ""}, {"Microsoft.Network/bastionHosts", ""},
		{"Microsoft.Network/privateEndpoints", ""}, {"Microsoft.Network/azureFirewalls", ""}, {"Microsoft.Network/virtualNetworkGateways", ""},
		{"Microsoft.Compute/virtualMachines", ""}, {"Microsoft.Compute/virtualMachineScaleSets", ""}, {"Microsoft.Compute/disks", ""},
		{"Microsoft.Storage/storageAccounts", ""}, {"Microsoft.KeyVault/vaults", ""}, {"Microsoft.OperationalInsights/workspaces", ""},
		{"Microsoft.Insights/autoscaleSettings", ""}, {"Microsoft.Insights/dataCollectionRules", ""}, {"Microsoft.ManagedIdentity/userAssignedIdentities", ""},
		{"Microsoft.Web/serverfarms", ""}, {"Microsoft.Web/sites", ""}, {"Microsoft.Sql/servers", ""}, {"Microsoft.ContainerService/managedClusters", ""},
	}
	// namedParts are the parts of resources that have ids of their own.
	namedParts = []Place{
		{"Microsoft.Network/loadBalancers", "properties.frontendIPConfigurations[]"},
		{"Microsoft.Network/loadBalancers", "properties.loadBalancingRules[]"},
		{"Microsoft.Network/loadBalancers", "properties.probes[]"},
		{"Microsoft.Network/loadBalancers", "properties.inboundNatRules[]"},
		{"Microsoft.Network/loadBalancers", "properties.inboundNatPools[]"},
		{"Microsoft.Network/loadBalancers", "properties.outboundRules[]"},
		{"Microsoft.Network/virtualNetworks", "properties.subnets[]"},
		{"Microsoft.Network/virtualNetworks", "properties.virtualNetworkPeerings[]"},
		{"Microsoft.Network/networkSecurityGroups", "properties.securityRules[]"},
		{"Microsoft.Network/routeTables", "properties.routes[]"},
		{"Microsoft.Network/networkInterfaces", "properties.ipConfigurations[]"},
		{"Microsoft.Network/privateEndpoints", "properties.privateLinkServiceConnections[]"},
		{"Microsoft.Network/privateEndpoints", "properties.manualPrivateLinkServiceConnections[]"},
		{"Microsoft.Network/applicationGateways", "properties.gatewayIPConfigurations[]"},
		{"Microsoft.Network/applicationGateways", "properties.frontendIPConfigurations[]"},
		{"Microsoft.Network/applicationGateways", "properties.frontendPorts[]"},
		{"Microsoft.Network/applicationGateways", "properties.backendHttpSettingsCollection[]"},
		{"Microsoft.Network/applicationGateways", "properties.httpListeners[]"},
		{"Microsoft.Network/applicationGateways", "properties.requestRoutingRules[]"},
		{"Microsoft.Network/bastionHosts", "properties.ipConfigurations[]"},
		{"Microsoft.Network/azureFirewalls", "properties.ipConfigurations[]"},
		{"Microsoft.Network/virtualNetworkGateways", "properties.ipConfigurations[]"},
	}
)

var balancerRows = []Row{
	{"balancer-frontend-missing", balancers, "", "any of backendAddressPools, probes, loadBalancingRules, inboundNatPools, inboundNatRules", "frontendIPConfigurations count >= 1", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/774", "A load balancer with pools, probes or rules has a frontend.", "Add a frontend."},
	{"balancer-outbound-snat", balancers, "loadBalancingRules[].properties", "frontendIPConfiguration.id in @^outboundRules[].properties.frontendIPConfigurations[].id", "disableOutboundSnat (false) = true", Reported, issue + "ansible-collections/azure/issues/743", "Outbound traffic through this frontend is already done by an outbound rule.", "Set `disableOutboundSnat` to true."},
	{"balancer-backend-port", balancers, "", "", "loadBalancingRules[properties:enableFloatingIP!=true] unique properties.backendAddressPool.id,properties.backendPort,properties.protocol", Reported, issue + "MicrosoftDocs/azure-docs/issues/70892", "Two rules cannot send traffic of one protocol to the same port of a pool without floating IP.", "Use another backend port, or enable floating IP in the rules."},
	{"balancer-outbound-twice", balancers, "", "", "outboundRules[] unique properties.frontendIPConfigurations[].id,properties.protocol", Reported, issue + "Azure/AzLoadBalancerMigration/issues/10", "A frontend has one outbound rule for a protocol.", "Merge the rules."},
	{"nat-rule-range", natRules, "", "backendAddressPool.id present", "frontendPortRangeStart present", Reported, issue + "Azure/azure-cli/issues/21583", "A NAT rule for a pool needs a range of ports, one for each instance.", "Add `frontendPortRangeStart` and `frontendPortRangeEnd`."},
	{"nat-rule-range-end", natRules, "", "", "all or none of frontendPortRangeStart, frontendPortRangeEnd", Documented, networkPages + "loadbalancers/inboundnatrules", "A range has a first and a last port.", ""},
	{"nat-rule-range-port", natRules, "", "backendAddressPool.id present", "frontendPort absent", Inferred, networkPages + "loadbalancers/inboundnatrules", "A NAT rule for a pool has a port range instead of a port.", ""},
	{"nat-rule-range-order", natRules, "", "", "frontendPortRangeStart <= @frontendPortRangeEnd", Inferred, networkPages + "loadbalancers/inboundnatrules", "The end of the range cannot be below its start.", ""},
	{"nat-rule-port", natRules, "", "backendAddressPool absent", "frontendPort present", Inferred, networkPages + "loadbalancers/inboundnatrules", "A NAT rule for a single VM has one port.", ""},
	{"balancer-frontend-zone", balancers, "frontendIPConfigurations[]", "properties.publicIPAddress.id present", "zones absent", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/1967", "The zones of a public frontend are those of its address.", "Remove `zones` here and set them on the public IP address."},
	{"balancer-static", balancers, "frontendIPConfigurations[].properties", "privateIPAllocationMethod = Static; subnet.id present", "privateIPAddress present", Inferred, networkPages + "loadbalancers", "A static address must be set.", "Add `privateIPAddress`, or set `privateIPAllocationMethod` to Dynamic."},
	{"balancer-frontend-name", balancers, "", "", "frontendIPConfigurations[].name unique", Reported, issue + "Azure/migAz/issues/181", "Parts of the same kind must have different names.", "Rename one of them."},
	{"balancer-pool-name", balancers, "", "", "backendAddressPools[].name unique", Reported, issue + "Azure/migAz/issues/181", "Parts of the same kind must have different names.", "Rename one of them."},
	{"balancer-rule-name", balancers, "", "", "loadBalancingRules[].name unique", Reported, issue + "Azure/migAz/issues/181", "Parts of the same kind must have different names.", "Rename one of them."},
	{"balancer-probe-name", balancers, "", "", "probes[].name unique", Reported, issue + "Azure/migAz/issues/181", "Parts of the same kind must have different names.", "Rename one of them."},
	{"balancer-nat-name", balancers, "", "", "inboundNatRules[].name unique", Reported, issue + "Azure/migAz/issues/181", "Parts of the same kind must have different names.", "Rename one of them."},
	{"balancer-nat-pool-name", balancers, "", "", "inboundNatPools[].name unique", Reported, issue + "Azure/migAz/issues/181", "Parts of the same kind must have different names.", "Rename one of them."},
	{"balancer-outbound-sku", balancers, "", "!outboundRules[].properties.protocol present", "/sku.name (Basic) = Standard", Documented, balancerDocs + "outbound-rules", "Outbound rules need a Standard load balancer.", "Set `sku.name` to Standard."},
	{"balancer-outbound-ports", balancers, "outboundRules[].properties", "", "allocatedOutboundPorts is eights", Documented, balancerDocs + "outbound-rules", "The number of outbound ports for each instance is a multiple of 8.", ""},
	{"balancer-outbound-most", balancers, "outboundRules[].properties", "", "allocatedOutboundPorts <= 64000", Documented, balancerDocs + "outbound-rules", "A frontend address has 64000 ports.", ""},
	{"balancer-outbound-idle", balancers, "outboundRules[].properties", "", "idleTimeoutInMinutes <= 120", Documented, balancerDocs + "outbound-rules", "Outbound connections are idle for 4 to 120 minutes.", ""},
	{"balancer-outbound-pool", balancers, "outboundRules[].properties", "", "backendAddressPool.id present", Documented, networkPages + "loadbalancers", "An outbound rule is for a backend pool.", ""},
	{"balancer-outbound-frontend", balancers, "outboundRules[].properties", "", "frontendIPConfigurations count >= 1", Documented, networkPages + "loadbalancers", "An outbound rule uses at least one frontend.", ""},
	{"balancer-outbound-private", balancers, "outboundRules[].properties", "", "frontendIPConfigurations[].id->properties.subnet absent", Documented, balancerDocs + "outbound-rules", "Outbound rules need a public frontend.", "Use a frontend with a public address."},
	{"balancer-all-ports", balancers, "loadBalancingRules[].properties", "protocol = All", "frontendPort = 0", Documented, balancerDocs + "load-balancer-ha-ports-overview", "A rule for all protocols applies to all ports, which is port 0.", ""},
	{"balancer-all-backend-ports", balancers, "loadBalancingRules[].properties", "protocol = All", "backendPort = 0", Documented, balancerDocs + "load-balancer-ha-ports-overview", "A rule for all protocols applies to all ports, which is port 0.", ""},
	{"balancer-all-sku", balancers, "loadBalancingRules[].properties", "!protocol = All", "/sku.name (Basic) = Standard | Gateway", Documented, balancerDocs + "load-balancer-ha-ports-overview", "A rule for all protocols needs a Standard or Gateway load balancer.", "Set `sku.name` to Standard."},
	{"balancer-zero-port", balancers, "loadBalancingRules[].properties", "!frontendPort = 0", "protocol = All", Documented, balancerDocs + "load-balancer-ha-ports-overview", "Port 0 means all ports, which needs the protocol All.", "Set `protocol` to All, or choose a port."},
	{"balancer-reset-udp", balancers, "loadBalancingRules[].properties", "protocol = Udp", "enableTcpReset != true", Ignored, networkPages + "loadbalancers", "Only TCP connections can be reset.", ""},
	{"balancer-reset-sku", balancers, "loadBalancingRules[].properties", "!enableTcpReset = true", "/sku.name (Basic) = Standard | Gateway", Documented, balancerDocs + "load-balancer-tcp-reset", "TCP reset needs a Standard load balancer.", "Set `sku.name` to Standard, or remove `enableTcpReset`."},
	{"balancer-global-sku", balancerRoots, "", "!sku.tier = Global", "sku.name (Basic) = Standard", Documented, balancerDocs + "cross-region-overview", "A global load balancer has the SKU Standard.", "Set `sku.name` to Standard."},
	{"balancer-global-address", balancerRoots, "properties.frontendIPConfigurations[].properties", "/sku.tier = Global", "publicIPAddress.id->sku.tier (Regional) = Global", Documented, balancerDocs + "cross-region-overview", "A global load balancer has global addresses.", "Set `sku.tier` of the public IP address to Global."},
	{"balancer-regional-address", balancerRoots, "properties.frontendIPConfigurations[].properties", "/sku.tier (Regional) = Regional", "publicIPAddress.id->sku.tier != Global", Documented, balancerDocs + "cross-region-overview", "A global address needs a global load balancer.", "Set `sku.tier` of the load balancer to Global."},
	{"balancer-gateway-protocol", balancerRoots, "properties.loadBalancingRules[].properties", "/sku.name = Gateway", "protocol = All", Documented, balancerDocs + "gateway-overview", "Rules of a gateway load balancer are for all protocols.", ""},
	{"balancer-rule-pool", balancers, "loadBalancingRules[].properties", "", "frontendIPConfiguration.id present", Inferred, networkPages + "loadbalancers", "A rule has a frontend.", ""},
	{"balancer-http-probe-basic", balancerRoots, "properties.probes[].properties", "!protocol = Https", "/sku.name (Basic) = Standard | Gateway", Documented, balancerDocs + "load-balancer-custom-probe-overview", "Probes by https need a Standard load balancer.", "Set `protocol` to Tcp or Http, or `sku.name` to Standard."},
	{"balancer-pool-network", balancers, "backendAddressPools[].properties", "loadBalancerBackendAddresses[].properties.ipAddress present", "any of virtualNetwork.id, loadBalancerBackendAddresses[].properties.virtualNetwork.id, loadBalancerBackendAddresses[].properties.subnet.id", Documented, balancerDocs + "backend-pool-management", "A pool of addresses needs the virtual network of its addresses.", "Add `virtualNetwork`."},
	{"balancer-nat-both", balancers, "", "!inboundNatPools count >= 1", "inboundNatRules absent", Inferred, networkPages + "loadbalancers", "NAT pools are for scale sets and NAT rules for single VMs; a load balancer can have only one of them.", "Remove one of them."},
	{"balancer-outbound-overlap", balancers, "", "?outboundRules[].properties.protocol = All", "outboundRules[] unique properties.frontendIPConfigurations[].id", Reported, issue + "Azure/AzLoadBalancerMigration/issues/10", "A frontend with a rule for all protocols cannot have another outbound rule.", "Merge the rules."},
	{"balancer-all-public", balancerRoots, "properties.loadBalancingRules[].properties", "!protocol = All; /sku.name = Standard", "frontendIPConfiguration.id->properties.publicIPAddress absent", Documented, balancerDocs + "load-balancer-ha-ports-overview", "Rules for all ports are available on internal load balancers only.", "Use a frontend in a subnet, or write the ports."},
	{"balancer-address-usable", balancers, "frontendIPConfigurations[].properties", "", "privateIPAddress usable in @subnet.id->properties.addressPrefix", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/4225", "A static address is one of the subnet, apart from the first four and the last.", ""},
	{"balancer-address-unique", balancers, "", "", "frontendIPConfigurations[] unique properties.privateIPAddress,properties.subnet.id", Inferred, issue + "hashicorp/terraform-provider-azurerm/issues/4225", "Two frontends cannot have one private address.", "Choose another address."},
	{"part-name", namedParts, "", "?properties present", "name present", Reported, issue + "pulumi/pulumi-azure-nextgen/issues/264", "Azure cannot parse a part without a name.", ""},
	{"nat-rule-reset", natRules, "", "protocol = Udp", "enableTcpReset != true", Ignored, networkPages + "loadbalancers/inboundnatrules", "Only TCP connections can be reset.", ""},
	{"balancer-outbound-reset", balancers, "outboundRules[].properties", "protocol = Udp", "enableTcpReset != true", Ignored, networkPages + "loadbalancers", "Only TCP connections can be reset.", ""},
	{"balancer-tunnel", balancerRoots, "properties.backendAddressPools[]", "/sku.name = Gateway; ?name present", "properties.tunnelInterfaces count >= 1", Inferred, balancerDocs + "gateway-overview", "The backend pool of a gateway load balancer has one or two tunnel interfaces.", "Add `tunnelInterfaces`."},
	{"balancer-tunnel-most", balancerRoots, "properties.backendAddressPools[].properties", "", "tunnelInterfaces count <= 2", Documented, balancerDocs + "gateway-overview", "The backend pool of a gateway load balancer has one or two tunnel interfaces.", ""},
	{"balancer-tunnel-sku", balancerRoots, "properties.backendAddressPools[].properties", "!tunnelInterfaces count >= 1", "/sku.name (Basic) = Gateway", Inferred, balancerDocs + "gateway-overview", "Only pools of a gateway load balancer have tunnel interfaces.", "Set `sku.name` to Gateway, or remove `tunnelInterfaces`."},
	{"balancer-pool-address-unique", balancers, "backendAddressPools[].properties", "", "loadBalancerBackendAddresses[] unique properties.ipAddress,properties.virtualNetwork.id", Inferred, balancerDocs + "backend-pool-management", "Each address is in a pool once.", "Remove one of them."},
	{"balancer-pool-address-form", balancers, "backendAddressPools[].properties.loadBalancerBackendAddresses[].properties", "", "ipAddress is ip", Documented, networkPages + "loadbalancers", "A pool has addresses of its virtual network.", ""},
	{"balancer-pool-address-network", balancers, "backendAddressPools[].properties.loadBalancerBackendAddresses[].properties", "", "ipAddress within @virtualNetwork.id->properties.addressSpace.addressPrefixes[]", Documented, networkPages + "loadbalancers", "A pool has addresses of its virtual network.", ""},
	{"balancer-frontend-mixed", balancers, "", "?frontendIPConfigurations[].properties.publicIPAddress.id present; frontendIPConfigurations[].properties.subnet.id present", "never a public and an internal frontend are in one load balancer", Inferred, balancerDocs + "components", "A load balancer is either public or internal.", "Use a load balancer for each."},
	{"nat-rule-backend", balancers, "", "", "inboundNatRules[] unique properties.backendAddressPool.id,properties.backendPort,properties.protocol", Inferred, issue + "hashicorp/terraform-provider-azurerm/issues/84", "Two rules cannot send traffic of one protocol to the same port of a pool.", "Use another backend port."},
}

var addressRows = []Row{
	{"address-standard-static", addresses, "", "sku.name = Standard | StandardV2", "properties.publicIPAllocationMethod (Dynamic) = Static", Reported, issue + "fortinet/azure-templates/issues/43", "A Standard public IP address is always static.", "Set `publicIPAllocationMethod` to Static."},
	{"address-basic-ipv6", addresses, "properties", "/sku.name (Basic) = Basic; publicIPAddressVersion = IPv6", "publicIPAllocationMethod != Static", Documented, learn + "virtual-network/ip-services/public-ip-addresses", "A Basic IPv6 address is always dynamic.", "Set `publicIPAllocationMethod` to Dynamic, or use the Standard SKU."},
	{"address-basic-zones", addresses, "", "?api >= 2020-08-01; sku.name (Basic) = Basic", "zones absent", Reported, issue + "microsoft/lisa/pull/3343", "A Basic address cannot be in availability zones.", "Set `sku.name` to Standard, or remove `zones`."},
	{"address-reverse-scope", addresses, "properties.dnsSettings", "domainNameLabelScope present", "reverseFqdn absent", Reported, issue + "Azure/azure-rest-api-specs/issues/39789", "A reverse name cannot be combined with a scope of the label, which adds a hash to the name.", ""},
	{"address-label-scope", addresses, "properties.dnsSettings", "!domainNameLabelScope present", "domainNameLabel present", Inferred, networkPages + "publicipaddresses", "A scope is one of a label.", "Add `domainNameLabel`."},
	{"address-label-twice", addresses, "", "properties.dnsSettings.domainNameLabelScope absent", "all[] unique properties.dnsSettings.domainNameLabel,location", Reported, issue + "Azure/azure-quickstart-templates/issues/4978", "A DNS label belongs to one public IP address of a region.", "Choose another label."},
	{"address-ddos-plan", addresses, "properties.ddosSettings", "!ddosProtectionPlan present", "protectionMode = Enabled", Documented, networkPages + "publicipaddresses", "A protection plan can only be set when the protection mode is Enabled.", "Set `protectionMode` to Enabled."},
	{"address-prefix-sku", addresses, "", "!properties.publicIPPrefix.id present", "sku.name (Basic) = Standard | StandardV2", Documented, learn + "virtual-network/ip-services/public-ip-address-prefix", "Only Standard addresses can use a prefix.", "Set `sku.name` to Standard."},
	{"address-prefix-version", addresses, "properties", "", "publicIPAddressVersion same @publicIPPrefix.id->properties.publicIPAddressVersion", Documented, learn + "virtual-network/ip-services/public-ip-address-prefix", "Addresses are of the version of their prefix.", ""},
	{"address-global-sku", addresses, "", "!sku.tier = Global", "sku.name (Basic) = Standard", Documented, balancerDocs + "cross-region-overview", "A global address has the SKU Standard.", "Set `sku.name` to Standard."},
	{"address-global-zones", addresses, "", "sku.tier = Global", "zones absent", Inferred, balancerDocs + "cross-region-overview", "A global address is not in zones of a region.", ""},
	{"address-routing-sku", addresses, "", "!properties.ipTags[].ipTagType = RoutingPreference", "sku.name (Basic) = Standard", Documented, learn + "virtual-network/ip-services/routing-preference-overview", "Routing preference needs a Standard address.", "Set `sku.name` to Standard."},
	{"prefix-sku", prefixes, "", "", "sku.name (Standard) = Standard | StandardV2", Documented, networkPages + "publicipprefixes", "A prefix has the SKU Standard.", ""},
	{"prefix-length-least", prefixes, "properties", "publicIPAddressVersion (IPv4) = IPv4; customIPPrefix absent", "prefixLength >= 21", Documented, learn + "virtual-network/ip-services/public-ip-address-prefix", "A prefix of public addresses is small.", ""},
	{"prefix-length-most", prefixes, "properties", "publicIPAddressVersion (IPv4) = IPv4", "prefixLength <= 31", Documented, learn + "virtual-network/ip-services/public-ip-address-prefix", "An IPv4 prefix has at least two addresses.", ""},
	{"prefix-length-ipv6", prefixes, "properties", "publicIPAddressVersion = IPv6", "prefixLength >= 124", Documented, learn + "virtual-network/ip-services/public-ip-address-prefix", "An IPv6 prefix has 124 to 127 bits.", ""},
	{"prefix-length-ipv6-most", prefixes, "properties", "publicIPAddressVersion = IPv6", "prefixLength <= 127", Documented, learn + "virtual-network/ip-services/public-ip-address-prefix", "An IPv6 prefix has 124 to 127 bits.", ""},
	{"prefix-length-missing", prefixes, "properties", "", "prefixLength present", Inferred, networkPages + "publicipprefixes", "A prefix has a length.", ""},
	{"address-idle-least", addresses, "properties", "", "idleTimeoutInMinutes >= 4", Reported, issue + "hashicorp/terraform-provider-azurerm/pull/3579", "Connections are idle for 4 to 30 minutes.", ""},
	{"address-idle-most", addresses, "properties", "", "idleTimeoutInMinutes <= 30", Reported, issue + "hashicorp/terraform-provider-azurerm/pull/3579", "Connections are idle for 4 to 30 minutes.", ""},
	{"zones-zero", everything, "", "", "zones[] != 0", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/6296", "Availability zones are numbered from 1.", "Use 1, 2 or 3."},
	{"zones-unique", everything, "", "", "zones[] unique", Inferred, issue + "hashicorp/terraform-provider-azurerm/issues/6296", "Each zone is listed once.", "Remove one of them."},
	{"address-reverse-name", addresses, "properties.dnsSettings", "", `reverseFqdn matches /^[^ ]+\.[^ ]+$/ like web.example.com.`, Inferred, networkPages + "publicipaddresses", "The reverse name is a fully qualified domain name.", ""},
	{"address-prefix-zone", addresses, "", "properties.publicIPPrefix.id->zones count = 1; zones count >= 1", "zones[] in @properties.publicIPPrefix.id->zones[]", Inferred, learn + "virtual-network/ip-services/public-ip-address-prefix", "An address is in the zone of its prefix.", ""},
	{"address-prefix-tier", addresses, "", "properties.publicIPPrefix.id present", "sku.tier (Regional) same @properties.publicIPPrefix.id->sku.tier", Inferred, learn + "virtual-network/ip-services/public-ip-address-prefix", "An address has the tier of its prefix.", ""},
}

var securityGroupRows = []Row{
	{"rule-source-ports", securityRules, "", "", "any of sourcePortRange, sourcePortRanges", Reported, issue + "Azure/bicep/issues/18960", "A security rule needs source ports.", "Add `sourcePortRange`; * means all ports."},
	{"rule-destination-ports", securityRules, "", "", "any of destinationPortRange, destinationPortRanges", Reported, issue + "Azure/bicep/issues/18960", "A security rule needs destination ports.", "Add `destinationPortRange`; * means all ports."},
	{"rule-source", securityRules, "", "", "any of sourceAddressPrefix, sourceAddressPrefixes, sourceApplicationSecurityGroups", Reported, issue + "Azure/bicep/issues/18960", "A security rule needs a source.", "Add `sourceAddressPrefix`; * means everywhere."},
	{"rule-destination", securityRules, "", "", "any of destinationAddressPrefix, destinationAddressPrefixes, destinationApplicationSecurityGroups", Reported, issue + "Azure/bicep/issues/18960", "A security rule needs a destination.", "Add `destinationAddressPrefix`; * means everywhere."},
	{"rule-destination-port", securityRules, "", "", "destinationPortRange is ports", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/1530", "The value must be one port, one ascending range or *.", "Write one port or range, or a list in `destinationPortRanges`."},
	{"rule-source-port", securityRules, "", "", "sourcePortRange is ports", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/1530", "The value must be one port, one ascending range or *.", "Write one port or range, or a list in `sourcePortRanges`."},
	{"rule-destination-port-item", securityRules, "", "", "destinationPortRanges[] is ports", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/1530", "Each item is one port or one ascending range.", ""},
	{"rule-source-port-item", securityRules, "", "", "sourcePortRanges[] is ports", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/1530", "Each item is one port or one ascending range.", ""},
	{"rule-source-address", securityRules, "", "", "sourceAddressPrefix is rule-address", Reported, issue + "Azure/azure-powershell/issues/2814", "The value must be an address, a prefix of up to 32 bits, a service tag or *.", "Write * for every address, or an address prefix."},
	{"rule-destination-address", securityRules, "", "", "destinationAddressPrefix is rule-address", Reported, issue + "Azure/azure-powershell/issues/2814", "The value must be an address, a prefix of up to 32 bits, a service tag or *.", "Write * for every address, or an address prefix."},
	{"rule-source-address-item", securityRules, "", "", "sourceAddressPrefixes[] is rule-address", Reported, issue + "Azure/azure-powershell/issues/2814", "The value must be an address, a prefix of up to 32 bits, a service tag or *.", ""},
	{"rule-destination-address-item", securityRules, "", "", "destinationAddressPrefixes[] is rule-address", Reported, issue + "Azure/azure-powershell/issues/2814", "The value must be an address, a prefix of up to 32 bits, a service tag or *.", ""},
	{"rule-source-tags", securityRules, "", "", "sourceAddressPrefixes[] != * | Internet | VirtualNetwork | AzureLoadBalancer", Reported, issue + "ansible-collections/azure/issues/639", "A list of prefixes cannot contain service tags or *.", "Write the tag in `sourceAddressPrefix`, in a separate rule."},
	{"rule-destination-tags", securityRules, "", "", "destinationAddressPrefixes[] != * | Internet | VirtualNetwork | AzureLoadBalancer", Reported, issue + "ansible-collections/azure/issues/639", "A list of prefixes cannot contain service tags or *.", "Write the tag in `destinationAddressPrefix`, in a separate rule."},
	{"rule-group-and-prefix", securityRules, "", "sourceApplicationSecurityGroups present", "sourceAddressPrefix absent", Reported, issue + "Azure/azure-cli/issues/8615", "The source is application security groups or prefixes.", ""},
	{"rule-description", securityRules, "", "", "description length <= 140", Documented, networkPages + "networksecuritygroups/securityrules", "The description of a security rule has up to 140 characters.", ""},
	{"rule-name-unique", securityGroups, "", "", "securityRules[].name unique", Reported, issue + "Azure/migAz/issues/181", "Rules of one group must have different names.", "Rename one of them."},
	{"rule-source-twice", securityRules, "", "", "at most one of sourceAddressPrefix, sourceAddressPrefixes", Reported, issue + "Azure/azure-cli/issues/8615", "Sources are one prefix or a list.", ""},
	{"rule-destination-twice", securityRules, "", "", "at most one of destinationAddressPrefix, destinationAddressPrefixes", Reported, issue + "Azure/azure-cli/issues/8615", "Destinations are one prefix or a list.", ""},
	{"rule-ports-twice", securityRules, "", "", "at most one of destinationPortRange, destinationPortRanges", Inferred, networkPages + "networksecuritygroups/securityrules", "Ports are one range or a list.", ""},
	{"rule-source-overlap", securityRules, "", "", "sourceAddressPrefixes[] apart", Reported, issue + "alan-turing-institute/data-safe-haven/issues/2077", "The prefixes of one security rule cannot overlap.", ""},
	{"rule-destination-overlap", securityRules, "", "", "destinationAddressPrefixes[] apart", Reported, issue + "alan-turing-institute/data-safe-haven/issues/2077", "The prefixes of one security rule cannot overlap.", ""},
	{"rule-source-version", securityRules, "", "sourceAddressPrefix matches /:/ like fd00::/64", `destinationAddressPrefix !matches /^\d+\.\d+\.\d+\.\d+/ like 10.0.0.0/8`, Reported, issue + "Azure/AKS/issues/3136", "All addresses of a security rule belong to one IP version.", "Write a rule for each version."},
	{"rule-destination-version", securityRules, "", "destinationAddressPrefix matches /:/ like fd00::/64", `sourceAddressPrefix !matches /^\d+\.\d+\.\d+\.\d+/ like 10.0.0.0/8`, Reported, issue + "Azure/AKS/issues/3136", "All addresses of a security rule belong to one IP version.", "Write a rule for each version."},
	{"rule-destination-group-and-prefix", securityRules, "", "destinationApplicationSecurityGroups present", "destinationAddressPrefix absent", Reported, issue + "Azure/azure-cli/issues/8615", "The destination is application security groups or prefixes.", ""},
	{"rule-source-tag-item", securityRules, "", "", "sourceAddressPrefixes[] is untagged", Inferred, issue + "ansible-collections/azure/issues/639", "A list of prefixes cannot contain service tags.", "Write the tag in `sourceAddressPrefix`, in a separate rule."},
	{"rule-destination-tag-item", securityRules, "", "", "destinationAddressPrefixes[] is untagged", Inferred, issue + "ansible-collections/azure/issues/639", "A list of prefixes cannot contain service tags.", "Write the tag in `destinationAddressPrefix`, in a separate rule."},
	{"rule-source-empty", securityRules, "", "sourceAddressPrefixes absent; sourceApplicationSecurityGroups absent", "sourceAddressPrefix length >= 1", Reported, issue + "Azure/azure-cli/issues/8615", "A security rule needs a source.", "Write * for everywhere."},
	{"rule-destination-empty", securityRules, "", "destinationAddressPrefixes absent; destinationApplicationSecurityGroups absent", "destinationAddressPrefix length >= 1", Reported, issue + "Azure/azure-cli/issues/8615", "A security rule needs a destination.", "Write * for everywhere."},
	{"rule-source-port-empty", securityRules, "", "sourcePortRanges absent", "sourcePortRange length >= 1", Inferred, issue + "Azure/bicep/issues/18960", "A security rule needs source ports.", "Write * for all ports."},
	{"rule-destination-port-empty", securityRules, "", "destinationPortRanges absent", "destinationPortRange length >= 1", Inferred, issue + "Azure/bicep/issues/18960", "A security rule needs destination ports.", "Write * for all ports."},
}

const (
	gatewaySubnet  = `!name matches /^(?i)([^\/]+\/)?GatewaySubnet$/ like GatewaySubnet`
	bastionSubnet  = `!name matches /^(?i)([^\/]+\/)?AzureBastionSubnet$/ like AzureBastionSubnet`
	firewallSubnet = `!name matches /^(?i)([^\/]+\/)?AzureFirewall(Management)?Subnet$/ like AzureFirewallSubnet`
	routeSubnet    = `!name matches /^(?i)([^\/]+\/)?RouteServerSubnet$/ like RouteServerSubnet`
)

var networkRows = []Row{
	{"gateway-subnet-group", subnets, "", gatewaySubnet, "properties.networkSecurityGroup.id absent", Reported, issue + "Azure-Terraform/terraform-azurerm-virtual-network/issues/18", "Azure does not accept a security group on the subnet of a gateway.", ""},
	{"gateway-subnet-nat", subnets, "", gatewaySubnet, "properties.natGateway.id absent", Documented, learn + "nat-gateway/nat-overview", "A NAT gateway cannot be attached to the subnet of a gateway.", ""},
	{"gateway-subnet-delegation", subnets, "", gatewaySubnet, "properties.delegations absent", Inferred, learn + "vpn-gateway/vpn-gateway-about-vpn-gateway-settings", "The subnet of a gateway is for gateways only.", ""},
	{"bastion-subnet-routes", subnets, "", bastionSubnet, "properties.routeTable.id absent", Reported, issue + "Azure/Azure-Landing-Zones/issues/1679", "Azure Bastion does not accept a route table on its subnet.", ""},
	{"bastion-subnet-delegation", subnets, "", bastionSubnet, "properties.delegations absent", Documented, learn + "bastion/configuration-settings", "The subnet of Azure Bastion is for Bastion only.", ""},
	// Examples of Terraform, which are tested, still deploy hosts in /27.
	{"bastion-subnet-size", subnets, "", "?api >= 2021-11-01; " + bastionSubnet, `properties.addressPrefix matches /\/(\d|1\d|2[0-6]|6\d|5\d|4\d|3[3-9]|1\d\d)$/ like 10.0.1.0/26`, Inferred, learn + "bastion/configuration-settings", "Azure Bastion has needed at least 64 addresses (/26) since November 2021; an older host works with /27.", "Use a prefix of /26 or larger."},
	{"firewall-subnet-group", subnets, "", firewallSubnet, "properties.networkSecurityGroup.id absent", Documented, learn + "firewall/firewall-faq", "A security group cannot be on the subnet of Azure Firewall.", ""},
	{"firewall-subnet-delegation", subnets, "", firewallSubnet, "properties.delegations absent", Documented, learn + "firewall/firewall-faq", "The subnet of Azure Firewall is for the firewall only.", ""},
	{"route-server-group", subnets, "", routeSubnet, "properties.networkSecurityGroup.id absent", Documented, learn + "route-server/route-server-faq", "A security group cannot be on the subnet of a route server.", ""},
	{"route-server-routes", subnets, "", routeSubnet, "properties.routeTable.id absent", Documented, learn + "route-server/route-server-faq", "A route table cannot be on the subnet of a route server.", ""},
	{"route-server-size", subnets, "", routeSubnet, `properties.addressPrefix !matches /\/(2[89]|3[0-2])$/ like 10.0.0.0/28`, Documented, learn + "route-server/route-server-faq", "The subnet of a route server has a prefix of at most 27 bits.", "Use a larger subnet, such as a /26."},
	{"subnet-one-delegation", subnets, "properties", "", "delegations count <= 1", Documented, learn + "virtual-network/subnet-delegation-overview", "A subnet can be delegated to one service.", ""},
	{"subnet-delegation-service", subnets, "properties.delegations[].properties", "", `serviceName !matches /^(?i)(Microsoft\.Sql\/servers|Microsoft\.Storage(\/storageAccounts)?|Microsoft\.Compute(\/.*)?|Microsoft\.KeyVault\/vaults|Microsoft\.Sql|Microsoft\.Web|Microsoft\.Network\/loadBalancers)$/ like Microsoft.Sql/servers`, Reported, issue + "hashicorp/terraform-provider-azurerm/issues/21779", "Subnets cannot be delegated to this service.", "Write a service that supports delegation, such as Microsoft.Sql/managedInstances, or remove the delegation."},
	{"subnet-delegation-name", subnets, "properties.delegations[].properties", "", `serviceName matches /^[A-Za-z0-9]+\.[A-Za-z0-9.]+\/[A-Za-z0-9\/]+$/ like Microsoft.Web/serverFarms`, Documented, learn + "virtual-network/subnet-delegation-overview", "A delegation needs a resource type.", ""},
	{"subnet-endpoint-unique", subnets, "properties", "", "serviceEndpoints[].service unique", Inferred, networkPages + "virtualnetworks/subnets", "Each service endpoint is listed once.", ""},
	{"subnet-storage-endpoints", subnets, "properties", "serviceEndpoints[].service = Microsoft.Storage", "serviceEndpoints[].service != Microsoft.Storage.Global", Documented, learn + "storage/common/storage-network-security", "A subnet has the regional or the cross-region service endpoint for storage.", "Remove one of them."},
	{"subnet-sharing", subnets, "properties", "!sharingScope = Tenant; ?api < 2025-07-01", "defaultOutboundAccess (true) = false", Documented, networkPages + "virtualnetworks/subnets", "A subnet can be shared only without default outbound access.", "Set `defaultOutboundAccess` to false."},
	{"subnet-prefix-missing", subnets, "properties", "?../name present", "any of addressPrefix, addressPrefixes, ipamPoolPrefixAllocations", Documented, learn + "virtual-network/virtual-network-manage-subnet", "A subnet has an address prefix.", "Add `addressPrefix`."},
	{"network-space-missing", networks, "", "", "any of addressSpace.addressPrefixes, addressSpace.ipamPoolPrefixAllocations", Documented, learn + "virtual-network/manage-virtual-network", "A virtual network has an address space.", "Add `addressSpace.addressPrefixes`."},
	{"network-subnet-unique", networks, "", "", "subnets[].name unique", Reported, issue + "Azure/migAz/issues/181", "Subnets of one network must have different names.", "Rename one of them."},
	{"network-dns-address", networks, "", "", "dhcpOptions.dnsServers[] is ip", Documented, networkPages + "virtualnetworks", "A DNS server must be an IP address.", ""},
	{"network-ddos-plan", networks, "", "enableDdosProtection = true; ?api >= 2018-02-01", "ddosProtectionPlan.id present", Documented, networkPages + "virtualnetworks", "DDoS protection of a network needs a protection plan.", "Add `ddosProtectionPlan`, or set `enableDdosProtection` to false."},
	{"network-flow-timeout", networks, "", "", "flowTimeoutInMinutes <= 30", Documented, networkPages + "virtualnetworks", "The flow timeout is 4 to 30 minutes.", ""},
	{"network-flow-timeout-least", networks, "", "", "flowTimeoutInMinutes >= 4", Documented, networkPages + "virtualnetworks", "The flow timeout is 4 to 30 minutes.", ""},
	{"network-encryption", networks, "encryption", "", "enforcement != DropUnencrypted", Inferred, networkPages + "virtualnetworks", "AllowUnencrypted is the only value that is generally available.", "Set `enforcement` to AllowUnencrypted."},
	{"network-one-remote-gateway", networks, "", "", "virtualNetworkPeerings[properties:useRemoteGateways=true] count <= 1", Documented, networkPages + "virtualnetworks/virtualnetworkpeerings", "Only one peering of a network can use the gateways of the other side.", "Set `useRemoteGateways` to false in the others."},
	{"peering-gateways", peerings, "", "useRemoteGateways = true", "allowGatewayTransit != true", Documented, learn + "vpn-gateway/vpn-gateway-peering-gateway-transit", "A network that uses remote gateways cannot share its own.", "Set one of them to false."},
	{"peering-remote", peerings, "", "", "remoteVirtualNetwork.id present", Inferred, networkPages + "virtualnetworks/virtualnetworkpeerings", "A peering needs the other network.", ""},
	{"route-appliance-address", routes, "", "nextHopType = VirtualAppliance", "nextHopIpAddress present", Reported, issue + "Azure/terraform-azurerm-hubnetworking/issues/48", "A route to a virtual appliance needs the address of the appliance.", ""},
	{"route-other-address", routes, "", "nextHopType != VirtualAppliance", "nextHopIpAddress absent", Documented, networkPages + "routetables/routes", "Only a route to a virtual appliance has a next address.", "Remove `nextHopIpAddress`, or set `nextHopType` to VirtualAppliance."},
	{"route-address-form", routes, "", "nextHopType = VirtualAppliance", "nextHopIpAddress is ip", Documented, networkPages + "routetables/routes", "The next hop is one address, without a prefix.", ""},
	{"route-prefix", routes, "", "", "addressPrefix is route-prefix", Documented, networkPages + "routetables/routes", "A route is for an address prefix or a service tag.", ""},
	{"route-type-missing", routes, "", "", "nextHopType present", Documented, networkPages + "routetables/routes", "A route needs a next hop type.", ""},
	{"route-ecmp", routes, "", "!nextHop present", "nextHopType = VirtualApplianceEcmp", Documented, networkPages + "routetables/routes", "Several next hops need this type.", ""},
	{"route-ecmp-least", routes, "nextHop", "", "nextHopIpAddresses count >= 2", Documented, networkPages + "routetables/routes", "There are 2 to 64 next hops.", ""},
	{"route-ecmp-most", routes, "nextHop", "", "nextHopIpAddresses count <= 64", Documented, networkPages + "routetables/routes", "There are 2 to 64 next hops.", ""},
	{"route-name-unique", []Place{{"Microsoft.Network/routeTables", "properties"}}, "", "", "routes[].name unique", Reported, issue + "Azure/migAz/issues/181", "Routes of one table must have different names.", "Rename one of them."},
	{"route-prefix-unique", []Place{{"Microsoft.Network/routeTables", "properties"}}, "", "", "routes[].properties.addressPrefix unique", Documented, learn + "virtual-network/virtual-networks-udr-overview", "A route table has one route for a prefix.", "Remove one of the routes."},
	{"network-space-overlap", networks, "", "", "addressSpace.addressPrefixes[] apart", Documented, learn + "virtual-network/manage-virtual-network", "The address ranges of a network cannot overlap.", ""},
	{"network-space-reserved", networks, "", "", `addressSpace.addressPrefixes[] !matches /^(22[4-9]|23\d|127|169\.254|168\.63\.129\.16|255\.255\.255\.255)[.\/]/ like 127.0.0.0/8`, Documented, learn + "virtual-network/virtual-networks-faq", "Multicast, broadcast, loopback and link-local addresses, and the address of Azure's own DNS, cannot be in a network.", "Use a private range, such as 10.0.0.0/16."},
	{"subnet-ipv6-size", subnets, "properties", "", `addressPrefixes[] !matches /:.*\/(\d|[1-57-9]\d|6[0-35-9]|1\d\d)$/ like fd00:db8::/60`, Documented, learn + "virtual-network/ip-services/ipv6-overview", "An IPv6 subnet has exactly 64 bits.", "Use a prefix of /64."},
	{"firewall-subnet-size", subnets, "", firewallSubnet, `properties.addressPrefix matches /\/(\d|1\d|2[0-6])$/ like 10.0.1.0/26`, Documented, learn + "firewall/firewall-faq", "The subnet of Azure Firewall has at least 64 addresses (/26).", "Use a prefix of /26 or larger."},
	{"peering-overlap", networks, "virtualNetworkPeerings[].properties", "!remoteVirtualNetwork.id present", "^addressSpace.addressPrefixes[] apart @remoteVirtualNetwork.id->properties.addressSpace.addressPrefixes[]", Documented, learn + "virtual-network/virtual-network-manage-peering", "Networks with overlapping address spaces cannot be peered.", ""},
	{"peering-overlap-resource", peerings[1:], "", "!remoteVirtualNetwork.id present", "parent->properties.addressSpace.addressPrefixes[] apart @remoteVirtualNetwork.id->properties.addressSpace.addressPrefixes[]", Documented, learn + "virtual-network/virtual-network-manage-peering", "Networks with overlapping address spaces cannot be peered.", ""},
	{"regional-location", regional, "", "", "location != global", Reported, issue + "Azure/pcs-cli/issues/522", "This resource is in a region.", "Write a region, such as [resourceGroup().location]."},
	{"network-dns-unique", networks, "", "", "dhcpOptions.dnsServers[] unique", Inferred, networkPages + "virtualnetworks", "Each DNS server is listed once.", ""},
	{"subnet-delegation-part", subnets, "properties.delegations[]", "properties present", "name present", Inferred, issue + "pulumi/pulumi-azure-nextgen/issues/264", "A delegation has a name.", ""},
	{"subnet-delegation-known", subnets, "properties.delegations[].properties", "", "serviceName is delegation", Reported, issue + "Azure/azure-powershell/issues/14703", "Azure rejects a service that does not take delegations.", "List the services with: az network vnet subnet list-available-delegations."},
	{"subnet-endpoint-known", subnets, "properties.serviceEndpoints[]", "", "service is endpoint-service", Documented, learn + "virtual-network/virtual-network-service-endpoints-overview", "Only some services have service endpoints.", "List them with: az network vnet list-endpoint-services."},
	{"network-space", networks, "addressSpace", "?ipamPoolPrefixAllocations absent", "addressPrefixes count >= 1", Inferred, networkPages + "virtualnetworks", "A virtual network has an address space.", ""},
	{"route-plain-address", routes, "", "", `addressPrefix !matches /^\d+\.\d+\.\d+\.\d+$/ like 10.0.0.4`, Inferred, networkPages + "routetables/routes", "A route has an address prefix, such as 10.0.0.4/32.", "Add the length of the prefix."},
	{"network-ipv6-only", networks, "", "addressSpace.addressPrefixes count <= 1", `addressSpace.addressPrefixes[] !matches /:/ like fd00:db8::/48`, Inferred, learn + "virtual-network/ip-services/ipv6-overview", "A virtual network has IPv4 addresses, and can have IPv6 addresses beside them.", "Add an IPv4 range, such as 10.0.0.0/16."},
	{"subnet-ipv6-only", subnets, "properties", "addressPrefixes absent", `addressPrefix !matches /:/ like fd00:db8::/64`, Inferred, learn + "virtual-network/ip-services/ipv6-overview", "A subnet has IPv4 addresses, and can have IPv6 addresses beside them.", "List an IPv4 and an IPv6 range in `addressPrefixes`."},
	{"peering-twice", networks, "", "", "virtualNetworkPeerings[].properties.remoteVirtualNetwork.id unique", Inferred, learn + "virtual-network/virtual-network-manage-peering", "Two virtual networks have one peering in each direction.", "Remove one of them."},
	{"peering-remote-overlap", networks, "", "", "virtualNetworkPeerings[].properties.remoteVirtualNetwork.id->properties.addressSpace.addressPrefixes[] apart", Reported, issue + "Azure/ResourceModules/issues/731", "The networks that one network is peered with cannot overlap.", "Change the address space of one of the networks."},
	{"peering-twice-resource", []Place{{"Microsoft.Network/virtualNetworks/virtualNetworkPeerings", ""}}, "", "", "all[] unique properties.remoteVirtualNetwork.id,parent->id", Inferred, learn + "virtual-network/virtual-network-manage-peering", "Two virtual networks have one peering in each direction.", "Remove one of them."},
	{"peering-self", peerings[1:], "", "", "remoteVirtualNetwork.id differs @parent->id", Inferred, learn + "virtual-network/virtual-network-manage-peering", "A virtual network cannot be peered with itself.", ""},
}

var natRows = []Row{
	{"nat-gateway-sku", natGateways, "", "", "sku.name = Standard | StandardV2", Documented, networkPages + "natgateways", "A NAT gateway has one of these SKUs.", ""},
	{"nat-gateway-address", natGateways, "properties", "", "publicIpAddresses[].id->sku.name (Basic) = Standard | StandardV2", Reported, issue + "Azure/bicep/issues/5914", "A NAT gateway can only use Standard addresses.", "Set `sku.name` of the public IP address to Standard."},
	{"nat-gateway-addresses", natGateways, "properties", "", "publicIpAddresses count <= 16", Documented, learn + "nat-gateway/nat-overview", "A NAT gateway has up to 16 public addresses.", ""},
	{"nat-gateway-zone", natGateways, "", "sku.name (Standard) = Standard", "zones count <= 1", Documented, learn + "nat-gateway/nat-availability-zones", "A Standard NAT gateway can be in at most one zone.", ""},
	{"nat-gateway-idle", natGateways, "properties", "", "idleTimeoutInMinutes <= 120", Documented, learn + "nat-gateway/nat-gateway-resource", "Connections are idle for 4 to 120 minutes.", ""},
	{"nat-gateway-idle-least", natGateways, "properties", "", "idleTimeoutInMinutes >= 4", Documented, learn + "nat-gateway/nat-gateway-resource", "Connections are idle for 4 to 120 minutes.", ""},
	{"nat-gateway-ipv6", natGateways, "properties", "?../sku.name (Standard) = Standard", "publicIpAddresses[].id->properties.publicIPAddressVersion != IPv6", Documented, learn + "nat-gateway/nat-overview", "A Standard NAT gateway only supports IPv4 addresses.", ""},
	{"nat-gateway-second", natGateways, "", "sku.name = StandardV2", "properties.publicIpAddresses[].id->sku.name (Basic) = StandardV2", Documented, learn + "nat-gateway/nat-overview", "A StandardV2 NAT gateway can only use StandardV2 addresses.", "Set `sku.name` of the public IP address to StandardV2."},
	{"nat-address-zone", natGateways, "", "zones count = 1; properties.publicIpAddresses[].id->zones count >= 1", "properties.publicIpAddresses[].id->zones[] in @zones[]", Documented, learn + "nat-gateway/nat-availability-zones", "The addresses of a zonal NAT gateway are in its zone or in all zones.", ""},
	{"nat-prefix-ipv6", natGateways, "properties", "?../sku.name (Standard) = Standard", "publicIpPrefixes[].id->properties.publicIPAddressVersion != IPv6", Documented, learn + "nat-gateway/nat-overview", "A Standard NAT gateway only supports IPv4 addresses.", ""},
	{"nat-prefix-zone", natGateways, "", "zones count = 1; properties.publicIpPrefixes[].id->zones count >= 1", "properties.publicIpPrefixes[].id->zones[] in @zones[]", Documented, learn + "nat-gateway/nat-availability-zones", "The prefixes of a zonal NAT gateway are in its zone or in all zones.", ""},
	{"nat-prefix-size", natGateways, "properties", "", "publicIpPrefixes[].id->properties.prefixLength >= 28", Documented, learn + "nat-gateway/nat-overview", "A NAT gateway has up to 16 public addresses.", "Use a prefix of /28 or smaller."},
	{"nat-address-unique", natGateways, "properties", "", "publicIpAddresses[].id unique", Inferred, networkPages + "natgateways", "Each address is listed once.", "Remove one of them."},
}
