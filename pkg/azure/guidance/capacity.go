package guidance

// Statements about capacity: the number of instances of a scale set, a network,
// a region.
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
		Text: "A scale set with a platform image has at most 100 instances in one placement group, and its disks are spread over several storage accounts.",
	},
	{
		ID: CustomImageMax, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 40, Unit: "instances",
		Source: "SEED", Sure: Documented,
		Text: "A scale set with a custom image has at most 40 instances, because all of its disks are in the storage account of the image.",
	},
	{
		ID: CustomImageOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 20, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "With a custom image in your own storage account and overprovisioning on, plan for at most 20 instances.",
		Note: "Documented since April 2016.",
	},
	{
		ID: CustomImageNotOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 40, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "With a custom image in your own storage account and overprovisioning off, a scale set has at most 40 instances.",
		Note: "Documented since April 2016.",
	},
	{
		ID: ManagedImageMax, Era: Current, Since: "2017-03-30",
		Limit: 600, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "A scale set with a managed image has at most 600 instances.",
		Note: "The limit was 100 in early 2017 and 300 in mid-2017.",
	},
	{
		ID: MarketplaceImageMax, Era: Current, Since: "2017-03-30",
		Limit: 1000, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "A scale set with managed disks and a Marketplace or Compute Gallery image has at most 1,000 instances in several placement groups.",
	},
	{
		ID: UnmanagedDisksMax, Era: Current, Since: "2016-04-30-preview",
		Limit: 100, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "A scale set with disks in your own storage accounts has at most 100 instances; five accounts are recommended.",
	},
	{
		ID: PlacementGroupMax, Era: Current, Since: "2016-04-30-preview",
		Limit: 100, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "A placement group has at most 100 instances; singlePlacementGroup is true unless the template sets it to false.",
	},
	{
		ID: PlacementGroupZonalDefault, Era: Current, Since: "2017-12-01",
		Source: "CD:virtual-machine-scale-sets-use-availability-zones", Sure: Documented,
		Text: "From API version 2017-12-01 on, a zonal scale set has several placement groups by default, and a regional one has one.",
	},
	{
		ID: ZonalPlacementGroupMax, Era: Current, Since: "2017-12-01",
		Limit: 100, Unit: "instances for each zone",
		Source: "Azure/azure-cli#9630", Sure: Inferred,
		Text: "A zonal scale set with one placement group can have 100 instances in each of its zones.",
		Note: "Only one page says so; used as the limit so that no valid template is reported.",
	},
	{
		ID: PlacementGroupOneWay, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2023-09-01", Sure: Documented,
		Text: "singlePlacementGroup can be changed from true to false, but not back.",
	},
	{
		ID: LargeSetManagedDisks, Era: Current, Since: "2016-04-30-preview",
		Limit: 20, Unit: "instances for each storage account",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "A scale set with several placement groups needs managed disks; with your own storage accounts it needs one for every 20 instances.",
	},
	{
		ID: LargeSetInfiniBand, Era: Current, Since: "2016-04-30-preview",
		Source: "CD:virtual-machine-scale-sets-placement-groups", Sure: Documented,
		Text: "InfiniBand and RDMA work only within a placement group.",
	},
	{
		ID: InfiniBandClusterMax, Era: Current, Since: "2017-03-30",
		Limit: 100, Unit: "nodes",
		Source: "LIMITS", Sure: Documented,
		Text: "An InfiniBand cluster in one placement group has at most 100 nodes.",
	},
	{
		ID: RegionCreateMax, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 500, Unit: "instances",
		Source: "SEED", Sure: Documented,
		Text: "Do not create more than 500 instances at a time in several scale sets of one region.",
		Note: "The page of April 2016 gives the limit per ten minutes; later pages do not have it.",
	},
	{
		ID: VirtualNetworkMaxPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 2048, Unit: "instances",
		Source: "SEED", Sure: Documented,
		Text: "Plan for no more than 2,048 instances in one virtual network; the limit was to be increased.",
	},
	{
		ID: VirtualNetworkMax, Era: Current, Since: "2016-03-30", Until: "2016-04-30-preview",
		Limit: 4096, Unit: "instances",
		Source: "JULY2016", Sure: Documented,
		Text: "Plan for no more than 4,096 instances in one virtual network.",
		Note: "Documented in July 2016; later pages give no limit.",
	},
	{
		ID: CoreQuota, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "The core quota of the region limits how many instances can be created; az vm list-usage shows it, and Azure support can raise it.",
	},
	{
		ID: RegionVMMax, Era: Current, Since: "2016-03-30",
		Limit: 25000, Unit: "virtual machines",
		Source: "LIMITS", Sure: Documented,
		Text: "A subscription has at most 25,000 virtual machines in one region.",
	},
	{
		ID: ScaleSetsPerRegion, Era: Current, Since: "2016-03-30",
		Limit: 2500, Unit: "scale sets",
		Source: "LIMITS", Sure: Documented,
		Text: "A subscription has at most 2,500 scale sets in one region.",
		Note: "The limit was 200 in 2016 and 2,000 in 2017.",
	},
	{
		ID: SubscriptionLimits, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "The general limits of a subscription apply to scale sets too.",
	},
	{
		ID: OverprovisionDefault, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "Overprovisioning is on by default from API version 2016-03-30 on, in Uniform orchestration only.",
	},
	{
		ID: OverprovisionFree, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "The extra instances of overprovisioning are deleted when enough instances have succeeded; they are not billed and do not count against the quota.",
	},
	{
		ID: OverprovisionSurplus, Era: Current, Since: "2016-03-30",
		Source: "Azure/azure-powershell#5657", Sure: Recorded,
		Text: "While overprovisioning is in progress, there are up to twice as many instances as the capacity; they use ids, addresses and NAT ports.",
	},
	{
		ID: OverprovisionStateful, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "Turn overprovisioning off for stateful software, and for software that is licensed per machine.",
	},
	{
		ID: OverprovisionExtensions, Era: Current, Since: "2018-10-01",
		Source: "SCH:2018-10-01", Sure: Documented,
		Text: "With doNotRunExtensionsOnOverprovisionedVMs, extensions do not run on the extra instances of overprovisioning.",
	},
	{
		ID: FlexibleMax, Era: Current, Since: "2021-03-01",
		Limit: 1000, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set has at most 1,000 instances.",
	},
	{
		ID: FlexibleFixedDomainsMax, Era: Current, Since: "2021-03-01",
		Limit: 200, Unit: "instances",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set with more than one fault domain and a size without memory-preserving maintenance has at most 200 instances.",
	},
	{
		ID: ScaleOnlyTemplate, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A redeployment that only changes the capacity can contain just the SKU with the new capacity.",
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
		Text: "Above the limit of one placement group, Azure returns OperationNotAllowed and gives the limit of 100.",
	},
}
