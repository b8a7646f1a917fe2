package requirements

const (
	autoscalePage  = learn + "templates/microsoft.insights/autoscalesettings"
	diagnosticPage = learn + "templates/microsoft.insights/diagnosticsettings"
	collectionPage = learn + "templates/microsoft.insights/datacollectionrules"
	alertPage      = learn + "templates/microsoft.insights/metricalerts"
)

var (
	autoscale   = []Place{{"Microsoft.Insights/autoscaleSettings", "properties"}}
	diagnostics = []Place{
		{"Microsoft.Insights/diagnosticSettings", "properties"},
		{"Microsoft.Storage/storageAccounts/providers/diagnosticSettings", "properties"},
		{"Microsoft.Storage/storageAccounts/blobServices/providers/diagnosticSettings", "properties"},
		{"Microsoft.Network/networkSecurityGroups/providers/diagnosticSettings", "properties"},
		{"Microsoft.Network/loadBalancers/providers/diagnosticSettings", "properties"},
		{"Microsoft.Network/applicationGateways/providers/diagnosticSettings", "properties"},
		{"Microsoft.Network/publicIPAddresses/providers/diagnosticSettings", "properties"},
		{"Microsoft.Network/virtualNetworks/providers/diagnosticSettings", "properties"},
		{"Microsoft.KeyVault/vaults/providers/diagnosticSettings", "properties"},
		{"Microsoft.Compute/virtualMachineScaleSets/providers/diagnosticSettings", "properties"},
	}
	diagnostic      = diagnostics[:1]
	settings        = []Place{{"Microsoft.Insights/diagnosticSettings", ""}}
	collections     = []Place{{"Microsoft.Insights/dataCollectionRules", "properties"}}
	collectionRoots = []Place{{"Microsoft.Insights/dataCollectionRules", ""}}
	alerts          = []Place{{"Microsoft.Insights/metricAlerts", "properties"}}
	queries         = []Place{{"Microsoft.Insights/scheduledQueryRules", "properties"}}
	actionGroups    = []Place{{"Microsoft.Insights/actionGroups", "properties"}}
	activityAlerts  = []Place{{"Microsoft.Insights/activityLogAlerts", "properties"}}
)

var autoscaleRows = []Row{
	{"autoscale-target-missing", autoscale, "", "", "targetResourceUri present", Reported, issue + "Azure/azure-sdk-for-net/issues/43948", "An autoscale setting needs a target.", ""},
	{"autoscale-recurrence-hours", autoscale, "profiles[].recurrence.schedule", "", "hours count <= 1", Reported, issue + "MicrosoftDocs/azure-docs/issues/42655", "A profile starts at only one time of day.", "Write one hour; use another profile for another time."},
	{"autoscale-recurrence-minutes", autoscale, "profiles[].recurrence.schedule", "", "minutes count <= 1", Reported, issue + "MicrosoftDocs/azure-docs/issues/42655", "A profile starts at only one time of day.", "Write one minute; use another profile for another time."},
	{"autoscale-recurrence-time", autoscale, "profiles[]", "", "at most one of fixedDate, recurrence", Inferred, autoscalePage, "A profile holds for a fixed time or recurs.", ""},
	{"autoscale-date-order", autoscale, "profiles[].fixedDate", "", "start < @end", Documented, autoscalePage, "A fixed time ends after it starts.", ""},
	{"autoscale-date-start", autoscale, "profiles[].fixedDate", "", "start present", Documented, autoscalePage, "A fixed time has a start and an end.", ""},
	{"autoscale-date-end", autoscale, "profiles[].fixedDate", "", "end present", Documented, autoscalePage, "A fixed time has a start and an end.", ""},
	{"autoscale-profile-name", autoscale, "", "", "profiles[].name unique", Inferred, autoscalePage, "Profiles must have different names.", "Rename one of them."},
	{"autoscale-operation", autoscale, "notifications[]", "", "operation = Scale", Documented, autoscalePage, "The operation of a notification is always Scale.", ""},
	{"autoscale-webhook", autoscale, "notifications[].webhooks[]", "", "serviceUri is https", Inferred, autoscalePage, "A webhook is called by https.", ""},
	{"autoscale-dimension", autoscale, "profiles[].rules[].metricTrigger.dimensions[]", "", "Operator = Equals | NotEquals", Documented, autoscalePage, "Dimensions are compared by Equals or NotEquals.", ""},
	{"autoscale-predictive-target", autoscale, "", "!predictiveAutoscalePolicy.scaleMode = Enabled | ForecastOnly", `targetResourceUri matches /(?i)\/Microsoft\.Compute\/virtualMachineScaleSets\/[^\/]+$/ like /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web`, Documented, learn + "azure-monitor/autoscale/autoscale-predictive", "Predictive autoscale is for scale sets only.", "Set `scaleMode` to Disabled."},
	{"autoscale-predictive-metric", autoscale, "", "!predictiveAutoscalePolicy.scaleMode = Enabled | ForecastOnly; profiles[].rules[].metricTrigger.metricName != Percentage CPU; ?profiles[].rules[].metricTrigger.metricName present", "never predictive autoscale needs a rule for the metric Percentage CPU", Documented, learn + "azure-monitor/autoscale/autoscale-predictive", "The forecast is one of the CPU load.", "Add a rule for Percentage CPU, or set `scaleMode` to Disabled."},
	{"autoscale-look-ahead-mode", autoscale, "predictiveAutoscalePolicy", "!scaleLookAheadTime present", "scaleMode != Disabled", Ignored, autoscalePage, "There is no forecast to look ahead with.", ""},
	{"autoscale-foreign-metric", autoscale, "profiles[].rules[].metricTrigger", `metricResourceUri matches /(?i)\/Microsoft\.Compute\/virtualMachineScaleSets\/[^\/]+$/ like /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web; ?metricNamespace absent`, `metricName !matches /(?i)^(CpuPercentage|CPU ?Percentage|PercentageCPU|CPU|cpu_percent|MemoryPercentage|Memory Percentage|Percentage Memory|Memory|DiskQueueLength|HttpQueueLength|BytesReceived|BytesSent|Requests|ActiveMessages|ApproximateMessageCount|mem\/.*|azure\.vm\..*)$/ like CpuPercentage`, Reported, issue + "Azure/azure-cli/issues/25986", "A scale set has no metric of this name in its own namespace.", "Use Percentage CPU or Available Memory Bytes, or name the namespace in `metricNamespace`."},
	{"autoscale-plan-metric", autoscale, "profiles[].rules[].metricTrigger", `metricResourceUri matches /(?i)\/Microsoft\.Web\/serverFarms\/[^\/]+$/ like /subscriptions/s/resourceGroups/g/providers/Microsoft.Web/serverfarms/web; ?metricNamespace absent`, "metricName != Percentage CPU", Reported, issue + "Azure/azure-powershell/issues/24727", "An App Service plan has no metric of this name.", "Use CpuPercentage."},
}

var diagnosticRows = []Row{
	{"diagnostics-destination", diagnostics, "", "", "any of workspaceId, storageAccountId, eventHubAuthorizationRuleId, marketplacePartnerId, serviceBusRuleId", Documented, learn + "azure-monitor/essentials/diagnostic-settings", "A diagnostic setting has a destination.", "Add `workspaceId` or another destination."},
	{"diagnostics-group-and-category", diagnostics, "", "logs[].categoryGroup present", "logs[].category absent", Reported, issue + "Azure/azure-rest-api-specs/issues/22719", "Logs are chosen by categories or by category groups.", "Remove the categories or the groups."},
	{"diagnostics-log-category", diagnostics, "logs[]", "", "any of category, categoryGroup", Inferred, diagnosticPage, "A log is chosen by its category or its group.", ""},
	{"diagnostics-log-unique", diagnostics, "", "", "logs[].category unique", Inferred, diagnosticPage, "Each category is listed once.", ""},
	{"diagnostics-metric-unique", diagnostics, "", "", "metrics[].category unique", Inferred, diagnosticPage, "Each category is listed once.", ""},
	{"diagnostics-hub", diagnostics, "", "!eventHubName present", "eventHubAuthorizationRuleId present", Inferred, diagnosticPage, "An event hub is reached with an authorization rule.", "Add `eventHubAuthorizationRuleId`."},
	{"diagnostics-tables", diagnostics, "", "!logAnalyticsDestinationType present", "workspaceId present", Ignored, diagnosticPage, "The kind of tables only matters for a workspace.", ""},
	{"diagnostics-retention", diagnostics, "logs[].retentionPolicy", "enabled = true", "days <= 0", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/23051", "New diagnostic settings cannot keep a retention any more.", "Set `days` to 0 and use a lifecycle policy of the storage account."},
	{"diagnostics-metric-retention", diagnostics, "metrics[].retentionPolicy", "enabled = true", "days <= 0", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/23051", "New diagnostic settings cannot keep a retention any more.", "Set `days` to 0 and use a lifecycle policy of the storage account."},
	{"diagnostics-retention-days", diagnostics, "logs[].retentionPolicy", "", "days <= 365", Documented, diagnosticPage, "Logs are kept for up to 365 days.", ""},
	{"diagnostics-account-logs", []Place{{"Microsoft.Insights/diagnosticSettings", ""}}, "", `?id matches /(?i)\/Microsoft\.Storage\/storageAccounts\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category absent", Reported, issue + "Azure/azure-rest-api-specs/issues/10646", "A storage account itself has metrics only; logs are those of its blob, file, queue and table services.", "Set the scope to the service, such as blobServices/default."},
	{"diagnostics-account-logs-nested", []Place{{"Microsoft.Storage/storageAccounts/providers/diagnosticSettings", "properties"}}, "", "", "logs[].category absent", Reported, issue + "Azure/azure-rest-api-specs/issues/10646", "A storage account itself has metrics only; logs are those of its blob, file, queue and table services.", "Write the setting for the service, such as blobServices/default."},
	{"diagnostics-set-logs", []Place{{"Microsoft.Insights/diagnosticSettings", ""}}, "", `?id matches /(?i)\/Microsoft\.Compute\/virtualMachineScaleSets\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category absent", Documented, learn + "azure-monitor/reference/supported-logs/logs-index", "A scale set has no resource logs; logs of its instances are collected by an agent.", "Remove `logs`, and use a data collection rule."},
	{"diagnostics-network-logs", diagnostic, "", "", "logs[].category != Administrative", Inferred, learn + "azure-monitor/essentials/activity-log", "The activity log is a log of the subscription, not of a resource.", ""},
	{"diagnostics-metric-category", diagnostics, "", "", "metrics[].category = AllMetrics | Transaction | Capacity | Basic | InstanceAndAppAdvanced | WorkloadManagement | Minute | Errors | Requests | SLI | Traffic | Saturation | Latency", Inferred, issue + "Azure/Enterprise-Scale/issues/893", "Metrics are exported as a whole, by the category AllMetrics.", "Set `category` to AllMetrics."},
	{"diagnostics-table-kind", diagnostics, "", "", "logAnalyticsDestinationType = Dedicated | AzureDiagnostics", Documented, diagnosticPage, "Logs are sent to separate tables (Dedicated) or to AzureDiagnostics.", ""},
	{"diagnostics-nothing", diagnostic, "", "any of workspaceId, storageAccountId, eventHubAuthorizationRuleId", "any of logs, metrics", Inferred, learn + "azure-monitor/essentials/diagnostic-settings", "A diagnostic setting sends logs or metrics.", "Add `logs` or `metrics`."},
	{"diagnostics-vault-category", settings, "", `?id matches /(?i)\/Microsoft\.KeyVault\/vaults\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category = AuditEvent | AzurePolicyEvaluationDetails", Reported, issue + "MicrosoftDocs/azure-docs/issues/42493", "These are the log categories of a key vault.", ""},
	{"diagnostics-group-category", settings, "", `?id matches /(?i)\/Microsoft\.Network\/networkSecurityGroups\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category = NetworkSecurityGroupEvent | NetworkSecurityGroupRuleCounter | NetworkSecurityGroupFlowEvent", Reported, issue + "MicrosoftDocs/azure-docs/issues/42493", "These are the log categories of a security group.", ""},
	{"diagnostics-address-category", settings, "", `?id matches /(?i)\/Microsoft\.Network\/publicIPAddresses\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category = DDoSProtectionNotifications | DDoSMitigationFlowLogs | DDoSMitigationReports", Reported, issue + "MicrosoftDocs/azure-docs/issues/42493", "These are the log categories of a public IP address.", ""},
	{"diagnostics-network-category", settings, "", `?id matches /(?i)\/Microsoft\.Network\/virtualNetworks\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category = VMProtectionAlerts", Reported, issue + "MicrosoftDocs/azure-docs/issues/42493", "These are the log categories of a virtual network.", ""},
	{"diagnostics-balancer-category", settings, "", `?id matches /(?i)\/Microsoft\.Network\/loadBalancers\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category = LoadBalancerHealthEvent | LoadBalancerAlertEvent | LoadBalancerProbeHealthStatus", Reported, issue + "MicrosoftDocs/azure-docs/issues/42493", "These are the log categories of a load balancer.", ""},
	{"diagnostics-gateway-category", settings, "", `?id matches /(?i)\/Microsoft\.Network\/applicationGateways\/[^\/]+\/providers\/Microsoft\.Insights\/diagnosticSettings\/[^\/]+$/ like x`, "properties.logs[].category = ApplicationGatewayAccessLog | ApplicationGatewayPerformanceLog | ApplicationGatewayFirewallLog", Reported, issue + "MicrosoftDocs/azure-docs/issues/42493", "These are the log categories of an application gateway.", ""},
}

// almostStreams are names that people write for streams that are called otherwise.
const almostStreams = `!matches /^Microsoft-(WindowsEvents|Events|SysLogs|Perfs|PerformanceCounters?|InsightMetrics|InsightsMetric|Heartbeats)$/ like Microsoft-WindowsEvents`

var collectionRows = []Row{
	{"collection-stream-unknown", collections, "dataFlows[]", "", "streams[] " + almostStreams, Reported, issue + "Azure/azure-rest-api-specs/issues/21200", "The stream does not exist.", "Use one of the documented streams, such as Microsoft-Event, Microsoft-WindowsEvent, Microsoft-Syslog or Microsoft-Perf."},
	{"collection-stream-form", collections, "dataFlows[]", "", `streams[] matches /^(Microsoft|Custom)[-.]/ like Microsoft-Syslog`, Reported, issue + "hashicorp/terraform-provider-azurerm/issues/18481", "A stream is Microsoft-... or Custom-..., or metrics such as Microsoft.Compute/virtualMachines:Metrics-Group-All.", ""},
	{"collection-source-form", collections, "dataSources.windowsEventLogs[]", "", "streams[] = Microsoft-WindowsEvent | Microsoft-Event | Microsoft-SecurityEvent", Inferred, collectionPage, "Windows events go to one of these streams.", ""},
	{"collection-syslog-form", collections, "dataSources.syslog[]", "", "streams[] = Microsoft-Syslog | Microsoft-CommonSecurityLog | Microsoft-CiscoAsa", Inferred, collectionPage, "Syslog data uses one of these streams.", ""},
	{"collection-counter-form", collections, "dataSources.performanceCounters[]", "", "streams[] = Microsoft-Perf | Microsoft-InsightsMetrics", Inferred, collectionPage, "Performance counters go to one of these streams.", ""},
	{"collection-event-queries", collections, "dataSources.windowsEventLogs[]", "", "xPathQueries count <= 100", Documented, collectionPage, "A source has up to 100 queries.", ""},
	{"collection-sampling-least", collections, "dataSources.performanceCounters[]", "", "samplingFrequencyInSeconds >= 1", Inferred, collectionPage, "Counters are read every 1 to 1800 seconds.", ""},
	{"collection-sampling-most", collections, "dataSources.performanceCounters[]", "", "samplingFrequencyInSeconds <= 1800", Inferred, collectionPage, "Counters are read every 1 to 1800 seconds.", ""},
	{"collection-counter-count", collections, "dataSources.performanceCounters[]", "", "counterSpecifiers count <= 100", Documented, collectionPage, "A source has up to 100 counters.", ""},
	{"collection-linux-events", collectionRoots, "", "kind = Linux", "properties.dataSources.windowsEventLogs absent", Documented, "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/monitor_data_collection_rule", "A rule for Linux has no Windows events.", "Set `kind` to Windows, or remove it."},
	{"collection-windows-syslog", collectionRoots, "", "kind = Windows", "properties.dataSources.syslog absent", Documented, "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/monitor_data_collection_rule", "A rule for Windows has no syslog.", "Set `kind` to Linux, or remove it."},
	{"collection-destinations", collections, "dataFlows[]", "?^destinations.azureMonitorMetrics absent; ?^destinations.logAnalytics present; ?^destinations.eventHubs absent; ?^destinations.eventHubsDirect absent; ?^destinations.storageAccounts absent; ?^destinations.storageBlobsDirect absent; ?^destinations.monitoringAccounts absent; ?^destinations.storageTablesDirect absent; ?^destinations.microsoftFabric absent; ?^destinations.azureDataExplorer absent", "destinations[] in @^destinations.logAnalytics[].name", Documented, collectionPage, "A data flow leads to destinations of the rule.", "Write the name of one of the destinations."},
	{"collection-custom-stream", collections, "dataFlows[]", "?streams[] matches /^Custom-/ like Custom-Web; ?../../streamDeclarations absent; ?../../dataSources.logFiles present", "never the custom stream of this data flow is not declared", Inferred, collectionPage, "A custom stream has its columns in streamDeclarations.", "Add the stream to `streamDeclarations`."},
	{"collection-flow-streams", collections, "dataFlows[]", "", "streams count >= 1", Documented, collectionPage, "A data flow has streams.", ""},
	{"collection-flow-destinations", collections, "dataFlows[]", "", "destinations count >= 1", Documented, collectionPage, "A data flow has destinations.", ""},
	{"collection-flows", collections, "", "", "dataFlows count <= 10", Inferred, collectionPage, "A rule has up to ten data flows.", ""},
	{"collection-destination-name", collections, "", "", "destinations.logAnalytics[].name unique", Documented, collectionPage, "Destinations must have different names.", ""},
	{"collection-file-stream", collections, "dataSources.logFiles[]", "", `streams[] matches /^Custom-/ like Custom-Web`, Documented, collectionPage, "Log files go to a custom stream.", ""},
	{"collection-endpoint", collections, "", "dataSources.logFiles present; ?api < 2023-03-11", "dataCollectionEndpointId present", Inferred, learn + "azure-monitor/agents/data-collection-log-text", "Log files are sent through a data collection endpoint.", ""},
	{"alert-severity", alerts, "", "", "severity <= 4", Documented, alertPage, "A severity is 0 to 4.", ""},
	{"alert-scopes", alerts, "", "", "scopes count >= 1", Documented, alertPage, "An alert has at least one scope.", ""},
	{"alert-frequency", alerts, "", "", "evaluationFrequency <= @windowSize", Inferred, alertPage, "An alert is evaluated at least once in its window.", ""},
	{"alert-location", []Place{{"Microsoft.Insights/metricAlerts", ""}}, "", "", "location = global", Inferred, alertPage, "Metric alerts are global.", ""},
	{"alert-target-type", alerts, "", "!scopes count > 1", "targetResourceType present", Documented, alertPage, "An alert for several resources must set their type.", "Add `targetResourceType` and `targetResourceRegion`."},
	{"alert-target-region", alerts, "", "scopes count > 1", "targetResourceRegion present", Documented, alertPage, "An alert for several resources must set their region.", ""},
	{"alert-criterion-name", alerts, "criteria", "", "allOf[].name unique", Inferred, alertPage, "Criteria must have different names.", ""},
	{"alert-dimension", alerts, "criteria.allOf[].dimensions[]", "", "operator = Include | Exclude", Documented, alertPage, "Dimensions are included or excluded.", ""},
	{"alert-periods", alerts, "criteria.allOf[].failingPeriods", "", "minFailingPeriodsToAlert <= @numberOfEvaluationPeriods", Inferred, alertPage, "Not more periods can fail than are evaluated.", ""},
	{"alert-threshold", alerts, "criteria.allOf[]", "criterionType = StaticThresholdCriterion", "threshold present", Documented, alertPage, "A static criterion has a threshold.", ""},
	{"alert-sensitivity", alerts, "criteria.allOf[]", "criterionType = DynamicThresholdCriterion", "alertSensitivity present", Documented, alertPage, "A dynamic criterion has a sensitivity.", ""},
	{"action-group-name", []Place{{"Microsoft.Insights/actionGroups", "properties"}}, "", "", "groupShortName length <= 12", Reported, issue + "Azure/bellhop/issues/72", "The short name has up to 12 characters.", ""},
	{"activity-alert-location", []Place{{"Microsoft.Insights/activityLogAlerts", ""}}, "", "", "location = global | northeurope | westeurope | North Europe | West Europe", Documented, learn + "templates/microsoft.insights/activitylogalerts", "Activity log alerts are global or in one of two regions.", ""},
	{"collection-source-name", collections, "", "", "dataSources{}.[].name unique", Documented, collectionPage, "Data sources must have different names, whatever their kind.", "Rename one of them."},
	{"collection-flows-missing", collections, "", "dataSources present; destinations present", "dataFlows count >= 1", Inferred, collectionPage, "A rule sends what it collects along data flows.", "Add `dataFlows`."},
	{"alert-window", alerts, "", "", "windowSize = PT1M | PT5M | PT15M | PT30M | PT1H | PT60M | PT6H | PT12H | PT24H | P1D", Documented, learn + "azure-monitor/alerts/resource-manager-alerts-metric", "These are the windows of a metric alert.", ""},
	{"alert-evaluation", alerts, "", "", "evaluationFrequency = PT1M | PT5M | PT15M | PT30M | PT1H | PT60M", Documented, learn + "azure-monitor/alerts/resource-manager-alerts-metric", "A metric alert is evaluated this often.", ""},
	{"alert-metric", alerts, "criteria.allOf[]", "", "metricName present", Documented, alertPage, "A criterion needs a metric.", ""},
	{"alert-static-operator", alerts, "criteria.allOf[]", "criterionType = StaticThresholdCriterion", "operator != GreaterOrLessThan", Documented, alertPage, "Only a dynamic threshold has two sides.", "Set `operator` to GreaterThan or LessThan."},
	{"alert-dynamic-operator", alerts, "criteria.allOf[]", "criterionType = DynamicThresholdCriterion", "operator = GreaterThan | LessThan | GreaterOrLessThan", Documented, alertPage, "A dynamic threshold has these operators.", ""},
	{"alert-one-scope", alerts, "", `?criteria.odata\.type = Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria`, "scopes count <= 1", Reported, issue + "Azure/ResourceModules/issues/4550", "These criteria are about one resource.", "Use the criteria Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria."},
	{"query-mute", queries, "", "!muteActionsDuration present", "autoMitigate != true", Reported, issue + "Azure/azure-powershell/issues/22583", "An alert that resolves itself cannot mute its actions.", "Set `autoMitigate` to false, or remove `muteActionsDuration`."},
	{"query-mute-least", queries, "", "", "muteActionsDuration >= @evaluationFrequency", Reported, issue + "Azure/azure-cli/issues/26581", "Actions are muted for at least one evaluation.", ""},
	{"query-window-most", queries, "", "", "windowSize <= PT48H", Reported, issue + "Azure/azure-rest-api-specs/issues/21258", "A query covers up to two days.", ""},
	{"query-window", queries, "", "", "windowSize = PT1M | PT5M | PT10M | PT15M | PT30M | PT45M | PT1H | PT60M | PT2H | PT120M | PT3H | PT180M | PT4H | PT240M | PT5H | PT300M | PT6H | PT360M | P1D | PT24H | PT1440M | P2D | PT48H | PT2880M | P3D | P7D", Reported, issue + "Azure/azure-rest-api-specs/issues/21258", "These are the windows of a query.", ""},
	{"query-frequency", queries, "", "", "evaluationFrequency = PT1M | PT5M | PT10M | PT15M | PT30M | PT45M | PT1H | PT60M | PT2H | PT120M | PT3H | PT180M | PT4H | PT240M | PT5H | PT300M | PT6H | PT360M | P1D | PT24H | PT1440M", Documented, "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/monitor_scheduled_query_rules_alert_v2", "A query runs this often.", ""},
	{"query-periods", queries, "criteria.allOf[].failingPeriods", "", "minFailingPeriodsToAlert <= @numberOfEvaluationPeriods", Documented, learn + "templates/microsoft.insights/scheduledqueryrules", "Not more periods can fail than are evaluated.", ""},
	{"query-periods-least", queries, "criteria.allOf[].failingPeriods", "", "numberOfEvaluationPeriods >= 1", Reported, issue + "Azure/azure-resource-manager-schemas/issues/1753", "At least one period is evaluated.", ""},
	{"query-failing-least", queries, "criteria.allOf[].failingPeriods", "", "minFailingPeriodsToAlert >= 1", Reported, issue + "Azure/azure-resource-manager-schemas/issues/1753", "At least one period must fail.", ""},
	{"query-measure", queries, "criteria.allOf[]", "timeAggregation = Average | Minimum | Maximum | Total", "metricMeasureColumn present", Inferred, learn + "templates/microsoft.insights/scheduledqueryrules", "An aggregation other than Count needs a column.", ""},
	{"query-text", queries, "criteria.allOf[]", "!operator present; ?/kind (LogAlert) = LogAlert", "query present", Documented, learn + "templates/microsoft.insights/scheduledqueryrules", "A log alert has a query.", ""},
	{"query-severity", queries, "", "", "severity <= 4", Documented, learn + "templates/microsoft.insights/scheduledqueryrules", "A severity is 0 to 4.", ""},
	{"query-location", []Place{{"Microsoft.Insights/scheduledQueryRules", ""}}, "", "", "location != global", Inferred, learn + "templates/microsoft.insights/scheduledqueryrules", "A log alert is in the region of its workspace.", "Use the location of the workspace."},
	{"action-receiver-name", actionGroups, "", "", "../properties{}.[].name unique", Documented, learn + "templates/microsoft.insights/actiongroups", "Receivers of one group must have different names, whatever their kind.", "Rename one of them."},
	{"action-short-name", actionGroups, "", "", "groupShortName present", Documented, learn + "templates/microsoft.insights/actiongroups", "An action group has a short name.", ""},
	{"action-runbook-name", actionGroups, "automationRunbookReceivers[]", "webhookResourceId present", "name present", Reported, issue + "MicrosoftDocs/azure-docs/issues/37405", "A runbook receiver has a name.", ""},
	{"action-email", actionGroups, "emailReceivers[]", "", `emailAddress matches /^\S+@\S+\.\S+$/ like ops@example.com`, Inferred, learn + "templates/microsoft.insights/actiongroups", "An email receiver has an email address.", ""},
	{"action-webhook", actionGroups, "webhookReceivers[]", "", `serviceUri matches /^(?i)https?:\/\// like https://example.com/hook`, Inferred, learn + "templates/microsoft.insights/actiongroups", "A webhook is called by its full address.", ""},
	{"action-phone", actionGroups, "smsReceivers[]", "", `phoneNumber matches /^[0-9() .-]+$/ like 5555550100`, Inferred, learn + "templates/microsoft.insights/actiongroups", "A phone number does not include the country code.", ""},
	{"activity-category", activityAlerts, "", "?condition.allOf[].field present; ?condition.allOf[].anyOf absent; !condition.allOf[].field != category", "never the condition has no field category", Documented, learn + "azure-monitor/alerts/alerts-activity-log", "The condition of an activity log alert must set the category of the events.", "Add { \"field\": \"category\", \"equals\": \"Administrative\" }."},
	{"activity-category-value", activityAlerts, "condition.allOf[]", "field = category", "equals = Administrative | ServiceHealth | ResourceHealth | Autoscale | Alert | Recommendation | Security | Policy", Documented, learn + "azure-monitor/essentials/activity-log-schema", "These are the categories of the activity log.", ""},
	{"insights-retention", []Place{{"Microsoft.Insights/components", "properties"}}, "", "", "RetentionInDays = 30 | 60 | 90 | 120 | 180 | 270 | 365 | 550 | 730", Documented, learn + "azure-monitor/app/data-retention-privacy", "Data is kept for one of these numbers of days.", ""},
	{"web-test-link", []Place{{"Microsoft.Insights/webtests", ""}}, "", "properties.SyntheticMonitorId present", "tags present", Reported, issue + "MicrosoftDocs/feedback/issues/3491", "A tag with the name hidden-link: and the id of the component links a test to Application Insights.", "Add the tag to `tags`."},
	{"web-test-frequency", []Place{{"Microsoft.Insights/webtests", "properties"}}, "", "", "Frequency = 300 | 600 | 900", Inferred, learn + "templates/microsoft.insights/webtests", "A test runs every 5, 10 or 15 minutes.", ""},
	{"action-email-empty", actionGroups, "emailReceivers[]", "", "emailAddress length >= 1", Inferred, learn + "templates/microsoft.insights/actiongroups", "An email receiver has an email address.", "Write an email address."},
	{"alert-failing-periods", alerts, "criteria.allOf[]", "criterionType = DynamicThresholdCriterion", "failingPeriods.numberOfEvaluationPeriods present", Documented, templatePages + "microsoft.insights/metricalerts", "A dynamic threshold says how many periods must fail.", "Add `failingPeriods` with both of its numbers."},
	{"alert-criteria", alerts, "criteria", "", "allOf count >= 1", Inferred, templatePages + "microsoft.insights/metricalerts", "An alert has a condition.", ""},
	{"prometheus-rules", []Place{{"Microsoft.AlertsManagement/prometheusRuleGroups", "properties"}}, "", "", "rules count <= 20", Reported, issue + "Azure/prometheus-collector/issues/742", "A rule group has up to 20 rules.", "Split the group."},
}

var (
	everything  = []Place{{anyType, ""}}
	credentials = []Place{{"Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials", "properties"}}
	assignments = []Place{{"Microsoft.Authorization/roleAssignments", "properties"}}
	roles       = []Place{{"Microsoft.Authorization/roleDefinitions", "properties"}}
	locks       = []Place{{"Microsoft.Authorization/locks", "properties"}}
)

var identityRows = []Row{
	{"identity-none-listed", everything, "identity", `?/type !matches /(?i)^Microsoft\.Compute\/virtualMachineScaleSets$/ like Microsoft.Compute/virtualMachineScaleSets; ?identityIds absent; !type matches /(?i)UserAssigned/ like UserAssigned`, "userAssignedIdentities{} count >= 1", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/3801", "A user-assigned identity has to be listed.", "Add the id of the identity to `userAssignedIdentities`, or change `type`."},
	{"identity-ids", everything, "identity", "!identityIds present", "api < 2018-06-01", Reported, issue + "MicrosoftDocs/azure-docs/issues/68377", "Newer API versions list identities in userAssignedIdentities.", "Write each id as a name in `userAssignedIdentities`, with {} as its value."},
	{"identity-exported-principal", everything, "identity", "", "userAssignedIdentities{}.principalId absent", Inferred, setPage, "Azure fills in the principal of an identity; exported templates have to be cleaned of it.", "Write {} as the value of the identity."},
	{"identity-exported-client", everything, "identity", "", "userAssignedIdentities{}.clientId absent", Inferred, setPage, "Azure fills in the client of an identity; exported templates have to be cleaned of it.", "Write {} as the value of the identity."},
	{"identity-type-system", everything, "identity", `?/type !matches /(?i)^Microsoft\.Compute\/virtualMachineScaleSets$/ like Microsoft.Compute/virtualMachineScaleSets; type = SystemAssigned`, "userAssignedIdentities absent", Inferred, learn + "azure-resource-manager/templates/template-tutorial-add-functions", "Identities can only be listed when the type includes UserAssigned.", "Set `type` to SystemAssigned, UserAssigned."},
	{"identity-type-missing", everything, "identity", "userAssignedIdentities present", "type present", Inferred, "https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-manage-user-assigned-managed-identities", "An identity has a type.", "Add `type`: UserAssigned."},
	{"credential-audience", credentials, "", "", "audiences[] length >= 1", Reported, issue + "Azure/bicep/issues/9022", "The audience of a federated credential cannot be empty.", "Write api://AzureADTokenExchange."},
	{"credential-audience-missing", credentials, "", "", "audiences count >= 1", Documented, learn + "templates/microsoft.managedidentity/userassignedidentities/federatedidentitycredentials", "A federated credential has an audience.", "Add api://AzureADTokenExchange."},
	{"credential-one-audience", credentials, "", "", "audiences count <= 1", Documented, "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations", "A federated credential has one audience.", ""},
	{"credential-issuer", credentials, "", "", "issuer is https", Documented, "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations", "The issuer is an https address.", ""},
	{"credential-issuer-missing", credentials, "", "", "issuer present", Documented, learn + "templates/microsoft.managedidentity/userassignedidentities/federatedidentitycredentials", "A federated credential needs an issuer.", ""},
	{"credential-subject-missing", credentials, "", "", "subject present", Documented, learn + "templates/microsoft.managedidentity/userassignedidentities/federatedidentitycredentials", "A federated credential needs a subject.", ""},
	{"credential-subject-length", credentials, "", "", "subject length <= 600", Documented, "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations", "A subject has up to 600 characters.", ""},
	{"credential-wildcard", credentials, "", "", `subject !matches /\*/ like repo:example/web:*`, Inferred, "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations", "Subjects are compared literally; * is not a wildcard.", "Write the exact subject."},
	{"role-condition-version", assignments, "", "", "conditionVersion = 2.0", Reported, issue + "MicrosoftDocs/azure-docs/issues/119449", "The only accepted version of a condition is 2.0.", ""},
	{"role-condition-version-missing", assignments, "", "!condition present", "conditionVersion present", Inferred, learn + "role-based-access-control/conditions-role-assignments-template", "A condition has a version.", "Add `conditionVersion` 2.0."},
	{"role-definition-form", assignments, "", "", `roleDefinitionId matches /(?i)\/roleDefinitions\/\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/ like /subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`, Reported, issue + "Azure/bicep-registry-modules/issues/1898", "A role is named by the id of its definition, which ends with a GUID.", "Use the GUID of the role instead of its display name."},
	{"role-principal", assignments, "", "", "principalId is guid", Documented, learn + "templates/microsoft.authorization/roleassignments", "A principal is identified by its object id, a GUID.", "Use the principal id of the identity."},
	{"role-principal-missing", assignments, "", "", "principalId present", Documented, learn + "templates/microsoft.authorization/roleassignments", "A role is assigned to a principal.", ""},
	{"role-identity-type", assignments, "", "?principalId refers identity", "principalType = ServicePrincipal", Reported, issue + "Azure/azure-dev/issues/2427", "A managed identity is a service principal.", ""},
	{"role-new-identity", assignments, "", "principalId refers identity", "principalType present", Inferred, issue + "Azure/avdaccelerator/issues/99", "Azure may not find a principal that was just created, unless its type is set.", "Add `principalType`: ServicePrincipal."},
	{"role-delegated", assignments, "", "!delegatedManagedIdentityResourceId present", "principalType = ServicePrincipal", Inferred, learn + "templates/microsoft.authorization/roleassignments", "A managed identity is a service principal.", ""},
	{"role-scopes", roles, "", "", "assignableScopes count >= 1", Documented, learn + "role-based-access-control/custom-roles", "A custom role must set where it can be assigned.", ""},
	{"role-root-scope", roles, "", "", "assignableScopes[] != /", Documented, learn + "role-based-access-control/custom-roles", "A custom role cannot be for the root.", "Write a subscription, resource group or management group."},
	{"role-permissions", roles, "", "", "permissions count >= 1", Documented, learn + "role-based-access-control/custom-roles", "A custom role has permissions.", ""},
	{"lock-notes", locks, "", "", "notes length <= 512", Documented, learn + "templates/microsoft.authorization/locks", "Notes have up to 512 characters.", ""},
	{"lock-level", locks, "", "", "level = CanNotDelete | ReadOnly", Inferred, learn + "templates/microsoft.authorization/locks", "A lock forbids deletion or any change.", ""},
	{"role-principal-id", assignments, "", "", `principalId !matches /\/providers\// like /subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web`, Documented, learn + "templates/microsoft.authorization/roleassignments", "A principal is identified by its object id, a GUID, not by a resource id.", "Use the principalId of the identity: reference(...).principalId."},
	{"role-action-form", roles, "permissions[]", "", `actions[] matches /^(\*|\*\/.+|[A-Za-z0-9*]+(\.[A-Za-z0-9*]+)+\/.+)$/ like Microsoft.Compute/*/read`, Documented, learn + "role-based-access-control/custom-roles", "An action is a provider, a resource type and an operation.", ""},
	{"role-name", roles, "", "", "roleName present", Inferred, learn + "role-based-access-control/custom-roles", "A custom role has a display name.", ""},
	{"role-data-actions-scope", roles, "", "permissions[].dataActions count >= 1", `assignableScopes[] !matches /(?i)\/managementGroups\// like /providers/Microsoft.Management/managementGroups/web`, Inferred, learn + "role-based-access-control/custom-roles", "A custom role with data actions cannot be assigned at a management group.", ""},
	{"role-principal-empty", assignments, "", "", "principalId length >= 1", Documented, learn + "templates/microsoft.authorization/roleassignments", "A role is assigned to a principal.", "Write the object id of the principal."},
	{"policy-definition-form", []Place{{"Microsoft.Authorization/policyAssignments", "properties"}}, "", "", `policyDefinitionId matches /(?i)\/providers\/Microsoft\.Authorization\/policy(Set)?Definitions\// like /providers/Microsoft.Authorization/policyDefinitions/x`, Documented, templatePages + "microsoft.authorization/policyassignments", "An assignment refers to a policy or an initiative by its id.", ""},
	{"policy-identity-location", []Place{{"Microsoft.Authorization/policyAssignments", ""}}, "", "identity.type = SystemAssigned | UserAssigned", "location present", Documented, templatePages + "microsoft.authorization/policyassignments", "An assignment with a managed identity has a location.", ""},
	{"policy-name-length", []Place{{"Microsoft.Authorization/policyAssignments", ""}}, "", "", "name length <= 64", Documented, learn + "azure-resource-manager/management/resource-name-rules", "The name of an assignment has up to 64 characters.", ""},
}

const fabricDocs = learn + "service-fabric/service-fabric-cluster-capacity"

var (
	clusters  = []Place{{"Microsoft.ServiceFabric/clusters", "properties"}}
	managed   = []Place{{"Microsoft.ServiceFabric/managedClusters", "properties"}}
	nodeTypes = []Place{{"Microsoft.ServiceFabric/managedClusters/nodeTypes", "properties"}}
	workspace = []Place{{"Microsoft.OperationalInsights/workspaces", "properties"}}
	patches   = []Place{{"Microsoft.Maintenance/maintenanceConfigurations", "properties"}}
)

const fabricPage = learn + "templates/microsoft.servicefabric/"

var serviceRows = []Row{
	{"fabric-bronze", clusters, "nodeTypes[isPrimary=true]", "^reliabilityLevel = Bronze", "vmInstanceCount >= 3", Documented, fabricDocs, "The reliability level Bronze needs three nodes of the primary type.", ""},
	{"fabric-silver", clusters, "nodeTypes[isPrimary=true]", "^reliabilityLevel = Silver", "vmInstanceCount >= 5", Reported, issue + "MicrosoftDocs/azure-docs/issues/11706", "The reliability level Silver needs five nodes of the primary type.", "Set `vmInstanceCount` to 5 or more, or lower `reliabilityLevel`."},
	{"fabric-gold", clusters, "nodeTypes[isPrimary=true]", "^reliabilityLevel = Gold", "vmInstanceCount >= 7", Documented, fabricDocs, "The reliability level Gold needs seven nodes of the primary type.", ""},
	{"fabric-platinum", clusters, "nodeTypes[isPrimary=true]", "^reliabilityLevel = Platinum", "vmInstanceCount >= 9", Documented, fabricDocs, "The reliability level Platinum needs nine nodes of the primary type.", ""},
	{"fabric-primary", clusters, "", "", "nodeTypes[isPrimary=true] count >= 1", Inferred, fabricPage + "clusters", "A cluster has a primary node type.", "Set `isPrimary` to true in one node type."},
	{"fabric-node-name", clusters, "", "", "nodeTypes[].name unique", Inferred, fabricPage + "clusters", "Node types must have different names.", ""},
	{"fabric-ports", clusters, "nodeTypes[].applicationPorts", "", "startPort <= @endPort", Inferred, fabricPage + "clusters", "The end of a port range cannot be below its start.", ""},
	{"fabric-ephemeral-ports", clusters, "nodeTypes[].ephemeralPorts", "", "startPort <= @endPort", Inferred, fabricPage + "clusters", "The end of a port range cannot be below its start.", ""},
	{"fabric-endpoint-ports", clusters, "nodeTypes[]", "", "clientConnectionEndpointPort differs @httpGatewayEndpointPort", Inferred, fabricPage + "clusters", "The two endpoints need different ports.", ""},
	{"fabric-version-mode", clusters, "", "!clusterCodeVersion present", "upgradeMode (Automatic) = Manual", Documented, fabricPage + "clusters", "The version of the cluster is chosen by the template only when upgrades are manual.", "Set `upgradeMode` to Manual, or remove `clusterCodeVersion`."},
	{"fabric-wave-mode", clusters, "", "!upgradeWave present", "upgradeMode != Manual", Ignored, fabricPage + "clusters", "Waves are for automatic upgrades.", ""},
	{"fabric-certificates", clusters, "", "", "at most one of certificate, certificateCommonNames", Inferred, learn + "service-fabric/cluster-security-certificates", "The certificate of a cluster is declared by thumbprint or by common name.", ""},
	{"fabric-stateless-primary", clusters, "nodeTypes[]", "isPrimary = true", "isStateless != true", Documented, learn + "service-fabric/service-fabric-stateless-node-types", "The primary node type runs system services, which have state.", ""},
	{"managed-overprovision", nodeTypes, "", "!enableOverProvisioning = true", "isStateless (false) = true", Documented, fabricPage + "managedclusters/nodetypes", "Only stateless node types can be overprovisioned.", "Set `isStateless` to true, or remove `enableOverProvisioning`."},
	{"managed-temporary-disk", nodeTypes, "", "!useTempDataDisk = true", "isStateless (false) = true", Documented, fabricPage + "managedclusters/nodetypes", "Only stateless node types can use the temporary disk.", "Set `isStateless` to true, or remove `useTempDataDisk`."},
	{"managed-groups", nodeTypes, "", "!multiplePlacementGroups = true", "isStateless (false) = true", Documented, learn + "service-fabric/how-to-managed-cluster-large-virtual-machine-scale-sets", "Only stateless node types can have several placement groups.", ""},
	{"managed-spot", nodeTypes, "", "!isSpotVM = true", "isStateless (false) = true", Documented, learn + "service-fabric/how-to-managed-cluster-stateless-node-type", "Only stateless node types can use Spot VMs.", ""},
	{"managed-eviction", nodeTypes, "", "!evictionPolicy present", "isSpotVM (false) = true", Inferred, fabricPage + "managedclusters/nodetypes", "Only Spot VMs are evicted.", ""},
	{"managed-letter", nodeTypes, "", "", "dataDiskLetter != C | D", Documented, fabricPage + "managedclusters/nodetypes", "The letters C and D are taken.", ""},
	{"managed-count", nodeTypes, "", "", "vmInstanceCount != 0", Documented, fabricPage + "managedclusters/nodetypes", "A node type needs a number of VMs; with -1, autoscale sets the number.", ""},
	{"managed-lun", nodeTypes, "additionalDataDisks[]", "", "lun != 0", Documented, fabricPage + "managedclusters/nodetypes", "The logical unit number 0 is that of the data disk of Service Fabric.", ""},
	{"managed-lun-unique", nodeTypes, "", "", "additionalDataDisks[].lun unique", Documented, fabricPage + "managedclusters/nodetypes", "The logical unit number identifies a data disk.", ""},
	{"managed-disk-letter", nodeTypes, "additionalDataDisks[]", "", "diskLetter != C | D", Documented, fabricPage + "managedclusters/nodetypes", "The letters C and D are taken.", ""},
	{"managed-prefix", nodeTypes, "", "", "computerNamePrefix length <= 9", Documented, fabricPage + "managedclusters/nodetypes", "The prefix has up to nine characters.", ""},
	{"managed-secure-boot", nodeTypes, "", "!secureBootEnabled = true", "securityType (Standard) = TrustedLaunch | ConfidentialVM", Documented, fabricPage + "managedclusters/nodetypes", "Secure boot needs Trusted Launch or confidential VMs.", "Set `securityType` to TrustedLaunch."},
	{"managed-encryption-type", nodeTypes, "", "!securityEncryptionType present", "securityType (Standard) = ConfidentialVM", Documented, fabricPage + "managedclusters/nodetypes", "This encryption is for confidential VMs.", ""},
	{"managed-rule-least", nodeTypes, "networkSecurityRules[]", "", "priority >= 1000", Documented, fabricPage + "managedclusters/nodetypes", "Priorities outside 1000 to 3000 are reserved.", ""},
	{"managed-rule-most", nodeTypes, "networkSecurityRules[]", "", "priority <= 3000", Documented, fabricPage + "managedclusters/nodetypes", "Priorities outside 1000 to 3000 are reserved.", ""},
	{"managed-rule-unique", nodeTypes, "", "", "networkSecurityRules[] unique priority,direction", Documented, fabricPage + "managedclusters/nodetypes", "Rules of one direction have different priorities.", ""},
	{"managed-cluster-rule-least", managed, "networkSecurityRules[]", "", "priority >= 1000", Documented, fabricPage + "managedclusters", "Priorities outside 1000 to 3000 are reserved.", ""},
	{"managed-cluster-rule-most", managed, "networkSecurityRules[]", "", "priority <= 3000", Documented, fabricPage + "managedclusters", "Priorities outside 1000 to 3000 are reserved.", ""},
	{"managed-version", managed, "", "clusterUpgradeMode = Manual", "clusterCodeVersion present", Documented, fabricPage + "managedclusters", "A cluster with manual upgrades must set its version.", ""},
	{"managed-wave", managed, "", "!clusterUpgradeCadence present", "clusterUpgradeMode != Manual", Ignored, fabricPage + "managedclusters", "Waves are for automatic upgrades.", ""},
	{"managed-service-address", managed, "", "!enableServicePublicIP = true", "enableIpv6 (false) = true", Documented, fabricPage + "managedclusters", "The service address links IPv4 and IPv6.", "Set `enableIpv6` to true."},
	{"managed-issuer", managed, "clients[]", "!issuerThumbprint present", "commonName present", Documented, fabricPage + "managedclusters", "An issuer thumbprint needs a common name.", ""},
	{"managed-probe-path", managed, "loadBalancingRules[]", "!probeRequestPath present", "probeProtocol = http | https", Documented, fabricPage + "managedclusters", "Only probes by http and https ask a path.", ""},
	{"workspace-capacity", workspace, "sku", "name = CapacityReservation", "capacityReservationLevel present", Inferred, learn + "templates/microsoft.operationalinsights/workspaces", "A reservation must set the reserved capacity.", ""},
	{"workspace-level", workspace, "sku", "!capacityReservationLevel present", "name = CapacityReservation | LACluster", Inferred, learn + "templates/microsoft.operationalinsights/workspaces", "A level is one of a reservation.", ""},
	{"workspace-retention", workspace, "", "", "retentionInDays <= 730", Documented, learn + "azure-monitor/logs/data-retention-configure", "A workspace keeps data for up to 730 days.", ""},
	{"workspace-retention-least", workspace, "", "sku.name != Free", "retentionInDays >= 4", Documented, learn + "azure-monitor/logs/data-retention-configure", "A workspace has a minimum retention period.", ""},
	{"workspace-replication", workspace, "replication", "enabled = true", "location present", Inferred, learn + "templates/microsoft.operationalinsights/workspaces", "A replica is in a region.", ""},
	{"solution-plan", []Place{{"Microsoft.OperationsManagement/solutions", ""}}, "", "", "plan present", Inferred, learn + "templates/microsoft.operationsmanagement/solutions", "A solution has a plan with its product and publisher.", ""},
	{"recovery-key-identity", []Place{{"Microsoft.RecoveryServices/vaults", "properties"}}, "encryption.kekIdentity", "useSystemAssignedIdentity = true", "userAssignedIdentity absent", Documented, learn + "templates/microsoft.recoveryservices/vaults", "The key is read with the identity of the vault or with another one.", ""},
	{"maintenance-linux", patches, "", "", "installPatches.linuxParameters.classificationsToInclude[] = Critical | Security | Other", Documented, learn + "templates/microsoft.maintenance/maintenanceconfigurations", "Linux patches have these classifications.", ""},
	{"maintenance-windows", patches, "", "", "installPatches.windowsParameters.classificationsToInclude[] = Critical | Security | UpdateRollup | FeaturePack | ServicePack | Definition | Tools | Updates", Documented, learn + "templates/microsoft.maintenance/maintenanceconfigurations", "Windows patches have these classifications.", ""},
	{"maintenance-guest", patches, "", "maintenanceScope = InGuestPatch", "extensionProperties.InGuestPatchMode present", Documented, learn + "virtual-machines/maintenance-configurations", "A guest patch configuration must set a patch mode.", "Add `extensionProperties.InGuestPatchMode`: User."},
	{"maintenance-patches", patches, "", "!installPatches present", "maintenanceScope = InGuestPatch", Documented, learn + "virtual-machines/maintenance-configurations", "Patches are only installed in the scope InGuestPatch.", ""},
	{"maintenance-duration", patches, "maintenanceWindow", "", `duration matches /^\d\d:\d\d$/ like 03:00`, Documented, learn + "templates/microsoft.maintenance/maintenanceconfigurations", "A duration consists of hours and minutes.", ""},
	{"maintenance-start", patches, "maintenanceWindow", "", `startDateTime matches /^\d{4}-\d\d-\d\d \d\d:\d\d$/ like 2026-12-31 03:00`, Documented, learn + "templates/microsoft.maintenance/maintenanceconfigurations", "A start consists of a date and a time.", ""},
	{"fabric-thumbprint", []Place{{"Microsoft.ServiceFabric/clusters", "properties"}}, "certificate", "thumbprint matches /^[0-9A-Fa-f]+$/ like 0123456789ABCDEF0123456789ABCDEF", "thumbprint matches /^[0-9A-Fa-f]{40}$/ like 0123456789ABCDEF0123456789ABCDEF01234567", Inferred, learn + "templates/microsoft.servicefabric/clusters", "A thumbprint has 40 hexadecimal digits.", ""},
	{"fabric-endpoint", []Place{{"Microsoft.ServiceFabric/clusters", "properties"}}, "", "certificate.thumbprint present", "managementEndpoint matches /^https:/ like https://example.westeurope.cloudapp.azure.com:19080", Inferred, learn + "service-fabric/service-fabric-cluster-creation-via-arm", "The endpoint of a cluster with a certificate is one of https.", ""},
	{"fabric-port-overlap", []Place{{"Microsoft.ServiceFabric/clusters", "properties"}}, "nodeTypes[]", "applicationPorts.startPort < @ephemeralPorts.startPort", "applicationPorts.endPort < @ephemeralPorts.startPort", Inferred, learn + "templates/microsoft.servicefabric/clusters", "The ports of applications and the ephemeral ports cannot overlap.", ""},
	{"managed-cluster-nodes", []Place{{"Microsoft.ServiceFabric/managedClusters/nodeTypes", "properties"}}, "", "isPrimary = true; parent->sku.name = Standard", "vmInstanceCount >= 5", Documented, learn + "service-fabric/overview-managed-cluster", "The primary node type of a Standard cluster has at least five nodes.", ""},
	{"managed-cluster-nodes-basic", []Place{{"Microsoft.ServiceFabric/managedClusters/nodeTypes", "properties"}}, "", "isPrimary = true; parent->sku.name = Basic", "vmInstanceCount >= 3", Documented, learn + "service-fabric/overview-managed-cluster", "The primary node type of a Basic cluster has at least three nodes.", ""},
	{"managed-cluster-stateless", []Place{{"Microsoft.ServiceFabric/managedClusters/nodeTypes", "properties"}}, "", "isPrimary = true", "isStateless != true", Documented, learn + "service-fabric/how-to-managed-cluster-stateless-node-type", "The primary node type cannot be stateless.", ""},
	{"standby-state", []Place{{"Microsoft.StandbyPool/standbyVirtualMachinePools", "properties"}}, "", "", "virtualMachineState = Running | Deallocated | Hibernated", Documented, learn + "virtual-machine-scale-sets/standby-pools-overview", "VMs of a standby pool are running, deallocated or hibernated.", ""},
	{"solution-product", []Place{{"Microsoft.OperationsManagement/solutions", "plan"}}, "", "name present", "product present", Inferred, learn + "templates/microsoft.operationsmanagement/solutions", "The plan of a solution needs its product, such as OMSGallery/VMInsights.", ""},
	{"solution-plan-name", []Place{{"Microsoft.OperationsManagement/solutions", ""}}, "", "", "plan.name same @name", Inferred, learn + "templates/microsoft.operationsmanagement/solutions", "The plan of a solution has the name of the solution.", ""},
	{"workspace-levels", workspace, "sku", "", "capacityReservationLevel = 100 | 200 | 300 | 400 | 500 | 1000 | 2000 | 5000 | 10000 | 25000 | 50000", Documented, learn + "azure-monitor/logs/cost-logs", "Commitment tiers have these sizes in GB a day.", ""},
	{"workspace-free-retention", workspace, "", "sku.name = Free", "retentionInDays <= 7", Documented, learn + "azure-monitor/logs/cost-logs", "Workspaces of the Free tier keep data for 7 days.", ""},
	{"maintenance-recurrence", patches, "maintenanceWindow", "", `recurEvery matches /^(?i)\d{0,2} ?(day|week|month)s?( .+)?$/ like Week Saturday,Sunday`, Documented, templatePages + "microsoft.maintenance/maintenanceconfigurations", "A recurrence is a number of days, weeks or months.", "Write, for example, Day, 2Weeks or Month First Monday."},
	{"maintenance-zone", patches, "maintenanceWindow", "", "timeZone is windows-zone", Documented, templatePages + "microsoft.maintenance/maintenanceconfigurations", "The time zone is one of Windows.", "Write, for example, W. Europe Standard Time."},
	{"maintenance-end", patches, "maintenanceWindow", "", `expirationDateTime matches /^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/ like 2027-12-31 00:00`, Documented, templatePages + "microsoft.maintenance/maintenanceconfigurations", "An end consists of a date and a time.", ""},
	{"maintenance-duration-image", patches, "maintenanceWindow", "^maintenanceScope = OSImage", `duration matches /^(0[5-9]|[1-9]\d):/ like 05:00`, Documented, learn + "virtual-machines/maintenance-configurations", "The window for upgrades of the OS image is at least five hours.", ""},
	{"maintenance-duration-guest", patches, "maintenanceWindow", "^maintenanceScope = InGuestPatch", `duration matches /^(01:[3-5]\d|0[23]:\d\d|04:00)$/ like 03:00`, Documented, learn + "virtual-machines/maintenance-configurations", "The window for guest patches is 1.5 to 4 hours.", ""},
}
