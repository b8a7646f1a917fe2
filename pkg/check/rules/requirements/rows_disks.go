package requirements

const (
	diskPage     = learn + "templates/microsoft.compute/disks"
	snapshotPage = learn + "templates/microsoft.compute/snapshots"
	imagePage    = learn + "templates/microsoft.compute/images"
	versionPage  = learn + "templates/microsoft.compute/galleries/images/versions"
	diskTypes    = learn + "virtual-machines/disks-types"
	ephemeral    = learn + "virtual-machines/ephemeral-os-disks"
)

var (
	disks     = []Place{{"Microsoft.Compute/disks", "properties"}}
	diskRoots = []Place{{"Microsoft.Compute/disks", ""}}
	snapshots = []Place{{"Microsoft.Compute/snapshots", "properties"}}
	copies    = []Place{{"Microsoft.Compute/disks", "properties"}, {"Microsoft.Compute/snapshots", "properties"}}
	keySets   = []Place{{"Microsoft.Compute/diskEncryptionSets", "properties"}}
	images    = []Place{{"Microsoft.Compute/images", "properties"}}
	versions  = []Place{{"Microsoft.Compute/galleries/images/versions", "properties"}}
	// Image definitions of galleries.
	definitions = []Place{{"Microsoft.Compute/galleries/images", "properties"}}
)

// profileDiskRows are about the disks in the profile of a scale set or machine.
var profileDiskRows = []Row{
	{"os-disk-name", setProfiles, "storageProfile.osDisk", "uniform; ?vhdContainers absent; ?image absent; ?api >= 2017-03-30", "name absent", Reported, issue + "MicrosoftDocs/azure-docs/issues/65559", "Azure names the managed OS disks of a Uniform scale set.", ""},
	{"data-disk-name", setProfiles, "storageProfile.dataDisks[]", "uniform; ?api >= 2017-03-30", "name absent", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/23275", "Azure names the data disks of a Uniform scale set.", ""},
	{"data-disk-attach", setProfiles, "storageProfile.dataDisks[]", "", "createOption != Attach", Reported, issue + "Azure/bicep/issues/9718", "The profile of a scale set creates disks; it cannot attach an existing one to every instance.", "Set `createOption` to Empty or FromImage, or attach the disk to one instance."},
	{"data-disk-lun-range", profiles, "storageProfile.dataDisks[]", "", "lun <= 63", Reported, issue + "microsoft/lisa/pull/692", "Logical unit numbers are 0 to 63.", ""},
	{"data-disk-lun-negative", profiles, "storageProfile.dataDisks[]", "", "lun >= 0", Documented, machinePage, "Logical unit numbers are 0 to 63.", ""},
	{"data-disk-lun-unique", machines, "storageProfile", "", "dataDisks[].lun unique", Documented, machinePage, "The logical unit number identifies a data disk of a machine.", ""},
	{"ultra-disk-capability", profiles, "storageProfile.dataDisks[]", "!managedDisk.storageAccountType = UltraSSD_LRS; ?^additionalCapabilities.ultraSSDEnabled != true", "/properties.additionalCapabilities.ultraSSDEnabled (false) = true", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/5051", "Ultra disks need machines on which they are enabled.", "Set `additionalCapabilities.ultraSSDEnabled` to true."},
	{"ultra-disk-caching", profiles, "storageProfile.dataDisks[]", "managedDisk.storageAccountType = UltraSSD_LRS | PremiumV2_LRS", "caching = None", Reported, issue + "kubernetes-sigs/cluster-api-provider-azure/pull/2421", "Ultra disks and Premium SSD v2 disks have no host caching.", ""},
	{"ultra-os-disk", profiles, "storageProfile.osDisk", "", "managedDisk.storageAccountType != UltraSSD_LRS | PremiumV2_LRS", Documented, diskTypes, "Ultra disks and Premium SSD v2 disks can only be data disks.", ""},
	{"disk-iops-type", profiles, "storageProfile.dataDisks[]", "managedDisk.storageAccountType != UltraSSD_LRS | PremiumV2_LRS", "diskIOPSReadWrite absent", Inferred, setPage, "The operations per second can be chosen for Ultra disks and Premium SSD v2 disks.", ""},
	{"disk-throughput-type", profiles, "storageProfile.dataDisks[]", "managedDisk.storageAccountType != UltraSSD_LRS | PremiumV2_LRS", "diskMBpsReadWrite absent", Inferred, setPage, "The throughput can be chosen for Ultra disks and Premium SSD v2 disks.", ""},
	{"os-disk-delete-option", setProfiles, "storageProfile.osDisk", "!deleteOption present", "flexible", Inferred, setPage, "deleteOption is documented for Flexible scale sets only.", ""},
	{"data-disk-delete-option", setProfiles, "storageProfile.dataDisks[]", "!deleteOption present", "flexible", Inferred, setPage, "deleteOption is documented for Flexible scale sets only.", ""},
	{"ephemeral-caching", machines, "storageProfile.osDisk", "diffDiskSettings.option = Local; diffDiskSettings.placement != NvmeDisk", "caching = ReadOnly", Documented, ephemeral, "An ephemeral OS disk is read through the host cache.", ""},
	{"ephemeral-create", machines, "storageProfile.osDisk", "diffDiskSettings.option = Local", "createOption = FromImage", Documented, ephemeral, "An ephemeral OS disk is created from an image.", ""},
	{"ephemeral-delete-option", profiles, "storageProfile.osDisk", "diffDiskSettings.option = Local", "deleteOption != Detach", Documented, ephemeral, "An ephemeral OS disk is always deleted with its machine.", ""},
	{"ephemeral-size", profiles, "storageProfile.osDisk", "diffDiskSettings.option = Local", "diskSizeGB <= 2040", Inferred, ephemeral, "No size has room for a larger ephemeral OS disk.", ""},
	{"write-accelerator-type", machines, "storageProfile.dataDisks[]", "writeAcceleratorEnabled = true", "managedDisk.storageAccountType = Premium_LRS", Documented, learn + "virtual-machines/how-to-enable-write-accelerator", "Write Accelerator works with Premium SSD disks only.", ""},
	{"write-accelerator-caching", machines, "storageProfile.dataDisks[]", "writeAcceleratorEnabled = true", "caching != ReadWrite", Documented, learn + "virtual-machines/how-to-enable-write-accelerator", "A disk with Write Accelerator is cached for reading or not at all.", "Set `caching` to None or ReadOnly."},
	{"gallery-image-version", profiles, "storageProfile.imageReference", "id present", "version absent", Inferred, setPage, "The id of a gallery image names the version already.", ""},
	{"image-id-and-publisher", profiles, "storageProfile.imageReference", "id present", "publisher absent", Inferred, setPage, "An image is named by its id or by its publisher, offer and SKU.", ""},
	{"image-publisher-parts", profiles, "storageProfile.imageReference", "", "all or none of publisher, offer, sku", Inferred, setPage, "A platform image is named by its publisher, offer, SKU and version.", ""},
	{"image-missing", profiles, "storageProfile", "osDisk.createOption = FromImage; ?osDisk.image absent", "imageReference present", Documented, setPage, "An OS disk that is created from an image needs to know the image.", "Add `imageReference`."},
	{"os-disk-attach-profile", machines, "", "storageProfile.osDisk.createOption = Attach", "osProfile absent", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/3247", "An attached OS disk is already set up: its name and accounts cannot be changed.", ""},
	{"os-disk-attach-image", machines, "storageProfile", "osDisk.createOption = Attach", "imageReference absent", Reported, issue + "Azure/azure-powershell/issues/29158", "An attached OS disk is not created from an image.", ""},
	{"os-disk-attach-type", machines, "storageProfile.osDisk", "createOption = Attach", "osType present", Documented, machinePage, "Azure cannot see which operating system is on a disk that already exists.", "Add `osType`: Windows or Linux."},
	{"os-disk-attach-what", machines, "storageProfile.osDisk", "createOption = Attach", "any of managedDisk.id, vhd.uri", Documented, machinePage, "To attach a disk, the template names it.", "Add `managedDisk.id`."},
	{"data-disk-attach-what", machines, "storageProfile.dataDisks[]", "createOption = Attach", "any of managedDisk.id, vhd.uri", Documented, machinePage, "To attach a disk, the template names it.", "Add `managedDisk.id`."},
	{"data-disk-empty-size", machines, "storageProfile.dataDisks[]", "createOption = Empty", "diskSizeGB present", Documented, machinePage, "An empty disk has no image to take its size from.", "Add `diskSizeGB`."},
	{"data-disk-empty-id", machines, "storageProfile.dataDisks[]", "createOption = Empty | FromImage", "managedDisk.id absent", Inferred, machinePage, "A new disk cannot have the id of an existing one.", "Set `createOption` to Attach, or remove the id."},
	{"windows-image-size", profiles, "storageProfile", "imageReference.publisher = MicrosoftWindowsServer; imageReference.sku !matches /(?i)small|core-.*-smalldisk/ like smalldisk; ?osDisk.createOption = FromImage", "osDisk.diskSizeGB >= 127", Reported, issue + "Azure/azure-sdk-for-python/issues/23051", "The OS disk of a Windows Server image that is not a small-disk one has 127 GiB.", "Set `diskSizeGB` to 127 or more, or use a SKU with smalldisk in its name."},
	{"os-disk-size-maximum", profiles, "storageProfile.osDisk", "", "diskSizeGB <= 4095", Documented, learn + "virtual-machines/managed-disks-overview", "An OS disk has at most 4095 GiB.", ""},
	{"data-disk-size-maximum", profiles, "storageProfile.dataDisks[]", "managedDisk.storageAccountType != UltraSSD_LRS | PremiumV2_LRS", "diskSizeGB <= 32767", Documented, diskTypes, "A Premium SSD, Standard SSD or Standard HDD disk has at most 32767 GiB.", ""},
	{"data-disk-large-caching", profiles, "storageProfile.dataDisks[]", "diskSizeGB >= 4096", "caching = None", Inferred, learn + "virtual-machines/premium-storage-performance", "Disks of 4096 GiB and more have no host caching.", ""},
	{"vhd-and-managed", machines, "storageProfile.osDisk", "managedDisk present", "vhd absent", Inferred, machinePage, "A disk is either managed or in a storage account.", ""},
	{"force-detach-flag", machines, "storageProfile.dataDisks[]", "!detachOption = ForceDetach", "toBeDetached (false) = true", Documented, machinePage, "A disk is only force-detached when it is marked to be detached.", "Set `toBeDetached` to true."},
	{"disk-encryption-key", machines, "storageProfile.osDisk.encryptionSettings", "keyEncryptionKey present", "diskEncryptionKey present", Inferred, machinePage, "The key encryption key wraps the disk encryption key.", ""},
	{"disk-api-version", setProfiles, "storageProfile", "!diskApiVersion present", `diskApiVersion matches /^\d{4}-\d\d-\d\d$/ like 2026-03-02`, Documented, setPage, "The version is written as a date.", ""},
}

// diskRows are about disks, snapshots, encryption sets and images as resources.
var diskRows = []Row{
	{"disk-empty-size", disks, "", "creationData.createOption = Empty", "diskSizeGB present", Documented, diskPage, "An empty disk has nothing to take its size from.", "Add `diskSizeGB`."},
	{"disk-copy-source", copies, "creationData", "createOption = Copy", "sourceResourceId present", Documented, diskPage, "A copy needs the disk or snapshot to copy.", ""},
	{"disk-restore-source", disks, "creationData", "createOption = Restore", "sourceResourceId present", Documented, diskPage, "A restored disk needs its restore point.", ""},
	{"disk-import-uri", copies, "creationData", "createOption = Import | ImportSecure", "sourceUri present", Documented, diskPage, "An import needs the blob to import.", ""},
	{"disk-import-account", disks, "creationData", "createOption = Import", "storageAccountId present", Inferred, diskPage, "An import needs the storage account of the blob.", ""},
	{"disk-import-secure", disks, "creationData", "createOption = ImportSecure", "securityDataUri present", Documented, diskPage, "A secure import needs the guest state as well.", ""},
	{"disk-image-source", disks, "creationData", "createOption = FromImage", "any of imageReference, galleryImageReference", Documented, diskPage, "A disk from an image names the image.", ""},
	{"disk-upload-size", disks, "creationData", "createOption = Upload | UploadPreparedSecure", "uploadSizeBytes present", Documented, diskPage, "The size of an upload, with its footer, is known beforehand.", ""},
	{"disk-elastic-source", disks, "creationData", "createOption = CopyFromSanSnapshot", "elasticSanResourceId present", Documented, diskPage, "A copy of a volume snapshot needs the id of the snapshot.", ""},
	{"disk-sector-size", disks, "creationData", "", "logicalSectorSize = 512 | 4096", Documented, diskPage, "Disks have sectors of 512 or 4096 bytes.", ""},
	{"disk-sector-type", disks, "", "!creationData.logicalSectorSize present", "/sku.name = UltraSSD_LRS | PremiumV2_LRS", Inferred, diskPage, "The sector size can be chosen for Ultra disks and Premium SSD v2 disks.", "Remove `logicalSectorSize`, or change the SKU."},
	{"disk-iops", disks, "", "/sku.name != UltraSSD_LRS | PremiumV2_LRS", "diskIOPSReadWrite absent", Inferred, diskPage, "The operations per second can only be set for Ultra disks and Premium SSD v2 disks.", ""},
	{"disk-throughput", disks, "", "/sku.name != UltraSSD_LRS | PremiumV2_LRS", "diskMBpsReadWrite absent", Inferred, diskPage, "The throughput can only be set for Ultra disks and Premium SSD v2 disks.", ""},
	{"disk-iops-readonly", disks, "", "!diskIOPSReadOnly present", "maxShares (1) > 1", Documented, diskPage, "Read-only operations are those of machines that share the disk.", "Set `maxShares` above 1, or remove `diskIOPSReadOnly`."},
	{"disk-throughput-readonly", disks, "", "!diskMBpsReadOnly present", "maxShares (1) > 1", Documented, diskPage, "Read-only throughput is that of machines that share the disk.", "Set `maxShares` above 1, or remove `diskMBpsReadOnly`."},
	{"disk-bursting-type", disks, "", "!burstingEnabled = true", "/sku.name = Premium_LRS | Premium_ZRS", Documented, learn + "virtual-machines/disk-bursting", "On-demand bursting is a feature of Premium SSD disks.", "Remove `burstingEnabled`, or change the SKU."},
	{"disk-bursting-size", disks, "", "burstingEnabled = true", "diskSizeGB > 512", Documented, learn + "virtual-machines/disk-bursting", "On-demand bursting needs a disk of more than 512 GiB.", ""},
	{"disk-tier-type", disks, "", "!tier present", "/sku.name = Premium_LRS | Premium_ZRS", Inferred, learn + "virtual-machines/disks-change-performance", "A performance tier can only be set for Premium SSD disks.", "Remove `tier`, or change the SKU."},
	{"disk-shares-hdd", disks, "", "maxShares > 1", "/sku.name != Standard_LRS", Documented, learn + "virtual-machines/disks-shared", "Standard HDD disks cannot be shared.", ""},
	{"disk-performance-plus-size", disks, "", "creationData.performancePlus = true", "diskSizeGB >= 513", Documented, learn + "virtual-machines/disks-enable-performance", "Performance plus needs a disk of 513 GiB or more.", ""},
	{"disk-performance-plus-type", disks, "", "creationData.performancePlus = true", "/sku.name != UltraSSD_LRS | PremiumV2_LRS", Documented, learn + "virtual-machines/disks-enable-performance", "Performance plus is for Premium SSD, Standard SSD and Standard HDD disks.", ""},
	{"disk-access-missing", copies, "", "networkAccessPolicy = AllowPrivate", "diskAccessId present", Documented, learn + "virtual-machines/disks-enable-private-links-for-import-export-portal", "Private access goes through a disk access resource.", ""},
	{"disk-access-policy", copies, "", "!diskAccessId present", "networkAccessPolicy = AllowPrivate", Documented, learn + "virtual-machines/disks-enable-private-links-for-import-export-portal", "A disk access resource is only used with private access.", "Set `networkAccessPolicy` to AllowPrivate, or remove `diskAccessId`."},
	{"disk-key-missing", copies, "encryption", "type = EncryptionAtRestWithCustomerKey | EncryptionAtRestWithPlatformAndCustomerKeys", "diskEncryptionSetId present", Documented, learn + "virtual-machines/disk-encryption", "Encryption with your own key needs the encryption set that holds the key.", ""},
	{"disk-key-platform", copies, "encryption", "type = EncryptionAtRestWithPlatformKey", "diskEncryptionSetId absent", Inferred, learn + "virtual-machines/disk-encryption", "Encryption with platform keys does not use an encryption set.", ""},
	{"disk-one-zone", diskRoots, "", "", "zones count <= 1", Documented, diskPage, "A zonal disk is in one zone; zone-redundant disks have a ZRS SKU.", ""},
	{"disk-zrs-zone", diskRoots, "", "sku.name = Premium_ZRS | StandardSSD_ZRS", "zones absent", Inferred, learn + "virtual-machines/disks-redundancy", "A zone-redundant disk is in all zones of its region.", ""},
	{"disk-generation-security", disks, "", "securityProfile.securityType present", "hyperVGeneration = V2", Documented, learn + "virtual-machines/trusted-launch", "Trusted Launch and confidential machines need generation 2.", ""},
	{"disk-confidential-key", disks, "securityProfile", "securityType = ConfidentialVM_DiskEncryptedWithCustomerKey", "secureVMDiskEncryptionSetId present", Documented, diskPage, "A confidential disk with your own key names its encryption set.", ""},
	{"snapshot-sku", []Place{{"Microsoft.Compute/snapshots", ""}}, "", "", "sku.name = Standard_LRS | Premium_LRS | Standard_ZRS", Documented, snapshotPage, "Snapshots have one of these SKUs.", ""},
	{"snapshot-copy-start", snapshots, "", "creationData.createOption = CopyStart", "incremental (false) = true", Documented, learn + "virtual-machines/disks-copy-incremental-snapshot-across-regions", "Only incremental snapshots are copied across regions.", ""},
	{"key-set-key", keySets, "", "", "activeKey.keyUrl present", Documented, learn + "templates/microsoft.compute/diskencryptionsets", "An encryption set holds one key.", ""},
	{"key-set-version", keySets, "", "", `activeKey.keyUrl matches /^https:\/\/[^\/]+\/keys\/[^\/]+\/[0-9A-Za-z]+$/ like https://example.vault.azure.net/keys/disks/0123456789abcdef`, Documented, learn + "templates/microsoft.compute/diskencryptionsets", "The address of the key ends with its version.", ""},
	{"key-set-identity", []Place{{"Microsoft.Compute/diskEncryptionSets", ""}}, "", "", "identity.type present", Documented, learn + "templates/microsoft.compute/diskencryptionsets", "The encryption set reads its key with a managed identity.", "Add `identity` with the type SystemAssigned."},
	{"image-one-source", images, "", "", "any of sourceVirtualMachine, storageProfile", Documented, imagePage, "An image is made from a machine or from disks.", ""},
	{"image-os-source", images, "storageProfile.osDisk", "?^sourceVirtualMachine absent", "any of snapshot, managedDisk, blobUri", Documented, imagePage, "The OS disk of an image has a source.", ""},
	{"image-blob-generation", images, "", "storageProfile.osDisk.blobUri present; api >= 2019-03-01", "hyperVGeneration present", Documented, imagePage, "Azure cannot see the generation of a machine in a blob.", "Add `hyperVGeneration`: V1 or V2."},
	{"image-lun-unique", images, "storageProfile", "", "dataDisks[].lun unique", Documented, imagePage, "The logical unit number identifies a data disk.", ""},
	{"image-ultra", images, "storageProfile.osDisk", "", "storageAccountType != UltraSSD_LRS", Documented, imagePage, "Ultra disks can only be data disks.", ""},
	{"image-version-name", []Place{{"Microsoft.Compute/galleries/images/versions", ""}}, "", "", "name is version", Reported, issue + "Azure/az-hop/issues/707", "The version of an image is three numbers, each up to 2147483647.", ""},
	{"image-version-strategy", versions, "publishingProfile", "", "at most one of storageAccountStrategy, storageAccountType", Documented, versionPage, "The storage of the replicas is chosen by a type or by a strategy.", ""},
	{"image-version-regions", versions, "publishingProfile", "", "targetRegions[].name unique", Documented, versionPage, "Each region is a target once.", ""},
	{"image-version-replicas", versions, "publishingProfile.targetRegions[]", "", "regionalReplicaCount <= 100", Documented, learn + "virtual-machines/azure-compute-gallery", "A region has at most 100 replicas of an image version.", ""},
	{"image-version-replicas-default", versions, "publishingProfile", "", "replicaCount <= 100", Documented, learn + "virtual-machines/azure-compute-gallery", "A region has at most 100 replicas of an image version.", ""},
	{"image-version-source", versions, "storageProfile", "", "at most one of source.id, osDiskImage.source", Inferred, versionPage, "An image version has one source.", ""},
	{"image-version-lun", versions, "storageProfile", "", "dataDiskImages[].lun unique", Documented, versionPage, "The logical unit number identifies a data disk.", ""},
	{"definition-memory", definitions, "recommended.memory", "", "min <= @max", Documented, learn + "templates/microsoft.compute/galleries/images", "The least recommended memory cannot exceed the most.", ""},
	{"definition-cores", definitions, "recommended.vCPUs", "", "min <= @max", Documented, learn + "templates/microsoft.compute/galleries/images", "The least recommended number of cores cannot exceed the most.", ""},
	{"definition-feature-twice", definitions, "", "", "features[].name unique", Inferred, learn + "templates/microsoft.compute/galleries/images", "Each feature is listed once.", ""},
	{"definition-security-generation", definitions, "", "features[name=SecurityType].value = TrustedLaunch | TrustedLaunchSupported | TrustedLaunchAndConfidentialVmSupported | ConfidentialVM | ConfidentialVMSupported", "hyperVGeneration (V1) = V2", Documented, learn + "virtual-machines/trusted-launch", "Trusted Launch and confidential machines need generation 2.", ""},
	{"definition-confidential-windows-arm", definitions, "", "architecture = Arm64", "hyperVGeneration (V1) = V2", Documented, learn + "virtual-machines/generation-2", "Arm machines are of generation 2.", ""},
}
