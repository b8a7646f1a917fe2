package scaffold

import (
	_ "embed"
	"regexp"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
)

// The scenarios of this file are systems that bring software of their own:
// their custom data or extensions install it when an instance starts.

// shell is the expression of a script: its commands in one line, with the values
// of parameters where it has @(name).
func shell(script string) string {
	line := strings.ReplaceAll(strings.Join(strings.Split(strings.TrimSpace(script), "\n"), "; "), "'", "''")
	parameter := regexp.MustCompile(`@\((\w+)\)`)
	arguments := "'" + parameter.ReplaceAllString(line, "', parameters('$1'), '") + "'"
	return "[concat(" + strings.TrimSuffix(arguments, ", ''") + ")]"
}

var nodePool = Scenario{
	Name: "node-pool", Summary: "worker nodes for a Kubernetes control plane of your own",
	About: "Each instance installs containerd and kubeadm and joins the control plane at the given address. Drain a node before you remove its instance: scale-in asks the instances first, through scheduled events.",
	Eras:  guidance.Current, whole: true, osFixed: true, capacity: 3, maximum: 100, draw: drawNodePool,
}

// nodeScript installs the packages of a minor version of Kubernetes
// (https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm).
//
//go:embed scripts/node.sh
var nodeScript string

func drawNodePool(d *draft) error {
	if !d.image.known {
		return reject("image", "node-pool installs packages of ubuntu or debian; use one of those")
	}
	d.baseParameters()
	d.parameter("controlPlaneEndpoint", "10.10.0.4:6443", "Address and port of the control plane, which the nodes can reach.", "type", "string")
	d.parameter("joinToken", nil, "Bootstrap token of kubeadm, from a key vault.", "type", "securestring")
	d.values.set("joinToken", vaultSecret("kubeadm-join-token"))
	d.parameter("caCertificateHash", "sha256:0000000000000000000000000000000000000000000000000000000000000000", "Hash of the public key of the control plane's certificate authority, as kubeadm prints it.", "type", "string")
	d.instanceGroup()
	d.natGateway()
	d.network()
	s := set{notice: true, fixed: true, depends: d.setDependencies(false)}.main(d)
	s.script = shell(nodeScript)
	d.scaleSet(s)
	return nil
}

var githubRunners = Scenario{
	Name: "github-runners", Summary: "self-hosted GitHub Actions runners without inbound access",
	About: "Each instance installs the runner and registers it with the given repository or organization. A registration token is valid for an hour: deploy with a fresh one, also to scale out.",
	Eras:  guidance.Current, whole: true, osFixed: true, capacity: 2, maximum: 50, draw: drawRunners,
}

// runnerVersion is a release of the runner, which updates itself
// (https://github.com/actions/runner/releases).
const runnerVersion = "2.329.0"

//go:embed scripts/runner.sh
var runnerScript string

func drawRunners(d *draft) error {
	d.baseParameters()
	d.parameter("runnerUrl", "https://github.com/contoso/app", "Repository or organization of the runners.", "type", "string")
	d.parameter("runnerToken", nil, "Registration token, from a key vault.", "type", "securestring")
	d.values.set("runnerToken", vaultSecret("github-runner-token"))
	d.parameter("runnerVersion", nil, "Version of the runner to install; it updates itself.", "type", "string", "defaultValue", runnerVersion)
	d.parameter("runnerLabels", nil, "Labels of the runners, separated by commas.", "type", "string", "defaultValue", "azure,scale-set")
	d.instanceGroup()
	d.natGateway()
	d.network()
	s := set{notice: true, fixed: true, depends: d.setDependencies(false)}.main(d)
	s.script = shell(runnerScript)
	d.scaleSet(s)
	return nil
}

var batchWorkers = Scenario{
	Name: "batch-workers", Summary: "workers that follow the length of a storage queue, most of them Spot instances",
	About: "Autoscale adds workers while messages wait and removes them when the queue is empty. The image or an extension of yours brings the program that reads the queue, with the identity of the instances.",
	Eras:  guidance.Current, whole: true, flexibleOnly: true, capacity: 2, maximum: 50, draw: drawBatch,
}

// queueContributor is the role Storage Queue Data Contributor, with which workers
// read and delete messages
// (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage).
const queueContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88"

func drawBatch(d *draft) error {
	if !d.since(priorityMixFirst) {
		return reject("api-version", "%s has no Spot priority mix; use %s or later", d.api.compute, priorityMixFirst)
	}
	if d.Maximum < 2 {
		return reject("max", "%d is too small: autoscale needs room above its minimum of 1", d.Maximum)
	}
	d.baseParameters()
	d.parameter("maxInstances", d.Maximum, "Largest number of instances of autoscale.", "type", "int", "minValue", 2, "maxValue", d.Maximum)
	d.parameter("regularInstances", 1, "Number of regular instances before the mix starts.", "type", "int", "minValue", 0, "maxValue", d.Maximum)
	d.parameter("regularPercentageAboveBase", 0, "Percentage of the other instances that are regular too.", "type", "int", "minValue", 0, "maxValue", 100)
	d.instanceGroup()
	d.natGateway()
	d.variable("accountName", "[concat('queue', uniqueString(resourceGroup().id))]")
	d.network()
	d.queue()
	d.scaleSet(set{spot: true, depends: d.setDependencies(false)}.main(d))
	d.queueAutoscale()
	return nil
}

// queue adds a storage account with a queue, and lets the workers use it.
func (d *draft) queue() {
	account := resourceID("Microsoft.Storage/storageAccounts", "accountName")
	d.add(obj(
		"type", "Microsoft.Storage/storageAccounts",
		"apiVersion", d.api.storage,
		"name", "[variables('accountName')]",
		"location", d.location(),
		"sku", obj("name", map[bool]string{true: "Standard_ZRS", false: "Standard_LRS"}[len(d.Zones) > 1]),
		"kind", "StorageV2",
		"dependsOn", when(!d.Network.exists(), d.networkDependency()),
		"properties", obj(
			"minimumTlsVersion", "TLS1_2", "supportsHttpsTrafficOnly", true, "allowBlobPublicAccess", false, "allowSharedKeyAccess", false, "defaultToOAuthAuthentication", true,
			"networkAcls", when(!d.Network.exists(), obj("defaultAction", "Deny", "bypass", "AzureServices", "virtualNetworkRules", list{obj("id", d.subnetID(), "action", "Allow")})),
		),
	))
	d.add(obj(
		"type", "Microsoft.Storage/storageAccounts/queueServices/queues",
		"apiVersion", d.api.storage,
		"name", "[concat(variables('accountName'), '/default/work')]",
		"dependsOn", list{account},
	))
	if d.identity() != "user" {
		return
	}
	identity := resourceID("Microsoft.ManagedIdentity/userAssignedIdentities", "identityName")
	d.add(obj(
		"type", "Microsoft.Authorization/roleAssignments",
		"apiVersion", "2022-04-01",
		"name", "[guid(resourceGroup().id, variables('accountName'), variables('identityName'), '"+queueContributor+"')]",
		"scope", "[concat('Microsoft.Storage/storageAccounts/', variables('accountName'))]",
		"dependsOn", list{account, identity},
		"properties", obj(
			"roleDefinitionId", "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '"+queueContributor+"')]",
			"principalId", "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', variables('identityName'))).principalId]",
			"principalType", "ServicePrincipal",
		),
	))
	d.output("identityClientId", "[reference(resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', variables('identityName'))).clientId]")
	d.output("queueUrl", "[concat(reference(resourceId('Microsoft.Storage/storageAccounts', variables('accountName'))).primaryEndpoints.queue, 'work')]")
}

// queueAutoscale adds a worker for ten minutes of waiting messages, and removes
// one when none has waited for ten minutes.
func (d *draft) queueAutoscale() {
	id := "[resourceId('Microsoft.Compute/virtualMachineScaleSets', parameters('vmssName'))]"
	least := "1"
	if d.Hardened {
		least = "2" // one worker is none while it is replaced
	}
	rule := func(operator string, threshold int, direction, change string) object {
		return obj(
			"metricTrigger", obj(
				"metricName", "ApproximateMessageCount",
				"metricNamespace", "microsoft.storage/storageaccounts/services/queue",
				"metricResourceUri", "[resourceId('Microsoft.Storage/storageAccounts/queueServices/queues', variables('accountName'), 'default', 'work')]",
				"timeGrain", "PT5M", "statistic", "Average", "timeWindow", "PT10M", "timeAggregation", "Average",
				"operator", operator, "threshold", threshold,
			),
			"scaleAction", obj("direction", direction, "type", "ChangeCount", "value", change, "cooldown", "PT5M"),
		)
	}
	d.add(obj(
		"type", "Microsoft.Insights/autoscaleSettings",
		"apiVersion", d.api.insights,
		"name", "[concat(parameters('vmssName'), '-autoscale')]",
		"location", d.location(),
		"dependsOn", list{id, "[resourceId('Microsoft.Storage/storageAccounts/queueServices/queues', variables('accountName'), 'default', 'work')]"},
		"properties", obj(
			"name", "[concat(parameters('vmssName'), '-autoscale')]",
			"targetResourceUri", id,
			"enabled", true,
			"profiles", list{obj(
				"name", "by waiting messages",
				"capacity", obj("minimum", least, "maximum", "[string(parameters('maxInstances'))]", "default", least),
				"rules", list{rule("GreaterThan", 100, "Increase", "2"), rule("LessThan", 10, "Decrease", "1")},
			)},
		),
	))
}

var serviceFabric = Scenario{
	Name: "service-fabric", Summary: "a Service Fabric managed cluster with a node type",
	About: "The managed cluster creates and maintains its scale set, load balancer and certificates. Its node type is stateless or stateful, and the primary one of the cluster needs five nodes in production.",
	Eras:  guidance.Current, managed: true, windows: true, osFixed: true, capacity: 5, maximum: 100, draw: drawFabric,
}

const fabricVersion = "2024-04-01"

func drawFabric(d *draft) error {
	if d.Capacity < 3 {
		return reject("capacity", "%d is too small: the primary node type needs at least 3 nodes, and 5 in production", d.Capacity)
	}
	if d.Network.exists() {
		return reject("vnet", "the managed cluster creates its own network")
	}
	if !d.image.known {
		return reject("image", "the managed cluster runs the Windows image of Service Fabric; leave it out")
	}
	d.parameter("location", nil, "Region of all resources.", "type", "string", "defaultValue", "[resourceGroup().location]")
	d.parameter("clusterName", d.Name, "Name of the cluster, in lower case.", "type", "string", "minLength", 4, "maxLength", 23)
	if len(d.Name) < 4 {
		d.values.set("clusterName", obj("value", d.Name+"-fabric"))
	}
	d.parameter("instanceCount", d.Capacity, "Number of nodes of the primary node type.", "type", "int", "minValue", 3, "maxValue", d.Maximum)
	d.parameter("vmSize", nil, "Size of every node.", "type", "string", "defaultValue", d.Size)
	d.parameter("adminUsername", "azureuser", "Name of the administrator on every node.", "type", "string")
	d.parameter("adminPassword", nil, "Password of the administrator, from a key vault.", "type", "securestring")
	d.values.set("adminPassword", vaultReference())
	d.parameter("clientCertificateThumbprint", "0000000000000000000000000000000000000000", "Thumbprint of the certificate with which administrators manage the cluster.", "type", "string", "minLength", 40, "maxLength", 40)
	d.add(obj(
		"type", "Microsoft.ServiceFabric/managedClusters",
		"apiVersion", fabricVersion,
		"name", "[parameters('clusterName')]",
		"location", d.location(),
		"sku", obj("name", "Standard"),
		"properties", obj(
			"dnsName", "[toLower(parameters('clusterName'))]",
			"adminUserName", "[parameters('adminUsername')]",
			"adminPassword", "[parameters('adminPassword')]",
			"zonalResiliency", when(len(d.Zones) > 1, true),
			"clusterUpgradeMode", "Automatic",
			"clusterUpgradeCadence", "Wave1",
			"clients", list{obj("isAdmin", true, "thumbprint", "[parameters('clientCertificateThumbprint')]")},
		),
	))
	d.add(obj(
		"type", "Microsoft.ServiceFabric/managedClusters/nodeTypes",
		"apiVersion", fabricVersion,
		"name", "[concat(parameters('clusterName'), '/primary')]",
		"dependsOn", list{"[resourceId('Microsoft.ServiceFabric/managedClusters', parameters('clusterName'))]"},
		"properties", obj(
			"isPrimary", true,
			"vmInstanceCount", "[parameters('instanceCount')]",
			"vmSize", "[parameters('vmSize')]",
			"dataDiskSizeGB", 256,
			"vmImagePublisher", d.image.publisher, "vmImageOffer", d.image.offer, "vmImageSku", d.image.sku, "vmImageVersion", d.image.version,
		),
	))
	d.output("managementEndpoint", "[concat('https://', reference(resourceId('Microsoft.ServiceFabric/managedClusters', parameters('clusterName'))).fqdn, ':19080')]")
	return nil
}
