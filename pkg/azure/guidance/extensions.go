package guidance

// Statements about extensions: extensions of the instances and their order.
const (
	ExtensionOrderPreview ID = "extension-order-preview"
	ExtensionOrder        ID = "extension-order"
	ExtensionOrderNone    ID = "extension-order-none"
	ExtensionBudget       ID = "extension-budget"
	HealthExtension       ID = "health-extension"
	HealthExtensionPort   ID = "health-extension-port"
	HealthExtensionTimes  ID = "health-extension-times"
	HealthExtensionGrace  ID = "health-extension-grace"
	ExtensionHandlerOnce  ID = "extension-handler-once"
	ExtensionNameOnce     ID = "extension-name-once"
	ExtensionSystem       ID = "extension-system"
	RetiredExtensions     ID = "retired-extensions"
)

var extensionsStatements = []Statement{
	{
		ID: ExtensionOrderPreview, Era: Preview, Since: "2015-06-15", Until: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "The order of several extensions cannot be enforced; a script can wait for another extension by watching its log.",
	},
	{
		ID: ExtensionOrder, Era: Current, Since: "2018-06-01",
		Source: "CD:virtual-machine-scale-sets-extension-sequencing", Sure: Documented,
		Text: "provisionAfterExtensions orders extensions from API version 2018-06-01 on: the names must exist, there must be no cycle, and each extension needs settings.",
	},
	{
		ID: ExtensionOrderNone, Era: Current, Since: "2016-03-30", Until: "2018-04-01",
		Source: "SEED", Sure: Inferred,
		Text: "Before API version 2018-06-01, the order of extensions cannot be enforced.",
	},
	{
		ID: ExtensionBudget, Era: Current, Since: "2020-06-01",
		Source: "SCH:2020-06-01", Sure: Documented,
		Text: "From API version 2020-06-01 on, extensionsTimeBudget is PT15M to PT120M, PT1H30M by default.",
	},
	{
		ID: HealthExtension, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "The health extension is ApplicationHealthLinux or ApplicationHealthWindows of Microsoft.ManagedServices, version 1.0 or 2.0; protocol tcp, http or https.",
	},
	{
		ID: HealthExtensionPort, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "The health extension needs a port for tcp and a requestPath for http and https; requestPath is not allowed for tcp.",
	},
	{
		ID: HealthExtensionTimes, Era: Current, Since: "2018-10-01",
		Limit: 60, Unit: "seconds",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "The interval of the health extension is 5 to 60 seconds, 5 by default; the number of probes is 1 to 24, 1 by default.",
	},
	{
		ID: HealthExtensionGrace, Era: Current, Since: "2021-11-01",
		Limit: 14400, Unit: "seconds",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "gracePeriod belongs to version 2.0 of the health extension; it is at most 14,400 seconds, and by default the interval times the number of probes.",
	},
	{
		ID: ExtensionHandlerOnce, Era: Both, Since: "2015-06-15",
		Source: "MicrosoftDocs/azure-docs#55085", Sure: Recorded,
		Text: "An instance has one extension of each publisher and type; Azure rejects several extensions for one handler.",
		Note: "The same message is recorded in 2015 and in 2025.",
	},
	{
		ID: ExtensionNameOnce, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-06-15", Sure: Inferred,
		Text: "The extensions of a scale set have different names, because the name identifies an extension.",
	},
	{
		ID: ExtensionSystem, Era: Both, Since: "2015-06-15",
		Source: "hashicorp/terraform-provider-azurerm#22351", Sure: Recorded,
		Text: "An extension must match the operating system of the instances; Azure rejects the Linux custom script extension on Windows.",
	},
	{
		ID: RetiredExtensions, Era: Current, Since: "2016-03-30",
		Source: "LEARN:azure-monitor/agents/azure-monitor-agent-migration", Sure: Documented,
		Text: "The Log Analytics agents were retired on 31 August 2024 in favor of the Azure Monitor Agent, and the managed identity extension was retired earlier in favor of the instance metadata service.",
	},
}
