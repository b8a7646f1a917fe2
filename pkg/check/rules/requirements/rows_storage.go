package requirements

const (
	storagePages = learn + "templates/microsoft.storage/storageaccounts"
	storageDocs  = learn + "storage/common/"
	blobDocs     = learn + "storage/blobs/"
	vaultPage    = learn + "templates/microsoft.keyvault/vaults"
)

var (
	accounts     = []Place{{"Microsoft.Storage/storageAccounts", ""}}
	blobServices = []Place{{"Microsoft.Storage/storageAccounts/blobServices", "properties"}}
	containers   = []Place{{"Microsoft.Storage/storageAccounts/blobServices/containers", "properties"}}
	lifecycles   = []Place{{"Microsoft.Storage/storageAccounts/managementPolicies", "properties"}}
	shares       = []Place{{"Microsoft.Storage/storageAccounts/fileServices/shares", "properties"}}
	keys         = []Place{{"Microsoft.KeyVault/vaults/keys", "properties"}}
	vaults       = []Place{{"Microsoft.KeyVault/vaults", "properties"}}
	vaultAccess  = []Place{{"Microsoft.KeyVault/vaults", "properties"}, {"Microsoft.KeyVault/vaults/accessPolicies", "properties"}}
)

var accountRows = []Row{
	{"account-blob-tier", accounts, "properties", "/kind = BlobStorage", "accessTier present", Reported, issue + "Azure/bicep/issues/13784", "A BlobStorage account has an access tier.", "Add `accessTier`: Hot or Cool."},
	{"account-blob-premium", accounts, "", "kind = BlobStorage", "sku.name != Premium_LRS | Premium_ZRS", Inferred, issue + "hashicorp/terraform-provider-azurerm/issues/3334", "A BlobStorage account needs a Standard SKU; Premium blobs need the kind BlockBlobStorage.", "Set `kind` to BlockBlobStorage, or choose a Standard SKU."},
	{"account-block-blob-sku", accounts, "", "kind = BlockBlobStorage", "sku.name = Premium_LRS | Premium_ZRS", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/4842", "A BlockBlobStorage account needs a Premium SKU.", ""},
	{"account-file-sku", accounts, "", "kind = FileStorage", "sku.name != Standard_LRS | Standard_GRS | Standard_RAGRS | Standard_ZRS | Standard_GZRS | Standard_RAGZRS", Documented, storageDocs + "storage-account-overview", "A FileStorage account has a Premium or a provisioned SKU.", "Set `sku.name` to Premium_LRS or Premium_ZRS."},
	{"account-v1-sku", accounts, "", "kind = Storage", "sku.name != Premium_ZRS | Standard_GZRS | Standard_RAGZRS", Documented, storageDocs + "storage-account-overview", "This redundancy needs an account of the kind StorageV2.", "Set `kind` to StorageV2."},
	{"account-v2-premium-zone", accounts, "", "kind = StorageV2", "sku.name != Premium_ZRS", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/8089", "A Premium account of the kind StorageV2 is locally redundant.", "Set `sku.name` to Premium_LRS, or `kind` to BlockBlobStorage."},
	{"account-v1-tier", accounts, "properties", "/kind = Storage", "accessTier absent", Reported, issue + "Azure/ResourceModules/issues/535", "An account of the kind Storage has no access tiers.", "Set `kind` to StorageV2, or remove `accessTier`."},
	{"account-sku-version", accounts, "", "!sku.name = Standard_GZRS | Standard_RAGZRS", "api >= 2019-04-01", Reported, issue + "CompositionalIT/farmer/issues/401", "Older API versions do not support this SKU.", "Use a newer API version."},
	{"account-namespace-kind", accounts, "properties", "!isHnsEnabled = true", "/kind = StorageV2 | BlockBlobStorage", Documented, blobDocs + "create-data-lake-storage-account", "A hierarchical namespace needs the kind StorageV2 or BlockBlobStorage.", "Set `kind` to StorageV2."},
	{"account-nfs-namespace", accounts, "properties", "!isNfsV3Enabled = true", "isHnsEnabled (false) = true", Documented, blobDocs + "network-file-system-protocol-support", "NFS 3.0 needs a hierarchical namespace.", "Set `isHnsEnabled` to true."},
	{"account-sftp-namespace", accounts, "properties", "!isSftpEnabled = true", "isHnsEnabled (false) = true", Documented, blobDocs + "secure-file-transfer-protocol-support", "SFTP needs a hierarchical namespace.", "Set `isHnsEnabled` to true."},
	{"account-users-sftp", accounts, "properties", "isSftpEnabled = true", "isLocalUserEnabled != false", Inferred, blobDocs + "secure-file-transfer-protocol-support", "SFTP needs local users.", "Set `isLocalUserEnabled` to true."},
	{"account-key-properties", accounts, "properties.encryption", "keySource = Microsoft.Keyvault", "keyvaultproperties.keyname present", Documented, storageDocs + "customer-managed-keys-configure-new-account", "Encryption with your own key needs the key name.", ""},
	{"account-key-vault", accounts, "properties.encryption", "keySource = Microsoft.Keyvault", "keyvaultproperties.keyvaulturi present", Documented, storageDocs + "customer-managed-keys-configure-new-account", "Encryption with your own key needs the vault.", ""},
	{"account-key-identity", accounts, "properties.encryption", "identity.userAssignedIdentity present", `/identity.type (None) matches /(?i)UserAssigned/ like UserAssigned`, Documented, storageDocs + "customer-managed-keys-configure-new-account", "The identity that reads the key must be assigned to the account.", "Add the identity to `identity` of the account."},
	{"account-key-account-identity", accounts, "properties.encryption", "keySource = Microsoft.Keyvault", `/identity.type (None) matches /(?i)Assigned/ like SystemAssigned`, Documented, storageDocs + "customer-managed-keys-configure-new-account", "An account reads its key with a managed identity.", "Add `identity` to the account."},
	{"account-address-rule-unique", accounts, "properties.networkAcls", "", "ipRules[].value unique", Inferred, storageDocs + "storage-network-security", "Each address is listed once.", ""},
	{"account-one-identity", accounts, "identity", "", "userAssignedIdentities{} count <= 1", Documented, storagePages, "A storage account has one user-assigned identity.", ""},
	{"account-address-rule", accounts, "properties.networkAcls.ipRules[]", "", "value is public-rule", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/20870", "The firewall of a storage account supports public IPv4 addresses, and prefixes of up to 30 bits.", "Write a single address without a prefix, or a public prefix of up to 30 bits."},
	{"account-address-rules", accounts, "properties.networkAcls", "", "ipRules count <= 400", Documented, storageDocs + "storage-network-security", "A storage account has up to 400 address rules.", ""},
	{"account-network-rules", accounts, "properties.networkAcls", "", "virtualNetworkRules count <= 400", Documented, storageDocs + "storage-network-security", "A storage account has up to 400 network rules.", ""},
	{"account-subnet-endpoint", accounts, "properties.networkAcls.virtualNetworkRules[]", "!id present; id->properties.serviceEndpoints[].service != Microsoft.Storage | Microsoft.Storage.Global; ../../../networkAcls.virtualNetworkRules[].ignoreMissingVnetServiceEndpoint != true", "never the subnet of this network rule has no service endpoint for Microsoft.Storage", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/16547", "A subnet in the network rules of a storage account needs a service endpoint for storage.", "Add Microsoft.Storage to `serviceEndpoints` of the subnet."},
	{"account-network-default", accounts, "properties.networkAcls", "", "defaultAction present", Documented, storagePages, "Network rules need a default action for all other traffic.", "Add `defaultAction`: Deny."},
	{"account-tls", accounts, "properties", "", "minimumTlsVersion != TLS1_3", Documented, storagePages, "TLS 1.3 cannot be required yet.", "Set `minimumTlsVersion` to TLS1_2."},
	{"account-directory", accounts, "properties.azureFilesIdentityBasedAuthentication", "directoryServiceOptions = AD", "activeDirectoryProperties present", Documented, storagePages, "Authentication by Active Directory needs the data of the domain.", ""},
	{"account-directory-domain", accounts, "properties.azureFilesIdentityBasedAuthentication", "directoryServiceOptions = AD", "activeDirectoryProperties.domainName present", Documented, storagePages, "Authentication by Active Directory needs the name of the domain.", ""},
	{"account-directory-guid", accounts, "properties.azureFilesIdentityBasedAuthentication", "directoryServiceOptions = AD", "activeDirectoryProperties.domainGuid present", Documented, storagePages, "Authentication by Active Directory needs the GUID of the domain.", ""},
	{"account-directory-forest", accounts, "properties.azureFilesIdentityBasedAuthentication", "directoryServiceOptions = AD", "activeDirectoryProperties.forestName present", Documented, storagePages, "Authentication by Active Directory needs the name of the forest.", ""},
	{"account-directory-netbios", accounts, "properties.azureFilesIdentityBasedAuthentication", "directoryServiceOptions = AD", "activeDirectoryProperties.netBiosDomainName present", Documented, storagePages, "Authentication by Active Directory needs the NetBIOS name of the domain.", ""},
	{"account-directory-sid", accounts, "properties.azureFilesIdentityBasedAuthentication", "directoryServiceOptions = AD", "activeDirectoryProperties.domainSid present", Documented, storagePages, "Authentication by Active Directory needs the security identifier of the domain.", ""},
	{"account-directory-storage-sid", accounts, "properties.azureFilesIdentityBasedAuthentication", "directoryServiceOptions = AD", "activeDirectoryProperties.azureStorageSid present", Documented, storagePages, "Authentication by Active Directory needs the security identifier of the account.", ""},
	{"account-directory-sam", accounts, "properties.azureFilesIdentityBasedAuthentication.activeDirectoryProperties", "", "all or none of accountType, samAccountName", Documented, storagePages, "The type of the directory account and its name must be set together.", ""},
	{"account-encryption-off", accounts, "properties.encryption.services", "", "blob.enabled = true", Inferred, storagePages, "Encryption at rest cannot be turned off.", ""},
	{"account-encryption-off-file", accounts, "properties.encryption.services", "", "file.enabled = true", Inferred, storagePages, "Encryption at rest cannot be turned off.", ""},
	{"account-immutable-namespace", accounts, "properties", "!immutableStorageWithVersioning.enabled = true", "isHnsEnabled != true", Documented, blobDocs + "immutable-version-level-worm-policies", "Immutability of versions is not available with a hierarchical namespace.", "Remove one of them."},
	{"account-domain", accounts, "properties.customDomain", "", "name present", Documented, storagePages, "A custom domain has a name.", ""},
	{"account-turbo", accounts, "properties.turboTier", "", "targetPercent >= 10", Documented, storagePages, "The target is 10 to 100 percent.", ""},
	{"account-premium-tier", accounts, "properties", "/kind = BlockBlobStorage | FileStorage", "accessTier != Hot | Cool | Cold", Inferred, issue + "Azure/terraform-azurerm-avm-res-storage-storageaccount/issues/95", "A Premium account has no Hot or Cool tier.", "Remove `accessTier`."},
	{"account-kind-zones", accounts, "", "api >= 2019-04-01; kind = BlobStorage | Storage", "sku.name != Standard_ZRS | Standard_GZRS | Standard_RAGZRS", Documented, learn + "storage/common/storage-redundancy", "Accounts of this kind have no zone redundancy.", "Use the kind StorageV2."},
	{"account-signature-period", accounts, "properties.sasPolicy", "", `sasExpirationPeriod matches /^\d{1,5}\.\d\d:\d\d:\d\d$/ like 7.00:00:00`, Documented, templatePages + "microsoft.storage/storageaccounts", "The period is written as days, hours, minutes and seconds.", ""},
	{"account-edge-zone", accounts, "extendedLocation", "type present", "name present", Inferred, templatePages + "microsoft.storage/storageaccounts", "An extended location has a name.", ""},
}

var blobRows = []Row{
	{"blob-versions-namespace", blobServices, "", "!isVersioningEnabled = true", "parent->properties.isHnsEnabled != true", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/19418", "Versions of blobs are not available with a hierarchical namespace.", "Set `isVersioningEnabled` to false."},
	{"blob-feed-namespace", blobServices, "", "!changeFeed.enabled = true", "parent->properties.isHnsEnabled != true", Inferred, blobDocs + "storage-feature-support-in-storage-accounts", "The change feed is not available with a hierarchical namespace.", "Set `changeFeed.enabled` to false."},
	{"blob-restore-namespace", blobServices, "", "!restorePolicy.enabled = true", "parent->properties.isHnsEnabled != true", Documented, blobDocs + "point-in-time-restore-overview", "Point-in-time restore is not available with a hierarchical namespace.", "Set `restorePolicy.enabled` to false."},
	{"blob-restore-versions", blobServices, "", "!restorePolicy.enabled = true", "isVersioningEnabled (false) = true", Documented, blobDocs + "point-in-time-restore-overview", "Point-in-time restore needs versions of blobs.", "Set `isVersioningEnabled` to true."},
	{"blob-restore-feed", blobServices, "", "!restorePolicy.enabled = true", "changeFeed.enabled (false) = true", Documented, blobDocs + "point-in-time-restore-overview", "Point-in-time restore needs the change feed.", "Set `changeFeed.enabled` to true."},
	{"blob-restore-delete", blobServices, "", "!restorePolicy.enabled = true", "deleteRetentionPolicy.enabled (false) = true", Documented, blobDocs + "point-in-time-restore-overview", "Point-in-time restore needs soft delete.", "Set `deleteRetentionPolicy.enabled` to true."},
	{"blob-restore-days", blobServices, "", "", "restorePolicy.days < @deleteRetentionPolicy.days", Documented, storagePages + "/blobservices", "Blobs can be restored for fewer days than deleted ones are kept.", ""},
	{"blob-restore-days-missing", blobServices, "restorePolicy", "enabled = true", "days present", Inferred, storagePages + "/blobservices", "A restore policy must set the number of days.", ""},
	{"blob-delete-days", blobServices, "deleteRetentionPolicy", "enabled = true", "days present", Inferred, storagePages + "/blobservices", "Soft delete must set the number of days.", ""},
	{"blob-delete-days-most", blobServices, "deleteRetentionPolicy", "", "days <= 365", Documented, storagePages + "/blobservices", "Deleted blobs are kept for 1 to 365 days.", ""},
	{"blob-container-days", blobServices, "containerDeleteRetentionPolicy", "enabled = true", "days present", Inferred, storagePages + "/blobservices", "Soft delete must set the number of days.", ""},
	{"blob-container-days-most", blobServices, "containerDeleteRetentionPolicy", "", "days <= 365", Documented, storagePages + "/blobservices", "Deleted containers are kept for 1 to 365 days.", ""},
	{"blob-permanent-restore", blobServices, "", "!deleteRetentionPolicy.allowPermanentDelete = true", "restorePolicy.enabled != true", Documented, storagePages + "/blobservices", "Permanent deletion cannot be combined with point-in-time restore.", "Set one of them to false."},
	{"blob-feed-days", blobServices, "changeFeed", "", "retentionInDays <= 146000", Documented, storagePages + "/blobservices", "The change feed is kept for 1 to 146000 days.", ""},
	{"blob-cors-rules", blobServices, "cors", "", "corsRules count <= 5", Documented, storagePages + "/blobservices", "A service has up to five CORS rules.", ""},
	{"blob-cors-headers", blobServices, "cors.corsRules[]", "", "allowedHeaders present", Inferred, storagePages + "/blobservices", "A CORS rule lists the allowed headers.", ""},
	{"blob-cors-age", blobServices, "cors.corsRules[]", "", "maxAgeInSeconds present", Documented, storagePages + "/blobservices", "A CORS rule must set how long a browser caches the response.", ""},
	{"blob-website-documents", blobServices, "staticWebsite", "", "at most one of indexDocument, defaultIndexDocumentPath", Documented, storagePages + "/blobservices", "A website has an index document or the path of one.", ""},
	{"container-public", containers, "", "!publicAccess = Blob | Container", "parent->parent->properties.allowBlobPublicAccess != false", Documented, blobDocs + "anonymous-read-access-prevent", "The storage account does not allow public access.", "Set `publicAccess` to None, or `allowBlobPublicAccess` of the account to true."},
	{"container-immutable-versions", containers, "", "!immutableStorageWithVersioning.enabled = true", "parent->properties.isVersioningEnabled (false) = true", Documented, blobDocs + "immutable-version-level-worm-policies", "Immutability of versions needs versions of blobs.", "Set `isVersioningEnabled` of the blob service to true."},
	{"container-scope", containers, "", "!denyEncryptionScopeOverride = true", "defaultEncryptionScope present", Documented, blobDocs + "encryption-scope-manage", "A container with a fixed encryption scope must set it.", "Add `defaultEncryptionScope`."},
	{"lifecycle-archive-redundancy", lifecycles, "policy.rules[].definition", "!actions.baseBlob.tierToArchive present", "parent->sku.name != Standard_ZRS | Standard_GZRS | Standard_RAGZRS | Premium_LRS | Premium_ZRS", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/6031", "The archive tier needs an account with the redundancy LRS, GRS or RA-GRS.", "Remove `tierToArchive`, or change the SKU of the account."},
	{"lifecycle-rules", lifecycles, "policy", "", "rules count <= 100", Documented, blobDocs + "lifecycle-management-policy-structure", "A policy has up to 100 rules.", ""},
	{"lifecycle-rule-name", lifecycles, "policy", "", "rules[].name unique", Documented, blobDocs + "lifecycle-management-policy-structure", "Rules of one policy must have different names.", ""},
	{"lifecycle-blob-types", lifecycles, "policy.rules[].definition.filters", "", "blobTypes count >= 1", Documented, blobDocs + "lifecycle-management-policy-structure", "A filter needs blob types.", "Add `blobTypes`."},
	{"lifecycle-prefixes", lifecycles, "policy.rules[].definition.filters", "", "prefixMatch count <= 10", Documented, blobDocs + "lifecycle-management-overview", "A filter has up to ten prefixes.", ""},
	{"lifecycle-tags", lifecycles, "policy.rules[].definition.filters", "", "blobIndexMatch count <= 10", Documented, blobDocs + "lifecycle-management-overview", "A filter has up to ten conditions on tags.", ""},
	{"lifecycle-append-cool", lifecycles, "policy.rules[].definition", "filters.blobTypes[] = appendBlob", "actions.baseBlob.tierToCool absent", Documented, blobDocs + "lifecycle-management-policy-structure", "Append blobs can only be deleted.", ""},
	{"lifecycle-append-archive", lifecycles, "policy.rules[].definition", "filters.blobTypes[] = appendBlob", "actions.baseBlob.tierToArchive absent", Documented, blobDocs + "lifecycle-management-policy-structure", "Append blobs can only be deleted.", ""},
	{"lifecycle-return", lifecycles, "policy.rules[].definition.actions.baseBlob", "!enableAutoTierToHotFromCool present", "tierToCool.daysAfterLastAccessTimeGreaterThan present", Documented, blobDocs + "lifecycle-management-policy-structure", "Blobs return to the hot tier only in rules based on the last access.", ""},
	{"lifecycle-action", lifecycles, "policy.rules[].definition", "", "actions present", Documented, blobDocs + "lifecycle-management-overview", "A rule has an action.", ""},
	{"share-quota", shares, "", "parent->parent->kind != FileStorage", "shareQuota <= 102400", Documented, learn + "storage/files/storage-files-scale-targets", "A share has up to 102400 GiB.", ""},
	{"share-nfs", shares, "", "!enabledProtocols = NFS", "parent->parent->kind (Storage) = FileStorage", Documented, learn + "storage/files/files-nfs-protocol", "NFS shares need an account of the kind FileStorage.", "Set `kind` of the account to FileStorage."},
	{"share-premium-tier", shares, "", "!accessTier = Premium", "parent->parent->kind (Storage) = FileStorage", Documented, storagePages + "/fileservices/shares", "Premium shares need an account of the kind FileStorage.", ""},
	{"share-squash", shares, "", "!rootSquash present", "enabledProtocols (SMB) = NFS", Documented, storagePages + "/fileservices/shares", "Root squash belongs to NFS.", "Set `enabledProtocols` to NFS, or remove `rootSquash`."},
	{"share-quota-least", shares, "", "", "shareQuota >= 1", Documented, storagePages + "/fileservices/shares", "A share has at least 1 GiB.", ""},
	{"lifecycle-order", lifecycles, "policy.rules[].definition.actions.baseBlob", "", "tierToCool.daysAfterModificationGreaterThan < @tierToArchive.daysAfterModificationGreaterThan", Inferred, blobDocs + "lifecycle-management-overview", "Blobs become cool before they are archived.", ""},
	{"lifecycle-delete-order", lifecycles, "policy.rules[].definition.actions.baseBlob", "", "tierToArchive.daysAfterModificationGreaterThan < @delete.daysAfterModificationGreaterThan", Inferred, blobDocs + "lifecycle-management-overview", "Blobs are archived before they are deleted.", ""},
	{"blob-cors-methods", blobServices, "cors.corsRules[]", "", "allowedMethods present", Documented, storagePages + "/blobservices", "A CORS rule lists the allowed methods.", ""},
	{"blob-cors-origins", blobServices, "cors.corsRules[]", "", "allowedOrigins present", Documented, storagePages + "/blobservices", "A CORS rule lists the allowed origins.", ""},
	{"blob-cors-exposed", blobServices, "cors.corsRules[]", "", "exposedHeaders present", Documented, storagePages + "/blobservices", "A CORS rule lists the exposed headers.", ""},
	{"lifecycle-actions", lifecycles, "policy.rules[].definition.actions", "", "any of baseBlob, snapshot, version", Documented, blobDocs + "lifecycle-management-overview", "A rule has an action.", "Add `baseBlob`, `snapshot` or `version`."},
}

var vaultRows = []Row{
	{"vault-purge-false", vaults, "", "", "enablePurgeProtection = true", Reported, issue + "Azure/bicep/issues/5223", "The only value that Azure accepts is true.", "Remove `enablePurgeProtection`, or set it to true."},
	{"vault-purge-soft-delete", vaults, "", "!enablePurgeProtection = true", "enableSoftDelete != false", Documented, vaultPage, "Purge protection needs soft delete.", "Remove `enableSoftDelete`."},
	{"vault-soft-delete", vaults, "", "", "enableSoftDelete != false", Inferred, learn + "key-vault/general/soft-delete-overview", "Soft delete can no longer be turned off.", "Remove `enableSoftDelete`."},
	{"vault-retention-off", vaults, "", "enableSoftDelete = false", "softDeleteRetentionInDays absent", Reported, issue + "Azure/azure-sdk-for-python/issues/11159", "Without soft delete there is nothing to retain.", "Remove `softDeleteRetentionInDays`, or better `enableSoftDelete`."},
	{"vault-retention-most", vaults, "", "", "softDeleteRetentionInDays <= 90", Documented, vaultPage, "Deleted objects are kept for 7 to 90 days.", ""},
	{"vault-retention-least", vaults, "", "", "softDeleteRetentionInDays >= 7", Documented, vaultPage, "Deleted objects are kept for 7 to 90 days.", ""},
	{"vault-policies", vaults, "", "?api < 2026-01-01; createMode != recover; enableRbacAuthorization != true", "accessPolicies present", Documented, vaultPage, "A vault needs access policies, or role-based access control.", "Add `accessPolicies`, or set `enableRbacAuthorization` to true."},
	{"vault-policy-count", vaults, "", "", "accessPolicies count <= 1024", Documented, vaultPage, "A vault has up to 1024 access policies.", ""},
	{"vault-policy-tenant", vaults, "accessPolicies[]", "", "tenantId same @^tenantId", Documented, vaultPage, "All identities must be in the tenant of the vault.", ""},
	{"vault-policy-unique", vaultAccess, "", "", "accessPolicies[] unique objectId,applicationId", Documented, vaultPage, "An identity has one access policy.", "Merge the permissions."},
	{"vault-policy-object", vaultAccess, "accessPolicies[]", "", "objectId is guid", Documented, vaultPage, "An identity is identified by its object id, a GUID.", ""},
	{"vault-tenant", vaults, "", "", "tenantId is guid", Documented, vaultPage, "A tenant is identified by its GUID.", ""},
	{"vault-address-rules", vaults, "networkAcls", "", "ipRules count <= 1000", Documented, learn + "key-vault/general/network-security", "A vault has up to 1000 address rules.", ""},
	{"vault-network-rules", vaults, "networkAcls", "", "virtualNetworkRules count <= 200", Documented, learn + "key-vault/general/network-security", "A vault has up to 200 network rules.", ""},
	{"vault-subnet-endpoint", vaults, "networkAcls.virtualNetworkRules[]", "!id present; id->properties.serviceEndpoints[].service != Microsoft.KeyVault; ignoreMissingVnetServiceEndpoint != true", "never the subnet of this network rule has no service endpoint for Microsoft.KeyVault", Documented, learn + "key-vault/general/network-security", "A subnet in the network rules of a vault needs a service endpoint for Key Vault.", "Add Microsoft.KeyVault to `serviceEndpoints` of the subnet."},
	{"vault-sku-family", vaults, "sku", "", "family = A", Documented, vaultPage, "Key vaults have the SKU family A.", ""},
	{"vault-certificates", []Place{{setType, "properties.virtualMachineProfile"}, {machineType, "properties"}}, "osProfile.secrets[]", "", "sourceVault.id->properties.enabledForDeployment != false", Inferred, learn + "key-vault/general/overview-vnet-service-endpoints", "VMs get certificates from vaults that are enabled for deployment.", "Set `enabledForDeployment` of the vault to true."},
	{"vault-both-authorizations", vaults, "", "enableRbacAuthorization = true", "accessPolicies absent", Ignored, vaultPage, "With role-based access control, access policies have no effect.", ""},
	{"vault-address-form", vaults, "networkAcls.ipRules[]", "", "value is vault-rule", Documented, learn + "key-vault/general/network-security", "The firewall of a vault supports IPv4 addresses and prefixes.", ""},
	{"secret-value", []Place{{"Microsoft.KeyVault/vaults/secrets", "properties"}}, "", "", "value present", Inferred, learn + "templates/microsoft.keyvault/vaults/secrets", "A secret has a value.", ""},
	{"key-type", keys, "", "", "kty present", Inferred, learn + "templates/microsoft.keyvault/vaults/keys", "A key has a type.", "Add `kty`, such as RSA."},
	{"key-size", keys, "", "kty = RSA | RSA-HSM", "keySize = 2048 | 3072 | 4096", Documented, learn + "key-vault/keys/about-keys", "RSA keys have one of these sizes.", ""},
	{"key-curve", keys, "", "kty = RSA | RSA-HSM", "curveName absent", Documented, learn + "key-vault/keys/about-keys", "Only elliptic-curve keys have a curve.", ""},
	{"key-size-curve", keys, "", "kty = EC | EC-HSM", "keySize absent", Inferred, learn + "key-vault/keys/about-keys", "The curve determines the size of an elliptic-curve key.", ""},
	{"secret-dates", []Place{{"Microsoft.KeyVault/vaults/secrets", "properties"}}, "attributes", "", "nbf < @exp", Inferred, learn + "templates/microsoft.keyvault/vaults/secrets", "A secret is valid before it expires.", ""},
	{"vault-key-permissions", vaultAccess, "accessPolicies[]", "", `permissions.keys[] matches /^[A-Za-z]+$/ like get`, Reported, issue + "Azure/azure-libraries-for-net/issues/361", "A permission is one word, without spaces.", ""},
	{"vault-secret-permissions", vaultAccess, "accessPolicies[]", "", `permissions.secrets[] matches /^[A-Za-z]+$/ like get`, Reported, issue + "Azure/azure-libraries-for-net/issues/361", "A permission is one word, without spaces.", ""},
	{"vault-certificate-permissions", vaultAccess, "accessPolicies[]", "", `permissions.certificates[] matches /^[A-Za-z]+$/ like get`, Reported, issue + "Azure/azure-libraries-for-net/issues/361", "A permission is one word, without spaces.", ""},
	{"key-hardware", []Place{{"Microsoft.KeyVault/vaults/keys", "properties"}}, "", "!kty = RSA-HSM | EC-HSM", "parent->properties.sku.name = premium", Documented, learn + "key-vault/keys/about-keys", "Keys in hardware need a Premium vault.", "Set `sku.name` of the vault to premium, or use the type without HSM."},
	{"key-kind", keys, "", "", "kty = RSA | RSA-HSM | EC | EC-HSM", Documented, learn + "key-vault/keys/about-keys", "A key of a vault is an RSA key or an elliptic-curve key.", ""},
	{"vault-policy-object-empty", vaultAccess, "accessPolicies[]", "", "objectId length >= 1", Reported, issue + "alexander-kastil/az-204/issues/142", "An access policy needs an identity.", "Write the object id of the identity."},
	{"vault-private-rule", vaults, "networkAcls.ipRules[]", "", `value !matches /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/ like 10.0.0.0/8`, Documented, learn + "key-vault/general/network-security", "The firewall of a vault supports public addresses only.", "Use a rule for the subnet, or a private endpoint."},
}
