package requirements

const (
	setType     = "Microsoft.Compute/virtualMachineScaleSets"
	machineType = "Microsoft.Compute/virtualMachines"

	setPage     = learn + "templates/microsoft.compute/virtualmachinescalesets"
	machinePage = learn + "templates/microsoft.compute/virtualmachines"
)

var (
	// The model of a scale set, and the whole resource.
	sets     = []Place{{setType, "properties"}}
	setRoots = []Place{{setType, ""}}
	machines = []Place{{machineType, "properties"}}
	// The profile of the instances of a scale set or of a machine.
	profiles    = []Place{{setType, "properties.virtualMachineProfile"}, {machineType, "properties"}}
	setProfiles = []Place{{setType, "properties.virtualMachineProfile"}}
	roots       = []Place{{setType, ""}, {machineType, ""}}
)

var scaleSetRows = []Row{
	{"orchestration-mode-version", sets, "", "!orchestrationMode present", "api >= 2020-12-01", Reported, issue + "Azure/azure-cli/issues/18855", "Older API versions do not know this property and reject it.", ""},
	{"upgrade-policy-missing", sets, "", "uniform; ?virtualMachineProfile.storageProfile present; ?virtualMachineProfile.osProfile present; ?virtualMachineProfile.networkProfile present", "upgradePolicy present", Reported, issue + "MicrosoftDocs/azure-docs/issues/74002", "A Uniform scale set says how changes of its model reach the instances.", "Add `upgradePolicy` with a `mode`."},
	{"upgrade-mode-missing", sets, "upgradePolicy", "uniform", "mode present", Reported, issue + "Azure/azure_preview_modules/issues/259", "A Uniform scale set says how changes of its model reach the instances.", "Add `mode`: Manual, Automatic or Rolling."},
	{"capacity-negative", setRoots, "", "", "sku.capacity >= 0", Reported, issue + "Azure/vm-scale-sets/issues/70", "A scale set cannot have a negative number of instances.", "Leave `capacity` out to keep the number of instances, or write 0 or more."},
	{"constrained-maximum-capacity", sets, "", "", "constrainedMaximumCapacity = true", Reported, issue + "Azure/Azure-Verified-Modules/issues/2888", "This property is either true or not written at all.", "Remove `constrainedMaximumCapacity`, or set it to true."},
	{"zone-balance-false", sets, "", "zoneBalance = false; /zones count < 2", "zoneBalance absent", Reported, issue + "Azure/azure-rest-api-specs/issues/11805", "Azure rejects either value of zoneBalance for a scale set with fewer than two zones.", "Remove `zoneBalance`, or list at least two zones."},
	{"placement-include-exclude", roots, "placement", "includeZones present", "excludeZones absent", Reported, issue + "Azure/azure-cli/issues/33473", "Zones are either listed or excluded.", "Remove one of the two lists."},
	{"placement-zones", roots, "", "placement.zonePlacementPolicy present", "zones absent", Inferred, setPage, "With a zone placement policy Azure chooses the zones.", "Remove `zones` or `placement`."},
	{"placement-include-policy", roots, "placement", "!includeZones present", "zonePlacementPolicy present", Inferred, setPage, "The list of zones supplements the zone placement policy.", ""},
	{"placement-exclude-policy", roots, "placement", "!excludeZones present", "zonePlacementPolicy present", Inferred, setPage, "The list of zones supplements the zone placement policy.", ""},
	{"placement-version", setRoots, "", "!placement present", "api >= 2025-04-01", Documented, setPage, "Scale sets have this property since API version 2025-04-01.", ""},
	{"placement-version-machine", []Place{{machineType, ""}}, "", "!placement present", "api >= 2024-11-01", Documented, machinePage, "Machines have this property since API version 2024-11-01.", ""},
	{"zone-count-policy", sets, "", "!resiliencyPolicy.zoneAllocationPolicy.maxZoneCount present", "/placement.zonePlacementPolicy present", Ignored, setPage, "A maximum number of zones only counts when Azure chooses the zones.", "Set `placement.zonePlacementPolicy` to Auto."},
	{"sku-profile-mode", sets, "", "!skuProfile present", "flexible", Documented, learn + "virtual-machine-scale-sets/instance-mix-overview", "An instance mix is available to Flexible scale sets only.", ""},
	{"sku-profile-name", sets, "", "skuProfile present", "/sku.name = Mix", Documented, learn + "virtual-machine-scale-sets/instance-mix-overview", "With an instance mix the sizes are those of skuProfile.vmSizes.", ""},
	{"sku-mix-profile", sets, "", "!/sku.name = Mix", "skuProfile present", Documented, learn + "virtual-machine-scale-sets/instance-mix-overview", "Mix is not a size: it stands for the sizes of skuProfile.", "Add `skuProfile` with `vmSizes`, or name a size."},
	{"sku-profile-sizes", sets, "skuProfile", "", "vmSizes count <= 5", Documented, learn + "virtual-machine-scale-sets/instance-mix-overview", "An instance mix takes up to five sizes.", ""},
	{"sku-profile-size-twice", sets, "skuProfile", "", "vmSizes[].name unique", Inferred, learn + "virtual-machine-scale-sets/instance-mix-overview", "Each size of an instance mix is listed once.", ""},
	{"sku-profile-rank", sets, "skuProfile", "!vmSizes[].rank present", "allocationStrategy = Prioritized", Documented, learn + "virtual-machine-scale-sets/instance-mix-overview", "Ranks belong to the allocation strategy Prioritized.", "Set `allocationStrategy` to Prioritized, or remove the ranks."},
	{"sku-profile-host-group", sets, "", "!hostGroup.id present", "skuProfile absent", Inferred, learn + "virtual-machine-scale-sets/instance-mix-overview", "An instance mix cannot be on dedicated hosts.", "Remove `skuProfile` or `hostGroup`."},
	{"sku-profile-reservation", sets, "", "!virtualMachineProfile.capacityReservation.capacityReservationGroup.id present", "skuProfile absent", Inferred, learn + "virtual-machine-scale-sets/instance-mix-overview", "An instance mix cannot use capacity reservations.", "Remove `skuProfile` or `capacityReservation`."},
	{"sku-profile-proximity", sets, "", "!proximityPlacementGroup.id present", "skuProfile absent", Inferred, learn + "virtual-machine-scale-sets/instance-mix-overview", "An instance mix cannot be in a proximity placement group.", "Remove `skuProfile` or `proximityPlacementGroup`."},
	{"user-identity-version", setRoots, "", "!identity.type matches /(?i)UserAssigned/ like UserAssigned", "api >= 2017-12-01", Reported, issue + "MicrosoftDocs/azure-docs/issues/11646", "Older API versions only know system-assigned identities.", ""},
	{"automatic-upgrade-managed-image", sets, "", `upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade = true; !virtualMachineProfile.storageProfile.imageReference.id matches /(?i)\/providers\/Microsoft\.Compute\/images\/[^\/]+$/ like /subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Compute/images/web`, "never automatic OS image upgrades need a platform or gallery image, not a managed image", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/11398", "A managed image has no versions to follow.", "Use an image of a gallery, or turn automatic upgrades off."},
	{"flexible-fault-domains", sets, "", "flexible; ?virtualMachineProfile.storageProfile present", "platformFaultDomainCount present", Reported, issue + "Azure/azure-rest-api-specs/issues/27029", "A Flexible scale set says how many fault domains it has.", "Add `platformFaultDomainCount`; 1 spreads the instances as far as possible."},
	{"ultra-zones", sets, "", "!additionalCapabilities.ultraSSDEnabled = true", "/zones count >= 1", Inferred, learn + "virtual-machines/disks-enable-ultra-ssd", "In most regions Ultra disks are available in zones only.", "Add `zones`."},
	{"flexible-size", sets, "", "flexible", "/sku.name != Standard_B1ls", Reported, issue + "MicrosoftDocs/azure-docs/issues/102050", "Flexible scale sets cannot have instances of this size.", "Choose a larger size."},
	{"flexible-memory-size", sets, "", `flexible; platformFaultDomainCount > 1; /sku.name matches /^(?i)Standard_M\d/ like Standard_M64s`, "singlePlacementGroup (false) = true", Reported, issue + "Azure/azure-cli/issues/21834", "Machines of the M series in several fault domains need a single placement group.", ""},
	{"host-group-fault-domains", sets, "", "", "platformFaultDomainCount <= @hostGroup.id->properties.platformFaultDomainCount", Documented, learn + "virtual-machines/dedicated-hosts", "A scale set has at most as many fault domains as its dedicated host group.", ""},
	{"host-group-zone", sets, "", "hostGroup.id->zones[] present", "/zones[] in @hostGroup.id->zones[]", Documented, learn + "virtual-machines/dedicated-hosts", "A scale set on dedicated hosts is in the zone of its host group.", ""},
	{"overprovision-extensions", sets, "", "!doNotRunExtensionsOnOverprovisionedVMs = true", "overprovision != false", Reported, issue + "microsoft/onefuzz/issues/2374", "Without overprovisioning there are no surplus instances to keep extensions off.", "Remove `doNotRunExtensionsOnOverprovisionedVMs`."},
	{"scale-in-rules", sets, "scaleInPolicy", "", "rules count <= 1", Inferred, setPage, "Every documented scale-in policy has one rule.", ""},
	{"protected-placement-count", sets, "", "zonalPlatformFaultDomainAlignMode = Aligned", "/zones count >= 1", Documented, setPage, "Fault domains can only be aligned within zones.", "Add `zones`, or remove `zonalPlatformFaultDomainAlignMode`."},
	{"extended-location-zones", setRoots, "", "extendedLocation present", "zones absent", Inferred, setPage, "An extended location has no availability zones.", ""},
	{"spot-ephemeral-eviction", setProfiles, "", "priority = Spot | Low; !storageProfile.osDisk.diffDiskSettings present", "evictionPolicy (Deallocate) = Delete", Inferred, issue + "kubernetes-sigs/cluster-api-provider-azure/issues/2579", "An instance with an ephemeral OS disk cannot be deallocated, which is the default for evicted instances.", "Set `evictionPolicy` to Delete."},
	{"flexible-networks", setProfiles, "networkProfile", "flexible", "networkInterfaceConfigurations count >= 1", Reported, issue + "Azure/bicep-registry-modules/issues/1851", "The network profile of a scale set has at least one network interface.", "Add a network interface, or remove `networkProfile` to attach machines yourself."},
	{"uniform-networks", setProfiles, "networkProfile", "uniform", "networkInterfaceConfigurations count >= 1", Inferred, setPage, "The network profile of a scale set has at least one network interface.", "Add a network interface."},
	{"standby-pool-range", []Place{{"Microsoft.StandbyPool/standbyVirtualMachinePools", "properties"}}, "elasticityProfile", "", "minReadyCapacity <= @maxReadyCapacity", Documented, learn + "templates/microsoft.standbypool/standbyvirtualmachinepools", "The least number of ready machines cannot exceed the most.", ""},
	{"standby-pool-maximum", []Place{{"Microsoft.StandbyPool/standbyVirtualMachinePools", "properties"}}, "elasticityProfile", "", "maxReadyCapacity <= 2000", Documented, learn + "virtual-machine-scale-sets/standby-pools-create", "A standby pool has at most 2000 machines.", ""},
	{"standby-pool-mode", []Place{{"Microsoft.StandbyPool/standbyVirtualMachinePools", "properties"}}, "", "!attachedVirtualMachineScaleSetId present", "attachedVirtualMachineScaleSetId->properties.orchestrationMode (Uniform) = Flexible", Documented, learn + "virtual-machine-scale-sets/standby-pools-overview", "Standby pools are available to Flexible scale sets only.", "Attach the pool to a Flexible scale set."},
	{"flexible-spot-restore", sets, "", "!spotRestorePolicy.enabled = true", "uniform", Reported, issue + "Azure/azure-cli/issues/29461", "Evicted Spot instances can only be restored in Uniform scale sets.", "Remove `spotRestorePolicy`."},
	{"spot-restore-priority", sets, "", "!spotRestorePolicy.enabled = true", "virtualMachineProfile.priority (Regular) = Spot | Low", Inferred, learn + "virtual-machine-scale-sets/use-spot", "Only Spot instances are evicted and restored.", "Set `priority` to Spot, or remove `spotRestorePolicy`."},
	{"spot-reservation-set", setProfiles, "", "priority = Spot | Low", "capacityReservation.capacityReservationGroup.id absent", Documented, reservations, "Spot instances cannot use capacity reservations.", ""},
	{"reservation-host-group-set", sets, "", "!hostGroup.id present", "virtualMachineProfile.capacityReservation.capacityReservationGroup.id absent", Documented, reservations, "Dedicated hosts cannot use capacity reservations.", "Remove `hostGroup` or `capacityReservation`."},
	{"spot-host-group", sets, "", "!hostGroup.id present", "virtualMachineProfile.priority != Spot | Low", Inferred, hostPage, "Instances on dedicated hosts have the priority Regular.", "Remove `hostGroup`, or set `priority` to Regular."},
	{"set-size-missing", setRoots, "", "?properties.virtualMachineProfile.storageProfile present", "sku.name present", Inferred, setPage, "The instances have a size.", "Add `sku` with a `name`, such as Standard_D2s_v5."},
	{"set-tier", setRoots, "", "sku.name matches /^(?i)Standard_/ like Standard_D2s_v5", "sku.tier (Standard) = Standard", Inferred, setPage, "The tier of a size whose name begins with Standard_ is Standard.", ""},
	{"automatic-upgrade-image", sets, "", "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade = true; virtualMachineProfile.storageProfile.imageReference.publisher = MicrosoftWindowsServer", "virtualMachineProfile.storageProfile.imageReference.sku !matches /(?i)-(1709|1803|1809|1903|1909|2004|20H2)/ like Datacenter-Core-1903-with-Containers-smalldisk", Reported, issue + "MicrosoftDocs/azure-docs/issues/39477", "Azure does not upgrade images of the semi-annual channel automatically.", "Use an image that the documentation lists, such as 2022-datacenter-azure-edition, or turn automatic upgrades off."},
	{"automatic-upgrade-publisher", sets, "", "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade = true", "virtualMachineProfile.storageProfile.imageReference.publisher != RedHat | SUSE | Debian | credativ | Oracle | almalinux", Inferred, learn + "virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade", "The documentation does not list images of this publisher as supported.", "Use a supported image, or an image of a gallery, or turn automatic upgrades off."},
	{"flexible-region-domains", sets, "", "flexible; region with two fault domains; ?/zones absent", "platformFaultDomainCount <= 2", Inferred, issue + "hashicorp/terraform-provider-azurerm/issues/944", "The region had two fault domains when it was last listed, and Azure rejects more than it has.", ""},
}
