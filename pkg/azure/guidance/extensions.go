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
		Text: "Several extensions run in no order that can be enforced; a script may wait for another extension, by its log.",
	},
	{
		ID: ExtensionOrder, Era: Current, Since: "2018-06-01",
		Source: "CD:virtual-machine-scale-sets-extension-sequencing", Sure: Documented,
		Text: "provisionAfterExtensions orders extensions from API version 2018-06-01 on: the names exist, there is no cycle, and each has settings.",
	},
	{
		ID: ExtensionOrderNone, Era: Current, Since: "2016-03-30", Until: "2018-04-01",
		Source: "SEED", Sure: Inferred,
		Text: "Before API version 2018-06-01 extensions have no order that can be enforced.",
	},
	{
		ID: ExtensionBudget, Era: Current, Since: "2020-06-01",
		Source: "SCH:2020-06-01", Sure: Documented,
		Text: "extensionsTimeBudget is PT15M to PT120M, PT1H30M by default, from API version 2020-06-01 on.",
	},
	{
		ID: HealthExtension, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "The health extension is ApplicationHealthLinux or ApplicationHealthWindows of Microsoft.ManagedServices, version 1.0 or 2.0; protocol tcp, http or https.",
	},
	{
		ID: HealthExtensionPort, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "The health extension needs a port for tcp and a requestPath for http and https; tcp takes no requestPath.",
	},
	{
		ID: HealthExtensionTimes, Era: Current, Since: "2018-10-01",
		Limit: 60, Unit: "seconds",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "The health extension asks every 5 to 60 seconds, 5 by default; 1 to 24 probes decide, 1 by default.",
	},
	{
		ID: HealthExtensionGrace, Era: Current, Since: "2021-11-01",
		Limit: 14400, Unit: "seconds",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "gracePeriod belongs to version 2.0 of the health extension, at most 14,400 seconds, interval times probes by default.",
	},
	{
		ID: ExtensionHandlerOnce, Era: Both, Since: "2015-06-15",
		Source: "MicrosoftDocs/azure-docs#55085", Sure: Recorded,
		Text: "An instance has one extension of each publisher and type: the service refuses several for one handler.",
		Note: "The same message is recorded in 2015 and in 2025.",
	},
	{
		ID: ExtensionNameOnce, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-06-15", Sure: Inferred,
		Text: "The names of the extensions of a set are all different: the name is the key of an extension.",
	},
	{
		ID: ExtensionSystem, Era: Both, Since: "2015-06-15",
		Source: "hashicorp/terraform-provider-azurerm#22351", Sure: Recorded,
		Text: "An extension is one for the operating system of the instances: the service refuses the custom script of Linux on Windows.",
	},
	{
		ID: RetiredExtensions, Era: Current, Since: "2016-03-30",
		Source: "AD:azure-monitor/agents/azure-monitor-agent-migration.md", Sure: Documented,
		Text: "The Log Analytics agents were retired on 31 August 2024 in favour of the Azure Monitor Agent; the managed identity extension before them, in favour of the instance metadata service.",
	},
}
