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
		Text: "A scale set is an implicit availability set with 3 fault domains and 5 update domains; do not configure one in the profile.",
		Note: "Since April 2016 the documentation says 5 fault domains.",
	},
	{
		ID: ImplicitAvailabilitySetCurrent, Era: Current, Since: "2016-03-30",
		Limit: 5, Unit: "fault domains",
		Source: "JULY2016", Sure: Documented,
		Text: "A placement group is an implicit availability set with 5 fault domains and 5 update domains; do not configure one in the profile.",
		Note: "Documented since April 2016.",
	},
	{
		ID: SingleAvailabilitySet, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A scale set is a single availability set; spanning several was planned for a later release.",
	},
	{
		ID: DomainsPerPlacementGroup, Era: Current, Since: "2016-04-30-preview",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "The numbers of fault domains and update domains apply within one placement group.",
	},
	{
		ID: AvailabilitySetMax, Era: Current, Since: "2016-03-30",
		Limit: 200, Unit: "virtual machines",
		Source: "LIMITS", Sure: Documented,
		Text: "An availability set has at most 200 virtual machines.",
	},
	{
		ID: FaultDomainsUniformRegional, Era: Current, Since: "2017-12-01",
		Limit: 5, Unit: "fault domains",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A regional Uniform scale set has 1 to 5 fault domains, 5 by default.",
		Note: "Older documentation says 1, 2, 3 or 5.",
	},
	{
		ID: FaultDomainsUniformZonal, Era: Current, Since: "2017-12-01",
		Limit: 5, Unit: "fault domains",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A zonal Uniform scale set has 1 or 5 fault domains, 1 by default.",
	},
	{
		ID: FaultDomainsFlexibleRegional, Era: Current, Since: "2021-03-01",
		Limit: 3, Unit: "fault domains",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A regional Flexible scale set has 1 to 3 fault domains, 1 by default.",
	},
	{
		ID: FaultDomainsFlexibleZonal, Era: Current, Since: "2021-03-01",
		Limit: 1, Unit: "fault domain",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "A zonal Flexible scale set has 1 fault domain.",
	},
	{
		ID: MaxSpreading, Era: Current, Since: "2017-12-01",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "Maximum spreading (platformFaultDomainCount 1) is recommended and needs singlePlacementGroup false.",
	},
	{
		ID: FaultDomainsFixed, Era: Current, Since: "2017-12-01",
		Source: "MicrosoftDocs/azure-docs#108952", Sure: Recorded,
		Text: "platformFaultDomainCount cannot be changed: Azure returns PropertyChangeNotAllowed.",
	},
	{
		ID: UpdateDomainsNotSettable, Era: Current, Since: "2016-03-30",
		Limit: 5, Unit: "update domains",
		Source: "MicrosoftDocs/azure-docs#13194", Sure: Documented,
		Text: "A Uniform scale set has 5 update domains, and the number cannot be configured; platformUpdateDomainCount belongs to availability sets.",
	},
	{
		ID: ZonesAll, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "Use all zones of a region where possible.",
	},
	{
		ID: ZoneBalance, Era: Current, Since: "2017-12-01",
		Source: "Azure/azure-powershell#6012", Sure: Documented,
		Text: "zoneBalance needs at least two zones.",
	},
	{
		ID: ZoneBalanceBestEffort, Era: Current, Since: "2017-12-01",
		Source: "APRL", Sure: Documented,
		Text: "Prefer best-effort zone balance: with strict balance, a scale-out that would break the balance fails.",
	},
	{
		ID: ZonesOneWay, Era: Current, Since: "2023-03-01",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "Zones can be added from API version 2023-03-01 on, but not removed; the scale set then has 1 or 5 fault domains.",
	},
	{
		ID: AutomaticZoneBalance, Era: Current, Since: "2024-11-01",
		Source: "CD:auto-zone-balance-overview", Sure: Documented,
		Text: "Automatic zone balance needs health monitoring, at least two zones, no regional instances and no strict zoneBalance.",
	},
	{
		ID: FlexibleMinimumAPI, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "Flexible orchestration needs API version 2021-03-01 or later.",
	},
	{
		ID: FlexibleLacks, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set does not support singlePlacementGroup true, overprovisioning, unmanaged disks, a Basic load balancer, inbound NAT pools, health by load balancer probe, or Service Fabric.",
	},
	{
		ID: FlexibleDefault, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-scale-in-policy", Sure: Documented,
		Text: "Azure CLI and PowerShell create Flexible scale sets by default since November 2023; templates do not.",
	},
	{
		ID: ScaleInEvenPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A scale-in removes instances evenly across update domains and fault domains.",
	},
	{
		ID: ScaleOutRefillPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "After a change from 20 to 15 and then to 18, instances 15, 16 and 17 are created.",
	},
	{
		ID: ScaleInDefault, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "A scale-in removes instances evenly across zones and fault domains, highest ids first; after a change from 20 to 15, a change to 18 creates 20, 21 and 22.",
		Note: "Documented since July 2016; the page of April 2016 still says 15, 16 and 17.",
	},
	{
		ID: ScaleBalanced, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Scaling out and in keeps instances balanced across fault domains and update domains.",
	},
	{
		ID: ServiceFabricOverprovision, Era: Current, Since: "2016-03-30",
		Source: "hashicorp/terraform-provider-azurerm#11360", Sure: Recorded,
		Text: "The Service Fabric extension rejects a scale set with overprovisioning.",
	},
}
