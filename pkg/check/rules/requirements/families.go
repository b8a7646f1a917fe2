package requirements

import _ "embed" // the pages

// The pages of the families.
var (
	//go:embed ss8001_scale_set_requirements.md
	scaleSetDoc string
	//go:embed ss8002_profile_disk_requirements.md
	profileDiskDoc string
	//go:embed ss8003_security_profile_requirements.md
	securityProfileDoc string
	//go:embed ss8004_os_profile_requirements.md
	osProfileDoc string
	//go:embed ss8005_extension_requirements.md
	extensionDoc string
	//go:embed ss8006_interface_requirements.md
	interfaceDoc string
	//go:embed ss8007_machine_requirements.md
	machineDoc string
	//go:embed ss8008_disk_requirements.md
	diskDoc string
	//go:embed ss8009_placement_requirements.md
	placementDoc string
	//go:embed ss8020_load_balancer_requirements.md
	loadBalancerDoc string
	//go:embed ss8021_public_address_requirements.md
	publicAddressDoc string
	//go:embed ss8022_security_rule_requirements.md
	securityRuleDoc string
	//go:embed ss8023_virtual_network_requirements.md
	virtualNetworkDoc string
	//go:embed ss8024_nat_gateway_requirements.md
	natGatewayDoc string
	//go:embed ss8025_application_gateway_requirements.md
	applicationGatewayDoc string
	//go:embed ss8026_private_link_requirements.md
	privateLinkDoc string
	//go:embed ss8027_network_edge_requirements.md
	networkEdgeDoc string
	//go:embed ss8040_storage_account_requirements.md
	storageAccountDoc string
	//go:embed ss8041_blob_requirements.md
	blobDoc string
	//go:embed ss8042_key_vault_requirements.md
	keyVaultDoc string
	//go:embed ss8050_autoscale_requirements.md
	autoscaleDoc string
	//go:embed ss8051_diagnostics_requirements.md
	diagnosticsDoc string
	//go:embed ss8052_collection_requirements.md
	collectionDoc string
	//go:embed ss8060_identity_requirements.md
	identityDoc string
	//go:embed ss8070_service_requirements.md
	serviceDoc string
	//go:embed ss8080_application_requirements.md
	applicationDoc string
)

// families are all families in the order of their codes.
var families = []Family{
	{Code: "SS8001", Name: "scale-set-requirements", Page: &scaleSetDoc, Title: "scale sets", Rows: scaleSetRows},
	{Code: "SS8002", Name: "profile-disk-requirements", Page: &profileDiskDoc, Title: "the disks of scale sets and machines", Rows: profileDiskRows},
	{Code: "SS8003", Name: "security-profile-requirements", Page: &securityProfileDoc, Title: "the security profile of scale sets and machines", Rows: securityRows},
	{Code: "SS8004", Name: "os-profile-requirements", Page: &osProfileDoc, Peers: []string{"AZR-000249"}, Title: "the operating system settings of scale sets and machines", Rows: osRows},
	{Code: "SS8005", Name: "extension-requirements", Page: &extensionDoc, Title: "extensions", Rows: extensionRows},
	{Code: "SS8006", Name: "interface-requirements", Page: &interfaceDoc, Title: "network interfaces", Rows: interfaceRows},
	{Code: "SS8007", Name: "machine-requirements", Page: &machineDoc, Title: "virtual machines", Rows: machineRows},
	{Code: "SS8008", Name: "disk-requirements", Page: &diskDoc, Title: "disks, snapshots and images", Rows: diskRows},
	{Code: "SS8009", Name: "placement-requirements", Page: &placementDoc, Peers: []string{"AZR-000254"}, Title: "availability sets, hosts, reservations and placement groups", Rows: placementRows},
	{Code: "SS8020", Name: "load-balancer-requirements", Page: &loadBalancerDoc, Title: "load balancers", Rows: balancerRows},
	{Code: "SS8021", Name: "public-address-requirements", Page: &publicAddressDoc, Title: "public IP addresses and prefixes", Rows: addressRows},
	{Code: "SS8022", Name: "security-rule-requirements", Page: &securityRuleDoc, Title: "network security rules", Rows: securityGroupRows},
	{Code: "SS8023", Name: "virtual-network-requirements", Page: &virtualNetworkDoc, Title: "virtual networks, subnets, peerings and routes", Rows: networkRows},
	{Code: "SS8024", Name: "nat-gateway-requirements", Page: &natGatewayDoc, Title: "NAT gateways", Rows: natRows},
	{Code: "SS8025", Name: "application-gateway-requirements", Page: &applicationGatewayDoc, Title: "application gateways and their firewall policies", Rows: gatewayRows},
	{Code: "SS8026", Name: "private-link-requirements", Page: &privateLinkDoc, Title: "private endpoints, DNS zones and Traffic Manager", Rows: linkRows},
	{Code: "SS8027", Name: "network-edge-requirements", Page: &networkEdgeDoc, Title: "Bastion hosts, VPN gateways and firewalls", Rows: edgeRows},
	{Code: "SS8040", Name: "storage-account-requirements", Page: &storageAccountDoc, Title: "storage accounts", Rows: accountRows},
	{Code: "SS8041", Name: "blob-requirements", Page: &blobDoc, Title: "blobs, shares and lifecycle policies", Rows: blobRows},
	{Code: "SS8042", Name: "key-vault-requirements", Page: &keyVaultDoc, Title: "key vaults", Rows: vaultRows},
	{Code: "SS8050", Name: "autoscale-requirements", Page: &autoscaleDoc, Title: "autoscale settings", Rows: autoscaleRows},
	{Code: "SS8051", Name: "diagnostics-requirements", Page: &diagnosticsDoc, Title: "diagnostic settings", Rows: diagnosticRows},
	{Code: "SS8052", Name: "collection-requirements", Page: &collectionDoc, Title: "data collection rules and alerts", Rows: collectionRows},
	{Code: "SS8060", Name: "identity-requirements", Page: &identityDoc, Title: "identities, credentials, roles and locks", Rows: identityRows},
	{Code: "SS8070", Name: "service-requirements", Page: &serviceDoc, Title: "Service Fabric, workspaces and maintenance", Rows: serviceRows},
	{Code: "SS8080", Name: "application-requirements", Page: &applicationDoc, Title: "web apps, databases, containers, messaging and scripts", Rows: applicationRows},
}

// The addresses of sources.
const (
	learn = "https://learn.microsoft.com/azure/"
	rest  = "https://learn.microsoft.com/rest/api/"
	specs = "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/"
	issue = "https://github.com/"
)
