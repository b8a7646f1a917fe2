package guidance

// Statements about network: virtual networks, load balancers, NAT and addresses.
const (
	NatPortMapping             ID = "nat-port-mapping"
	NatPortsNotFixed           ID = "nat-ports-not-fixed"
	NatRangeCapacity           ID = "nat-range-capacity"
	NatRangeOverprovisioned    ID = "nat-range-overprovisioned"
	NatRangeTooSmall           ID = "nat-range-too-small"
	NatPoolOneSet              ID = "nat-pool-one-set"
	NatPoolRequired            ID = "nat-pool-required"
	NatIdleTimeout             ID = "nat-idle-timeout"
	NatRuleRange               ID = "nat-rule-range"
	NatRangesOverlap           ID = "nat-ranges-overlap"
	NatPoolNotFlexible         ID = "nat-pool-not-flexible"
	BalancerRule               ID = "balancer-rule"
	BalancerProbe              ID = "balancer-probe"
	ProbesForRules             ID = "probes-for-rules"
	HealthProbeInUse           ID = "health-probe-in-use"
	BalancerOneSetBasic        ID = "balancer-one-set-basic"
	BalancersPerSet            ID = "balancers-per-set"
	BalancerRulesBasic         ID = "balancer-rules-basic"
	BalancerRulesStandard      ID = "balancer-rules-standard"
	NatRuleBudget              ID = "nat-rule-budget"
	BalancerRulesPerNIC        ID = "balancer-rules-per-nic"
	BalancerFrontendsStandard  ID = "balancer-frontends-standard"
	BalancerFrontendsBasic     ID = "balancer-frontends-basic"
	BackendPoolBasic           ID = "backend-pool-basic"
	BackendPoolStandard        ID = "backend-pool-standard"
	BalancersPerSubscription   ID = "balancers-per-subscription"
	OutboundRules              ID = "outbound-rules"
	BasicBalancerRetired       ID = "basic-balancer-retired"
	LargeSetStandardBalancer   ID = "large-set-standard-balancer"
	ZonalStandardBalancer      ID = "zonal-standard-balancer"
	LargeSetOneSubnet          ID = "large-set-one-subnet"
	ApplicationGatewaySubnet   ID = "application-gateway-subnet"
	SubnetHeadroom             ID = "subnet-headroom"
	OneVirtualNetwork          ID = "one-virtual-network"
	OnePrimaryNIC              ID = "one-primary-nic"
	NICsMax                    ID = "nics-max"
	SecurityGroupOpens         ID = "security-group-opens"
	NoInstanceAddressesPreview ID = "no-instance-addresses-preview"
	InstanceAddresses          ID = "instance-addresses"
	InstanceAddressesMax       ID = "instance-addresses-max"
	InstanceAddressIdle        ID = "instance-address-idle"
	InstanceDNS                ID = "instance-dns"
	FlexibleOutbound           ID = "flexible-outbound"
	FlexibleNetworkAPI         ID = "flexible-network-api"
	Jumpbox                    ID = "jumpbox"
	PrivateAddressesDynamic    ID = "private-addresses-dynamic"
	IPConfigurationSubnet      ID = "ip-configuration-subnet"
	BalancerPortsUnique        ID = "balancer-ports-unique"
	BalancerIdleTimeout        ID = "balancer-idle-timeout"
	BalancerFrontend           ID = "balancer-frontend"
	BalancerAddressSKU         ID = "balancer-address-sku"
	FlexibleStandardBalancer   ID = "flexible-standard-balancer"
	InternalBalancerOutbound   ID = "internal-balancer-outbound"
	BasicAddressRetired        ID = "basic-address-retired"
	ReferencedPartExists       ID = "referenced-part-exists"
	SubnetReserved             ID = "subnet-reserved"
	SubnetRanges               ID = "subnet-ranges"
	SecurityRulePriority       ID = "security-rule-priority"
	ManagementPorts            ID = "management-ports"
)

// Headroom is by how many percent a subnet is larger than the target capacity, see
// [SubnetHeadroom].
const Headroom = 20

var networkStatements = []Statement{
	{
		ID: NatPortMapping, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "An inbound NAT pool maps one port of the public address to one instance: 50000 to instance 0, 50001 to instance 1 and so on.",
	},
	{
		ID: NatPortsNotFixed, Era: Current, Since: "2016-03-30",
		Source: "Azure/azure-cli#2962", Sure: Recorded,
		Text: "After overprovisioning or deletions, the port of an instance is not the start of the range plus its id; Azure assigns any free port.",
	},
	{
		ID: NatRangeCapacity, Era: Both, Since: "2015-06-15",
		Source: "Azure/azure-powershell#5657", Sure: Documented,
		Text: "The port range of an inbound NAT pool has at least one port for each instance.",
	},
	{
		ID: NatRangeOverprovisioned, Era: Current, Since: "2016-03-30",
		Source: "Azure/azure-cli#7392", Sure: Documented,
		Text: "With overprovisioning on, the port range of an inbound NAT pool has two ports for each instance, also after each later scale-out.",
	},
	{
		ID: NatRangeTooSmall, Era: Current, Since: "2016-03-30",
		Source: "MicrosoftDocs/azure-docs#119323", Sure: Recorded,
		Text: "A scale-out beyond the port range fails with InboundNatPoolFrontendPortRangeSmallerThanRequestedPorts.",
	},
	{
		ID: NatPoolOneSet, Era: Current, Since: "2016-03-30",
		Source: "LEARN:load-balancer/load-balancer-standard-virtual-machine-scale-sets", Sure: Documented,
		Text: "An inbound NAT pool is for one scale set; the backend port is the same for all instances.",
	},
	{
		ID: NatPoolRequired, Era: Both, Since: "2015-06-15",
		Source: "SCH:2023-11-01/Microsoft.Network.NRP", Sure: Documented,
		Text: "An inbound NAT pool needs protocol, frontendPortRangeStart (1 to 65534), frontendPortRangeEnd (1 to 65535) and backendPort (1 to 65535).",
	},
	{
		ID: NatIdleTimeout, Era: Both, Since: "2015-06-15",
		Limit: 30, Unit: "minutes",
		Source: "SCH:2023-11-01/Microsoft.Network.NRP", Sure: Documented,
		Text: "The idle timeout of an inbound NAT pool is 4 to 30 minutes, 4 by default.",
	},
	{
		ID: NatRuleRange, Era: Current, Since: "2021-03-01",
		Source: "Azure/azure-cli#19688", Sure: Documented,
		Text: "From network API version 2021-03-01 on, an inbound NAT rule can have a port range and a backend address pool; ports are 1 to 65534 and unique in the load balancer.",
	},
	{
		ID: NatRangesOverlap, Era: Both, Since: "2015-06-15",
		Source: "SCH:2023-11-01/Microsoft.Network.NRP", Sure: Inferred,
		Text: "The port ranges of pools and rules with the same frontend and protocol do not overlap.",
	},
	{
		ID: NatPoolNotFlexible, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set does not support inbound NAT pools.",
	},
	{
		ID: BalancerRule, Era: Both, Since: "2015-06-15",
		Source: "SCH:2023-11-01/Microsoft.Network.NRP", Sure: Documented,
		Text: "A load-balancing rule needs a protocol and a frontendPort from 0 to 65534, where 0 means any port; backendPort is 0 to 65535.",
	},
	{
		ID: BalancerProbe, Era: Both, Since: "2015-06-15",
		Limit: 5, Unit: "seconds at least",
		Source: "SCH:2023-11-01/Microsoft.Network.NRP", Sure: Documented,
		Text: "A probe needs a protocol, a port and an interval of 5 seconds or more; http and https need a requestPath, and tcp does not allow one.",
	},
	{
		ID: ProbesForRules, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Load-balancing rules send work to the instances in turn; a probe with a protocol, an interval and a path tells which of them are running.",
	},
	{
		ID: HealthProbeInUse, Era: Current, Since: "2017-03-30",
		Source: "LEARN:load-balancer/load-balancer-standard-virtual-machine-scale-sets", Sure: Documented,
		Text: "The probe in networkProfile.healthProbe belongs to a load-balancing rule of a backend pool of the scale set, and cannot be removed while it is in use.",
	},
	{
		ID: BalancerOneSetBasic, Era: Current, Since: "2016-03-30",
		Source: "LEARN:load-balancer/load-balancer-standard-virtual-machine-scale-sets", Sure: Documented,
		Text: "Two scale sets cannot share a Basic load balancer.",
	},
	{
		ID: BalancersPerSet, Era: Current, Since: "2016-03-30",
		Limit: 2, Unit: "load balancers",
		Source: "LEARN:load-balancer/load-balancer-standard-virtual-machine-scale-sets", Sure: Documented,
		Text: "A scale set uses backend pools of at most one public and one internal load balancer.",
	},
	{
		ID: BalancerRulesBasic, Era: Current, Since: "2016-03-30",
		Limit: 250, Unit: "rules",
		Source: "LIMITS", Sure: Documented,
		Text: "A Basic load balancer has at most 250 load-balancing and inbound NAT rules together.",
	},
	{
		ID: BalancerRulesStandard, Era: Current, Since: "2017-12-01",
		Limit: 1500, Unit: "rules",
		Source: "LIMITS", Sure: Documented,
		Text: "A Standard load balancer has at most 1,500 load-balancing and inbound NAT rules together.",
	},
	{
		ID: NatRuleBudget, Era: Current, Since: "2016-03-30",
		Source: "LIMITS", Sure: Inferred,
		Text: "A NAT pool creates one rule for each instance, so the rule limit of the load balancer also limits instances times pools.",
	},
	{
		ID: BalancerRulesPerNIC, Era: Current, Since: "2016-03-30",
		Limit: 300, Unit: "rules",
		Source: "LIMITS", Sure: Documented,
		Text: "At most 300 rules of a load balancer apply to one network interface.",
	},
	{
		ID: BalancerFrontendsStandard, Era: Current, Since: "2017-12-01",
		Limit: 600, Unit: "frontends",
		Source: "LIMITS", Sure: Documented,
		Text: "A Standard load balancer has at most 600 frontends.",
	},
	{
		ID: BalancerFrontendsBasic, Era: Current, Since: "2016-03-30",
		Limit: 200, Unit: "frontends",
		Source: "LIMITS", Sure: Documented,
		Text: "A Basic load balancer has at most 200 frontends.",
	},
	{
		ID: BackendPoolBasic, Era: Current, Since: "2016-03-30",
		Limit: 300, Unit: "IP configurations",
		Source: "LIMITS", Sure: Documented,
		Text: "A backend pool of a Basic load balancer has at most 300 IP configurations, all from one availability set or scale set.",
	},
	{
		ID: BackendPoolStandard, Era: Current, Since: "2017-12-01",
		Limit: 5000, Unit: "instances",
		Source: "LIMITS", Sure: Documented,
		Text: "A backend pool of a Standard load balancer has at most 5,000 instances.",
	},
	{
		ID: BalancersPerSubscription, Era: Current, Since: "2016-03-30",
		Limit: 1000, Unit: "load balancers",
		Source: "LIMITS", Sure: Documented,
		Text: "A subscription has at most 1,000 load balancers.",
	},
	{
		ID: OutboundRules, Era: Current, Since: "2017-12-01",
		Limit: 600, Unit: "outbound rules",
		Source: "LIMITS", Sure: Documented,
		Text: "A Standard load balancer has at most 600 outbound rules.",
	},
	{
		ID: BasicBalancerRetired, Era: Current, Since: "2016-03-30",
		Source: "LEARN:load-balancer/load-balancer-standard-virtual-machine-scale-sets", Sure: Documented,
		Text: "The Basic load balancer was retired on 30 September 2025.",
	},
	{
		ID: LargeSetStandardBalancer, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "A scale set with several placement groups cannot use a Basic load balancer; use a Standard one, with a security group that allows the traffic, or an Application Gateway.",
	},
	{
		ID: ZonalStandardBalancer, Era: Current, Since: "2017-12-01",
		Source: "openshift/openshift-azure#495", Sure: Documented,
		Text: "A zonal scale set needs a Standard load balancer and Standard public addresses.",
	},
	{
		ID: LargeSetOneSubnet, Era: Current, Since: "2016-04-30-preview",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "A scale set with several placement groups is in one subnet.",
	},
	{
		ID: ApplicationGatewaySubnet, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-networking", Sure: Documented,
		Text: "An Application Gateway is in the virtual network of the scale set, in another subnet.",
	},
	{
		ID: SubnetHeadroom, Era: Current, Since: "2016-03-30",
		Limit: Headroom, Unit: "percent above the target",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "Make the subnet about 20% larger than the target capacity, because the extra instances of overprovisioning temporarily use addresses.",
	},
	{
		ID: OneVirtualNetwork, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-networking", Sure: Documented,
		Text: "All network interfaces of an instance are in one virtual network; a scale set cannot be moved to another one.",
	},
	{
		ID: OnePrimaryNIC, Era: Both, Since: "2015-06-15",
		Source: "TF", Sure: Documented,
		Text: "Of several network interfaces exactly one is primary.",
	},
	{
		ID: NICsMax, Era: Current, Since: "2017-03-30",
		Limit: 8, Unit: "network interfaces",
		Source: "CD:virtual-machine-scale-sets-networking", Sure: Documented,
		Text: "An instance has at most 8 network interfaces; small sizes have fewer.",
	},
	{
		ID: SecurityGroupOpens, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-networking", Sure: Documented,
		Text: "Standard load balancers and addresses block inbound traffic until a network security group allows it; a network interface configuration can refer to one.",
	},
	{
		ID: NoInstanceAddressesPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Instances have no public addresses; reach them through a load balancer or another virtual machine in the virtual network.",
	},
	{
		ID: InstanceAddresses, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-networking", Sure: Documented,
		Text: "From API version 2017-03-30 on, publicIPAddressConfiguration gives each instance a public address; its SKU matches the load balancer.",
	},
	{
		ID: InstanceAddressesMax, Era: Current, Since: "2017-03-30",
		Limit: 500, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-networking", Sure: Documented,
		Text: "If instances have public addresses, keep the scale set at 500 instances or fewer.",
	},
	{
		ID: InstanceAddressIdle, Era: Current, Since: "2017-03-30",
		Limit: 32, Unit: "minutes",
		Source: "TF", Sure: Documented,
		Text: "The idle timeout of an instance's public address is 4 to 32 minutes.",
	},
	{
		ID: InstanceDNS, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-networking", Sure: Documented,
		Text: "The DNS name of an instance consists of its name, its index and the domain name label.",
	},
	{
		ID: FlexibleOutbound, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "Instances of a Flexible scale set have no default outbound access; they need a NAT gateway, a Standard load balancer with outbound rules, a route to a firewall, or public addresses.",
	},
	{
		ID: FlexibleNetworkAPI, Era: Current, Since: "2021-03-01",
		Source: "SCH:2021-03-01", Sure: Documented,
		Text: "A Flexible scale set sets networkApiVersion to 2020-11-01 or later.",
	},
	{
		ID: Jumpbox, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A virtual machine with a public address in the virtual network of the scale set can reach all instances by their private addresses.",
	},
	{
		ID: PrivateAddressesDynamic, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "Private addresses of instances are always dynamic.",
	},
	{
		ID: IPConfigurationSubnet, Era: Both, Since: "2015-06-15", Until: "2016-03-30",
		Source: "SCH:2015-06-15", Sure: Documented,
		Text: "In API versions 2015-06-15 and 2016-03-30, an IP configuration needs a subnet.",
	},
	{
		ID: BalancerPortsUnique, Era: Both, Since: "2015-06-15",
		Source: "SCH:2023-11-01/Microsoft.Network.NRP", Sure: Documented,
		Text: "The frontend port of a load-balancing rule or an inbound NAT rule is unique in its load balancer, per frontend and protocol.",
	},
	{
		ID: BalancerIdleTimeout, Era: Both, Since: "2015-06-15",
		Limit: 30, Unit: "minutes",
		Source: "SCH:2023-11-01/Microsoft.Network.NRP", Sure: Documented,
		Text: "The idle timeout of a load-balancing rule or an inbound NAT rule is 4 to 30 minutes, 4 by default.",
		Note: "Standard load balancers now allow up to 100 minutes.",
	},
	{
		ID: BalancerFrontend, Era: Both, Since: "2015-06-15",
		Source: "LEARN:load-balancer/components", Sure: Documented,
		Text: "A frontend of a load balancer has either a public address or an address of a subnet.",
	},
	{
		ID: BalancerAddressSKU, Era: Current, Since: "2017-03-30",
		Source: "LEARN:virtual-network/ip-services/public-ip-addresses", Sure: Documented,
		Text: "A load balancer and its public addresses have the same SKU; the default of both is Basic.",
	},
	{
		ID: FlexibleStandardBalancer, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set cannot use a Basic load balancer.",
	},
	{
		ID: InternalBalancerOutbound, Era: Current, Since: "2017-12-01",
		Source: "LEARN:load-balancer/load-balancer-outbound-connections", Sure: Documented,
		Text: "Instances that are only behind an internal Standard load balancer have no outbound access without a NAT gateway, outbound rules or public addresses.",
	},
	{
		ID: BasicAddressRetired, Era: Current, Since: "2016-03-30",
		Source: "LEARN:virtual-network/ip-services/public-ip-basic-upgrade-guidance", Sure: Documented,
		Text: "Public addresses of the Basic SKU were retired on 30 September 2025.",
	},
	{
		ID: ReferencedPartExists, Era: Both, Since: "2015-06-15",
		Source: "LEARN:azure-resource-manager/troubleshooting/error-not-found", Sure: Documented,
		Text: "A resource that is referenced by its id already exists, or the deployment creates it first.",
	},
	{
		ID: SubnetReserved, Era: Both, Since: "2015-06-15",
		Limit: 5, Unit: "addresses",
		Source: "LEARN:virtual-network/virtual-networks-faq", Sure: Documented,
		Text: "Five addresses of each subnet are reserved; each instance uses one per IP configuration.",
	},
	{
		ID: SubnetRanges, Era: Both, Since: "2015-06-15",
		Limit: 29, Unit: "bits of prefix",
		Source: "LEARN:virtual-network/virtual-networks-faq", Sure: Documented,
		Text: "The range of a subnet is in CIDR notation, is within the address space of its virtual network, does not overlap another subnet, and is /29 or larger.",
	},
	{
		ID: SecurityRulePriority, Era: Both, Since: "2015-06-15",
		Limit: 4096, Unit: "priority",
		Source: "LEARN:virtual-network/network-security-groups-overview", Sure: Documented,
		Text: "The priority of a security rule is 100 to 4096, and unique per security group and direction.",
	},
	{
		ID: ManagementPorts, Era: Both, Since: "2015-06-15",
		Source: "LEARN:security/fundamentals/network-best-practices", Sure: Documented,
		Text: "Do not open the SSH and RDP ports, 22 and 3389, to the whole Internet.",
	},
}
