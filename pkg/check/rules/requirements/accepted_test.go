package requirements

import (
	"testing"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// accepted are resources that Azure accepts, with where that can be seen. Rows were
// errors about each of them.
var accepted = []struct{ name, seen, resources string }{
	{"a curve of an RSA key", "the test rsakey of Azure/bicep-registry-modules, avm/res/key-vault/vault", `
		{"type": "Microsoft.KeyVault/vaults/keys", "apiVersion": "2023-07-01", "name": "web/web", "properties": {"kty": "RSA", "curveName": "P-256", "keySize": 4096}}`},
	{"a node pool below its minimum", "the test waf-aligned of Azure/bicep-registry-modules, avm/res/container-service/managed-cluster", `
		{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-10-01", "name": "web", "location": "westeurope", "identity": {"type": "SystemAssigned"}, "properties": {
			"dnsPrefix": "web", "agentPoolProfiles": [{"name": "system", "mode": "System", "count": 1, "enableAutoScaling": true, "minCount": 3, "maxCount": 3, "vmSize": "Standard_D2s_v5"}]}}`},
	{"two kinds of outbound addresses", "the test max of Azure/bicep-registry-modules, avm/res/container-service/managed-cluster", `
		{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2025-10-01", "name": "web", "location": "westeurope", "identity": {"type": "SystemAssigned"}, "properties": {
			"dnsPrefix": "web", "agentPoolProfiles": [{"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D2s_v5"}],
			"networkProfile": {"loadBalancerProfile": {"managedOutboundIPs": {"count": 2}, "outboundIPs": {"publicIPs": [{"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/publicIPAddresses/web"}]}}}}}`},
	{"a Premium cluster with the support of Kubernetes", "https://github.com/Azure/AKS/issues/4707", `
		{"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-09-01", "name": "web", "location": "westeurope", "sku": {"name": "Base", "tier": "Premium"}, "identity": {"type": "SystemAssigned"}, "properties": {
			"dnsPrefix": "web", "supportPlan": "KubernetesOfficial", "agentPoolProfiles": [{"name": "system", "mode": "System", "count": 1, "vmSize": "Standard_D2s_v5"}]}}`},
	{"a dimension that is compared by its start", "https://github.com/Azure/azure-cli/issues/18152", `
		{"type": "Microsoft.Insights/metricAlerts", "apiVersion": "2018-03-01", "name": "web", "location": "global", "properties": {"severity": 3, "enabled": true, "scopes": ["/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.ContainerService/managedClusters/web"],
			"evaluationFrequency": "PT1M", "windowSize": "PT5M", "criteria": {"odata.type": "Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria", "allOf": [{"name": "web", "criterionType": "StaticThresholdCriterion",
			"metricName": "cpuExceededPercentage", "dimensions": [{"name": "podName", "operator": "StartsWith", "values": ["web"]}], "operator": "GreaterThan", "threshold": 1, "timeAggregation": "Count"}]}}}`},
	{"a dynamic threshold of one resource, over ten minutes", "https://github.com/Azure/ARO-HCP, dev-infrastructure/modules/metrics", `
		{"type": "Microsoft.Insights/metricAlerts", "apiVersion": "2018-03-01", "name": "web", "location": "global", "properties": {"severity": 3, "enabled": true, "scopes": ["/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Kusto/clusters/web"],
			"evaluationFrequency": "PT1M", "windowSize": "PT10M", "criteria": {"odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{"name": "web", "criterionType": "DynamicThresholdCriterion",
			"metricName": "IngestionLatencyInSeconds", "operator": "GreaterThan", "timeAggregation": "Average", "alertSensitivity": "Medium", "failingPeriods": {"numberOfEvaluationPeriods": 4, "minFailingPeriodsToAlert": 3}}]}}}`},
	{"a hierarchical namespace of an account for blobs", "the recorded session CanCreateWithKindSkuAndUpdateAccessTier of Azure/azure-libraries-for-net", `
		{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2018-11-01", "name": "examplestorage", "location": "eastus2", "sku": {"name": "Standard_RAGRS"}, "kind": "BlobStorage", "properties": {"accessTier": "Hot", "isHnsEnabled": true}}`},
	{"a probe with defaults", "the recorded session PublicComplex of Azure/azure-libraries-for-net", `
		{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2019-09-01", "name": "web", "location": "westeurope", "properties": {"sku": {"name": "Standard_Small", "tier": "Standard", "capacity": 1}, "gatewayIPConfigurations": [{"name": "web"}],
			"backendHttpSettingsCollection": [{"name": "web", "properties": {"port": 8080}}],
			"probes": [{"name": "web", "properties": {"protocol": "Https", "host": "example.com", "path": "/", "interval": 0, "timeout": 10, "unhealthyThreshold": 0}}]}}`},
	{"an update of a VM", "the recorded session ManageManagedDisksTest of Azure/azure-libraries-for-net, but for the id of the OS disk", `
		{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2020-06-01", "name": "web", "location": "westcentralus", "properties": {"hardwareProfile": {"vmSize": "Standard_D3_v2"},
			"storageProfile": {"osDisk": {"osType": "Linux", "name": "os", "createOption": "Attach", "managedDisk": {"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Compute/disks/os"}},
			"dataDisks": [{"lun": 1, "name": "data", "createOption": "Empty", "managedDisk": {"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Compute/disks/data"}}]},
			"networkProfile": {"networkInterfaces": [{"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/networkInterfaces/web"}]}}}`},
	{"an alert on a PromQL query", "the specification of Microsoft.Insights/metricAlerts 2024-03-01-preview", `
		{"type": "Microsoft.Insights/metricAlerts", "apiVersion": "2024-03-01-preview", "name": "web", "location": "westeurope", "properties": {"severity": 3, "enabled": true, "scopes": ["/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Monitor/accounts/web"],
			"evaluationFrequency": "PT1M", "criteria": {"odata.type": "Microsoft.Azure.Monitor.PromQLCriteria", "failingPeriods": {"for": "PT5M"},
			"allOf": [{"name": "up", "criterionType": "StaticThresholdCriterion", "query": "up == 0"}, {"name": "slow", "criterionType": "DynamicThresholdCriterion", "query": "slow", "operator": "GreaterThan", "alertSensitivity": "Medium"}]}}}`},
	{"a Traffic Manager name with periods", "https://github.com/Azure/azure-sdk-for-python/issues/8446", `
		{"type": "Microsoft.Network/trafficManagerProfiles", "apiVersion": "2022-04-01", "name": "web", "location": "global", "properties": {"trafficRoutingMethod": "Priority",
			"dnsConfig": {"relativeName": "web.example", "ttl": 60}, "monitorConfig": {"protocol": "TCP", "port": 443}}}`},
	{"a private zone for web apps", "https://learn.microsoft.com/azure/dns/private-dns-privatednszone lists other names", `
		{"type": "Microsoft.Network/privateDnsZones", "apiVersion": "2020-06-01", "name": "azurewebsites.net", "location": "global", "properties": {}}`},
	{"a connection whose dead peer timeout is the default", "exported templates", `
		{"type": "Microsoft.Network/connections", "apiVersion": "2023-09-01", "name": "web", "location": "westeurope", "properties": {"connectionType": "ExpressRoute", "dpdTimeoutSeconds": 0,
			"peer": {"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/expressRouteCircuits/web"},
			"virtualNetworkGateway1": {"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/virtualNetworkGateways/web"}}}`},
	{"a Bastion host in /27", "the example Microsoft.Network_bastionHosts@2022-07-01 of Azure/terraform-provider-azapi", `
		{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2022-07-01", "name": "web/AzureBastionSubnet", "properties": {"addressPrefix": "192.168.1.224/27"}}`},
	{"an address space from a pool", "the example Microsoft.Network_virtualNetworks@2024-05-01_with_ipam_pool of Azure/terraform-provider-azapi", `
		{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "web", "location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": [],
			"ipamPoolPrefixAllocations": [{"numberOfIpAddresses": "64", "pool": {"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/networkManagers/web/ipamPools/web"}}]}}}`},
	{"a snapshot of a disk that sourceUri names", "the example Microsoft.Compute_snapshots@2022-03-02 of Azure/terraform-provider-azapi", `
		{"type": "Microsoft.Compute/snapshots", "apiVersion": "2022-03-02", "name": "web", "location": "westeurope", "properties": {"creationData": {"createOption": "Copy",
			"sourceUri": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Compute/disks/web"}}}`},
	{"a key of a vault without purge protection", "https://github.com/hashicorp/terraform-provider-azurerm/issues/20250", `
		{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-02-01", "name": "web", "location": "westeurope", "properties": {"sku": {"family": "A", "name": "standard"}, "accessPolicies": [], "tenantId": "00000000-0000-0000-0000-000000000001"}},
		{"type": "Microsoft.Compute/diskEncryptionSets", "apiVersion": "2022-03-02", "name": "web", "location": "westeurope", "identity": {"type": "SystemAssigned"}, "properties": {"activeKey": {
			"keyUrl": "https://web.vault.azure.net/keys/web/0123456789abcdef0123456789abcdef", "sourceVault": {"id": "[resourceId('Microsoft.KeyVault/vaults', 'web')]"}}}}`},
	{"an availability set of the first preview of managed disks", "https://github.com/citrix/CitrixCloud-ARMTemplates, CloudConnector", `
		{"type": "Microsoft.Compute/availabilitySets", "apiVersion": "2016-04-30-preview", "name": "web", "location": "westeurope", "properties": {"platformFaultDomainCount": 2, "platformUpdateDomainCount": 2, "managed": true}},
		{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2016-04-30-preview", "name": "web", "location": "westeurope", "properties": {"availabilitySet": {"id": "[resourceId('Microsoft.Compute/availabilitySets', 'web')]"},
			"storageProfile": {"osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Standard_LRS"}}, "imageReference": {"publisher": "Canonical", "offer": "UbuntuServer", "sku": "18.04-LTS", "version": "latest"}}}}`},
	{"a primary configuration with an IPv6 address", "https://github.com/CheckPointSW/CloudGuardIaaS, vmss-ipv6", `
		{"type": "Microsoft.Compute/virtualMachineScaleSets", "apiVersion": "2023-09-01", "name": "web", "location": "westeurope", "properties": {"virtualMachineProfile": {"networkProfile": {"networkInterfaceConfigurations": [{"name": "web", "properties": {"primary": true, "ipConfigurations": [
			{"name": "six", "properties": {"primary": true, "privateIPAddressVersion": "IPv6", "subnet": {"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/virtualNetworks/web/subnets/web"}}},
			{"name": "four", "properties": {"primary": false, "privateIPAddressVersion": "IPv4", "subnet": {"id": "/subscriptions/00000000-0000-0000-0000-000000000002/resourceGroups/test/providers/Microsoft.Network/virtualNetworks/web/subnets/web"}}}]}}]}}}}`},
	{"a zone-redundant account of the first kind", "https://github.com/MicrosoftDocs/azure-docs/issues/20088", `
		{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2019-06-01", "name": "examplestorage", "location": "westeurope", "kind": "Storage", "sku": {"name": "Standard_ZRS"}, "properties": {}}`},
	{"network rules without a default action", "https://github.com/hashicorp/terraform-provider-azurerm/issues/4006", `
		{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "examplestorage", "location": "westeurope", "kind": "StorageV2", "sku": {"name": "Standard_LRS"}, "properties": {"networkAcls": {"ipRules": [{"value": "203.0.113.5"}]}}}`},
	{"a version that a build fills in", "https://github.com/oracle/weblogic-azure", `
		{"type": "Microsoft.Network/applicationGateways", "apiVersion": "${azure.apiVersion}", "name": "web", "location": "westeurope", "properties": {"requestRoutingRules": [{"name": "web", "properties": {"ruleType": "Basic", "priority": 1,
			"httpListener": {"id": "a"}, "backendAddressPool": {"id": "b"}, "backendHttpSettings": {"id": "c"}}}], "gatewayIPConfigurations": [{"name": "web"}]}}`},
}

// TestAccepted: no row is an error about what Azure accepts.
func TestAccepted(t *testing.T) {
	var rows []Row
	for _, f := range families {
		rows = append(rows, f.Rows...)
	}
	all := newTable(rows)
	for _, a := range accepted {
		for _, d := range lintTable(t, all, lint.Options{}, `{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [`+a.resources+`]}`) {
			if d.Severity == diag.Error {
				t.Errorf("%s (%s): %s", a.name, a.seen, d.Summary)
			}
		}
	}
}
