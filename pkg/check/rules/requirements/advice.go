package requirements

import _ "embed" // the pages

const nicType = "Microsoft.Network/networkInterfaces"

// The places that advice is about.
var (
	machineProfiles    = []Place{{setType, "properties.virtualMachineProfile"}, {machineType, "properties"}}
	machineProfile     = []Place{{machineType, "properties"}}
	machineResources   = []Place{{setType, ""}, {machineType, ""}}
	machineResource    = []Place{{machineType, ""}}
	setResource        = []Place{{setType, ""}}
	setResources       = []Place{{setType, "properties"}}
	interfaceParts     = []Place{{setType, "properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations[].properties"}}
	interfaceResources = []Place{{nicType, ""}}
	addressResources   = []Place{{"Microsoft.Network/publicIPAddresses", ""}}
	balancerResources  = []Place{{"Microsoft.Network/loadBalancers", ""}}
	subnetResources    = []Place{{"Microsoft.Network/virtualNetworks", "properties.subnets[]"}, {"Microsoft.Network/virtualNetworks/subnets", ""}}
	networkResources   = []Place{{"Microsoft.Network/virtualNetworks", ""}}
	fileServices       = []Place{{"Microsoft.Storage/storageAccounts/fileServices", "properties"}}
	vaultSecrets       = []Place{{"Microsoft.KeyVault/vaults/secrets", "properties"}}
	flowLogs           = []Place{{"Microsoft.Network/networkWatchers/flowLogs", "properties"}}
	fabricClusters     = []Place{{"Microsoft.ServiceFabric/clusters", "properties"}}
)

// advice are the families of rows that are advice: Azure deploys the template either
// way. Their rules are off, and packs turn them on.
var advice = []Family{
	{Code: "SS8101", Name: "encryption-at-host", Page: &encryptionAtHostDoc, Title: "encryption at host", Peers: []string{"CKV_AZURE_97", "CKV_AZURE_151"}, Rows: []Row{
		{"host-encryption", machineProfiles, "", "", "securityProfile.encryptionAtHost (false) = true", Advised, learn + "virtual-machines/disk-encryption", "Without encryption at host, temporary disks and the caches of disks are not encrypted at rest.", "Set `encryptionAtHost` to true."},
	}},
	{Code: "SS8102", Name: "trusted-launch", Page: &trustedLaunchDoc, Title: "Trusted Launch", Peers: []string{}, Rows: []Row{
		{"launch-type", machineProfiles, "", "", "securityProfile.securityType (Standard) = TrustedLaunch | ConfidentialVM", Advised, learn + "virtual-machines/trusted-launch", "Trusted Launch protects machines of the second generation from boot kits and rootkits.", "Set `securityType` to TrustedLaunch."},
		{"launch-secure-boot", machineProfiles, "", "securityProfile.securityType = TrustedLaunch", "securityProfile.uefiSettings.secureBootEnabled (false) = true", Advised, learn + "virtual-machines/trusted-launch", "Secure boot starts only signed operating systems and drivers.", "Set `secureBootEnabled` to true."},
		{"launch-tpm", machineProfiles, "", "securityProfile.securityType = TrustedLaunch", "securityProfile.uefiSettings.vTpmEnabled (false) = true", Advised, learn + "virtual-machines/trusted-launch", "A virtual TPM measures the start of a machine, so that it can be attested.", "Set `vTpmEnabled` to true."},
	}},
	{Code: "SS8103", Name: "managed-identity", Page: &managedIdentityDoc, Title: "managed identities", Peers: []string{}, Rows: []Row{
		{"machine-identity", machineResources, "", "", "identity.type (None) != None", Advised, learn + "active-directory/managed-identities-azure-resources/overview", "With a managed identity, code on a machine signs in to Azure without stored credentials.", "Add an `identity`."},
	}},
	{Code: "SS8104", Name: "boot-diagnostics", Page: &bootDiagnosticsDoc, Title: "boot diagnostics", Peers: []string{}, Rows: []Row{
		{"machine-boot-diagnostics", machineProfiles, "", "", "diagnosticsProfile.bootDiagnostics.enabled (false) = true", Advised, learn + "virtual-machines/boot-diagnostics", "Boot diagnostics collect the serial log and a screenshot of a machine.", "Set `enabled` to true."},
	}},
	{Code: "SS8105", Name: "instance-public-address", Page: &instancePublicAddressDoc, Title: "public addresses of instances and interfaces", Peers: []string{"AZR-000450", "AZR-000449"}, Rows: []Row{
		{"instance-address", interfaceParts, "ipConfigurations[].properties", "", "publicIPAddressConfiguration absent", Advised, learn + "network-watcher/network-insights-overview", "A public address exposes each instance to the Internet.", "Remove `publicIPAddressConfiguration`."},
		{"interface-address", interfaceResources, "properties.ipConfigurations[].properties", "", "publicIPAddress absent", Advised, learn + "security/fundamentals/network-best-practices", "A public address exposes a machine to the Internet.", "Remove `publicIPAddress`."},
	}},
	{Code: "SS8106", Name: "accelerated-networking", Page: &acceleratedNetworkingDoc, Title: "accelerated networking", Peers: []string{"AZR-000244", "dfedbeb1-1519-fc47-86a5-52f96cf07105"}, Rows: []Row{
		{"instance-accelerated", interfaceParts, "", "", "enableAcceleratedNetworking (false) = true", Advised, learn + "virtual-network/accelerated-networking-overview", "Accelerated networking lowers latency and the load of processors; most sizes with two or more vCPUs support it.", "Set `enableAcceleratedNetworking` to true."},
		{"interface-accelerated", interfaceResources, "properties", "", "enableAcceleratedNetworking (false) = true", Advised, learn + "virtual-network/accelerated-networking-overview", "Accelerated networking lowers latency and the load of processors; most sizes with two or more vCPUs support it.", "Set `enableAcceleratedNetworking` to true."},
	}},
	{Code: "SS8107", Name: "ip-forwarding", Page: &ipForwardingDoc, Title: "IP forwarding", Peers: []string{"41a22a5e-5e08-9647-92d0-2ffe9ef1bdad"}, Rows: []Row{
		{"instance-forwarding", interfaceParts, "", "", "enableIPForwarding != true", Advised, learn + "virtual-network/virtual-network-network-interface#enable-or-disable-ip-forwarding", "Only network appliances need IP forwarding.", "Set `enableIPForwarding` to false."},
		{"interface-forwarding", interfaceResources, "properties", "", "enableIPForwarding != true", Advised, learn + "virtual-network/virtual-network-network-interface#enable-or-disable-ip-forwarding", "Only network appliances need IP forwarding.", "Set `enableIPForwarding` to false."},
	}},
	{Code: "SS8108", Name: "image-patching", Page: &imagePatchingDoc, Title: "updates of operating systems", Peers: []string{"CKV_AZURE_95", "CKV_AZURE_177", "AZR-000247"}, Rows: []Row{
		{"set-image-upgrade", setResources, "", "?uniform", "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade (false) = true", Advised, learn + "virtual-machine-scale-sets/virtual-machine-scale-sets-automatic-upgrade", "Automatic image upgrades replace the operating system of the instances when a new image is published.", "Set `enableAutomaticOSUpgrade` to true."},
		{"set-flexible-patching", setResources, "", "?flexible; virtualMachineProfile.osProfile.linuxConfiguration.patchSettings.patchMode != AutomaticByPlatform; virtualMachineProfile.osProfile.windowsConfiguration.patchSettings.patchMode != AutomaticByPlatform; upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade != true", "never neither image upgrades nor guest patching are automatic", Advised, learn + "virtual-machines/automatic-vm-guest-patching", "Azure patches the instances of a Flexible scale set one by one if `patchMode` is AutomaticByPlatform.", "Set `patchMode` to AutomaticByPlatform in `patchSettings`."},
		{"set-updates", setResources, "virtualMachineProfile.osProfile.windowsConfiguration", "?patchSettings.patchMode != AutomaticByPlatform; ?/properties.upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade != true", "enableAutomaticUpdates (true) = true", Advised, learn + "virtual-machines/automatic-vm-guest-patching", "Windows installs updates by itself unless automatic updates are off.", "Set `enableAutomaticUpdates` to true."},
		{"machine-updates", machineProfile, "osProfile.windowsConfiguration", "?patchSettings.patchMode != AutomaticByPlatform", "enableAutomaticUpdates (true) = true", Advised, learn + "virtual-machines/automatic-vm-guest-patching", "Windows installs updates by itself unless automatic updates are off.", "Set `enableAutomaticUpdates` to true."},
	}},
	{Code: "SS8109", Name: "machine-agent", Page: &machineAgentDoc, Title: "the agent of machines", Peers: []string{"AZR-000246"}, Rows: []Row{
		{"machine-agent-windows", machineProfiles, "osProfile.windowsConfiguration", "", "provisionVMAgent != false", Advised, learn + "virtual-machines/extensions/agent-windows", "Extensions for monitoring, security and health need the agent.", "Set `provisionVMAgent` to true."},
		{"machine-agent-linux", machineProfiles, "osProfile.linuxConfiguration", "", "provisionVMAgent != false", Advised, learn + "virtual-machines/extensions/agent-linux", "Extensions for monitoring, security and health need the agent.", "Set `provisionVMAgent` to true."},
	}},
	{Code: "SS8110", Name: "machine-password-login", Page: &machinePasswordLoginDoc, Title: "password login of Linux machines", Peers: []string{"AZR-000245", "CKV_AZURE_1", "CKV_AZURE_149", "CKV_AZURE_178"}, Rows: []Row{
		{"machine-password", machineProfile, "osProfile", "?linux", "linuxConfiguration.disablePasswordAuthentication (false) = true", Advised, learn + "security/benchmark/azure/baselines/virtual-machines-linux-virtual-machines-security-baseline", "Passwords can be guessed; SSH keys cannot.", "Set `disablePasswordAuthentication` to true."},
	}},
	{Code: "SS8111", Name: "machine-unmanaged-disk", Page: &machineUnmanagedDiskDoc, Title: "unmanaged disks of machines", Peers: []string{"AZR-000238", "CKV_AZURE_92", "122d11d7-b91f-8747-a562-f56b79bcfbdc"}, Rows: []Row{
		{"machine-vhd", machineProfile, "storageProfile.osDisk", "", "vhd absent", Advised, learn + "virtual-machines/unmanaged-disks-deprecation", "Unmanaged disks were retired on 2026-03-31.", "Use `managedDisk`."},
		{"machine-data-vhd", machineProfile, "storageProfile.dataDisks[]", "", "vhd absent", Advised, learn + "virtual-machines/unmanaged-disks-deprecation", "Unmanaged disks were retired on 2026-03-31.", "Use `managedDisk`."},
	}},
	{Code: "SS8112", Name: "customer-managed-key", Page: &customerManagedKeyDoc, Title: "customer-managed keys of disks", Peers: []string{"CKV_AZURE_93", "CKV_AZURE_2"}, Rows: []Row{
		{"disk-encryption-set", diskRoots, "properties", "", "encryption.diskEncryptionSetId present", Advised, learn + "virtual-machines/disk-encryption#customer-managed-keys", "A disk encryption set encrypts disks with a key in your own vault.", "Add `diskEncryptionSetId`."},
	}},
	{Code: "SS8113", Name: "no-zones", Page: &noZonesDoc, Title: "availability zones", Peers: []string{"AZR-000436", "AZR-000157", "AZR-000127", "1422c567-782c-7148-ac7c-5fc14cf45adc", "2bd0be95-a825-6f47-a8c6-3db1fb5eb387", "c63b81fb-7afc-894c-a840-91bb8a8dcfaf", "621dbc78-3745-4d32-8eac-9e65b27b7512"}, Rows: []Row{
		{"set-zones", setResources, "", "?zonal region", "/zones present", Advised, learn + "reliability/reliability-virtual-machine-scale-sets", "Instances in several zones survive the failure of one.", "Add `zones`."},
		{"machine-zone", machineResource, "", "?zonal region; ?properties.virtualMachineScaleSet absent; ?properties.availabilitySet absent", "/zones present", Advised, learn + "reliability/reliability-virtual-machines", "Machines in several zones survive the failure of one.", "Add `zones`."},
		{"address-zones", addressResources, "", "?zonal region; ?sku.name = Standard", "zones present", Advised, learn + "virtual-network/ip-services/public-ip-addresses#availability-zone", "An address in several zones works when one of them fails.", "Add `zones`."},
		{"address-one-zone", addressResources, "", "?zonal region; ?sku.name = Standard", "zones count >= 2", Advised, learn + "virtual-network/ip-services/public-ip-addresses#availability-zone", "An address in several zones works when one of them fails.", "List several `zones`."},
		{"frontend-zones", balancerResources, "properties.frontendIPConfigurations[]", "?zonal region; ?/sku.name = Standard; ?properties.subnet.id present", "zones present", Advised, learn + "reliability/reliability-load-balancer", "An internal frontend in several zones works when one of them fails.", "Add `zones`."},
		{"frontend-one-zone", balancerResources, "properties.frontendIPConfigurations[]", "?zonal region; ?/sku.name = Standard", "zones count >= 2", Advised, learn + "reliability/reliability-load-balancer", "A frontend in several zones works when one of them fails.", "List several `zones`."},
	}},
	{Code: "SS8114", Name: "premium-disks", Page: &premiumDisksDoc, Title: "disks with a low service level", Peers: []string{"df0ff862-814d-45a3-95e4-4fad5a244ba6"}, Rows: []Row{
		{"machine-premium-disk", machineProfiles, "storageProfile.osDisk", "?diffDiskSettings.option absent", "managedDisk.storageAccountType = Premium_LRS | Premium_ZRS | PremiumV2_LRS | UltraSSD_LRS", Advised, learn + "virtual-machines/disks-types", "A single machine has the highest service level only with Premium disks.", "Choose a Premium type."},
	}},
	{Code: "SS8115", Name: "extension-operations-allowed", Page: &extensionOperationsAllowedDoc, Title: "extension operations", Peers: []string{"CKV_AZURE_50"}, Rows: []Row{
		{"machine-extensions", machineProfile, "osProfile", "", "allowExtensionOperations (true) = false", Advised, learn + "virtual-machines/extensions/overview", "Whoever may write extensions of a machine can run code on it as administrator.", "Set `allowExtensionOperations` to false."},
	}},
	{Code: "SS8116", Name: "slow-size", Page: &slowSizeDoc, Title: "sizes for occasional load", Peers: []string{"3201dba8-d1da-4826-98a4-104066545170"}, Rows: []Row{
		{"set-slow-size", setResource, "", "", "sku.name !matches /(?i)^(Standard|Basic)_[AB][0-9]/ like Standard_B2s", Advised, learn + "virtual-machines/sizes/general-purpose/b-family", "A burstable size slows down when its credits are used up.", "Choose a size of another series."},
		{"machine-slow-size", machineProfile, "", "", "hardwareProfile.vmSize !matches /(?i)^(Standard|Basic)_[AB][0-9]/ like Standard_B2s", Advised, learn + "virtual-machines/sizes/general-purpose/b-family", "A burstable size slows down when its credits are used up.", "Choose a size of another series."},
	}},
	{Code: "SS8120", Name: "storage-https", Page: &storageHttpsDoc, Title: "HTTPS of storage accounts", Peers: []string{"AZR-000196", "CKV_AZURE_3"}, Rows: []Row{
		{"storage-http", accounts, "properties", "", "supportsHttpsTrafficOnly != false", Advised, learn + "storage/common/storage-require-secure-transfer", "Requests by HTTP and SMB without encryption can be read on the way.", "Set `supportsHttpsTrafficOnly` to true."},
		{"storage-http-default", accounts, "properties", "api < 2019-04-01", "supportsHttpsTrafficOnly present", Advised, learn + "storage/common/storage-require-secure-transfer", "Before API version 2019-04-01, an account accepts HTTP by default.", "Set `supportsHttpsTrafficOnly` to true."},
	}},
	{Code: "SS8121", Name: "storage-tls", Page: &storageTlsDoc, Title: "TLS of storage accounts", Peers: []string{"AZR-000200", "CKV_AZURE_44"}, Rows: []Row{
		{"storage-tls-minimum", accounts, "properties", "", "minimumTlsVersion (TLS1_0) = TLS1_2 | TLS1_3", Advised, learn + "storage/common/transport-layer-security-configure-minimum-version", "Policies and audits ask for the setting; Azure Storage itself has refused TLS 1.0 and 1.1 since 2026-02-03.", "Set `minimumTlsVersion` to TLS1_2."},
	}},
	{Code: "SS8122", Name: "storage-anonymous", Page: &storageAnonymousDoc, Title: "anonymous access to blobs", Peers: []string{"AZR-000198", "AZR-000199", "CKV_AZURE_34"}, Rows: []Row{
		{"storage-anonymous-account", accounts, "properties", "", "allowBlobPublicAccess != true", Advised, learn + "storage/blobs/anonymous-read-access-prevent", "Whoever creates a container in this account can make it public.", "Set `allowBlobPublicAccess` to false."},
		{"storage-anonymous-container", containers, "", "", "publicAccess != Blob | Container", Advised, learn + "storage/blobs/anonymous-read-access-prevent", "Everybody can read the blobs of this container.", "Set `publicAccess` to None."},
	}},
	{Code: "SS8123", Name: "storage-network", Page: &storageNetworkDoc, Title: "the firewall of storage accounts", Peers: []string{"AZR-000202", "CKV_AZURE_35", "CKV_AZURE_59"}, Rows: []Row{
		{"storage-network-open", accounts, "properties", "?publicNetworkAccess != Disabled | SecuredByPerimeter", "networkAcls.defaultAction (Allow) = Deny", Advised, learn + "storage/common/storage-network-security", "Without network rules, the keys of the account are all that protects its data.", "Set `defaultAction` to Deny."},
	}},
	{Code: "SS8124", Name: "storage-trusted-services", Page: &storageTrustedServicesDoc, Title: "trusted services and storage accounts", Peers: []string{"CKV_AZURE_36"}, Rows: []Row{
		{"storage-bypass", accounts, "properties.networkAcls", "defaultAction = Deny", "bypass (AzureServices) matches /AzureServices/ like AzureServices", Advised, learn + "storage/common/storage-network-security-trusted-azure-services", "Backup, monitoring and other services of Azure cannot read or write this account.", "Set `bypass` to AzureServices."},
	}},
	{Code: "SS8125", Name: "storage-replication", Page: &storageReplicationDoc, Title: "replication of storage accounts", Peers: []string{"AZR-000195", "CKV_AZURE_206", "e6c7e1cc-2f47-264d-aa50-1da421314472"}, Rows: []Row{
		{"storage-one-zone", accounts, "", "?kind != FileStorage", "sku.name != Standard_LRS | Premium_LRS", Advised, learn + "storage/common/storage-redundancy", "With locally redundant storage, the failure of one data center loses access to the data, or the data.", "Choose a SKU such as Standard_ZRS."},
	}},
	{Code: "SS8126", Name: "storage-kind", Page: &storageKindDoc, Title: "legacy kinds of storage accounts", Peers: []string{"2ad78dec-5a4d-4a30-8fd1-8584335ad781"}, Rows: []Row{
		{"storage-legacy-kind", accounts, "", "", "kind != Storage | BlobStorage", Advised, learn + "storage/common/storage-account-upgrade", "Accounts of general purpose v1 are retired on 2026-10-13, and lack features of StorageV2.", "Set `kind` to StorageV2."},
	}},
	{Code: "SS8127", Name: "storage-soft-delete", Page: &storageSoftDeleteDoc, Title: "soft delete of blobs, containers and shares", Peers: []string{"AZR-000197", "AZR-000289", "AZR-000298", "03263c57-c869-3841-9e0a-3dbb9ef3e28d"}, Rows: []Row{
		{"storage-delete-blobs", blobServices, "", "", "deleteRetentionPolicy.enabled (false) = true", Advised, learn + "storage/blobs/soft-delete-blob-overview", "Soft delete keeps deleted and overwritten blobs for a number of days.", "Set `enabled` to true."},
		{"storage-delete-containers", blobServices, "", "", "containerDeleteRetentionPolicy.enabled (false) = true", Advised, learn + "storage/blobs/soft-delete-container-overview", "Soft delete keeps deleted containers for a number of days.", "Set `enabled` to true."},
		{"storage-delete-shares", fileServices, "", "", "shareDeleteRetentionPolicy.enabled != false", Advised, learn + "storage/files/storage-files-prevent-file-share-deletion", "Soft delete keeps deleted file shares for a number of days.", "Set `enabled` to true."},
	}},
	{Code: "SS8128", Name: "storage-versions", Page: &storageVersionsDoc, Title: "versions and restore of blobs", Peers: []string{"8ebda7c0-e0e1-ed45-af59-2d7ea9a1c05d", "1b965cb9-7629-214e-b682-6bf6e450a100"}, Rows: []Row{
		{"storage-blob-versions", blobServices, "", "?parent->properties.isHnsEnabled != true", "isVersioningEnabled (false) = true", Advised, learn + "storage/blobs/versioning-overview", "With versions, blobs that were overwritten or deleted can be read again.", "Set `isVersioningEnabled` to true."},
		{"storage-blob-restore", blobServices, "", "?parent->properties.isHnsEnabled != true", "restorePolicy.enabled (false) = true", Advised, learn + "storage/blobs/point-in-time-restore-overview", "Point-in-time restore brings all blobs back to an earlier state.", "Set `enabled` of `restorePolicy` to true."},
	}},
	{Code: "SS8130", Name: "vault-recovery", Page: &vaultRecoveryDoc, Title: "recovery of key vaults", Peers: []string{"AZR-000124", "AZR-000125", "CKV_AZURE_42", "CKV_AZURE_110", "CKV_AZURE_111", "1cca00d2-d9ab-8e42-a788-5d40f49405cb", "70fcfe6d-00e9-5544-a63a-fff42b9f2edb"}, Rows: []Row{
		{"vault-purge", vaults, "", "", "enablePurgeProtection (false) = true", Advised, learn + "key-vault/general/soft-delete-overview", "Without purge protection, a deleted vault can be purged before its retention ends.", "Set `enablePurgeProtection` to true."},
		{"vault-delete", vaults, "", "", "enableSoftDelete != false", Advised, learn + "key-vault/general/soft-delete-overview", "Without soft delete, deleted keys, secrets and certificates are gone.", "Set `enableSoftDelete` to true."},
	}},
	{Code: "SS8131", Name: "vault-network", Page: &vaultNetworkDoc, Title: "the firewall of key vaults", Peers: []string{"AZR-000355", "CKV_AZURE_109", "CKV_AZURE_189"}, Rows: []Row{
		{"vault-network-open", vaults, "", "?publicNetworkAccess != Disabled", "networkAcls.defaultAction (Allow) = Deny", Advised, learn + "key-vault/general/network-security", "Without network rules, everybody on the Internet can try to sign in to the vault.", "Set `defaultAction` to Deny."},
	}},
	{Code: "SS8132", Name: "vault-access-policies", Page: &vaultAccessPoliciesDoc, Title: "authorization of key vaults", Peers: []string{"AZR-000388", "AZR-000118"}, Rows: []Row{
		{"vault-roles", vaults, "", "", "enableRbacAuthorization (false) = true", Advised, learn + "key-vault/general/rbac-guide", "Roles can be assigned for a single secret and for a limited time, and only owners can assign them.", "Set `enableRbacAuthorization` to true."},
	}},
	{Code: "SS8133", Name: "vault-expiry", Page: &vaultExpiryDoc, Title: "expiry of keys and secrets", Peers: []string{"CKV_AZURE_40", "CKV_AZURE_41", "CKV_AZURE_114"}, Rows: []Row{
		{"vault-key-expiry", keys, "", "", "attributes.exp present", Advised, learn + "key-vault/keys/how-to-configure-key-rotation", "A key that expires has to be replaced in time, so that an old copy is of no use.", "Add `exp`."},
		{"vault-secret-expiry", vaultSecrets, "", "", "attributes.exp present", Advised, learn + "key-vault/secrets/secrets-best-practices", "A secret that expires has to be replaced in time, so that an old copy is of no use.", "Add `exp`."},
		{"vault-secret-type", vaultSecrets, "", "", "contentType present", Advised, learn + "key-vault/secrets/about-secrets", "The content type says what the secret is for.", "Add `contentType`."},
	}},
	{Code: "SS8134", Name: "vault-hardware-keys", Page: &vaultHardwareKeysDoc, Title: "hardware protection of keys", Peers: []string{"CKV_AZURE_112"}, Rows: []Row{
		{"vault-key-hardware", keys, "", "", "kty = RSA-HSM | EC-HSM | oct-HSM", Advised, learn + "key-vault/keys/about-keys", "A key in a hardware security module cannot leave it.", "Choose a type with HSM."},
	}},
	{Code: "SS8140", Name: "subnet-without-group", Page: &subnetWithoutGroupDoc, Title: "subnets without a security group", Peers: []string{"AZR-000263"}, Rows: []Row{
		{"subnet-group", subnetResources, "", `?name !matches /(?i)(^|\/)(AzureBastionSubnet|GatewaySubnet|AzureFirewallSubnet|AzureFirewallManagementSubnet|RouteServerSubnet)$/ like GatewaySubnet`, "properties.networkSecurityGroup.id present", Advised, learn + "security/benchmark/azure/mcsb-network-security", "A security group limits who can reach the machines in the subnet.", "Add `networkSecurityGroup`."},
	}},
	{Code: "SS8141", Name: "default-outbound", Page: &defaultOutboundDoc, Title: "default outbound access of subnets", Peers: []string{"AZR-000447"}, Rows: []Row{
		{"subnet-outbound", subnetResources, "", `?name !matches /(?i)(^|\/)(AzureBastionSubnet|GatewaySubnet|AzureFirewallSubnet|AzureFirewallManagementSubnet|RouteServerSubnet)$/ like GatewaySubnet`, "properties.defaultOutboundAccess (true) = false", Advised, learn + "virtual-network/ip-services/default-outbound-access", "The address of default outbound access is not yours and can change; new networks have no default outbound access since 2026-03-31.", "Set `defaultOutboundAccess` to false."},
	}},
	{Code: "SS8142", Name: "dns-servers", Page: &dnsServersDoc, Title: "DNS servers of virtual networks", Peers: []string{"AZR-000258", "AZR-000264", "AZR-000265", "CKV_AZURE_182", "CKV_AZURE_183"}, Rows: []Row{
		{"network-one-dns", networkResources, "properties.dhcpOptions", "?dnsServers present", "dnsServers count >= 2", Advised, learn + "virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances", "When the only DNS server fails, no name can be resolved.", "List a second server."},
		{"interface-one-dns", interfaceResources, "properties.dnsSettings", "?dnsServers present; ?dnsServers[] != AzureProvidedDNS", "dnsServers count >= 2", Advised, learn + "virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances", "When the only DNS server fails, no name can be resolved.", "List a second server, or remove `dnsServers` to use those of the network."},
		{"network-remote-dns", networkResources, "properties", "", "dhcpOptions.dnsServers[] within @addressSpace.addressPrefixes[]", Advised, learn + "virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances", "When the connection to a DNS server outside the network fails, no name can be resolved.", "Use a server in the network, or a private DNS zone."},
	}},
	{Code: "SS8143", Name: "web-probe", Page: &webProbeDoc, Title: "probes of web servers", Peers: []string{"AZR-000126"}, Rows: []Row{
		{"balancer-web-probe", balancerResources, "properties.probes[].properties", "?port = 80 | 443 | 8080 | 8443", "protocol != Tcp", Advised, learn + "load-balancer/load-balancer-custom-probe-overview", "A connection succeeds as soon as the server listens; a page can tell whether the application works.", "Set `protocol` to Http or Https."},
	}},
	{Code: "SS8144", Name: "outbound-rules", Page: &outboundRulesDoc, Title: "outbound rules", Peers: []string{"8d319a05-677b-944f-b9b4-ca0fb42e883c", "1adba190-5c4c-e646-8527-dd1b2a6d8b15"}, Rows: []Row{
		{"balancer-outbound-rules", balancerResources, "properties", "", "outboundRules absent", Advised, learn + "nat-gateway/nat-overview", "A NAT gateway gives out ports on demand; the fixed ports of outbound rules run out.", "Use a NAT gateway."},
	}},
	{Code: "SS8145", Name: "flow-log-retention", Page: &flowLogRetentionDoc, Title: "retention of flow logs", Peers: []string{"CKV_AZURE_12"}, Rows: []Row{
		{"flow-retention", flowLogs, "", "", "retentionPolicy.enabled (false) = true", Advised, learn + "network-watcher/vnet-flow-logs-overview", "Attacks are often noticed weeks later, when the logs are needed.", "Set `enabled` to true."},
		{"flow-days", flowLogs, "retentionPolicy", "enabled = true; ?days != 0", "days >= 90", Advised, learn + "network-watcher/vnet-flow-logs-overview", "Attacks are often noticed weeks later, when the logs are needed.", "Set `days` to 90 or more."},
	}},
	{Code: "SS8150", Name: "fabric-security", Page: &fabricSecurityDoc, Title: "security of Service Fabric clusters", Peers: []string{"AZR-000179", "CKV_AZURE_125"}, Rows: []Row{
		{"fabric-sign-in", fabricClusters, "", "", "azureActiveDirectory present", Advised, learn + "service-fabric/cluster-security-access-control", "With Microsoft Entra ID, clients sign in as users instead of with a certificate that they share.", "Add `azureActiveDirectory`."},
		{"fabric-protection", fabricClusters, "", "fabricSettings[].parameters[].name != ClusterProtectionLevel", "never the cluster does not set ClusterProtectionLevel", Advised, learn + "service-fabric/service-fabric-best-practices-security", "Traffic between nodes can be read or changed unless it is encrypted and signed.", "Add the parameter ClusterProtectionLevel with the value EncryptAndSign to the section Security."},
		{"fabric-protection-level", fabricClusters, "fabricSettings[].parameters[]", "?name = ClusterProtectionLevel", "value = EncryptAndSign", Advised, learn + "service-fabric/service-fabric-best-practices-security", "Traffic between nodes can be read or changed unless it is encrypted and signed.", "Set the value to EncryptAndSign."},
	}},
}

// The pages of the families of advice.
var (
	//go:embed ss8101_encryption_at_host.md
	encryptionAtHostDoc string
	//go:embed ss8102_trusted_launch.md
	trustedLaunchDoc string
	//go:embed ss8103_managed_identity.md
	managedIdentityDoc string
	//go:embed ss8104_boot_diagnostics.md
	bootDiagnosticsDoc string
	//go:embed ss8105_instance_public_address.md
	instancePublicAddressDoc string
	//go:embed ss8106_accelerated_networking.md
	acceleratedNetworkingDoc string
	//go:embed ss8107_ip_forwarding.md
	ipForwardingDoc string
	//go:embed ss8108_image_patching.md
	imagePatchingDoc string
	//go:embed ss8109_machine_agent.md
	machineAgentDoc string
	//go:embed ss8110_machine_password_login.md
	machinePasswordLoginDoc string
	//go:embed ss8111_machine_unmanaged_disk.md
	machineUnmanagedDiskDoc string
	//go:embed ss8112_customer_managed_key.md
	customerManagedKeyDoc string
	//go:embed ss8113_no_zones.md
	noZonesDoc string
	//go:embed ss8114_premium_disks.md
	premiumDisksDoc string
	//go:embed ss8115_extension_operations_allowed.md
	extensionOperationsAllowedDoc string
	//go:embed ss8116_slow_size.md
	slowSizeDoc string
	//go:embed ss8120_storage_https.md
	storageHttpsDoc string
	//go:embed ss8121_storage_tls.md
	storageTlsDoc string
	//go:embed ss8122_storage_anonymous.md
	storageAnonymousDoc string
	//go:embed ss8123_storage_network.md
	storageNetworkDoc string
	//go:embed ss8124_storage_trusted_services.md
	storageTrustedServicesDoc string
	//go:embed ss8125_storage_replication.md
	storageReplicationDoc string
	//go:embed ss8126_storage_kind.md
	storageKindDoc string
	//go:embed ss8127_storage_soft_delete.md
	storageSoftDeleteDoc string
	//go:embed ss8128_storage_versions.md
	storageVersionsDoc string
	//go:embed ss8130_vault_recovery.md
	vaultRecoveryDoc string
	//go:embed ss8131_vault_network.md
	vaultNetworkDoc string
	//go:embed ss8132_vault_access_policies.md
	vaultAccessPoliciesDoc string
	//go:embed ss8133_vault_expiry.md
	vaultExpiryDoc string
	//go:embed ss8134_vault_hardware_keys.md
	vaultHardwareKeysDoc string
	//go:embed ss8140_subnet_without_group.md
	subnetWithoutGroupDoc string
	//go:embed ss8141_default_outbound.md
	defaultOutboundDoc string
	//go:embed ss8142_dns_servers.md
	dnsServersDoc string
	//go:embed ss8143_web_probe.md
	webProbeDoc string
	//go:embed ss8144_outbound_rules.md
	outboundRulesDoc string
	//go:embed ss8145_flow_log_retention.md
	flowLogRetentionDoc string
	//go:embed ss8150_fabric_security.md
	fabricSecurityDoc string
)
