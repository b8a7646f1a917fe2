package requirements

const (
	patching     = learn + "virtual-machines/automatic-vm-guest-patching"
	confidential = learn + "confidential-computing/confidential-vm-overview"
	trusted      = learn + "virtual-machines/trusted-launch"
	spotPage     = learn + "virtual-machines/spot-vms"
	hostPage     = learn + "virtual-machines/dedicated-hosts"
	reservations = learn + "virtual-machines/capacity-reservation-overview"
)

// interfacePath is where the network interfaces of a profile are.
const interfacePath = "networkProfile.networkInterfaceConfigurations[].properties"

// securityRows are about the security profile of a scale set or machine.
var securityRows = []Row{
	{"disk-encryption-confidential", profiles, "storageProfile.osDisk", "!managedDisk.securityProfile.securityEncryptionType present", "^securityProfile.securityType (Standard) = ConfidentialVM", Reported, issue + "hashicorp/terraform-provider-azurerm/pull/30782", "This kind of disk encryption is for confidential machines only.", "Set `securityProfile.securityType` to ConfidentialVM, or remove the `securityProfile` of the disk."},
	{"uefi-security-type", profiles, "", "securityProfile.securityType (Standard) = Standard", "securityProfile.uefiSettings absent", Reported, issue + "Azure/azure-cli/issues/28396", "Secure boot and vTPM can be set when a security type other than Standard is chosen.", "Set `securityType` to TrustedLaunch, or remove `uefiSettings`."},
	{"confidential-vtpm", profiles, "securityProfile", "securityType = ConfidentialVM", "uefiSettings.vTpmEnabled = true", Reported, issue + "openshift/api/pull/1403", "A confidential machine needs its virtual TPM.", ""},
	{"confidential-secure-boot", profiles, "", "storageProfile.osDisk.managedDisk.securityProfile.securityEncryptionType = DiskWithVMGuestState", "securityProfile.uefiSettings.secureBootEnabled = true", Documented, "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_virtual_machine_scale_set", "Encryption of the disk with the guest state needs secure boot.", ""},
	{"confidential-host-encryption", profiles, "", "!securityProfile.encryptionAtHost = true", "storageProfile.osDisk.managedDisk.securityProfile.securityEncryptionType != DiskWithVMGuestState", Documented, "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_virtual_machine_scale_set", "The disk is encrypted with the guest state already.", "Remove `encryptionAtHost`, or set `securityEncryptionType` to VMGuestStateOnly."},
	{"confidential-disk-profile", profiles, "", "securityProfile.securityType = ConfidentialVM", "storageProfile.osDisk.managedDisk.securityProfile.securityEncryptionType present", Inferred, confidential, "A confidential machine says how its OS disk is encrypted.", ""},
	{"confidential-uefi", profiles, "securityProfile", "securityType = ConfidentialVM", "uefiSettings.vTpmEnabled present", Inferred, confidential, "A confidential machine needs its virtual TPM.", "Add `uefiSettings` with `vTpmEnabled` true."},
	{"security-type-version", profiles, "securityProfile", "!uefiSettings present", "api >= 2020-12-01", Documented, setPage, "API versions before 2020-12-01 do not have these settings.", ""},
	{"host-encryption-disk-encryption", setProfiles, "", "!securityProfile.encryptionAtHost = true", "extensionProfile.extensions[].properties.type != AzureDiskEncryption | AzureDiskEncryptionForLinux", Documented, learn + "virtual-machines/disks-enable-host-based-encryption-portal", "Machines with Azure Disk Encryption cannot have encryption at host.", "Remove the extension or `encryptionAtHost`."},
	{"proxy-agent-version", profiles, "securityProfile", "!proxyAgentSettings present", "api >= 2023-09-01", Documented, setPage, "API versions before 2023-09-01 do not have these settings.", ""},
	{"proxy-agent-extension-system", profiles, "", "!securityProfile.proxyAgentSettings.addProxyAgentExtension = true", "linux", Inferred, setPage, "The extension is only added to Linux machines.", "Remove `addProxyAgentExtension`."},
	{"confidential-image-publisher", profiles, "", "securityProfile.securityType = ConfidentialVM", "storageProfile.osDisk.diffDiskSettings.placement != NvmeDisk", Inferred, confidential, "An ephemeral OS disk of a confidential machine is on its cache or resource disk.", ""},
}

// osRows are about osProfile and what Azure does with it.
var osRows = []Row{
	{"ssh-key-path", profiles, "osProfile.linuxConfiguration.ssh.publicKeys[]", "^osProfile.adminUsername present", "path same /home/{^osProfile.adminUsername}/.ssh/authorized_keys", Reported, issue + "Azure/azure-cli/issues/12459", "Azure puts keys into this file of the administrator only.", ""},
	{"ssh-key-form", profiles, "osProfile.linuxConfiguration.ssh.publicKeys[]", "", `keyData matches /^\s*(ssh-rsa |ssh-ed25519 |---- BEGIN SSH2)/ like ssh-rsa AAAA... name`, Reported, issue + "MicrosoftDocs/azure-docs/pull/74103", "Azure takes RSA and Ed25519 public keys in the OpenSSH format.", "Paste the content of the .pub file, which begins with ssh-rsa or ssh-ed25519."},
	{"ssh-key-resource", []Place{{"Microsoft.Compute/sshPublicKeys", "properties"}}, "", "", `publicKey matches /^\s*(ssh-rsa|ssh-ed25519) / like ssh-rsa AAAA... name`, Documented, learn + "templates/microsoft.compute/sshpublickeys", "Azure takes public keys in the OpenSSH format only.", "Paste the content of the .pub file."},
	{"linux-no-credentials", machines, "osProfile", "linuxConfiguration.disablePasswordAuthentication = true", "linuxConfiguration.ssh.publicKeys present", Reported, issue + "ComputeCanada/magic_castle/issues/44", "Without a password a Linux machine needs a public key.", "Add `ssh.publicKeys`, or allow passwords."},
	{"linux-password-missing", profiles, "osProfile", "?any of ^networkProfile.networkInterfaceConfigurations, ^networkProfile.networkInterfaces; linux; linuxConfiguration.disablePasswordAuthentication (false) = false; linuxConfiguration.ssh.publicKeys absent; ?adminUsername present", "adminPassword present", Reported, issue + "Azure/azure-cli/issues/228", "A Linux machine needs a password or a public key.", "Add `adminPassword` or `linuxConfiguration.ssh.publicKeys`."},
	{"windows-password-missing", profiles, "osProfile", "windows; ?any of ^networkProfile.networkInterfaceConfigurations, ^networkProfile.networkInterfaces; ?adminUsername present", "adminPassword present", Documented, machinePage, "A Windows machine needs a password for its administrator.", ""},
	{"admin-missing", machines, "osProfile", "", "adminUsername present", Documented, machinePage, "A machine that is set up from an image needs an administrator.", ""},
	{"two-systems", machines, "osProfile", "", "at most one of windowsConfiguration, linuxConfiguration", Documented, machinePage, "A machine has one operating system.", ""},
	{"secrets-vault-twice", profiles, "osProfile", "", "secrets[] unique sourceVault.id", Reported, issue + "Azure/azure-powershell/issues/7589", "All certificates of one vault are listed together.", "Move the certificates to one item for the vault."},
	{"certificate-address", profiles, "osProfile.secrets[].vaultCertificates[]", "?certificateUrl matches /:/ like https://x/secrets/y/z", `certificateUrl matches /^https:\/\/[^\/]+\/secrets\/[^\/]+\/[0-9A-Za-z-]+$/ like https://example.vault.azure.net/secrets/web/0123456789abcdef0123456789abcdef`, Reported, issue + "Azure/azure-xplat-cli/issues/3573", "A certificate is read as a secret of the vault, in a certain version.", "Write the secret identifier of the certificate with its version."},
	{"certificate-store-windows", profiles, "osProfile.secrets[].vaultCertificates[]", "windows", "certificateStore present", Inferred, machinePage, "On Windows the certificate goes to a store of the machine.", "Add `certificateStore`, such as My."},
	{"guest-signal", profiles, "osProfile", "", "requireGuestProvisionSignal = true", Documented, setPage, "This property is either true or not written at all.", "Remove `requireGuestProvisionSignal`."},
	{"user-data-encoded", profiles, "", "", "userData is base64", Documented, setPage, "User data is sent as Base64 text.", "Use the function base64()."},
	{"custom-data-encoded", machines, "osProfile", "", "customData is base64", Documented, machinePage, "Custom data is sent as Base64 text.", "Use the function base64()."},
	{"computer-name-windows", machines, "", "windows", "osProfile.computerName length <= 15", Documented, learn + "azure-resource-manager/management/resource-name-rules", "A Windows computer name has up to 15 characters.", ""},
	{"computer-name-linux", machines, "", "linux", "osProfile.computerName length <= 64", Documented, learn + "azure-resource-manager/management/resource-name-rules", "A Linux computer name has up to 64 characters.", ""},
	{"admin-name-reserved", machines, "osProfile", "", "adminUsername != administrator | admin | user | user1 | test | user2 | test1 | user3 | admin1 | 1 | 123 | a | actuser | adm | admin2 | aspnet | backup | console | david | guest | john | owner | root | server | sql | support | support_388945a0 | sys | test2 | test3 | user4 | user5", Documented, machinePage, "Azure does not accept this user name.", ""},
	{"admin-name-dot", machines, "", "windows", `osProfile.adminUsername !matches /\.$/ like admin.`, Documented, machinePage, "A Windows user name cannot end with a period.", ""},
	{"admin-name-windows-length", machines, "", "windows", "osProfile.adminUsername length <= 20", Documented, machinePage, "A Windows user name has up to 20 characters.", ""},
	{"admin-name-linux-length", machines, "", "linux", "osProfile.adminUsername length <= 64", Documented, machinePage, "A Linux user name has up to 64 characters.", ""},
	{"unattend-setting", profiles, "osProfile.windowsConfiguration.additionalUnattendContent[]", "", "settingName = AutoLogon | FirstLogonCommands", Documented, machinePage, "Azure adds these settings only.", ""},
	{"unattend-pass", profiles, "osProfile.windowsConfiguration.additionalUnattendContent[]", "", "passName = OobeSystem | oobeSystem", Documented, machinePage, "Azure adds content to this pass only.", ""},
	{"unattend-component", profiles, "osProfile.windowsConfiguration.additionalUnattendContent[]", "", "componentName = Microsoft-Windows-Shell-Setup", Documented, machinePage, "Azure adds content to this component only.", ""},
	{"patch-platform-agent", profiles, "osProfile.windowsConfiguration", "patchSettings.patchMode = AutomaticByPlatform", "provisionVMAgent != false", Documented, patching, "Azure patches a machine through its agent.", "Set `provisionVMAgent` to true, or choose another `patchMode`."},
	{"patch-platform-updates", profiles, "osProfile.windowsConfiguration", "patchSettings.patchMode = AutomaticByPlatform", "enableAutomaticUpdates != false", Documented, patching, "Patching by the platform needs automatic updates.", "Set `enableAutomaticUpdates` to true, or choose another `patchMode`."},
	{"patch-os-updates", profiles, "osProfile.windowsConfiguration", "patchSettings.patchMode = AutomaticByOS", "enableAutomaticUpdates != false", Documented, patching, "Patching by the operating system needs automatic updates.", "Set `enableAutomaticUpdates` to true, or choose another `patchMode`."},
	{"patch-manual-updates", profiles, "osProfile.windowsConfiguration", "patchSettings.patchMode = Manual", "enableAutomaticUpdates = false", Documented, patching, "Manual patching needs automatic updates to be off.", "Set `enableAutomaticUpdates` to false, or choose another `patchMode`."},
	{"patch-linux-agent", profiles, "osProfile.linuxConfiguration", "patchSettings.patchMode = AutomaticByPlatform", "provisionVMAgent != false", Documented, patching, "Azure patches a machine through its agent.", "Set `provisionVMAgent` to true, or choose another `patchMode`."},
	{"patch-linux-mode", profiles, "osProfile.linuxConfiguration", "", "patchSettings.patchMode = ImageDefault | AutomaticByPlatform", Documented, patching, "Linux machines have these patch modes.", ""},
	{"patch-windows-mode", profiles, "osProfile.windowsConfiguration", "", "patchSettings.patchMode = Manual | AutomaticByOS | AutomaticByPlatform", Documented, patching, "Windows machines have these patch modes.", ""},
	{"patch-assessment-agent", profiles, "osProfile.windowsConfiguration", "patchSettings.assessmentMode = AutomaticByPlatform", "provisionVMAgent != false", Documented, patching, "Azure assesses a machine through its agent.", ""},
	{"patch-assessment-agent-linux", profiles, "osProfile.linuxConfiguration", "patchSettings.assessmentMode = AutomaticByPlatform", "provisionVMAgent != false", Documented, patching, "Azure assesses a machine through its agent.", ""},
	{"patch-platform-settings", profiles, "osProfile.windowsConfiguration", "!patchSettings.automaticByPlatformSettings present", "patchSettings.patchMode = AutomaticByPlatform", Documented, patching, "These settings belong to the patch mode AutomaticByPlatform.", ""},
	{"patch-platform-settings-linux", profiles, "osProfile.linuxConfiguration", "!patchSettings.automaticByPlatformSettings present", "patchSettings.patchMode = AutomaticByPlatform", Documented, patching, "These settings belong to the patch mode AutomaticByPlatform.", ""},
	{"hotpatch-mode", profiles, "osProfile.windowsConfiguration", "!patchSettings.enableHotpatching = true", "patchSettings.patchMode (AutomaticByOS) = AutomaticByPlatform", Documented, machinePage, "Hotpatching needs the patch mode AutomaticByPlatform.", "Set `patchMode` to AutomaticByPlatform."},
	{"hotpatch-agent", profiles, "osProfile.windowsConfiguration", "patchSettings.enableHotpatching = true", "provisionVMAgent != false", Documented, machinePage, "Hotpatching works through the agent.", "Set `provisionVMAgent` to true."},
	{"patch-set-mode", setProfiles, "osProfile.windowsConfiguration", "!patchSettings.patchMode = AutomaticByPlatform", "flexible", Documented, patching, "Azure patches the instances of Flexible scale sets only; Uniform ones use automatic OS image upgrades.", "Use `upgradePolicy.automaticOSUpgradePolicy` instead."},
	{"patch-set-mode-linux", setProfiles, "osProfile.linuxConfiguration", "!patchSettings.patchMode = AutomaticByPlatform", "flexible", Documented, patching, "Azure patches the instances of Flexible scale sets only; Uniform ones use automatic OS image upgrades.", "Use `upgradePolicy.automaticOSUpgradePolicy` instead."},
	{"winrm-certificate", profiles, "osProfile.windowsConfiguration.winRM.listeners[]", "protocol = Https", "certificateUrl present", Documented, machinePage, "A listener for https needs a certificate.", ""},
	{"extensions-no-agent", profiles, "osProfile", "!windowsConfiguration.provisionVMAgent = false", "allowExtensionOperations (true) = false", Documented, learn + "virtual-machines/extensions/agent-windows", "Without the agent there can be no extensions.", "Set `allowExtensionOperations` to false, or `provisionVMAgent` to true."},
	{"extensions-no-agent-linux", profiles, "osProfile", "!linuxConfiguration.provisionVMAgent = false", "allowExtensionOperations (true) = false", Inferred, learn + "virtual-machines/extensions/agent-linux", "Without the agent there can be no extensions.", "Set `allowExtensionOperations` to false, or `provisionVMAgent` to true."},
	{"boot-diagnostics-storage", profiles, "diagnosticsProfile.bootDiagnostics", "enabled = true; api < 2020-06-01", "storageUri present", Reported, issue + "MicrosoftLearning/AZ-104-MicrosoftAzureAdministrator/issues/254", "API versions before 2020-06-01 need a storage account for boot diagnostics.", "Add `storageUri`, or use API version 2020-06-01 or later."},
	{"boot-diagnostics-premium", profiles, "diagnosticsProfile.bootDiagnostics", "enabled != false", "storageUri->sku.name != Premium_LRS | Premium_ZRS | Standard_ZRS", Reported, issue + "Azure/azure-quickstart-templates/issues/2819", "Boot diagnostics need a standard storage account that is not zone-redundant.", "Change the SKU of the storage account to Standard_LRS, or use another account."},
	{"boot-diagnostics-account-type", profiles, "diagnosticsProfile.bootDiagnostics", "enabled != false", "storageUri->properties.accountType != Premium_LRS | Standard_ZRS", Reported, issue + "Azure/azure-quickstart-templates/issues/2819", "Boot diagnostics need a standard storage account that is not zone-redundant.", "Change the type of the storage account to Standard_LRS, or use another account."},
	{"boot-diagnostics-address", profiles, "diagnosticsProfile.bootDiagnostics", "", `storageUri matches /^(?i)https?:\/\/[a-z0-9.-]+/ like https://example.blob.core.windows.net/`, Inferred, machinePage, "Boot diagnostics take the address of a blob service.", ""},
}

// extensions are where extensions of instances are written.
var extensions = []Place{
	{setType, "properties.virtualMachineProfile.extensionProfile.extensions[].properties"},
	{setType + "/extensions", "properties"},
	{machineType + "/extensions", "properties"},
}

const scriptPage = learn + "virtual-machines/extensions/custom-script-linux"

var extensionRows = []Row{
	{"handler-version", extensions, "", "", `typeHandlerVersion matches /^\d+(\.\d+)?$/ like 2.1`, Reported, issue + "hashicorp/terraform-provider-azurestack/issues/140", "The version of an extension is its major and minor number; Azure picks the rest.", ""},
	{"protected-settings-twice", extensions, "", "", "at most one of protectedSettings, protectedSettingsFromKeyVault", Documented, learn + "templates/microsoft.compute/virtualmachinescalesets/extensions", "Protected settings are in the template or in a key vault.", ""},
	{"extension-publisher", extensions, "", "type present", "publisher present", Documented, learn + "templates/microsoft.compute/virtualmachines/extensions", "An extension is named by publisher, type and version.", ""},
	{"extension-type", extensions, "", "publisher present", "type present", Documented, learn + "templates/microsoft.compute/virtualmachines/extensions", "An extension is named by publisher, type and version.", ""},
	{"extension-version", extensions, "", "publisher present; type present", "typeHandlerVersion present", Inferred, learn + "templates/microsoft.compute/virtualmachines/extensions", "An extension is named by publisher, type and version.", ""},
	{"script-command-twice", extensions, "", "type = CustomScript | CustomScriptExtension | CustomScriptForLinux; !settings.commandToExecute present", "protectedSettings.commandToExecute absent", Documented, scriptPage, "The command is in the public or in the protected settings.", "Remove one of them."},
	{"script-and-command", extensions, "", "publisher = Microsoft.Azure.Extensions; type = CustomScript; !settings.script present", "settings.commandToExecute absent", Documented, scriptPage, "The extension runs a command or a script.", "Remove `script` or `commandToExecute`."},
	{"script-and-protected-command", extensions, "", "publisher = Microsoft.Azure.Extensions; type = CustomScript", "at most one of protectedSettings.script, protectedSettings.commandToExecute", Documented, scriptPage, "The extension runs a command or a script.", "Remove `script` or `commandToExecute`."},
	{"script-nothing", extensions, "", "publisher = Microsoft.Azure.Extensions; type = CustomScript; ?protectedSettingsFromKeyVault absent", "any of settings.commandToExecute, protectedSettings.commandToExecute, settings.script, protectedSettings.script", Documented, scriptPage, "The extension has nothing to run.", "Add `commandToExecute` or `script`."},
	{"script-nothing-windows", extensions, "", "publisher = Microsoft.Compute; type = CustomScriptExtension; ?protectedSettingsFromKeyVault absent", "any of settings.commandToExecute, protectedSettings.commandToExecute", Documented, learn + "virtual-machines/extensions/custom-script-windows", "The extension has nothing to run.", "Add `commandToExecute`."},
	{"script-account", extensions, "", "type = CustomScript | CustomScriptExtension", "all or none of protectedSettings.storageAccountName, protectedSettings.storageAccountKey", Documented, scriptPage, "The name and the key of the storage account belong together.", ""},
	{"script-identity-account", extensions, "", "type = CustomScript | CustomScriptExtension; !protectedSettings.managedIdentity present", "protectedSettings.storageAccountName absent", Documented, scriptPage, "Files are read with a managed identity or with the key of an account.", "Remove one of them."},
	{"extension-vault", extensions, "protectedSettingsFromKeyVault", "", "secretUrl present", Documented, learn + "templates/microsoft.compute/virtualmachinescalesets/extensions", "Protected settings from a vault need the address of the secret.", ""},
	{"extension-vault-id", extensions, "protectedSettingsFromKeyVault", "", "sourceVault.id present", Documented, learn + "templates/microsoft.compute/virtualmachinescalesets/extensions", "Protected settings from a vault need the id of the vault.", ""},
	{"sign-in-identity", []Place{{setType, "properties.virtualMachineProfile.extensionProfile.extensions[].properties"}}, "", "publisher = Microsoft.Azure.ActiveDirectory; !type = AADSSHLoginForLinux", `/identity.type (None) = SystemAssigned | SystemAssigned, UserAssigned | SystemAssigned,UserAssigned`, Documented, "https://learn.microsoft.com/entra/identity/devices/howto-vm-sign-in-azure-ad-linux", "Signing in with Microsoft Entra ID needs the system-assigned identity of the machine.", "Add an `identity` of the type SystemAssigned."},
	{"extension-after-itself", []Place{{setType, "properties.virtualMachineProfile.extensionProfile.extensions[]"}}, "", "", "properties.provisionAfterExtensions[] differs @name", Documented, learn + "virtual-machine-scale-sets/virtual-machine-scale-sets-extension-sequencing", "An extension cannot wait for itself.", ""},
}

var interfaceRows = []Row{
	{"primary-configuration", machines, interfacePath, "", "ipConfigurations[properties:primary=true] count <= 1", Documented, setPage, "A network interface has one primary IP configuration.", ""},
	{"primary-configuration-version", profiles, interfacePath + ".ipConfigurations[].properties", "primary = true", "privateIPAddressVersion != IPv6", Documented, learn + "virtual-network/ip-services/ipv6-overview", "The primary IP configuration has an IPv4 address.", ""},
	{"configuration-subnet", profiles, interfacePath + ".ipConfigurations[].properties", "", "subnet.id present", Inferred, setPage, "An IP configuration is in a subnet.", ""},
	{"configuration-name-unique", profiles, interfacePath, "", "ipConfigurations[].name unique", Documented, setPage, "IP configurations have different names.", ""},
	{"interface-name-unique", profiles, "networkProfile", "", "networkInterfaceConfigurations[].name unique", Documented, setPage, "Network interfaces have different names.", ""},
	{"interface-configurations", profiles, interfacePath, "", "ipConfigurations count >= 1", Documented, setPage, "A network interface has at least one IP configuration.", ""},
	{"instance-prefix-version", profiles, interfacePath + ".ipConfigurations[].properties.publicIPAddressConfiguration.properties", "publicIPAddressVersion (IPv4) = IPv4", "publicIPPrefix.id->properties.publicIPAddressVersion != IPv6", Documented, learn + "virtual-network/ip-services/public-ip-address-prefix", "Addresses are of the version of their prefix.", ""},
	{"accelerated-fpga", profiles, interfacePath, "!enableFpga = true", "enableAcceleratedNetworking != false", Inferred, setPage, "The hardware path needs accelerated networking.", ""},
	{"dns-provided-alone", []Place{{setType, "properties.virtualMachineProfile"}}, interfacePath + ".dnsSettings", "dnsServers[] = AzureProvidedDNS", "dnsServers count <= 1", Documented, learn + "templates/microsoft.network/networkinterfaces", "AzureProvidedDNS is the only server where it is used.", ""},
	{"nic-configurations", []Place{{"Microsoft.Network/networkInterfaces", "properties"}}, "", "", "ipConfigurations count >= 1", Documented, learn + "templates/microsoft.network/networkinterfaces", "A network interface has at least one IP configuration.", ""},
	{"nic-static-address", []Place{{"Microsoft.Network/networkInterfaces", "properties"}}, "ipConfigurations[].properties", "privateIPAllocationMethod = Static", "privateIPAddress present", Documented, learn + "templates/microsoft.network/networkinterfaces", "A static address has to be written.", "Add `privateIPAddress`, or set `privateIPAllocationMethod` to Dynamic."},
	{"nic-primary", []Place{{"Microsoft.Network/networkInterfaces", "properties"}}, "", "", "ipConfigurations[properties:primary=true] count <= 1", Documented, learn + "templates/microsoft.network/networkinterfaces", "A network interface has one primary IP configuration.", ""},
	{"nic-primary-version", []Place{{"Microsoft.Network/networkInterfaces", "properties"}}, "ipConfigurations[].properties", "primary = true", "privateIPAddressVersion != IPv6", Documented, learn + "virtual-network/ip-services/ipv6-overview", "The primary IP configuration has an IPv4 address.", ""},
	{"nic-configuration-name", []Place{{"Microsoft.Network/networkInterfaces", "properties"}}, "", "", "ipConfigurations[].name unique", Reported, issue + "Azure/migAz/issues/181", "IP configurations have different names.", ""},
	{"nic-dns-alone", []Place{{"Microsoft.Network/networkInterfaces", "properties"}}, "dnsSettings", "dnsServers[] = AzureProvidedDNS", "dnsServers count <= 1", Documented, learn + "templates/microsoft.network/networkinterfaces", "AzureProvidedDNS is the only server where it is used.", ""},
	{"nic-dns-address", []Place{{"Microsoft.Network/networkInterfaces", "properties"}}, "dnsSettings", "dnsServers[] != AzureProvidedDNS", "dnsServers[] is ip", Documented, learn + "templates/microsoft.network/networkinterfaces", "A DNS server is given by its address.", ""},
}

var machineRows = []Row{
	{"host-and-group", machines, "", "", "at most one of host, hostGroup", Documented, machinePage, "A machine is on a certain host or on one of a group.", ""},
	{"set-and-availability-set", machines, "", "", "at most one of availabilitySet, virtualMachineScaleSet", Documented, machinePage, "A machine is in an availability set or in a scale set.", ""},
	{"zone-and-availability-set", []Place{{machineType, ""}}, "", "zones present", "properties.availabilitySet absent", Reported, issue + "hashicorp/terraform-provider-azurerm/issues/2246", "A machine is in an availability set or in an availability zone.", "Remove `zones` or `availabilitySet`."},
	{"machine-zones", []Place{{machineType, ""}}, "", "", "zones count <= 1", Documented, machinePage, "A machine is in one zone.", ""},
	{"machine-fault-domain", machines, "", "!platformFaultDomain present", "virtualMachineScaleSet present", Documented, machinePage, "A fault domain is one of the scale set that the machine is in.", "Add `virtualMachineScaleSet`, or remove `platformFaultDomain`."},
	{"machine-fault-domain-range", machines, "", "", "platformFaultDomain < @virtualMachineScaleSet.id->properties.platformFaultDomainCount", Documented, machinePage, "Fault domains are counted from 0.", ""},
	{"machine-set-mode", machines, "", "!virtualMachineScaleSet.id present", "virtualMachineScaleSet.id->properties.orchestrationMode (Uniform) = Flexible", Documented, learn + "virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes", "Machines can only be added to Flexible scale sets.", "Use a scale set with the orchestration mode Flexible."},
	{"eviction-priority", machines, "", "!evictionPolicy present", "priority (Regular) = Spot | Low", Documented, spotPage, "Only Spot machines are evicted.", "Set `priority` to Spot, or remove `evictionPolicy`."},
	{"price-priority", machines, "", "!billingProfile.maxPrice present; billingProfile.maxPrice != -1", "priority (Regular) = Spot | Low", Documented, spotPage, "Only Spot machines have a highest price.", "Set `priority` to Spot, or remove `billingProfile`."},
	{"price-zero", profiles, "", "", "billingProfile.maxPrice != 0", Documented, setPage, "The highest price is above zero, or -1 for no limit.", ""},
	{"spot-availability-set", machines, "", "priority = Spot | Low", "availabilitySet absent", Reported, issue + "kubernetes-sigs/cluster-api-provider-azure/issues/4432", "Spot machines cannot be in availability sets.", ""},
	{"spot-reservation", machines, "", "priority = Spot | Low", "capacityReservation.capacityReservationGroup.id absent", Documented, reservations, "Spot machines cannot use capacity reservations.", ""},
	{"reservation-availability-set", machines, "", "capacityReservation.capacityReservationGroup.id present", "availabilitySet absent", Documented, reservations, "Machines of availability sets cannot use capacity reservations.", ""},
	{"reservation-host", machines, "", "capacityReservation.capacityReservationGroup.id present", "host absent", Documented, reservations, "Dedicated hosts cannot use capacity reservations.", ""},
	{"reservation-host-group", machines, "", "capacityReservation.capacityReservationGroup.id present", "hostGroup absent", Documented, reservations, "Dedicated hosts cannot use capacity reservations.", ""},
	{"host-availability-set", machines, "", "host.id present", "availabilitySet absent", Documented, hostPage, "Availability sets cannot be on dedicated hosts.", ""},
	{"aligned-managed-disk", machines, "", "storageProfile.osDisk.managedDisk present", "availabilitySet.id->sku.name (Classic) = Aligned", Reported, issue + "hashicorp/terraform-provider-azurestack/issues/100", "An availability set for machines with managed disks has the SKU Aligned.", "Set `sku.name` of the availability set to Aligned."},
	{"classic-unmanaged-disk", machines, "", "!storageProfile.osDisk.vhd present", "availabilitySet.id->sku.name != Aligned", Reported, issue + "hashicorp/terraform-provider-azurestack/issues/100", "An availability set with the SKU Aligned holds machines with managed disks only.", ""},
	{"time-budget-minimum", machines, "", "", "extensionsTimeBudget >= PT15M", Documented, machinePage, "The time budget of extensions is 15 to 120 minutes.", ""},
	{"time-budget-maximum", machines, "", "", "extensionsTimeBudget <= PT2H", Documented, machinePage, "The time budget of extensions is 15 to 120 minutes.", ""},
	{"terminate-minimum", machines, "scheduledEventsProfile.terminateNotificationProfile", "", "notBeforeTimeout >= PT5M", Documented, learn + "virtual-machine-scale-sets/virtual-machine-scale-sets-terminate-notification", "The notification comes 5 to 15 minutes ahead.", ""},
	{"terminate-maximum", machines, "scheduledEventsProfile.terminateNotificationProfile", "", "notBeforeTimeout <= PT15M", Documented, learn + "virtual-machine-scale-sets/virtual-machine-scale-sets-terminate-notification", "The notification comes 5 to 15 minutes ahead.", ""},
	{"image-notification", machines, "scheduledEventsProfile.osImageNotificationProfile", "", "notBeforeTimeout = PT15M", Documented, machinePage, "This notification comes 15 minutes ahead.", ""},
	{"flex-profile-size", machines, "", "flexProfile present", "hardwareProfile.vmSize absent", Documented, machinePage, "With a flex profile Azure chooses the size.", ""},
	{"machine-interfaces", machines, "networkProfile", "", "at most one of networkInterfaces, networkInterfaceConfigurations", Documented, machinePage, "A machine has existing network interfaces or creates its own.", ""},
	{"machine-primary-interface", machines, "networkProfile", "networkInterfaces count > 1", "networkInterfaces[properties:primary=true] count = 1", Reported, issue + "ansible/ansible/issues/40648", "Of several network interfaces exactly one is primary.", "Set `properties.primary` to true in one of them, and to false in the others."},
	{"machine-interface-unique", machines, "networkProfile", "", "networkInterfaces[].id unique", Documented, machinePage, "Each network interface is attached once.", ""},
	{"machine-network-api", machines, "networkProfile", "networkInterfaceConfigurations present", "networkApiVersion present", Documented, machinePage, "To create network interfaces Azure needs to know the version of their API.", "Add `networkApiVersion`, such as 2020-11-01."},
}

var (
	availabilitySets = []Place{{"Microsoft.Compute/availabilitySets", "properties"}}
	hostGroups       = []Place{{"Microsoft.Compute/hostGroups", ""}}
	hosts            = []Place{{"Microsoft.Compute/hostGroups/hosts", ""}}
	reservationType  = "Microsoft.Compute/capacityReservationGroups/capacityReservations"
	reserved         = []Place{{reservationType, ""}}
	proximity        = []Place{{"Microsoft.Compute/proximityPlacementGroups", ""}}
)

var placementRows = []Row{
	{"availability-fault-domains", availabilitySets, "", "", "platformFaultDomainCount <= 3", Documented, learn + "virtual-machines/availability-set-overview", "An availability set has up to three fault domains.", ""},
	{"availability-fault-domains-least", availabilitySets, "", "", "platformFaultDomainCount >= 1", Documented, learn + "virtual-machines/availability-set-overview", "An availability set has at least one fault domain.", ""},
	{"availability-update-domains", availabilitySets, "", "", "platformUpdateDomainCount <= 20", Documented, learn + "virtual-machines/availability-set-overview", "An availability set has up to 20 update domains.", ""},
	{"availability-update-domains-least", availabilitySets, "", "", "platformUpdateDomainCount >= 1", Documented, learn + "virtual-machines/availability-set-overview", "An availability set has at least one update domain.", ""},
	{"availability-sku", []Place{{"Microsoft.Compute/availabilitySets", ""}}, "", "", "sku.name = Aligned | Classic", Documented, learn + "templates/microsoft.compute/availabilitysets", "Availability sets have one of these SKUs.", ""},
	{"availability-zones", []Place{{"Microsoft.Compute/availabilitySets", ""}}, "", "", "zones absent", Inferred, learn + "virtual-machines/availability", "An availability set is not in a zone.", ""},
	{"host-group-domains", hostGroups, "", "", "properties.platformFaultDomainCount <= 5", Documented, hostPage, "A host group has up to five fault domains.", ""},
	{"host-group-domains-least", hostGroups, "", "", "properties.platformFaultDomainCount >= 1", Documented, hostPage, "A host group has at least one fault domain.", ""},
	{"host-group-domains-missing", hostGroups, "", "", "properties.platformFaultDomainCount present", Documented, learn + "templates/microsoft.compute/hostgroups", "A host group says how many fault domains it has.", ""},
	{"host-group-one-zone", hostGroups, "", "", "zones count <= 1", Documented, hostPage, "A host group is in one zone.", ""},
	{"host-group-ultra", hostGroups, "", "!properties.additionalCapabilities.ultraSSDEnabled = true", "zones count >= 1", Documented, learn + "templates/microsoft.compute/hostgroups", "Ultra disks can be enabled for zonal host groups only.", "Add `zones`, or remove `ultraSSDEnabled`."},
	{"host-domain", hosts, "", "", "properties.platformFaultDomain < @parent->properties.platformFaultDomainCount", Documented, hostPage, "Fault domains are counted from 0.", ""},
	{"host-sku", hosts, "", "", "sku.name present", Documented, learn + "templates/microsoft.compute/hostgroups/hosts", "A dedicated host has a SKU.", ""},
	{"reservation-size", reserved, "", "", "sku.name present", Documented, learn + "templates/microsoft.compute/capacityreservationgroups/capacityreservations", "A reservation is for machines of one size.", ""},
	{"reservation-capacity", reserved, "", "sku.name present", "sku.capacity present", Documented, learn + "templates/microsoft.compute/capacityreservationgroups/capacityreservations", "A reservation says how many machines it is for.", ""},
	{"reservation-one-zone", reserved, "", "", "zones count <= 1", Documented, reservations, "A reservation is in one zone.", ""},
	{"reservation-zone", reserved, "", "", "zones[] in @parent->zones[]", Documented, reservations, "The zone of a reservation is one of its group.", ""},
	{"reservation-regional", reserved, "", "parent->zones count >= 1", "zones count >= 1", Documented, reservations, "In a zonal group every reservation is in a zone.", ""},
	{"block-capacity", reserved, "", "parent->properties.reservationType = Block", "sku.capacity = 1 | 2 | 4 | 8 | 16 | 32 | 64", Documented, learn + "templates/microsoft.compute/capacityreservationgroups/capacityreservations", "A block reservation has one of these sizes.", ""},
	{"block-schedule", reserved, "", "parent->properties.reservationType = Block", "properties.scheduleProfile.start present", Documented, learn + "templates/microsoft.compute/capacityreservationgroups/capacityreservations", "A block reservation has a start and an end.", ""},
	{"block-end", reserved, "", "parent->properties.reservationType = Block", "properties.scheduleProfile.end present", Documented, learn + "templates/microsoft.compute/capacityreservationgroups/capacityreservations", "A block reservation has a start and an end.", ""},
	{"block-sharing", []Place{{"Microsoft.Compute/capacityReservationGroups", "properties"}}, "", "reservationType = Block", "sharingProfile absent", Documented, learn + "templates/microsoft.compute/capacityreservationgroups", "A block reservation cannot be shared with other subscriptions.", ""},
	{"proximity-one-zone", proximity, "", "", "zones count <= 1", Documented, learn + "virtual-machines/co-location", "A proximity placement group is in one zone.", ""},
	{"proximity-zone-intent", proximity, "", "!zones count >= 1", "properties.intent.vmSizes present", Documented, learn + "virtual-machines/co-location", "A zone can only be chosen together with the intended sizes.", "Add `intent.vmSizes`, or remove `zones`."},
	{"set-proximity-zones", setRoots, "", "!properties.proximityPlacementGroup.id present", "zones count <= 1", Documented, learn + "virtual-machine-scale-sets/proximity-placement-groups", "A scale set in a proximity placement group is in one zone at most.", "Remove `proximityPlacementGroup`, or choose one zone."},
}
