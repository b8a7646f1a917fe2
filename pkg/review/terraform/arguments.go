package terraform

import "github.com/scaleset/scaleset/pkg/internal/lazy"

// A target says which property gets the value of an argument. Its fields besides To are
// for values that are not carried over as they are.
type target struct {
	// To is the path of the property, with dots; "" for an argument that is no
	// property of the scale set, such as its id.
	To string
	// Block maps the arguments of a nested block. Paths in it begin at To, at the
	// only block, or with Each at an item for each block.
	Block map[string]target
	Each  bool
	// List wraps one value into a list, Refs turns a list of ids into a list of
	// objects with an id, JSON reads text that holds JSON.
	List, Refs, JSON bool
	// Not inverts a boolean, and Price skips -1, by which the provider means
	// that there is no highest price.
	Not, Price bool
}

func at(path string) target { return target{To: path} }

// none is for arguments of Terraform alone, and for what it reads back.
var none = target{}

const (
	profile = "properties.virtualMachineProfile."
	osOf    = profile + "osProfile."
)

// The arguments are those of the pages of the provider, by the names of version
// 3 and 4:
// https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_virtual_machine_scale_set
// and of windows_virtual_machine_scale_set, orchestrated_virtual_machine_scale_set.
// What they become is what the provider sends (virtual_machine_scale_set.go).
func common() map[string]target {
	return map[string]target{
		"id": none, "unique_id": none, "timeouts": none, "resource_group_name": none, "name": none,
		"location": at("location"), "zones": at("zones"), "tags": at("tags"), "instances": at("sku.capacity"),
		"single_placement_group": at("properties.singlePlacementGroup"), "zone_balance": at("properties.zoneBalance"),
		"platform_fault_domain_count": at("properties.platformFaultDomainCount"), "proximity_placement_group_id": at("properties.proximityPlacementGroup.id"),
		"upgrade_mode":                  at("properties.upgradePolicy.mode"),
		"capacity_reservation_group_id": at(profile + "capacityReservation.capacityReservationGroup.id"),
		"priority":                      at(profile + "priority"), "eviction_policy": at(profile + "evictionPolicy"), "max_bid_price": {To: profile + "billingProfile.maxPrice", Price: true},
		"license_type": at(profile + "licenseType"), "encryption_at_host_enabled": at(profile + "securityProfile.encryptionAtHost"),
		"source_image_id": at(profile + "storageProfile.imageReference.id"), "user_data_base64": at(profile + "userData"), "user_data": at(profile + "userData"),
		"extensions_time_budget": at(profile + "extensionProfile.extensionsTimeBudget"), "extension_operations_enabled": at(osOf + "allowExtensionOperations"),
		"source_image_reference": {To: profile + "storageProfile.imageReference", Block: map[string]target{
			"publisher": at("publisher"), "offer": at("offer"), "sku": at("sku"), "version": at("version"),
		}},
		"os_disk": {To: profile + "storageProfile.osDisk", Block: map[string]target{
			"caching": at("caching"), "storage_account_type": at("managedDisk.storageAccountType"), "disk_size_gb": at("diskSizeGB"), "write_accelerator_enabled": at("writeAcceleratorEnabled"),
			"disk_encryption_set_id": at("managedDisk.diskEncryptionSet.id"), "secure_vm_disk_encryption_set_id": at("managedDisk.securityProfile.diskEncryptionSet.id"),
			"security_encryption_type": at("managedDisk.securityProfile.securityEncryptionType"),
			"diff_disk_settings":       {To: "diffDiskSettings", Block: map[string]target{"option": at("option"), "placement": at("placement")}},
		}},
		"data_disk": {To: profile + "storageProfile.dataDisks", Each: true, Block: map[string]target{
			"name": at("name"), "lun": at("lun"), "caching": at("caching"), "create_option": at("createOption"), "disk_size_gb": at("diskSizeGB"), "storage_account_type": at("managedDisk.storageAccountType"),
			"write_accelerator_enabled": at("writeAcceleratorEnabled"), "disk_encryption_set_id": at("managedDisk.diskEncryptionSet.id"),
			"ultra_ssd_disk_iops_read_write": at("diskIOPSReadWrite"), "ultra_ssd_disk_mbps_read_write": at("diskMBpsReadWrite"),
		}},
		"network_interface": {To: profile + "networkProfile.networkInterfaceConfigurations", Each: true, Block: map[string]target{
			"name": at("name"), "primary": at("properties.primary"), "enable_accelerated_networking": at("properties.enableAcceleratedNetworking"), "accelerated_networking_enabled": at("properties.enableAcceleratedNetworking"),
			"enable_ip_forwarding": at("properties.enableIPForwarding"), "ip_forwarding_enabled": at("properties.enableIPForwarding"), "network_security_group_id": at("properties.networkSecurityGroup.id"),
			"dns_servers": at("properties.dnsSettings.dnsServers"), "auxiliary_mode": at("properties.auxiliaryMode"), "auxiliary_sku": at("properties.auxiliarySku"),
			"ip_configuration": {To: "properties.ipConfigurations", Each: true, Block: map[string]target{
				"name": at("name"), "primary": at("properties.primary"), "subnet_id": at("properties.subnet.id"), "version": at("properties.privateIPAddressVersion"),
				"application_gateway_backend_address_pool_ids": {To: "properties.applicationGatewayBackendAddressPools", Refs: true},
				"application_security_group_ids":               {To: "properties.applicationSecurityGroups", Refs: true},
				"load_balancer_backend_address_pool_ids":       {To: "properties.loadBalancerBackendAddressPools", Refs: true},
				"load_balancer_inbound_nat_rules_ids":          {To: "properties.loadBalancerInboundNatPools", Refs: true},
				"public_ip_address": {To: "properties.publicIPAddressConfiguration", Block: map[string]target{
					"name": at("name"), "domain_name_label": at("properties.dnsSettings.domainNameLabel"), "idle_timeout_in_minutes": at("properties.idleTimeoutInMinutes"),
					"public_ip_prefix_id": at("properties.publicIPPrefix.id"), "version": at("properties.publicIPAddressVersion"), "sku_name": none, "ip_tag": none,
				}},
			}},
		}},
		"rolling_upgrade_policy": {To: "properties.upgradePolicy.rollingUpgradePolicy", Block: map[string]target{
			"max_batch_instance_percent": at("maxBatchInstancePercent"), "max_unhealthy_instance_percent": at("maxUnhealthyInstancePercent"),
			"max_unhealthy_upgraded_instance_percent": at("maxUnhealthyUpgradedInstancePercent"), "pause_time_between_batches": at("pauseTimeBetweenBatches"),
			"cross_zone_upgrades_enabled": at("enableCrossZoneUpgrade"), "prioritize_unhealthy_instances_enabled": at("prioritizeUnhealthyInstances"), "maximum_surge_instances_enabled": at("maxSurge"),
		}},
		"automatic_instance_repair": {To: "properties.automaticRepairsPolicy", Block: map[string]target{"enabled": at("enabled"), "grace_period": at("gracePeriod"), "action": at("repairAction")}},
		"termination_notification":  terminate(), "terminate_notification": terminate(),
		"extension": {To: profile + "extensionProfile.extensions", Each: true, Block: map[string]target{
			"name": at("name"), "publisher": at("properties.publisher"), "type": at("properties.type"), "type_handler_version": at("properties.typeHandlerVersion"),
			"auto_upgrade_minor_version": at("properties.autoUpgradeMinorVersion"), "auto_upgrade_minor_version_enabled": at("properties.autoUpgradeMinorVersion"), "automatic_upgrade_enabled": at("properties.enableAutomaticUpgrade"),
			"force_update_tag": at("properties.forceUpdateTag"), "force_extension_execution_on_change": at("properties.forceUpdateTag"),
			"provision_after_extensions": at("properties.provisionAfterExtensions"), "extensions_to_provision_after_vm_creation": at("properties.provisionAfterExtensions"),
			"failure_suppression_enabled": at("properties.suppressFailures"),
			"settings":                    {To: "properties.settings", JSON: true}, "protected_settings": {To: "properties.protectedSettings", JSON: true},
			"protected_settings_from_key_vault": {To: "properties.protectedSettingsFromKeyVault", Block: map[string]target{"secret_url": at("secretUrl"), "source_vault_id": at("sourceVault.id")}},
		}},
		"boot_diagnostics":        {To: profile + "diagnosticsProfile.bootDiagnostics", Block: map[string]target{"storage_account_uri": at("storageUri")}},
		"identity":                {To: "identity", Block: map[string]target{"type": at("type"), "identity_ids": none, "principal_id": none, "tenant_id": none}},
		"plan":                    {To: "plan", Block: map[string]target{"name": at("name"), "publisher": at("publisher"), "product": at("product")}},
		"additional_capabilities": {To: "properties.additionalCapabilities", Block: map[string]target{"ultra_ssd_enabled": at("ultraSSDEnabled")}},
	}
}

func terminate() target {
	return target{To: profile + "scheduledEventsProfile.terminateNotificationProfile", Block: map[string]target{"enabled": at("enable"), "timeout": at("notBeforeTimeout")}}
}

// uniform are the arguments that the Linux and the Windows resource share beside
// the common ones.
func uniform() map[string]target {
	return map[string]target{
		"sku": at("sku.name"), "overprovision": at("properties.overprovision"), "host_group_id": at("properties.hostGroup.id"),
		"do_not_run_extensions_on_overprovisioned_machines": at("properties.doNotRunExtensionsOnOverprovisionedVMs"),
		"health_probe_id": at(profile + "networkProfile.healthProbe.id"),
		"admin_username":  at(osOf + "adminUsername"), "admin_password": at(osOf + "adminPassword"), "computer_name_prefix": at(osOf + "computerNamePrefix"), "custom_data": at(osOf + "customData"),
		"secure_boot_enabled": at(profile + "securityProfile.uefiSettings.secureBootEnabled"), "vtpm_enabled": at(profile + "securityProfile.uefiSettings.vTpmEnabled"),
		"automatic_os_upgrade_policy": {To: "properties.upgradePolicy.automaticOSUpgradePolicy", Block: map[string]target{
			"disable_automatic_rollback": at("disableAutomaticRollback"), "enable_automatic_os_upgrade": at("enableAutomaticOSUpgrade"), "automatic_os_upgrade_enabled": at("enableAutomaticOSUpgrade"), "automatic_rollback_enabled": {To: "disableAutomaticRollback", Not: true},
		}},
		"scale_in":                      {To: "properties.scaleInPolicy", Block: map[string]target{"rule": {To: "rules", List: true}, "force_deletion_enabled": at("forceDeletion")}},
		"scale_in_policy":               {To: "properties.scaleInPolicy.rules", List: true},
		"spot_restore":                  {To: "properties.spotRestorePolicy", Block: map[string]target{"enabled": at("enabled"), "timeout": at("restoreTimeout")}},
		"resilient_vm_creation_enabled": at("properties.resiliencyPolicy.resilientVMCreationPolicy.enabled"),
		"resilient_vm_deletion_enabled": at("properties.resiliencyPolicy.resilientVMDeletionPolicy.enabled"),
	}
}

// sshKeys is the path of the public keys in the configuration of Linux.
const sshKeys = "ssh.publicKeys"

// keys are the arguments of a public key.
func keys(under string) target {
	return target{To: under + sshKeys, Each: true, Block: map[string]target{"public_key": at("keyData"), "username": at("path")}}
}

func linux() map[string]target {
	return map[string]target{
		"disable_password_authentication": at(osOf + "linuxConfiguration.disablePasswordAuthentication"), "provision_vm_agent": at(osOf + "linuxConfiguration.provisionVMAgent"),
		"admin_ssh_key": keys(osOf + "linuxConfiguration."),
	}
}

func windows() map[string]target {
	return map[string]target{
		"provision_vm_agent": at(osOf + "windowsConfiguration.provisionVMAgent"), "enable_automatic_updates": at(osOf + "windowsConfiguration.enableAutomaticUpdates"),
		"automatic_updates_enabled": at(osOf + "windowsConfiguration.enableAutomaticUpdates"), "timezone": at(osOf + "windowsConfiguration.timeZone"),
	}
}

// orchestrated are the arguments of Flexible sets beside the common ones.
func orchestrated() map[string]target {
	return map[string]target{
		"sku_name":     at("sku.name"),
		"priority_mix": {To: "properties.priorityMixPolicy", Block: map[string]target{"base_regular_count": at("baseRegularPriorityCount"), "regular_percentage_above_base": at("regularPriorityPercentageAboveBase")}},
		"sku_profile":  {To: "properties.skuProfile", Block: map[string]target{"allocation_strategy": at("allocationStrategy"), "vm_sizes": {To: "vmSizes", Each: true}}},
		"os_profile": {To: profile + "osProfile", Block: map[string]target{
			"custom_data":           at("customData"),
			"linux_configuration":   {Block: orchestratedOS("linuxConfiguration", map[string]target{"disable_password_authentication": at("linuxConfiguration.disablePasswordAuthentication"), "admin_ssh_key": keys("linuxConfiguration.")})},
			"windows_configuration": {Block: orchestratedOS("windowsConfiguration", map[string]target{"enable_automatic_updates": at("windowsConfiguration.enableAutomaticUpdates"), "hotpatching_enabled": at("windowsConfiguration.patchSettings.enableHotpatching"), "timezone": at("windowsConfiguration.timeZone")})},
		}},
	}
}

// orchestratedOS are the arguments of a configuration of an operating system of a
// Flexible set; those about the administrator stand beside it in a template.
func orchestratedOS(under string, more map[string]target) map[string]target {
	all := map[string]target{
		"admin_username": at("adminUsername"), "admin_password": at("adminPassword"), "computer_name_prefix": at("computerNamePrefix"), "provision_vm_agent": at(under + ".provisionVMAgent"),
		"patch_mode": at(under + ".patchSettings.patchMode"), "patch_assessment_mode": at(under + ".patchSettings.assessmentMode"),
	}
	for name, t := range more {
		all[name] = t
	}
	return all
}

// A resourceKind is a resource that is read: the tables of its arguments, its orchestration
// and the type of its OS disk.
type resourceKind struct {
	tables            []map[string]target
	orchestration, os string
}

// kinds are the resources that are read. Only a plan of Terraform needs the tables.
var kinds = lazy.Value[map[string]resourceKind]{Of: func() map[string]resourceKind {
	common, uniform := common(), uniform()
	return map[string]resourceKind{
		"azurerm_linux_virtual_machine_scale_set":        {[]map[string]target{common, uniform, linux()}, "Uniform", "Linux"},
		"azurerm_windows_virtual_machine_scale_set":      {[]map[string]target{common, uniform, windows()}, "Uniform", "Windows"},
		"azurerm_orchestrated_virtual_machine_scale_set": {[]map[string]target{common, orchestrated()}, "Flexible", ""},
	}
}}
