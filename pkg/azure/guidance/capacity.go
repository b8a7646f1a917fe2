package guidance

// Statements about capacity: how many instances a scale set, a network, a region may hold.
const (
	PlatformImageMax              ID = "platform-image-max"
	CustomImageMax                ID = "custom-image-max"
	CustomImageOverprovisioned    ID = "custom-image-overprovisioned"
	CustomImageNotOverprovisioned ID = "custom-image-not-overprovisioned"
	ManagedImageMax               ID = "managed-image-max"
	MarketplaceImageMax           ID = "marketplace-image-max"
	UnmanagedDisksMax             ID = "unmanaged-disks-max"
	PlacementGroupMax             ID = "placement-group-max"
	PlacementGroupZonalDefault    ID = "placement-group-zonal-default"
	ZonalPlacementGroupMax        ID = "zonal-placement-group-max"
	PlacementGroupOneWay          ID = "placement-group-one-way"
	LargeSetManagedDisks          ID = "large-set-managed-disks"
	LargeSetInfiniBand            ID = "large-set-infiniband"
	InfiniBandClusterMax          ID = "infiniband-cluster-max"
	RegionCreateMax               ID = "region-create-max"
	VirtualNetworkMaxPreview      ID = "virtual-network-max-preview"
	VirtualNetworkMax             ID = "virtual-network-max"
	CoreQuota                     ID = "core-quota"
	RegionVMMax                   ID = "region-vm-max"
	ScaleSetsPerRegion            ID = "scale-sets-per-region"
	SubscriptionLimits            ID = "subscription-limits"
	OverprovisionDefault          ID = "overprovision-default"
	OverprovisionFree             ID = "overprovision-free"
	OverprovisionSurplus          ID = "overprovision-surplus"
	OverprovisionStateful         ID = "overprovision-stateful"
	OverprovisionExtensions       ID = "overprovision-extensions"
	FlexibleMax                   ID = "flexible-max"
	FlexibleFixedDomainsMax       ID = "flexible-fixed-domains-max"
	ScaleOnlyTemplate             ID = "scale-only-template"
	CapacityRedeploy              ID = "capacity-redeploy"
	FailureOfCapacity             ID = "failure-of-capacity"
)

var capacityStatements = []Statement{
	{
		ID: PlatformImageMax, Era: Both, Since: "2015-06-15",
		Limit: 100, Unit: "instances",
		Source: "SEED", Sure: Documented,
		Text: "A scale set of a platform image holds at most 100 instances in one placement group, its disks spread over several storage accounts.",
	},
	{
		ID: CustomImageMax, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 40, Unit: "instances",
		Source: "SEED", Sure: Documented,
		Text: "A scale set of a custom image holds at most 40 instances, because all of its disks lie in the one storage account of the image.",
	},
	{
		ID: CustomImageOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 20, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "With a custom image in a storage account of yours and overprovisioning on, plan for at most 20 instances.",
		Note: "Since the page of April 2016.",
	},
	{
		ID: CustomImageNotOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 40, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "With a custom image in a storage account of yours and overprovisioning off, a set holds at most 40 instances.",
		Note: "Since the page of April 2016.",
	},
	{
		ID: ManagedImageMax, Era: Current, Since: "2017-03-30",
		Limit: 600, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "A scale set of a managed image holds at most 600 instances.",
		Note: "100 in early 2017 and 300 in the middle of 2017.",
	},
	{
		ID: MarketplaceImageMax, Era: Current, Since: "2017-03-30",
		Limit: 1000, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "A scale set of a Marketplace or Compute Gallery image with managed disks holds at most 1,000 instances in several placement groups.",
	},
	{
		ID: UnmanagedDisksMax, Era: Current, Since: "2016-04-30-preview",
		Limit: 100, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "A scale set with disks in storage accounts of yours holds at most 100 instances; five accounts are recommended.",
	},
	{
		ID: PlacementGroupMax, Era: Current, Since: "2016-04-30-preview",
		Limit: 100, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "One placement group holds at most 100 instances; singlePlacementGroup is true unless the template says otherwise.",
	},
	{
		ID: PlacementGroupZonalDefault, Era: Current, Since: "2017-12-01",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "From API version 2017-12-01 on, a zonal set has several placement groups by default, a regional set one.",
	},
	{
		ID: ZonalPlacementGroupMax, Era: Current, Since: "2017-12-01",
		Limit: 100, Unit: "instances for each zone",
		Source: "Azure/azure-cli#9630", Sure: Inferred,
		Text: "A zonal set with one placement group may hold 100 instances in each of its zones.",
		Note: "One remark only; taken as the limit, so that nothing that deploys is refused.",
	},
	{
		ID: PlacementGroupOneWay, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2023-09-01", Sure: Documented,
		Text: "singlePlacementGroup may change from true to false, never back.",
	},
	{
		ID: LargeSetManagedDisks, Era: Current, Since: "2016-04-30-preview",
		Limit: 20, Unit: "instances for each storage account",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "A set of several placement groups needs managed disks; with storage accounts of yours it needs one for every 20 instances.",
	},
	{
		ID: LargeSetInfiniBand, Era: Current, Since: "2016-04-30-preview",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "InfiniBand and RDMA do not reach over the borders of a placement group.",
	},
	{
		ID: InfiniBandClusterMax, Era: Current, Since: "2017-03-30",
		Limit: 100, Unit: "nodes",
		Source: "AD:includes/azure-virtual-machine-scale-sets-limits.md", Sure: Documented,
		Text: "An InfiniBand cluster of one placement group has at most 100 nodes.",
	},
	{
		ID: RegionCreateMax, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 500, Unit: "instances",
		Source: "SEED", Sure: Documented,
		Text: "Create no more than 500 instances at a time in several scale sets of one region.",
		Note: "Still on the page of April 2016, then per ten minutes; gone in July 2016.",
	},
	{
		ID: VirtualNetworkMaxPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 2048, Unit: "instances",
		Source: "SEED", Sure: Documented,
		Text: "Plan for no more than 2,048 instances in one virtual network; the number was to be raised.",
	},
	{
		ID: VirtualNetworkMax, Era: Current, Since: "2016-03-30", Until: "2016-04-30-preview",
		Limit: 4096, Unit: "instances",
		Source: "AD:virtual-machine-scale-sets/virtual-machine-scale-sets-overview.md", Sure: Documented,
		Text: "Plan for no more than 4,096 instances in one virtual network.",
		Note: "Page of July 2016; later pages name no number.",
	},
	{
		ID: CoreQuota, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "The quota of compute cores of the region bounds how many instances can be created; az vm list-usage shows it, support raises it.",
	},
	{
		ID: RegionVMMax, Era: Current, Since: "2016-03-30",
		Limit: 25000, Unit: "virtual machines",
		Source: "AD:includes/azure-vm-limits.md", Sure: Documented,
		Text: "A subscription holds at most 25,000 virtual machines in one region.",
	},
	{
		ID: ScaleSetsPerRegion, Era: Current, Since: "2016-03-30",
		Limit: 2500, Unit: "scale sets",
		Source: "AD:includes/azure-virtual-machine-scale-sets-limits.md", Sure: Documented,
		Text: "A subscription holds at most 2,500 scale sets in one region.",
		Note: "200 in 2016, 2,000 in 2017.",
	},
	{
		ID: SubscriptionLimits, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "The general limits of a subscription hold for scale sets as well.",
	},
	{
		ID: OverprovisionDefault, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "Overprovisioning is on unless the template turns it off, from API version 2016-03-30 on, in Uniform orchestration only.",
	},
	{
		ID: OverprovisionFree, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "Instances that overprovisioning creates are deleted when enough have succeeded; they cost nothing and count against no quota.",
	},
	{
		ID: OverprovisionSurplus, Era: Current, Since: "2016-03-30",
		Source: "Azure/azure-powershell#5657", Sure: Recorded,
		Text: "While overprovisioning works, there are up to twice as many instances as asked for; they take ids, addresses and NAT ports.",
	},
	{
		ID: OverprovisionStateful, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "Turn overprovisioning off for stateful software and for software whose licence counts machines.",
	},
	{
		ID: OverprovisionExtensions, Era: Current, Since: "2018-10-01",
		Source: "SCH:2018-10-01", Sure: Documented,
		Text: "doNotRunExtensionsOnOverprovisionedVMs keeps extensions off the surplus instances.",
	},
	{
		ID: FlexibleMax, Era: Current, Since: "2021-03-01",
		Limit: 1000, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set holds at most 1,000 instances.",
	},
	{
		ID: FlexibleFixedDomainsMax, Era: Current, Since: "2021-03-01",
		Limit: 200, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set with more than one fault domain, of a size without memory-preserving maintenance, holds at most 200 instances.",
	},
	{
		ID: ScaleOnlyTemplate, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A redeployment that only changes the capacity may carry nothing but the SKU with the new capacity.",
	},
	{
		ID: CapacityRedeploy, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "To scale, change the capacity and deploy the template again.",
	},
	{
		ID: FailureOfCapacity, Era: Current, Since: "2016-03-30",
		Limit: 100, Unit: "instances",
		Source: "hashicorp/terraform-azurerm-nomad#6", Sure: Recorded,
		Text: "Above the limit of one placement group the service answers OperationNotAllowed and names the limit of 100.",
	},
}
