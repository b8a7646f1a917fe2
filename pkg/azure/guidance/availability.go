package guidance

// Statements about availability: fault domains, zones, placement and orchestration.
const (
	ImplicitAvailabilitySet        ID = "implicit-availability-set"
	ImplicitAvailabilitySetCurrent ID = "implicit-availability-set-current"
	SingleAvailabilitySet          ID = "single-availability-set"
	DomainsPerPlacementGroup       ID = "domains-per-placement-group"
	AvailabilitySetMax             ID = "availability-set-max"
	FaultDomainsUniformRegional    ID = "fault-domains-uniform-regional"
	FaultDomainsUniformZonal       ID = "fault-domains-uniform-zonal"
	FaultDomainsFlexibleRegional   ID = "fault-domains-flexible-regional"
	FaultDomainsFlexibleZonal      ID = "fault-domains-flexible-zonal"
	MaxSpreading                   ID = "max-spreading"
	FaultDomainsFixed              ID = "fault-domains-fixed"
	UpdateDomainsNotSettable       ID = "update-domains-not-settable"
	ZonesAll                       ID = "zones-all"
	ZoneBalance                    ID = "zone-balance"
	ZoneBalanceBestEffort          ID = "zone-balance-best-effort"
	ZonesOneWay                    ID = "zones-one-way"
	AutomaticZoneBalance           ID = "automatic-zone-balance"
	FlexibleMinimumAPI             ID = "flexible-minimum-api"
	FlexibleLacks                  ID = "flexible-lacks"
	FlexibleDefault                ID = "flexible-default"
	ScaleInEvenPreview             ID = "scale-in-even-preview"
	ScaleOutRefillPreview          ID = "scale-out-refill-preview"
	ScaleInDefault                 ID = "scale-in-default"
	ScaleBalanced                  ID = "scale-balanced"
	ServiceFabricOverprovision     ID = "service-fabric-overprovision"
)

var availabilityStatements = []Statement{
	{
		ID: ImplicitAvailabilitySet, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 3, Unit: "fault domains",
		Source: "SEED", Sure: Documented,
		Text: "A scale set is an implicit availability set of 3 fault domains and 5 update domains; nothing is to be configured in the profile.",
		Note: "5 fault domains since the page of April 2016.",
	},
	{
		ID: ImplicitAvailabilitySetCurrent, Era: Current, Since: "2016-03-30",
		Limit: 5, Unit: "fault domains",
		Source: "AD:virtual-machine-scale-sets/virtual-machine-scale-sets-overview.md", Sure: Documented,
		Text: "A placement group is an implicit availability set of 5 fault domains and 5 update domains; nothing is to be configured in the profile.",
		Note: "Since the page of April 2016.",
	},
	{
		ID: SingleAvailabilitySet, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A scale set is one availability set; spanning several is for later.",
	},
	{
		ID: DomainsPerPlacementGroup, Era: Current, Since: "2016-04-30-preview",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "Numbers of fault and update domains mean something only within one placement group.",
	},
	{
		ID: AvailabilitySetMax, Era: Current, Since: "2016-03-30",
		Limit: 200, Unit: "virtual machines",
		Source: "AD:includes/azure-vm-limits.md", Sure: Documented,
		Text: "An availability set has at most 200 virtual machines.",
	},
	{
		ID: FaultDomainsUniformRegional, Era: Current, Since: "2017-12-01",
		Limit: 5, Unit: "fault domains",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A regional Uniform set has 1 to 5 fault domains, 5 by default.",
		Note: "Older text gives 1, 2, 3 and 5.",
	},
	{
		ID: FaultDomainsUniformZonal, Era: Current, Since: "2017-12-01",
		Limit: 5, Unit: "fault domains",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A zonal Uniform set has 1 or 5 fault domains, 1 by default.",
	},
	{
		ID: FaultDomainsFlexibleRegional, Era: Current, Since: "2021-03-01",
		Limit: 3, Unit: "fault domains",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A regional Flexible set has 1 to 3 fault domains, 1 by default.",
	},
	{
		ID: FaultDomainsFlexibleZonal, Era: Current, Since: "2021-03-01",
		Limit: 1, Unit: "fault domain",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A zonal Flexible set has 1 fault domain.",
	},
	{
		ID: MaxSpreading, Era: Current, Since: "2017-12-01",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "platformFaultDomainCount 1, maximum spreading, is recommended and needs singlePlacementGroup false.",
	},
	{
		ID: FaultDomainsFixed, Era: Current, Since: "2017-12-01",
		Source: "MicrosoftDocs/azure-docs#108952", Sure: Recorded,
		Text: "platformFaultDomainCount cannot be changed: the service answers PropertyChangeNotAllowed.",
	},
	{
		ID: UpdateDomainsNotSettable, Era: Current, Since: "2016-03-30",
		Limit: 5, Unit: "update domains",
		Source: "MicrosoftDocs/azure-docs#13194", Sure: Documented,
		Text: "A Uniform set has 5 update domains, which cannot be set; platformUpdateDomainCount belongs to availability sets.",
	},
	{
		ID: ZonesAll, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "Use all zones of a region where possible.",
	},
	{
		ID: ZoneBalance, Era: Current, Since: "2017-12-01",
		Source: "Azure/azure-powershell#6012", Sure: Documented,
		Text: "zoneBalance needs two zones or more.",
	},
	{
		ID: ZoneBalanceBestEffort, Era: Current, Since: "2017-12-01",
		Source: "APRL", Sure: Documented,
		Text: "Prefer best-effort zone balance: the strict one makes a scale-out fail that would break the balance.",
	},
	{
		ID: ZonesOneWay, Era: Current, Since: "2023-03-01",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "Zones can be added from API version 2023-03-01 on, never taken away; the set then has 1 or 5 fault domains.",
	},
	{
		ID: AutomaticZoneBalance, Era: Current, Since: "2024-11-01",
		Source: "CD:auto-zone-balance-overview", Sure: Documented,
		Text: "Automatic zone balance needs health monitoring, two zones or more, no regional instances and no strict zoneBalance.",
	},
	{
		ID: FlexibleMinimumAPI, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "Flexible orchestration needs API version 2021-03-01 or later.",
	},
	{
		ID: FlexibleLacks, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible set has no singlePlacementGroup true, no overprovisioning, no unmanaged disks, no Basic load balancer, no inbound NAT pool, no health by load balancer probe, no Service Fabric.",
	},
	{
		ID: FlexibleDefault, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-scale-in-policy", Sure: Documented,
		Text: "Command line tools create Flexible sets by default since November 2023; templates do not.",
	},
	{
		ID: ScaleInEvenPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A smaller capacity removes instances evenly over update domains and fault domains.",
	},
	{
		ID: ScaleOutRefillPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "From 20 to 15 and then to 18, instances 15, 16 and 17 are created.",
	},
	{
		ID: ScaleInDefault, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "A smaller capacity removes instances evenly over zones and fault domains, highest ids first; from 15 to 18 then creates 20, 21 and 22.",
		Note: "Page of July 2016; that of April 2016 still gave 15, 16 and 17.",
	},
	{
		ID: ScaleBalanced, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Scaling out and in keeps instances balanced over fault and update domains.",
	},
	{
		ID: ServiceFabricOverprovision, Era: Current, Since: "2016-03-30",
		Source: "hashicorp/terraform-provider-azurerm#11360", Sure: Recorded,
		Text: "The Service Fabric extension refuses a set with overprovisioning.",
	},
}
