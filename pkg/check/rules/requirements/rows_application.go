package requirements

const templatePages = learn + "templates/"

var (
	sites       = []Place{{"Microsoft.Web/sites", "properties"}}
	sqlServers  = []Place{{"Microsoft.Sql/servers", "properties"}}
	sqlRules    = []Place{{"Microsoft.Sql/servers/firewallRules", "properties"}}
	kubernetes  = []Place{{"Microsoft.ContainerService/managedClusters", "properties"}}
	nodePools   = []Place{{"Microsoft.ContainerService/managedClusters", "properties.agentPoolProfiles[]"}, {"Microsoft.ContainerService/managedClusters/agentPools", "properties"}}
	scripts     = []Place{{"Microsoft.Resources/deploymentScripts", ""}}
	hubs        = []Place{{"Microsoft.EventHub/namespaces/eventhubs", "properties"}}
	busQueues   = []Place{{"Microsoft.ServiceBus/namespaces/queues", "properties"}}
	busTopics   = []Place{{"Microsoft.ServiceBus/namespaces/topics", "properties"}}
	caches      = []Place{{"Microsoft.Cache/redis", "properties"}}
	registries  = []Place{{"Microsoft.ContainerRegistry/registries", ""}}
	cosmos      = []Place{{"Microsoft.DocumentDB/databaseAccounts", "properties"}}
	containerGs = []Place{{"Microsoft.ContainerInstance/containerGroups", "properties"}}
)

const freePlan = "serverFarmId->sku.name != F1 | FREE | D1 | Shared"

var applicationRows = []Row{
	{"site-always-on", sites, "", "!siteConfig.alwaysOn = true", freePlan, Reported, issue + "microsoft/HealthBotContainerSample/issues/51", "Free and Shared plans do not keep an app loaded.", "Set `alwaysOn` to false, or choose a Basic or larger plan."},
	{"site-64-bit", sites, "", "!siteConfig.use32BitWorkerProcess = false", freePlan, Reported, issue + "pnp/Microsoft365-Analytics-Insights/pull/487", "Free and Shared plans run 32-bit processes.", "Set `use32BitWorkerProcess` to true, or choose a Basic or larger plan."},
	{"sql-login-name", sqlServers, "", "", "administratorLogin != admin | administrator | sa | root | dbmanager | loginmanager | dbo | guest | public", Documented, learn + "azure-sql/database/single-database-create-quickstart", "This login name is reserved.", ""},
	{"sql-password", sqlServers, "", "administratorLogin present; ?administrators.azureADOnlyAuthentication != true", "administratorLoginPassword present", Inferred, templatePages + "microsoft.sql/servers", "A new server needs the password of its administrator.", ""},
	{"sql-rule-start", sqlRules, "", "", "startIpAddress is ipv4", Documented, templatePages + "microsoft.sql/servers/firewallrules", "A rule has IPv4 addresses.", ""},
	{"sql-rule-end", sqlRules, "", "", "endIpAddress is ipv4", Documented, templatePages + "microsoft.sql/servers/firewallrules", "A rule has IPv4 addresses.", ""},
	{"sql-rule-order", sqlRules, "", "", "startIpAddress <= @endIpAddress", Documented, templatePages + "microsoft.sql/servers/firewallrules", "The end address is the start address or above.", ""},
	{"cluster-identity", []Place{{"Microsoft.ContainerService/managedClusters", ""}}, "", "properties.agentPoolProfiles present", "any of identity, properties.servicePrincipalProfile", Documented, learn + "aks/use-managed-identity", "A cluster has a managed identity or a service principal.", "Add `identity` of the type SystemAssigned."},
	{"cluster-dns-prefix", kubernetes, "", "agentPoolProfiles present", "any of dnsPrefix, fqdnSubdomain", Inferred, templatePages + "microsoft.containerservice/managedclusters", "The DNS name of a cluster begins with a prefix.", "Add `dnsPrefix`."},
	{"cluster-system-pool", kubernetes, "", "?api >= 2020-03-01", "agentPoolProfiles[mode=System] count >= 1", Inferred, learn + "aks/use-system-pools", "A cluster has at least one system node pool.", "Set `mode` of a pool to System."},
	{"cluster-dns-address", kubernetes, "networkProfile", "", "dnsServiceIP within @serviceCidr", Documented, learn + "aks/configure-azure-cni", "The DNS service has an address of the service range.", ""},
	{"cluster-service-form", kubernetes, "networkProfile", "", "serviceCidr is cidr", Documented, learn + "aks/configure-azure-cni", "The service range is an address prefix.", ""},
	{"pool-autoscale-least", nodePools, "", "enableAutoScaling = true", "minCount present", Documented, learn + "aks/cluster-autoscaler", "A pool with autoscaling has a minimum and a maximum number of nodes.", ""},
	{"pool-autoscale-most", nodePools, "", "enableAutoScaling = true", "maxCount present", Documented, learn + "aks/cluster-autoscaler", "A pool with autoscaling has a minimum and a maximum number of nodes.", ""},
	{"pool-autoscale-range", nodePools, "", "", "minCount <= @maxCount", Documented, learn + "aks/cluster-autoscaler", "The minimum number of nodes cannot exceed the maximum.", ""},
	{"pool-count-least", nodePools, "", "enableAutoScaling = true", "count >= @minCount", Documented, learn + "aks/cluster-autoscaler", "The number of nodes must be between the minimum and maximum of the autoscaler.", ""},
	{"pool-count-most", nodePools, "", "enableAutoScaling = true", "count <= @maxCount", Documented, learn + "aks/cluster-autoscaler", "The number of nodes must be between the minimum and maximum of the autoscaler.", ""},
	{"pool-off-bounds", nodePools, "", "enableAutoScaling = false", "minCount absent", Inferred, learn + "aks/cluster-autoscaler", "The minimum and maximum only apply with autoscaling.", ""},
	{"pool-pods", nodePools, "", "", "maxPods >= 10", Documented, learn + "aks/quotas-skus-regions", "A node runs 10 to 250 pods.", ""},
	{"pool-pods-most", nodePools, "", "", "maxPods <= 250", Documented, learn + "aks/quotas-skus-regions", "A node runs 10 to 250 pods.", ""},
	{"pool-system-spot", nodePools, "", "scaleSetPriority = Spot", "mode != System", Documented, learn + "aks/spot-node-pool", "Spot nodes cannot be a system pool.", "Set `mode` to User."},
	{"pool-system-windows", nodePools, "", "osType = Windows", "mode != System", Documented, learn + "aks/use-system-pools", "A system pool runs Linux.", "Set `mode` to User."},
	{"registry-rules", registries, "", "!properties.networkRuleSet present", "sku.name = Premium", Inferred, learn + "container-registry/container-registry-access-selected-networks", "Network rules need a Premium registry.", "Set `sku.name` to Premium."},
	{"registry-public-access", registries, "", "!properties.publicNetworkAccess = Disabled", "sku.name = Premium", Documented, learn + "container-registry/container-registry-access-selected-networks", "Only a Premium registry can disable public access.", "Set `sku.name` to Premium."},
	{"registry-zones", registries, "", "!properties.zoneRedundancy = Enabled", "sku.name = Premium", Documented, learn + "container-registry/zone-redundancy", "Zone redundancy needs a Premium registry.", "Set `sku.name` to Premium."},
	{"containers-network", containerGs, "", "!subnetIds present", "ipAddress.dnsNameLabel absent", Documented, learn + "container-instances/container-instances-vnet", "A container group in a virtual network has no public DNS name.", "Remove `dnsNameLabel`."},
	{"containers-public", containerGs, "", "!subnetIds present", "ipAddress.type != Public", Documented, learn + "container-instances/container-instances-vnet", "A container group in a virtual network has a private address.", "Set `type` to Private."},
	{"script-content", scripts, "properties", "", "any of scriptContent, primaryScriptUri", Documented, learn + "azure-resource-manager/templates/deployment-script-template", "A deployment script has a content or an address.", ""},
	{"script-both", scripts, "properties", "", "at most one of scriptContent, primaryScriptUri", Documented, learn + "azure-resource-manager/templates/deployment-script-template", "A deployment script has a content or an address.", ""},
	{"script-retention", scripts, "properties", "", "retentionInterval present", Documented, templatePages + "microsoft.resources/deploymentscripts", "A deployment script must set how long its results are kept.", "Add `retentionInterval`, such as P1D."},
	{"script-retention-most", scripts, "properties", "", "retentionInterval <= PT26H", Documented, templatePages + "microsoft.resources/deploymentscripts", "Results are kept for 1 to 26 hours.", ""},
	{"script-retention-least", scripts, "properties", "", "retentionInterval >= PT1H", Documented, templatePages + "microsoft.resources/deploymentscripts", "Results are kept for 1 to 26 hours.", ""},
	{"script-cli-version", scripts, "properties", "/kind = AzureCLI", "azCliVersion present", Documented, templatePages + "microsoft.resources/deploymentscripts", "A script for the Azure CLI must set the version.", ""},
	{"script-powershell-version", scripts, "properties", "/kind = AzurePowerShell", "azPowerShellVersion present", Documented, templatePages + "microsoft.resources/deploymentscripts", "A script for Azure PowerShell must set the version.", ""},
	{"script-identity", scripts, "", "", `identity.type !matches /(?i)SystemAssigned/ like SystemAssigned`, Documented, learn + "azure-resource-manager/templates/deployment-script-template", "A deployment script can only use user-assigned identities.", "Set `type` to UserAssigned."},
	{"hub-partitions", hubs, "", "parent->sku.name = Basic | Standard", "partitionCount <= 32", Documented, learn + "event-hubs/event-hubs-quotas", "A hub of a Basic or Standard namespace has up to 32 partitions.", ""},
	{"hub-retention", hubs, "", "parent->sku.name = Standard", "messageRetentionInDays <= 7", Documented, learn + "event-hubs/event-hubs-quotas", "A Standard namespace keeps events for up to 7 days.", ""},
	{"hub-retention-basic", hubs, "", "parent->sku.name = Basic", "messageRetentionInDays <= 1", Documented, learn + "event-hubs/event-hubs-quotas", "A Basic namespace keeps events for one day.", ""},
	{"bus-topic-sku", busTopics, "", "parent->sku.name = Basic", "never topics need a Standard or Premium namespace", Documented, learn + "service-bus-messaging/service-bus-queues-topics-subscriptions", "A Basic namespace has queues only.", "Set `sku.name` of the namespace to Standard."},
	{"bus-session-sku", busQueues, "", "!requiresSession = true", "parent->sku.name != Basic", Documented, "https://azure.microsoft.com/pricing/details/service-bus", "Sessions need a Standard or Premium namespace.", "Set `sku.name` of the namespace to Standard."},
	{"bus-lock", busQueues, "", "", "lockDuration <= PT5M", Documented, templatePages + "microsoft.servicebus/namespaces/queues", "A message is locked for up to 5 minutes.", ""},
	{"cache-family", caches, "sku", "name = Premium", "family = P", Documented, templatePages + "microsoft.cache/redis", "Premium caches have the family P; other caches have the family C.", ""},
	{"cache-family-basic", caches, "sku", "name = Basic | Standard", "family = C", Documented, templatePages + "microsoft.cache/redis", "Premium caches have the family P; other caches have the family C.", ""},
	{"cache-subnet", caches, "", "!subnetId present", "sku.name = Premium", Documented, learn + "azure-cache-for-redis/cache-how-to-premium-vnet", "A cache in a network is Premium.", "Set `sku.name` to Premium."},
	{"cache-shards", caches, "", "!shardCount present", "sku.name = Premium", Inferred, templatePages + "microsoft.cache/redis", "Only a Premium cache has shards.", "Set `sku.name` to Premium, or remove `shardCount`."},
	{"cosmos-priority", cosmos, "", "", "locations[].failoverPriority unique", Documented, templatePages + "microsoft.documentdb/databaseaccounts", "Each location has its own priority of failover.", ""},
	{"bus-name-end", []Place{{"Microsoft.ServiceBus/namespaces", ""}}, "", "", `name !matches /(?i)(-sb|-mgmt)$/ like orders-mgmt`, Documented, learn + "azure-resource-manager/management/resource-name-rules", "Azure appends -sb and -mgmt to names itself.", "Choose another name."},
	{"hub-sku", []Place{{"Microsoft.EventHub/namespaces", "sku"}}, "", "", "tier same @name", Inferred, templatePages + "microsoft.eventhub/namespaces", "The name and the tier of the SKU must be the same.", ""},
	{"sql-tls", sqlServers, "", "", "minimalTlsVersion = None | 1.0 | 1.1 | 1.2 | 1.3", Documented, templatePages + "microsoft.sql/servers", "A TLS version is a number, such as 1.2.", ""},
	{"plan-sku", []Place{{"Microsoft.Web/serverfarms", "sku"}}, "", "", "name != Free | Shared | Basic | Standard | Premium | PremiumV2 | PremiumV3", Inferred, templatePages + "microsoft.web/serverfarms", "The name of a SKU is its size, such as S1; the tier is Standard.", "Write the size in `name` and the word in `tier`."},
	{"site-delegation", sites, "", "!virtualNetworkSubnetId present; virtualNetworkSubnetId->properties.addressPrefix present; virtualNetworkSubnetId->properties.delegations[].properties.serviceName != Microsoft.Web/serverFarms", "never the subnet of this app is not delegated to Microsoft.Web/serverFarms", Inferred, issue + "Azure/terraform-azurerm-vnet/issues/46", "An app joins a subnet that is delegated to App Service.", "Add a delegation to Microsoft.Web/serverFarms to the subnet."},
	{"containers-delegation", containerGs, "subnetIds[]", "!id present; id->properties.addressPrefix present; id->properties.delegations[].properties.serviceName != Microsoft.ContainerInstance/containerGroups", "never the subnet of these containers is not delegated to Microsoft.ContainerInstance/containerGroups", Documented, learn + "container-instances/container-instances-vnet", "A container group joins a subnet that is delegated to it.", "Add a delegation to Microsoft.ContainerInstance/containerGroups to the subnet."},
	{"postgres-delegation", []Place{{"Microsoft.DBforPostgreSQL/flexibleServers", "properties"}}, "", "!network.delegatedSubnetResourceId present; network.delegatedSubnetResourceId->properties.addressPrefix present; network.delegatedSubnetResourceId->properties.delegations[].properties.serviceName != Microsoft.DBforPostgreSQL/flexibleServers", "never the subnet of this server is not delegated to Microsoft.DBforPostgreSQL/flexibleServers", Documented, learn + "postgresql/flexible-server/concepts-networking-private", "A server joins a subnet that is delegated to it.", "Add a delegation to Microsoft.DBforPostgreSQL/flexibleServers to the subnet."},
	{"mysql-delegation", []Place{{"Microsoft.DBforMySQL/flexibleServers", "properties"}}, "", "!network.delegatedSubnetResourceId present; network.delegatedSubnetResourceId->properties.addressPrefix present; network.delegatedSubnetResourceId->properties.delegations[].properties.serviceName != Microsoft.DBforMySQL/flexibleServers", "never the subnet of this server is not delegated to Microsoft.DBforMySQL/flexibleServers", Documented, learn + "mysql/flexible-server/concepts-networking-vnet", "A server joins a subnet that is delegated to it.", "Add a delegation to Microsoft.DBforMySQL/flexibleServers to the subnet."},
	{"script-variable", scripts, "properties.environmentVariables[]", "", "one of value, secureValue", Documented, learn + "azure-resource-manager/templates/deployment-script-template", "A variable has a value or a secure value.", ""},
	{"script-storage", scripts, "properties.storageAccountSettings", "storageAccountKey present", "storageAccountName present", Documented, learn + "azure-resource-manager/templates/deployment-script-template", "A key belongs to a storage account.", "Add `storageAccountName`."},
	{"script-storage-key", scripts, "properties.storageAccountSettings", "storageAccountName present; ../containerSettings.subnetIds absent", "storageAccountKey present", Inferred, learn + "azure-resource-manager/templates/deployment-script-template", "A script outside of a network opens its storage account with the key.", "Add `storageAccountKey`."},
	{"script-network-storage", scripts, "properties", "!containerSettings.subnetIds count >= 1", "storageAccountSettings.storageAccountName present", Documented, learn + "azure-resource-manager/templates/deployment-script-vnet", "A script in a virtual network needs a storage account of yours.", "Add `storageAccountSettings.storageAccountName`."},
	{"script-network-identity", scripts, "", "!properties.containerSettings.subnetIds count >= 1", `identity.type (None) matches /(?i)UserAssigned/ like UserAssigned`, Documented, learn + "azure-resource-manager/templates/deployment-script-vnet", "A script in a virtual network mounts its storage account with a user-assigned identity.", "Add an `identity` of the type UserAssigned."},
	{"script-timeout", scripts, "properties", "", "timeout <= PT24H", Documented, learn + "azure-resource-manager/templates/deployment-script-template", "A script runs for up to one day.", ""},
	{"script-container", scripts, "properties.containerSettings", "", `containerGroupName matches /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/ like web-script`, Documented, templatePages + "microsoft.resources/deploymentscripts", "The name has lower-case letters, digits and hyphens.", ""},
	{"script-address", scripts, "properties", "", `primaryScriptUri matches /^(?i)https?:\/\// like https://example.com/script.sh`, Documented, learn + "azure-resource-manager/templates/deployment-script-template", "The address of a script is complete.", ""},
	{"script-cli", scripts, "properties", "/kind = AzureCLI", "azPowerShellVersion absent", Inferred, templatePages + "microsoft.resources/deploymentscripts", "A script for the Azure CLI has no version of Azure PowerShell.", ""},
}
