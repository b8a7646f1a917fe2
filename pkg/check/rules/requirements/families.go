package requirements

import "embed"

//go:embed ss80*_requirements.md
var pages embed.FS

// families are all families in the order of their codes.
var families = []Family{
	{Code: "SS8001", Name: "scale-set-requirements", Title: "scale sets", Rows: scaleSetRows},
	{Code: "SS8002", Name: "profile-disk-requirements", Title: "the disks of scale sets and machines", Rows: profileDiskRows},
	{Code: "SS8003", Name: "security-profile-requirements", Title: "the security profile of scale sets and machines", Rows: securityRows},
	{Code: "SS8004", Name: "os-profile-requirements", Title: "the operating system settings of scale sets and machines", Rows: osRows},
	{Code: "SS8005", Name: "extension-requirements", Title: "extensions", Rows: extensionRows},
	{Code: "SS8006", Name: "interface-requirements", Title: "network interfaces", Rows: interfaceRows},
	{Code: "SS8007", Name: "machine-requirements", Title: "virtual machines", Rows: machineRows},
	{Code: "SS8008", Name: "disk-requirements", Title: "disks, snapshots and images", Rows: diskRows},
	{Code: "SS8009", Name: "placement-requirements", Title: "availability sets, hosts, reservations and placement groups", Rows: placementRows},
	{Code: "SS8020", Name: "load-balancer-requirements", Title: "load balancers", Rows: balancerRows},
	{Code: "SS8021", Name: "public-address-requirements", Title: "public IP addresses and prefixes", Rows: addressRows},
	{Code: "SS8022", Name: "security-rule-requirements", Title: "network security rules", Rows: securityGroupRows},
	{Code: "SS8023", Name: "virtual-network-requirements", Title: "virtual networks, subnets, peerings and routes", Rows: networkRows},
	{Code: "SS8024", Name: "nat-gateway-requirements", Title: "NAT gateways", Rows: natRows},
	{Code: "SS8025", Name: "application-gateway-requirements", Title: "application gateways and their firewall policies", Rows: gatewayRows},
	{Code: "SS8026", Name: "private-link-requirements", Title: "private endpoints, DNS zones and Traffic Manager", Rows: linkRows},
	{Code: "SS8027", Name: "network-edge-requirements", Title: "Bastion hosts, VPN gateways and firewalls", Rows: edgeRows},
	{Code: "SS8040", Name: "storage-account-requirements", Title: "storage accounts", Rows: accountRows},
	{Code: "SS8041", Name: "blob-requirements", Title: "blobs, shares and lifecycle policies", Rows: blobRows},
	{Code: "SS8042", Name: "key-vault-requirements", Title: "key vaults", Rows: vaultRows},
	{Code: "SS8050", Name: "autoscale-requirements", Title: "autoscale settings", Rows: autoscaleRows},
	{Code: "SS8051", Name: "diagnostics-requirements", Title: "diagnostic settings", Rows: diagnosticRows},
	{Code: "SS8052", Name: "collection-requirements", Title: "data collection rules and alerts", Rows: collectionRows},
	{Code: "SS8060", Name: "identity-requirements", Title: "identities, credentials, roles and locks", Rows: identityRows},
	{Code: "SS8070", Name: "service-requirements", Title: "Service Fabric, workspaces and maintenance", Rows: serviceRows},
}

// The addresses of sources.
const (
	learn = "https://learn.microsoft.com/azure/"
	rest  = "https://learn.microsoft.com/rest/api/"
	specs = "https://github.com/Azure/azure-rest-api-specs/blob/main/specification/"
	issue = "https://github.com/"
)
