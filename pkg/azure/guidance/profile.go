package guidance

// Statements about profile: names, credentials, extensions and what an instance is made of.
const (
	ComputerNameWindows      ID = "computer-name-windows"
	ComputerNameLinux        ID = "computer-name-linux"
	ResourceNameMax          ID = "resource-name-max"
	FlexibleNameMax          ID = "flexible-name-max"
	AdminUsername            ID = "admin-username"
	AdminPassword            ID = "admin-password"
	AdminPasswordSecure      ID = "admin-password-secure"
	ScriptSecrets            ID = "script-secrets"
	CustomDataMax            ID = "custom-data-max"
	AllowExtensionOperations ID = "allow-extension-operations"
	SpotOnly                 ID = "spot-only"
	PriorityMix              ID = "priority-mix"
	TerminateNotification    ID = "terminate-notification"
	OSImageNotification      ID = "os-image-notification"
	CapacityReservation      ID = "capacity-reservation"
	FlexibleIdentity         ID = "flexible-identity"
	PlanFirst                ID = "plan-first"
	MigrateImageLatest       ID = "migrate-image-latest"
	IdenticalInstances       ID = "identical-instances"
	RegionsAll               ID = "regions-all"
	MonitorExplorer          ID = "monitor-explorer"
	Fabric                   ID = "fabric"
	SimpleSetSecure          ID = "simple-set-secure"
	SetFree                  ID = "set-free"
	ComputerNameCharacters   ID = "computer-name-characters"
	AuthenticationMethod     ID = "authentication-method"
	OneConfiguration         ID = "one-configuration"
	IdentityAssigned         ID = "identity-assigned"
	PlanOfImage              ID = "plan-of-image"
)

var profileStatements = []Statement{
	{
		ID: ComputerNameWindows, Era: Both, Since: "2015-06-15",
		Limit: 9, Unit: "characters",
		Source: "hashicorp/terraform-provider-azurerm#871", Sure: Documented,
		Text: "The computer name prefix of a Windows set has at most 9 characters: six are appended, and 15 is the most.",
	},
	{
		ID: ComputerNameLinux, Era: Both, Since: "2015-06-15",
		Limit: 58, Unit: "characters",
		Source: "SCH:2023-09-01", Sure: Inferred,
		Text: "The computer name prefix of a Linux set has at most 58 characters: six are appended, and 64 is the most.",
	},
	{
		ID: ResourceNameMax, Era: Both, Since: "2015-06-15",
		Limit: 64, Unit: "characters",
		Source: "CD:virtual-machine-scale-sets-instance-ids", Sure: Documented,
		Text: "The name of an instance resource of a Uniform set has at most 64 characters.",
	},
	{
		ID: FlexibleNameMax, Era: Current, Since: "2021-03-01",
		Limit: 44, Unit: "characters",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "The name of an instance resource of a Flexible set has at most 44 characters.",
	},
	{
		ID: AdminUsername, Era: Both, Since: "2015-06-15",
		Limit: 20, Unit: "characters on Windows",
		Source: "SCH:2023-09-01", Sure: Documented,
		Text: "The administrator's name has at most 20 characters on Windows, 64 on Linux, does not end in a dot on Windows, and is not on a list of common names.",
	},
	{
		ID: AdminPassword, Era: Both, Since: "2015-06-15",
		Source: "SCH:2023-09-01", Sure: Documented,
		Text: "The administrator's password has 8 to 123 characters on Windows, 6 to 72 on Linux, three kinds of characters, and is not on a list of common passwords.",
	},
	{
		ID: AdminPasswordSecure, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "Pass the administrator's password as a secure string parameter.",
	},
	{
		ID: ScriptSecrets, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "Secrets of scripts and domain joins go to protectedSettings, never to settings.",
	},
	{
		ID: CustomDataMax, Era: Both, Since: "2015-06-15",
		Limit: 65535, Unit: "bytes",
		Source: "SCH:2023-09-01", Sure: Documented,
		Text: "Custom data has at most 65,535 bytes after decoding.",
	},
	{
		ID: AllowExtensionOperations, Era: Current, Since: "2021-11-01",
		Source: "SCH:2021-11-01", Sure: Documented,
		Text: "allowExtensionOperations may be false only where there are no extensions.",
	},
	{
		ID: SpotOnly, Era: Current, Since: "2017-12-01",
		Source: "SCH:2019-03-01", Sure: Documented,
		Text: "evictionPolicy and billingProfile.maxPrice go with Spot or Low priority only.",
	},
	{
		ID: PriorityMix, Era: Current, Since: "2022-08-01",
		Limit: 100, Unit: "percent",
		Source: "SCH:2022-08-01", Sure: Documented,
		Text: "A priority mix goes with Flexible orchestration only; regularPriorityPercentageAboveBase is at most 100.",
	},
	{
		ID: TerminateNotification, Era: Current, Since: "2019-03-01",
		Source: "CD:virtual-machine-scale-sets-terminate-notification", Sure: Documented,
		Text: "The terminate notification waits PT5M to PT15M, PT5M by default, from API version 2019-03-01 on; not for Spot.",
	},
	{
		ID: OSImageNotification, Era: Current, Since: "2022-11-01",
		Source: "SCH:2022-11-01", Sure: Documented,
		Text: "The OS image notification waits PT15M and nothing else, from API version 2022-11-01 on.",
	},
	{
		ID: CapacityReservation, Era: Current, Since: "2021-04-01",
		Source: "TF", Sure: Documented,
		Text: "A capacity reservation needs several placement groups and no proximity placement group.",
	},
	{
		ID: FlexibleIdentity, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible set has no identity assigned by the system.",
	},
	{
		ID: PlanFirst, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2016-04-30-preview", Sure: Documented,
		Text: "A purchase plan exists from API version 2016-04-30-preview on.",
	},
	{
		ID: MigrateImageLatest, Era: Current, Since: "2016-03-30",
		Source: "APRL", Sure: Documented,
		Text: "Images are not deprecated or retired versions.",
	},
	{
		ID: IdenticalInstances, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "Use scale sets for identical, stateless machines; use single machines where each needs its own treatment.",
	},
	{
		ID: RegionsAll, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Every region that supports Azure Resource Manager supports scale sets.",
	},
	{
		ID: MonitorExplorer, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Use the Resource Explorer to see a scale set.",
	},
	{
		ID: Fabric, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Cluster managers such as Service Fabric and Mesos use scale sets as the layer that scales.",
	},
	{
		ID: SimpleSetSecure, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A scale set without public addresses is safer than a single machine with one.",
	},
	{
		ID: SetFree, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "The scale set itself costs nothing.",
	},
	{
		ID: ComputerNameCharacters, Era: Both, Since: "2015-06-15",
		Source: "Azure/azure-xplat-cli#2761", Sure: Recorded,
		Text: "A computer name prefix is not all digits on Windows, and has no blanks, no dots on Windows, and no signs but the hyphen.",
	},
	{
		ID: OneConfiguration, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-06-15", Sure: Inferred,
		Text: "osProfile has windowsConfiguration for Windows or linuxConfiguration for Linux, not both and not the other's.",
	},
	{
		ID: AuthenticationMethod, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-06-15", Sure: Inferred,
		Text: "A Linux set lets people in by a password or by SSH keys; where passwords are disabled there is a key.",
	},
	{
		ID: IdentityAssigned, Era: Current, Since: "2017-12-01",
		Source: "SCH:2018-06-01", Sure: Inferred,
		Text: "An identity of type UserAssigned lists the identities, and only one of that type does.",
	},
	{
		ID: PlanOfImage, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "The product of a purchase plan is the offer of the image from the Marketplace, and its publisher the image's.",
	},
}
