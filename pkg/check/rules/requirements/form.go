package requirements

import (
	"encoding/base64"
	"math"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	timezones "github.com/scaleset/scaleset/pkg/capacity/autoscale"
	"github.com/scaleset/scaleset/pkg/internal/fold"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// A form is a way in which a text is written. Good and Bad are examples for
// messages and tests.
type form struct {
	name      string // in clauses
	what      string // with its article
	good, bad string
	holds     func(text string) truth
}

// No initializer of this package calls a function: after a call, the compiler fills
// the tables of rows when the program starts instead of when it is built.
var forms = []form{
	{"guid", "a GUID", "11111111-2222-3333-4444-555555555555", "reader", isGUID},
	{"base64", "Base64 text", "I2Nsb3VkLWNvbmZpZwo=", "#cloud-config", isBase64},
	{"cidr", "an address prefix such as 10.0.0.0/24", "10.0.0.0/24", "10.0.0.0", isPrefix},
	{"ipv4", "an IPv4 address", "10.0.0.4", "10.0.0.400", isIPv4},
	{"ip", "an IP address", "10.0.0.4", "10.0.0.400", isIP},
	{"https", "an https URL", "https://example.com/", "example.com", isHTTPS},
	{"duration", "an ISO 8601 duration", "PT10M", "10 minutes", isDuration},
	{"ports", "a port, a range such as 80-90, or *", "80-90", "90-80", isPorts},
	{"rule-address", "an address, an address prefix, a service tag or *", "10.0.0.0/8", "10.0.0.0/34", isRuleAddress},
	{"untagged", "an address or an address prefix", "10.0.0.0/8", "Storage", isUntagged},
	{"route-prefix", "an address prefix or a service tag", "10.0.0.0/8", "10.0.0.0/34", isRuleAddress},
	{"public-rule", "a public IPv4 address, or a prefix of up to 30 bits", "203.0.113.0/24", "203.0.113.5/32", isPublicRule},
	{"vault-rule", "an IPv4 address or prefix", "203.0.113.0/24", "203.0.113", isIPv4OrPrefix},
	{"eights", "a multiple of 8", "1024", "1023", isEights},
	{"version", "three numbers up to 2147483647", "n0/n1/1.0.0", "1.0.9999999999", isImageVersion},
	{"port", "a port from 1 to 65535", "443", "70000", isPort},

	{"delegation", "a service that takes delegations", "Microsoft.Web/serverFarms", "Microsoft.Web/serverFarm", isDelegation},
	{"endpoint-service", "a service with service endpoints", "Microsoft.Storage", "Microsoft.Storages", isEndpointService},
	{"windows-zone", "a time zone name of Windows", "W. Europe Standard Time", "Central European Time", isWindowsZone},
}

func isGUID(text string) truth {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}")
	if len(text) == 32 && strings.Trim(text, "0123456789abcdefABCDEF") == "" {
		return maybe // some services read a GUID without hyphens
	}
	if len(text) != len("11111111-2222-3333-4444-555555555555") {
		return no
	}
	for i := range len(text) {
		c := text[i]
		if hyphen := i == 8 || i == 13 || i == 18 || i == 23; hyphen && c != '-' ||
			!hyphen && !('0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F') {
			return no
		}
	}
	return yes
}

func isBase64(text string) truth {
	compact := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n", r) {
			return -1
		}
		return r
	}, text)
	_, err := base64.StdEncoding.DecodeString(compact)
	return truthOf(err == nil)
}

func isPrefix(text string) truth {
	_, err := netip.ParsePrefix(text)
	return truthOf(err == nil)
}

func isIP(text string) truth {
	_, err := netip.ParseAddr(text)
	return truthOf(err == nil)
}

func isIPv4(text string) truth {
	a, err := netip.ParseAddr(text)
	return truthOf(err == nil && a.Is4())
}

func isHTTPS(text string) truth {
	u, err := url.Parse(text)
	return truthOf(err == nil && fold.Equal(u.Scheme, "https") && u.Host != "")
}

func isDuration(text string) truth {
	_, ok := vmss.ParseDuration(text)
	if !ok && strings.ContainsAny(text, "YM") && strings.HasPrefix(text, "P") {
		return maybe // years and months
	}
	return truthOf(ok)
}

// isImageVersion judges the numbers in the name of a gallery image version,
// which may follow the names of its gallery and definition. Another form is for
// the rules about names.
func isImageVersion(text string) truth {
	for _, p := range strings.Split(text[strings.LastIndexByte(text, '/')+1:], ".") {
		n, err := strconv.ParseUint(p, 10, 64)
		if err != nil {
			return maybe
		}
		if n > math.MaxInt32 {
			return no
		}
	}
	return yes
}

// isPorts judges a port of a security rule: "*", a number, or an ascending range.
func isPorts(text string) truth {
	if text == "*" {
		return yes
	}
	low, high, ranged := strings.Cut(text, "-")
	if !ranged {
		high = low
	}
	a, err1 := strconv.ParseUint(strings.TrimSpace(low), 10, 16)
	b, err2 := strconv.ParseUint(strings.TrimSpace(high), 10, 16)
	return truthOf(err1 == nil && err2 == nil && a <= b)
}

// isRuleAddress judges an address of a security rule or a route. Which words are
// service tags changes, so that a word is only wrong where it is known to be.
func isRuleAddress(text string) truth {
	switch {
	case text == "*":
		return yes
	case fold.Equal(text, "any"), strings.ContainsAny(text, ", "):
		return no
	case strings.Contains(text, "-") && !strings.ContainsAny(text, "/"):
		return maybe
	case strings.ContainsAny(text[:1], "0123456789") || strings.Contains(text, ":"):
		if strings.Contains(text, "/") {
			return isPrefix(text)
		}
		return isIP(text)
	}
	name, _, _ := strings.Cut(text, ".") // Storage.WestEurope
	return amongNames(name, serviceTags[:])
}

// isUntagged judges an item of a list of addresses, where the four tags that
// Azure always had are the business of another row.
func isUntagged(text string) truth {
	name, _, _ := strings.Cut(text, ".")
	switch fold.Lower(name) {
	case "*", "internet", "virtualnetwork", "azureloadbalancer":
		return maybe
	}
	return truthOf(!slices.ContainsFunc(serviceTags[:], func(tag string) bool { return fold.Equal(tag, name) }))
}

// isPublicRule judges an address that a firewall of a storage account lets in.
func isPublicRule(text string) truth {
	if strings.Contains(text, "-") {
		return maybe
	}
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		a, err := netip.ParseAddr(text)
		return truthOf(err == nil && a.Is4() && !a.IsPrivate())
	}
	return truthOf(prefix.Addr().Is4() && prefix.Bits() <= 30 && !prefix.Addr().IsPrivate())
}

func isIPv4OrPrefix(text string) truth {
	if p, err := netip.ParsePrefix(text); err == nil {
		return truthOf(p.Addr().Is4())
	}
	return isIPv4(text)
}

func isEights(text string) truth {
	n, err := strconv.Atoi(text)
	return truthOf(err == nil && n%8 == 0)
}

func isPort(text string) truth {
	n, err := strconv.Atoi(text)
	return truthOf(err == nil && n >= 1 && n <= 65535)
}

// textOf is the text of a plain value that certainly is what deploys: not a
// placeholder, nor what an empty default stands for.
func textOf(s subject, h hit) (string, bool) {
	n := h.node
	if n == nil || n.NeedsValue() {
		return "", false
	}
	switch v := n.Value.(type) {
	case value.String:
		if s.pass.Assumed(string(v)) {
			_, address := prefixOf(string(v)) // 0.0.0.0/0 does not stand for another one
			return string(v), address
		}
		return string(v), true
	case value.Bool:
		return strconv.FormatBool(bool(v)), true
	case value.Int:
		return strconv.FormatInt(int64(v), 10), true
	case value.Number:
		return v.Text, true
	}
	return "", false
}

// empty reports an empty text, array or object: whether Azure accepts it
// for a value depends on the property.
func empty(n *expand.Node) bool {
	switch v := n.Value.(type) {
	case value.String:
		return v == ""
	case value.Array:
		return len(v) == 0
	case *value.Object:
		return v.Len() == 0
	}
	return false
}

// idOf is a resource id in lower case, with symbols in the place of what is not
// known; ok is false for every other text.
func idOf(s subject, h hit) (id string, ok bool) {
	if h.node == nil {
		return "", false
	}
	path := s.ref(h.node).Path()
	return path.String(), path.Type != ""
}

// identityOf is a text that two equal values have in common: that of an id, or
// a known text in lower case.
func identityOf(s subject, h hit) (string, bool) {
	if id, ok := idOf(s, h); ok {
		return id, true
	}
	text, ok := textOf(s, h)
	return fold.Lower(text), ok && h.state == known
}

// refersToIdentity reports a value that is the principal id of an identity which
// the same template makes: of its own, or the one of another resource.
func refersToIdentity(s subject, h hit) truth {
	if h.node == nil {
		return no
	}
	u, unknown := h.node.Value.(value.Unknown)
	if !unknown {
		return no
	}
	text := fold.Lower(u.Residual)
	if !strings.HasPrefix(text, "reference(") || !strings.HasSuffix(text, ".principalid") {
		return maybe
	}
	for _, r := range s.deployment().Expanded.Resources {
		own := fold.Equal(r.Type, "Microsoft.ManagedIdentity/userAssignedIdentities")
		if !own && !strings.HasSuffix(text, ".identity.principalid") {
			continue
		}
		name := r.Name[strings.LastIndexByte(r.Name, '/')+1:]
		if r.NameKnown && strings.Contains(text, "/"+fold.Lower(r.Type+"/"+name)+"'") ||
			strings.Contains(text, fold.Lower(r.Type)+"'") && strings.Contains(text, fold.Lower(strings.Trim(r.Name, "[]"))) {
			return yes
		}
	}
	return maybe
}

// amongNames judges a name against a list that grows: a name that is a letter or two
// away from one of them is wrong, and another one may be new.
func amongNames(text string, names []string) truth {
	near := maybe
	for _, name := range names {
		if fold.Equal(text, name) {
			return yes
		}
		if nearest.Slip(text, name) {
			near = no
		}
	}
	return near
}

func isDelegation(text string) truth { return knownDelegations.Of(text) }

func isEndpointService(text string) truth { return knownServices.Of(text) }

var (
	knownDelegations = fold.Answers[truth]{Ask: func(text string) truth { return amongNames(text, delegations[:]) }}
	knownServices    = fold.Answers[truth]{Ask: func(text string) truth { return amongNames(text, endpointServices[:]) }}
)

// isWindowsZone judges the name of a time zone.
func isWindowsZone(text string) truth {
	_, ok := timezones.Zone(text)
	return truthOf(ok)
}

// delegations are the services to which a subnet can be delegated, from the
// answer of Azure about an unknown one
// (https://github.com/Azure/azure-powershell/issues/14703), and
// https://learn.microsoft.com/azure/virtual-network/subnet-delegation-overview.
var delegations = [...]string{
	"GitHub.Network/networkSettings", "Microsoft.ApiManagement/service", "Microsoft.App/environments", "Microsoft.App/testClients",
	"Microsoft.Apollo/npu", "Microsoft.AVS/PrivateClouds", "Microsoft.AzureCosmosDB/clusters", "Microsoft.BareMetal/AzureHPC",
	"Microsoft.BareMetal/AzureHostedService", "Microsoft.BareMetal/AzurePaymentHSM", "Microsoft.BareMetal/AzureVMware", "Microsoft.BareMetal/CrayServers",
	"Microsoft.BareMetal/MonitoringServers", "Microsoft.Batch/batchAccounts", "Microsoft.CloudTest/hostedpools", "Microsoft.CloudTest/images",
	"Microsoft.CloudTest/pools", "Microsoft.Codespaces/plans", "Microsoft.ContainerInstance/containerGroups", "Microsoft.ContainerService/managedClusters",
	"Microsoft.DBforMySQL/flexibleServers", "Microsoft.DBforMySQL/servers", "Microsoft.DBforMySQL/serversv2", "Microsoft.DBforPostgreSQL/flexibleServers",
	"Microsoft.DBforPostgreSQL/serversv2", "Microsoft.DBforPostgreSQL/singleServers", "Microsoft.Databricks/workspaces", "Microsoft.DelegatedNetwork/controller",
	"Microsoft.DevCenter/networkConnection", "Microsoft.DevOpsInfrastructure/pools", "Microsoft.DocumentDB/cassandraClusters", "Microsoft.Fidalgo/networkSettings",
	"Microsoft.HardwareSecurityModules/dedicatedHSMs", "Microsoft.Kusto/clusters", "Microsoft.LabServices/labplans",
	"Microsoft.Logic/integrationServiceEnvironments", "Microsoft.MachineLearningServices/workspaces", "Microsoft.Netapp/volumes",
	"Microsoft.Network/dnsResolvers", "Microsoft.Network/fpgaNetworkInterfaces", "Microsoft.Network/networkWatchers", "Microsoft.Network/virtualNetworkGateways",
	"Microsoft.Orbital/orbitalGateways", "Microsoft.PowerAutomate/hostedRpa", "Microsoft.PowerPlatform/enterprisePolicies",
	"Microsoft.PowerPlatform/vnetaccesslinks", "Microsoft.ServiceFabricMesh/networks", "Microsoft.ServiceNetworking/trafficControllers",
	"Microsoft.Singularity/accounts/networks", "Microsoft.Singularity/accounts/npu", "Microsoft.Sql/managedInstances", "Microsoft.StoragePool/diskPools",
	"Microsoft.StreamAnalytics/streamingJobs", "Microsoft.Synapse/workspaces", "Microsoft.Web/hostingEnvironments", "Microsoft.Web/serverFarms",
	"NGINX.NGINXPLUS/nginxDeployments", "Oracle.Database/networkAttachments", "PaloAltoNetworks.Cloudngfw/firewalls", "PureStorage.Block/storagePools",
	"Qumulo.Storage/fileSystems", "Dell.Storage/fileSystems", "Informatica.DataManagement/organizations",
}

// endpointServices are the services with service endpoints, as documented in
// https://learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview.
var endpointServices = [...]string{
	"Microsoft.AzureActiveDirectory", "Microsoft.AzureCosmosDB", "Microsoft.CognitiveServices", "Microsoft.ContainerRegistry", "Microsoft.EventHub",
	"Microsoft.KeyVault", "Microsoft.ServiceBus", "Microsoft.Sql", "Microsoft.Storage", "Microsoft.Storage.Global", "Microsoft.Web",
}

// serviceTags are the service tags of security rules, as documented in
// https://learn.microsoft.com/azure/virtual-network/service-tags-overview.
var serviceTags = [...]string{
	"ActionGroup", "ApiManagement", "ApplicationInsightsAvailability", "AppConfiguration", "AppService", "AppServiceManagement", "AutonomousDevelopmentPlatform",
	"AzureActiveDirectory", "AzureActiveDirectoryDomainServices", "AzureAdvancedThreatProtection", "AzureArcInfrastructure", "AzureAttestation", "AzureBackup",
	"AzureBotService", "AzureCloud", "AzureCognitiveSearch", "AzureConnectors", "AzureContainerAppsService", "AzureContainerRegistry", "AzureCosmosDB",
	"AzureDatabricks", "AzureDataExplorerManagement", "AzureDeviceUpdate", "AzureDevOps", "AzureDigitalTwins", "AzureEventGrid", "AzureFrontDoor",
	"AzureHealthcareAPIs", "AzureInformationProtection", "AzureIoTHub", "AzureKeyVault", "AzureLoadBalancer", "AzureLoadTestingInstanceManagement",
	"AzureMachineLearning", "AzureMachineLearningInference", "AzureManagedGrafana", "AzureMonitor", "AzureMonitorForSAP", "AzureOpenDatasets", "AzurePlatformDNS",
	"AzurePlatformIMDS", "AzurePlatformLKM", "AzureResourceManager", "AzureSentinel", "AzureSignalR", "AzureSiteRecovery", "AzureSphere", "AzureStack",
	"AzureTrafficManager", "AzureUpdateDelivery", "AzureVideoIndexer", "AzureWebPubSub", "BatchNodeManagement", "ChaosStudio", "CognitiveServicesFrontend",
	"CognitiveServicesManagement", "DataFactory", "DataFactoryManagement", "Dynamics365BusinessCentral", "Dynamics365ForMarketingEmail", "EventHub",
	"GatewayManager", "GuestAndHybridManagement", "HDInsight", "Internet", "KustoAnalytics", "LogicApps", "LogicAppsManagement", "M365ManagementActivityApi",
	"Marketplace", "MicrosoftAzureFluidRelay", "MicrosoftCloudAppSecurity", "MicrosoftContainerRegistry", "MicrosoftDefenderForEndpoint",
	"MicrosoftPurviewPolicyDistribution", "OneDsCollector", "PowerBI", "PowerPlatformInfra", "PowerPlatformPlex", "PowerQueryOnline", "Scuba", "SerialConsole",
	"ServiceBus", "ServiceFabric", "Sql", "SqlManagement", "Storage", "StorageMover", "StorageSyncService", "TrafficManager", "VideoIndexer", "VirtualDesktop",
	"VirtualNetwork", "WindowsAdminCenter", "WindowsVirtualDesktop",
}
