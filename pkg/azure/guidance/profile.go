package guidance

// Statements about profile: names, credentials, extensions and other settings
// of an instance.
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
		Text: "The computer name prefix of a Windows scale set has at most 9 characters: Azure appends 6, and the limit is 15.",
	},
	{
		ID: ComputerNameLinux, Era: Both, Since: "2015-06-15",
		Limit: 58, Unit: "characters",
		Source: "SCH:2023-09-01", Sure: Inferred,
		Text: "The computer name prefix of a Linux scale set has at most 58 characters: Azure appends 6, and the limit is 64.",
	},
	{
		ID: ResourceNameMax, Era: Both, Since: "2015-06-15",
		Limit: 64, Unit: "characters",
		Source: "CD:virtual-machine-scale-sets-instance-ids", Sure: Documented,
		Text: "The name of an instance of a Uniform scale set has at most 64 characters.",
	},
	{
		ID: FlexibleNameMax, Era: Current, Since: "2021-03-01",
		Limit: 44, Unit: "characters",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "The name of an instance of a Flexible scale set has at most 44 characters.",
	},
	{
		ID: AdminUsername, Era: Both, Since: "2015-06-15",
		Limit: 20, Unit: "characters on Windows",
		Source: "SCH:2023-09-01", Sure: Documented,
		Text: "The administrator's user name has at most 20 characters on Windows and 64 on Linux, does not end in a dot on Windows, and is not on a list of common names.",
	},
	{
		ID: AdminPassword, Era: Both, Since: "2015-06-15",
		Source: "SCH:2023-09-01", Sure: Documented,
		Text: "The administrator's password has 8 to 123 characters on Windows and 6 to 72 on Linux, with three kinds of characters, and is not on a list of common passwords.",
	},
	{
		ID: AdminPasswordSecure, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "Pass the administrator's password in a securestring parameter.",
	},
	{
		ID: ScriptSecrets, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "Put secrets of scripts and domain joins into protectedSettings, not into settings.",
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
		Text: "allowExtensionOperations can be false only if there are no extensions.",
	},
	{
		ID: SpotOnly, Era: Current, Since: "2017-12-01",
		Source: "SCH:2019-03-01", Sure: Documented,
		Text: "evictionPolicy and billingProfile.maxPrice are only for Spot or Low priority.",
	},
	{
		ID: PriorityMix, Era: Current, Since: "2022-08-01",
		Limit: 100, Unit: "percent",
		Source: "SCH:2022-08-01", Sure: Documented,
		Text: "A priority mix needs Flexible orchestration; regularPriorityPercentageAboveBase is at most 100.",
	},
	{
		ID: TerminateNotification, Era: Current, Since: "2019-03-01",
		Source: "CD:virtual-machine-scale-sets-terminate-notification", Sure: Documented,
		Text: "From API version 2019-03-01 on, the terminate notification waits PT5M to PT15M, PT5M by default; Spot instances do not get it.",
	},
	{
		ID: OSImageNotification, Era: Current, Since: "2022-11-01",
		Source: "SCH:2022-11-01", Sure: Documented,
		Text: "From API version 2022-11-01 on, the OS image notification waits PT15M; no other time is allowed.",
	},
	{
		ID: CapacityReservation, Era: Current, Since: "2021-04-01",
		Source: "TF", Sure: Documented,
		Text: "A capacity reservation needs several placement groups and no proximity placement group.",
	},
	{
		ID: FlexibleIdentity, Era: Current, Since: "2021-03-01",
		Source: "CD:virtual-machine-scale-sets-orchestration-modes", Sure: Documented,
		Text: "A Flexible scale set cannot have a system-assigned identity.",
	},
	{
		ID: PlanFirst, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2016-04-30-preview", Sure: Documented,
		Text: "Purchase plans are supported from API version 2016-04-30-preview on.",
	},
	{
		ID: MigrateImageLatest, Era: Current, Since: "2016-03-30",
		Source: "APRL", Sure: Documented,
		Text: "Use images that are not deprecated or retired.",
	},
	{
		ID: IdenticalInstances, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "Use scale sets for identical, stateless virtual machines; use separate virtual machines if each needs its own configuration.",
	},
	{
		ID: RegionsAll, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Every region that supports Azure Resource Manager supports scale sets.",
	},
	{
		ID: MonitorExplorer, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Use the Resource Explorer to view a scale set.",
	},
	{
		ID: Fabric, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Cluster managers such as Service Fabric and Mesos use scale sets as their scalable compute layer.",
	},
	{
		ID: SimpleSetSecure, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "A scale set without public addresses is more secure than a virtual machine with one.",
	},
	{
		ID: SetFree, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-design-overview", Sure: Documented,
		Text: "The scale set itself is free of charge.",
	},
	{
		ID: ComputerNameCharacters, Era: Both, Since: "2015-06-15",
		Source: "Azure/azure-xplat-cli#2761", Sure: Recorded,
		Text: "A computer name prefix has no spaces and no symbols other than the hyphen; on Windows it also has no dots, and not only digits.",
	},
	{
		ID: OneConfiguration, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-06-15", Sure: Inferred,
		Text: "osProfile has windowsConfiguration for Windows or linuxConfiguration for Linux, but not both.",
	},
	{
		ID: AuthenticationMethod, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-06-15", Sure: Inferred,
		Text: "A Linux scale set allows login by password or by SSH key; if passwords are disabled, there is a key.",
	},
	{
		ID: IdentityAssigned, Era: Current, Since: "2017-12-01",
		Source: "SCH:2018-06-01", Sure: Inferred,
		Text: "An identity of type UserAssigned lists the identities; identities of other types do not.",
	},
	{
		ID: PlanOfImage, Era: Current, Since: "2016-04-30-preview",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "The product and publisher of a purchase plan are the offer and publisher of the Marketplace image.",
	},
}
