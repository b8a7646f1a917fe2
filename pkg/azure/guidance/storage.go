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
		Text: "Plan for no more than 40 instances for each storage account.",
	},
	{
		ID: AccountMaxOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 20, Unit: "instances for each storage account",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "With overprovisioning on, plan for no more than 20 instances for each storage account.",
		Note: "Since the page of April 2016.",
	},
	{
		ID: AccountMaxNotOverprovisioned, Era: Current, Since: "2016-03-30",
		Limit: 40, Unit: "instances for each storage account",
		Source: "AD:virtual-machine-scale-sets/virtual-machine-scale-sets-overview.md", Sure: Documented,
		Text: "With overprovisioning off, plan for no more than 40 instances for each storage account.",
		Note: "Since the page of April 2016.",
	},
	{
		ID: AccountNameSpread, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Spread the first letters of the names of storage accounts as much as possible; a prefix made by uniqueString does that.",
	},
	{
		ID: CustomImageOneAccount, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A custom image and all disks made of it lie in one storage account.",
	},
	{
		ID: CustomImageCopied, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "The image must lie in the storage account before the deployment of the set begins.",
	},
	{
		ID: CustomImageNoContainers, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "With a custom image, leave vhdContainers out: the disks go to the account of the image.",
	},
	{
		ID: PlatformImageContainers, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "With a platform image and unmanaged disks, vhdContainers lists the containers, in several storage accounts, over which the disks are spread.",
	},
	{
		ID: CustomImageForm, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A custom image is osDisk.image.uri with osType and createOption FromImage.",
	},
	{
		ID: ContainersOrManaged, Era: Current, Since: "2016-04-30-preview",
		Source: "TF", Sure: Inferred,
		Text: "managedDisk and vhdContainers exclude each other.",
		Note: "Practice of templates and providers; the text of the service was not seen.",
	},
	{
		ID: ImageOrReference, Era: Both, Since: "2015-06-15",
		Source: "TF", Sure: Inferred,
		Text: "osDisk.image.uri and imageReference exclude each other.",
		Note: "Practice of templates and providers; the text of the service was not seen.",
	},
	{
		ID: UnmanagedDisksRetired, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "Unmanaged disks are retired on 31 March 2026.",
	},
	{
		ID: ManagedDisksFirst, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "Managed disks exist from API version 2016-04-30-preview, in a stable version from 2017-03-30 on.",
	},
	{
		ID: NoDataDisksPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Data disks are not supported; data goes to an Azure Files share, to the OS disk, to the temporary disk, or to a service outside.",
	},
	{
		ID: DataDisksFirst, Era: Current, Since: "2016-03-30", Until: "2016-03-30",
		Source: "SCH:2016-04-30-preview", Sure: Documented,
		Text: "Data disks do not exist before API version 2016-04-30-preview.",
	},
	{
		ID: OSDiskName, Era: Both, Since: "2015-06-15", Until: "2016-03-30",
		Source: "SCH:2015-06-15", Sure: Documented,
		Text: "osDisk needs a name and createOption in API versions 2015-06-15 and 2016-03-30.",
	},
	{
		ID: OSDiskFromImage, Era: Current, Since: "2017-03-30",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "osDisk needs createOption, FromImage for images.",
	},
	{
		ID: DataDiskLUN, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "The logical unit numbers of the data disks of a set are all different.",
	},
	{
		ID: DataDiskRequired, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "A data disk needs lun and createOption.",
	},
	{
		ID: DiskSizeMax, Era: Current, Since: "2016-04-30-preview",
		Limit: 1023, Unit: "GB",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "The schema text lets diskSizeGB go to 1,023 GB.",
		Note: "Old text; larger managed disks exist.",
	},
	{
		ID: WriteAccelerator, Era: Current, Since: "2017-12-01",
		Source: "TF", Sure: Documented,
		Text: "A write accelerator needs Premium_LRS and caching None.",
	},
	{
		ID: EphemeralCaching, Era: Current, Since: "2018-06-01",
		Source: "TF", Sure: Documented,
		Text: "An ephemeral OS disk needs ReadOnly caching.",
	},
	{
		ID: FaultDomainAlignment, Era: Current, Since: "2024-07-01",
		Source: "CD:virtual-machine-scale-sets-manage-fault-domains", Sure: Documented,
		Text: "Keep the number of fault domains within that of the managed disks of the region; zonalPlatformFaultDomainAlignMode aligns zonal sets.",
	},
	{
		ID: AccountOverprovisionReason, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Inferred,
		Text: "Overprovisioning for a while doubles the machines that write to an account, hence half as many instances.",
	},
	{
		ID: LowerCaseParameters, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Where it is not clear whether a resource takes upper case, pass parameter values in lower case.",
	},
	{
		ID: AccountNameForm, Era: Both, Since: "2015-06-15",
		Limit: 24, Unit: "characters",
		Source: "pulumi/templates#274", Sure: Recorded,
		Text: "The name of a storage account has 3 to 24 characters, lower-case letters and digits only (AccountNameInvalid).",
	},
	{
		ID: DataDiskSize, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Inferred,
		Text: "An empty data disk needs diskSizeGB: there is no image that it could take the size from.",
		Note: "The schema calls the size optional, since disks of images have one.",
	},
}
