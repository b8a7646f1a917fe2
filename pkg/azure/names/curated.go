package names

import (
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
)

// A class is a form of names that several types share.
type class struct {
	min, max int
	match    string
	reject   string
	values   []string
	words    string
	source   string
	likely   bool   // other names are documented as rejected, but no rejection is reported: a warning
	form     string // completes "is not", if naming a character would not help
}

const (
	guid       = `^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`
	letter     = `[\pL\pN_]` // a word character of .NET
	rulesPage  = documentationSource
	rulesPages = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#"
)

// The classes, with the responses of Azure that they are taken from.
var (
	// InvalidResourceName: "It must begin with a word character, and it must end
	// with a word character or with '_'. The name may contain word characters or
	// '.', '-', '_'.", with a limit of 80 characters. F5Networks/f5-azure-arm-templates#110,
	// pivotal-cf/terraforming-azure#76.
	network = class{1, 80, `^` + letter + `([\pL\pN_.-]*` + letter + `)?$`, "", nil,
		"Use up to 80 letters, digits, underscores, periods and hyphens; begin and end with a letter, digit or underscore.",
		"https://github.com/F5Networks/f5-azure-arm-templates/issues/110", false, ""}
	// The same with the documented limit, whose minimum of 2 is not known to be
	// enforced.
	virtualNetwork = class{1, 64, network.match, "", nil,
		"Use up to 64 letters, digits, underscores, periods and hyphens; begin and end with a letter, digit or underscore.", rulesPages + "microsoftnetwork", false, ""}
	// Upper-case letters are documented as rejected, and accepted:
	// MicrosoftDocs/architecture-center#1730 and the templates
	// web-app-sql-database and azure-sql-managed-instance of Azure.
	database = class{1, 63, `^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$`, "", nil,
		"Use up to 63 letters, digits and hyphens; begin and end with a letter or digit.", "https://github.com/hashicorp/terraform-provider-azurerm/pull/32723", false, ""}
	// The specification has only default; DefaultAuditingSettings is in the
	// templates that Microsoft deploys, such as
	// sql-auditing-server-policy-to-blob-storage.
	auditing = class{values: []string{"default", "DefaultAuditingSettings"}, source: specificationSource, likely: true}
	// The same, with ZipDeploy in Azure-Samples/function-app-arm-templates.
	slotExtension = class{values: []string{"MSDeploy", "ZipDeploy"}, source: specificationSource, likely: true}
	// "The entity name 'X' is invalid according to its validation rule:
	// ^[^_\W][\w-._]{0,79}(?<![-.])$", the response of Compute.
	compute = class{1, 80, `^[\pL\pN][\pL\pN_.-]*$`, `[-.]$`, nil,
		"Use up to 80 letters, digits, underscores, periods and hyphens; begin with a letter or digit, and do not end with a period or hyphen.",
		rulesPages + "microsoftcompute", false, ""}
	// A machine has more characters whose rejection is only documented.
	machine = class{1, 64, `^[^_\\/"'\[\]:|<>+=;,?*@&\s][^\\/"'\[\]:|<>+=;,?*@&\s]*$`, `[-.]$`, nil,
		"Use up to 64 letters, digits, underscores, periods and hyphens; do not begin with an underscore or end with a period or hyphen.",
		rulesPages + "microsoftcompute", false, ""}
	galleryVersion = class{0, 0, `^[0-9]+\.[0-9]+\.[0-9]+$`, "", nil, "Use three numbers, such as 1.0.0.", rulesPages + "microsoftcompute", false, "a version of three numbers"}
	// AccountNameInvalid: "Storage account name must be between 3 and 24 characters
	// in length and use numbers and lower-case letters only." MicrosoftDocs/azure-docs#48724.
	account = class{3, 24, `^[a-z0-9]+$`, "", nil, "Use 3 to 24 lower-case letters and digits.", "https://github.com/MicrosoftDocs/azure-docs/issues/48724", false, ""}
	// https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
	container = class{3, 63, `^(\$root|\$web|\$logs|[a-z0-9]([a-z0-9-]*[a-z0-9])?)$`, `--`, nil,
		"Use 3 to 63 lower-case letters, digits and single hyphens; begin and end with a letter or digit.", rulesPages + "microsoftstorage", false, ""}
	share = class{3, 63, `^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`, `--`, nil,
		"Use 3 to 63 lower-case letters, digits and single hyphens; begin and end with a letter or digit.", rulesPages + "microsoftstorage", false, ""}
	storageTable = class{3, 63, `^[A-Za-z][A-Za-z0-9]*$`, "", nil, "Use 3 to 63 letters and digits; begin with a letter.", rulesPages + "microsoftstorage", false, ""}
	// VaultNameNotValid: "Vault name must be between 3-24 alphanumeric characters.
	// The name must begin with a letter, end with a letter or digit, and not contain
	// consecutive hyphens." OfficeDev/microsoft-teams-apps-newemployeeonboarding#28.
	vault = class{3, 24, `^[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?$`, `--`, nil,
		"Use 3 to 24 letters, digits and single hyphens; begin with a letter and end with a letter or digit.",
		"https://github.com/OfficeDev/microsoft-teams-apps-newemployeeonboarding/issues/28", false, ""}
	vaultObject = class{1, 127, `^[A-Za-z0-9-]+$`, "", nil, "Use up to 127 letters, digits and hyphens.", rulesPages + "microsoftkeyvault", false, ""}
	// InvalidRoleAssignmentId: "The role assignment ID 'X' is not valid. The role
	// assignment ID must be a GUID." Azure/bicep#8737.
	assignment = class{0, 0, guid, "", nil, "Use a GUID; guid() makes one that stays the same.", "https://github.com/Azure/bicep/issues/8737", false, "a GUID"}
	definition = class{0, 0, guid, "", nil, "Use a GUID; guid() makes one that stays the same.", rulesPages + "microsoftauthorization", false, "a GUID"}
	lock       = class{1, 260, `^[^<>%&:\\?/]*$`, `[. ]$`, nil, "Use up to 260 characters, without < > % & : \\ ? /; do not end with a period or space.", rulesPages + "microsoftauthorization", true, ""}
	identity   = class{3, 128, `^[A-Za-z0-9][A-Za-z0-9_-]*$`, "", nil,
		"Use 3 to 128 letters, digits, underscores and hyphens; begin with a letter or digit.", rulesPages + "microsoftmanagedidentity", false, ""}
	workspace = class{4, 63, `^[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$`, "", nil,
		"Use 4 to 63 letters, digits and hyphens; begin and end with a letter or digit.", rulesPages + "microsoftoperationalinsights", false, ""}
	// A zone is a domain name: each label has 1 to 63 characters.
	zone = class{1, 253, `^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})+$`, "", nil,
		"Use two or more labels, separated by periods, each of 1 to 63 letters, digits, hyphens and underscores.", rulesPages + "microsoftnetwork", false, "a domain name"}
	zoneLink       = class{1, 80, `^[\pL\pN_.-]+$`, "", nil, "Use up to 80 letters, digits, underscores, periods and hyphens.", rulesPages + "microsoftnetwork", false, ""}
	firewallPolicy = class{1, 128, `^[A-Za-z][A-Za-z0-9]*$`, "", nil, "Use up to 128 letters and digits; begin with a letter.", rulesPages + "microsoftnetwork", false, ""}
	profile        = class{1, 63, `^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`, "", nil,
		"Use up to 63 letters, digits, periods and hyphens; begin and end with a letter or digit.", rulesPages + "microsoftnetwork", true, ""}
	cluster = class{4, 23, `^[a-z][a-z0-9-]*[a-z0-9]$`, "", nil,
		"Use 4 to 23 lower-case letters, digits and hyphens; begin with a letter and end with a letter or digit.", rulesPages + "microsoftservicefabric", true, ""}
	group = class{1, 90, `^[\pL\pN_.()-]+$`, `\.$`, nil,
		"Use up to 90 letters, digits, underscores, periods, parentheses and hyphens; do not end with a period.", rulesPages + "microsoftresources", false, ""}
	namespace = class{6, 50, `^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`, "", nil,
		"Use 6 to 50 letters, digits and hyphens; begin with a letter and end with a letter or digit.", rulesPages + "microsofteventhub", false, ""}
	automation = class{6, 50, `^[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`, "", nil,
		"Use 6 to 50 letters, digits and hyphens; begin with a letter and end with a letter or digit.", rulesPages + "microsoftautomation", false, ""}
	onlyDefault = class{values: []string{"default"}, source: rulesPages + "microsoftstorage"}
	// https://learn.microsoft.com/rest/api/keyvault/vaults/update-access-policy
	accessPolicy = class{values: []string{"add", "replace", "remove"}, source: "https://learn.microsoft.com/azure/templates/microsoft.keyvault/vaults/accesspolicies"}
	// InvalidParameter for any other text: "instanceId" must be a number.
	// https://github.com/Azure/vm-scale-sets/issues/60
	instance = class{0, 0, `^[0-9]+$`, "", nil, "Use the instance id, such as 2, not the name of the machine.", "https://github.com/Azure/vm-scale-sets/issues/60", false, "a number"}
	// The documented form, Name(workspace), leaves out the digits that workspaces have.
	solution = class{1, 0, `^.+\(.+\)$`, "", nil, "Use the name of the solution and, in parentheses, that of the workspace.", rulesPages + "microsoftoperationsmanagement", true, "of the form Solution(workspace)"}
	// Azure Monitor: documented for the resources of a group in general.
	monitor = class{1, 260, `^[^<>%&\\?/*#+:@{}|^";]+$`, `[. ]$`, nil, "Use up to 260 characters, without < > % & \\ ? / * # + : @ { } | ^; do not end with a period or space.", rulesPages + "microsoftinsights", true, ""}
	// InvalidDomainNameLabel: "The domain name label X is invalid. It must conform to
	// the following regular expression: ^[a-z][a-z0-9-]{1,61}[a-z0-9]$."
	// https://github.com/Azure/azure-quickstart-templates/issues/1073
	label = class{3, 63, `^[a-z]([a-z0-9-]*[a-z0-9])?$`, "", nil,
		"Use 3 to 63 lower-case letters, digits and hyphens; begin with a letter and end with a letter or digit.",
		"https://github.com/Azure/azure-quickstart-templates/issues/1073", false, ""}
)

// curated are the types of each class. The network types are those that the
// documentation lists with this form.
var curated = []struct {
	class class
	types string
}{
	{network, `Microsoft.Network/: applicationGateways applicationSecurityGroups azureFirewalls bastionHosts connections ddosProtectionPlans expressRouteCircuits
		firewallPolicies firewallPolicies/ruleCollectionGroups ipGroups loadBalancers loadBalancers/backendAddressPools loadBalancers/inboundNatRules
		localNetworkGateways natGateways networkInterfaces networkSecurityGroups networkSecurityGroups/securityRules networkWatchers privateEndpoints
		privateLinkServices publicIPAddresses publicIPPrefixes routeFilters routeTables routeTables/routes serviceEndpointPolicies virtualHubs
		virtualNetworkGateways virtualNetworks/subnets virtualNetworks/virtualNetworkPeerings virtualWans vpnGateways vpnSites`},
	{virtualNetwork, `Microsoft.Network/: virtualNetworks`},
	{zone, `Microsoft.Network/: dnsZones privateDnsZones`},
	{zoneLink, `Microsoft.Network/: privateDnsZones/virtualNetworkLinks`},
	{firewallPolicy, `Microsoft.Network/: FrontDoorWebApplicationFirewallPolicies`},
	{profile, `Microsoft.Network/: trafficManagerProfiles`},
	{compute, `Microsoft.Compute/: availabilitySets capacityReservationGroups capacityReservationGroups/capacityReservations diskEncryptionSets disks
		galleries/images hostGroups hostGroups/hosts images proximityPlacementGroups snapshots`},
	{machine, `Microsoft.Compute/: virtualMachines virtualMachineScaleSets`},
	{galleryVersion, `Microsoft.Compute/: galleries/images/versions galleries/applications/versions`},
	{instance, `Microsoft.Compute/: virtualMachineScaleSets/virtualMachines`},
	{account, `Microsoft.Storage/: storageAccounts`},
	{container, `Microsoft.Storage/: storageAccounts/blobServices/containers`},
	{share, `Microsoft.Storage/: storageAccounts/fileServices/shares storageAccounts/queueServices/queues`},
	{storageTable, `Microsoft.Storage/: storageAccounts/tableServices/tables`},
	{onlyDefault, `Microsoft.Storage/: storageAccounts/blobServices storageAccounts/fileServices storageAccounts/queueServices storageAccounts/tableServices
		storageAccounts/managementPolicies`},
	{vault, `Microsoft.KeyVault/: vaults`},
	{vaultObject, `Microsoft.KeyVault/: vaults/secrets vaults/keys`},
	{accessPolicy, `Microsoft.KeyVault/: vaults/accessPolicies`},
	{assignment, `Microsoft.Authorization/: roleAssignments`},
	{definition, `Microsoft.Authorization/: roleDefinitions`},
	{lock, `Microsoft.Authorization/: locks`},
	{identity, `Microsoft.ManagedIdentity/: userAssignedIdentities`},
	{workspace, `Microsoft.OperationalInsights/: workspaces`},
	{solution, `Microsoft.OperationsManagement/: solutions`},
	{monitor, `Microsoft.Insights/: autoscaleSettings actionGroups components diagnosticSettings metricAlerts activityLogAlerts`},
	{cluster, `Microsoft.ServiceFabric/: clusters managedClusters`},
	{group, `Microsoft.Resources/: resourceGroups`},
	{namespace, `Microsoft.EventHub/: namespaces`},
	{automation, `Microsoft.Automation/: automationAccounts`},
	{database, `Microsoft.Sql/: servers managedInstances`},
	{slotExtension, `Microsoft.Web/: sites/slots/extensions`},
	{auditing, `Microsoft.Sql/: servers/auditingSettings servers/extendedAuditingSettings servers/databases/auditingSettings
		servers/databases/extendedAuditingSettings`},
}

// curatedClass returns the class of a resource type, ignoring case.
func curatedClass(resourceType string) (class, bool) {
	for _, c := range curated {
		provider, types, _ := strings.Cut(c.types, ":")
		if len(resourceType) < len(provider) || !fold.Equal(resourceType[:len(provider)], provider) {
			continue
		}
		for name := range strings.FieldsSeq(types) {
			if fold.Equal(name, resourceType[len(provider):]) {
				return c.class, true
			}
		}
	}
	return class{}, false
}

func (c class) rule() Rule {
	r := Rule{Min: c.min, Max: c.max, Values: c.values, Words: c.words, Source: c.source, Certain: !c.likely, form: c.form}
	if c.match != "" {
		r.Match = []*Pattern{pattern(c.match)}
	}
	if c.reject != "" {
		r.Refuse = []*Pattern{pattern(c.reject)}
	}
	return r
}

// DomainLabel returns the rule for the DNS label of a public address.
func DomainLabel() Rule { return domainLabel.Get() }

var domainLabel = lazy.Value[Rule]{Of: func() Rule { return label.rule() }}

// Part returns the rule for the names of parts of network resources: subnets,
// rules, pools, probes, frontends and similar ones.
func Part() Rule { return part.Get() }

var part = lazy.Value[Rule]{Of: func() Rule { return network.rule() }}

// parts are the members of network resources whose items are resources of their
// own, with a name that Azure checks, in lower case.
var parts = lazy.Value[[]string]{Of: func() []string {
	return strings.Fields(`authenticationcertificates backendaddresspools backendhttpsettingscollection frontendipconfigurations frontendports
	gatewayipconfigurations httplisteners networkinterfaceconfigurations inboundnatpools inboundnatrules ipconfigurations loadbalancingrules outboundrules pathrules
	privatelinkserviceconnections probes redirectconfigurations requestroutingrules rewriterulesets routes securityrules sslcertificates
	subnets trustedrootcertificates urlpathmaps virtualnetworkpeerings`)
}}

// IsPart reports whether the items of a member of a network resource, such as
// subnets, have names of the form [Part].
func IsPart(member string) bool { return slices.Contains(parts.Get(), fold.Lower(member)) }
