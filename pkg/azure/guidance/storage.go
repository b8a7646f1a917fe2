package guidance

// Statements about storage: storage accounts, images and disks.
const (
	AccountMaxPreview            ID = "account-max-preview"
	AccountMaxOverprovisioned    ID = "account-max-overprovisioned"
	AccountMaxNotOverprovisioned ID = "account-max-not-overprovisioned"
	AccountNameSpread            ID = "account-name-spread"
	CustomImageOneAccount        ID = "custom-image-one-account"
	CustomImageCopied            ID = "custom-image-copied"
	CustomImageNoContainers      ID = "custom-image-no-containers"
	PlatformImageContainers      ID = "platform-image-containers"
	CustomImageForm              ID = "custom-image-form"
	ContainersOrManaged          ID = "containers-or-managed"
	ImageOrReference             ID = "image-or-reference"
	UnmanagedDisksRetired        ID = "unmanaged-disks-retired"
	ManagedDisksFirst            ID = "managed-disks-first"
	NoDataDisksPreview           ID = "no-data-disks-preview"
	DataDisksFirst               ID = "data-disks-first"
	OSDiskName                   ID = "os-disk-name"
	OSDiskFromImage              ID = "os-disk-from-image"
	DataDiskLUN                  ID = "data-disk-lun"
	DataDiskRequired             ID = "data-disk-required"
	DiskSizeMax                  ID = "disk-size-max"
	WriteAccelerator             ID = "write-accelerator"
	EphemeralCaching             ID = "ephemeral-caching"
	FaultDomainAlignment         ID = "fault-domain-alignment"
	AccountOverprovisionReason   ID = "account-overprovision-reason"
	LowerCaseParameters          ID = "lower-case-parameters"
	AccountNameForm              ID = "account-name-form"
	DataDiskSize                 ID = "data-disk-size"
)

var storageStatements = []Statement{
	{
		ID: AccountMaxPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Limit: 40, Unit: "instances for each storage account",
		Source: "SEED", Sure: Documented,
		Text: "Plan for no more than 40 instances per storage account.",
	},
	{
		ID: AccountMaxOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 20, Unit: "instances for each storage account",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "With overprovisioning on, plan for no more than 20 instances per storage account.",
		Note: "Documented since April 2016.",
	},
	{
		ID: AccountMaxNotOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 40, Unit: "instances for each storage account",
		Source: "JULY2016", Sure: Documented,
		Text: "With overprovisioning off, plan for no more than 40 instances per storage account.",
		Note: "Documented since April 2016.",
	},
	{
		ID: AccountNameSpread, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Spread the first letters of storage account names as much as possible; a prefix from uniqueString does that.",
	},
	{
		ID: CustomImageOneAccount, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A custom image and all disks created from it are in one storage account.",
	},
	{
		ID: CustomImageCopied, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "The image must be in the storage account before the deployment of the scale set begins.",
	},
	{
		ID: CustomImageNoContainers, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "With a custom image, omit vhdContainers: the disks are created in the storage account of the image.",
	},
	{
		ID: PlatformImageContainers, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "With a platform image and unmanaged disks, vhdContainers lists containers in several storage accounts, and the disks are spread over them.",
	},
	{
		ID: CustomImageForm, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A custom image is defined by osDisk.image.uri with osType and createOption FromImage.",
	},
	{
		ID: ContainersOrManaged, Era: Current, Since: "2016-04-30-preview",
		Source: "TF", Sure: Inferred,
		Text: "managedDisk and vhdContainers exclude each other.",
		Note: "Templates and providers follow this; no response from Azure is recorded.",
	},
	{
		ID: ImageOrReference, Era: Both, Since: "2015-06-15",
		Source: "TF", Sure: Inferred,
		Text: "osDisk.image.uri and imageReference exclude each other.",
		Note: "Templates and providers follow this; no response from Azure is recorded.",
	},
	{
		ID: UnmanagedDisksRetired, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "Unmanaged disks were retired on 31 March 2026.",
	},
	{
		ID: ManagedDisksFirst, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "Managed disks are supported from API version 2016-04-30-preview on; the first stable version is 2017-03-30.",
	},
	{
		ID: NoDataDisksPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Data disks are not supported; store data in an Azure Files share, on the OS disk, on the temporary disk, or in an external service.",
	},
	{
		ID: DataDisksFirst, Era: Current, Since: "2016-03-30", Until: "2016-03-30",
		Source: "SCH:2016-04-30-preview", Sure: Documented,
		Text: "Data disks are not supported before API version 2016-04-30-preview.",
	},
	{
		ID: OSDiskName, Era: Both, Since: "2015-06-15", Until: "2016-03-30",
		Source: "SCH:2015-06-15", Sure: Documented,
		Text: "In API versions 2015-06-15 and 2016-03-30, osDisk needs a name and createOption.",
	},
	{
		ID: OSDiskFromImage, Era: Current, Since: "2017-03-30",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "osDisk needs createOption, and for an image it must be FromImage.",
	},
	{
		ID: DataDiskLUN, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "The data disks of a scale set have different logical unit numbers (LUNs).",
	},
	{
		ID: DataDiskRequired, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "A data disk needs a lun and a createOption.",
	},
	{
		ID: DiskSizeMax, Era: Current, Since: "2016-04-30-preview",
		Limit: 1023, Unit: "GB",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "According to the schema, diskSizeGB is at most 1,023 GB.",
		Note: "The text is old; managed disks can be larger.",
	},
	{
		ID: WriteAccelerator, Era: Current, Since: "2017-12-01",
		Source: "TF", Sure: Documented,
		Text: "Write Accelerator needs Premium_LRS and caching None.",
	},
	{
		ID: EphemeralCaching, Era: Current, Since: "2018-06-01",
		Source: "TF", Sure: Documented,
		Text: "An ephemeral OS disk needs ReadOnly caching.",
	},
	{
		ID: FaultDomainAlignment, Era: Current, Since: "2024-07-01",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "Use no more fault domains than the managed disks of the region have; zonalPlatformFaultDomainAlignMode aligns zonal scale sets.",
	},
	{
		ID: AccountOverprovisionReason, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Inferred,
		Text: "Overprovisioning temporarily doubles the instances that write to a storage account, so plan for half as many instances.",
	},
	{
		ID: LowerCaseParameters, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "If it is not clear whether a resource supports upper case, pass parameter values in lower case.",
	},
	{
		ID: AccountNameForm, Era: Both, Since: "2015-06-15",
		Limit: 24, Unit: "characters",
		Source: "pulumi/templates#274", Sure: Recorded,
		Text: "The name of a storage account consists of 3 to 24 lower-case letters and digits (AccountNameInvalid).",
	},
	{
		ID: DataDiskSize, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Inferred,
		Text: "An empty data disk needs diskSizeGB, because there is no image that gives its size.",
		Note: "The schema calls the size optional, because disks from images have one.",
	},
}
