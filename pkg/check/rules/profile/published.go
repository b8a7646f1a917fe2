package profile

import (
	"iter"
	"strings"
	"unicode"

	"github.com/scaleset/scaleset/pkg/internal/nearest"
)

// A published has the names that belong to a name, such as the offers of a publisher.
type published struct {
	name  string
	names []string
}

// publishedImages are the offers of the publishers of the usual images, by the name of the
// publisher; an empty list says nothing of its offers. Others exist.
// Sources: https://learn.microsoft.com/azure/virtual-machines/linux/endorsed-distros and the aliases of the Azure CLI,
// https://github.com/Azure/azure-rest-api-specs/blob/main/arm-compute/quickstart-templates/aliases.json.
var publishedImages = []published{
	{"almalinux", []string{"almalinux-x86_64", "almalinux-arm", "almalinux-hpc"}},
	{"Canonical", []string{"UbuntuServer", "0001-com-ubuntu-server-focal", "0001-com-ubuntu-server-jammy", "0001-com-ubuntu-pro-jammy", "0001-com-ubuntu-confidential-vm-jammy", "0001-com-ubuntu-minimal-jammy", "ubuntu-22_04-lts", "ubuntu-24_04-lts"}},
	{"CoreOS", []string{"CoreOS"}},
	{"Debian", []string{"debian-10", "debian-11", "debian-12", "debian-13"}},
	{"kinvolk", []string{"flatcar-container-linux", "flatcar-container-linux-free", "flatcar-container-linux-corevm-amd64"}},
	{"MicrosoftSQLServer", nil},
	{"MicrosoftVisualStudio", nil},
	{"MicrosoftWindowsDesktop", []string{"Windows-10", "windows-11", "windows-ent-cpc", "office-365"}},
	{"MicrosoftWindowsServer", []string{"WindowsServer", "WindowsServerSemiAnnual", "WindowsServer-HUB", "microsoftserveroperatingsystems-previews"}},
	{"OpenLogic", []string{"CentOS", "CentOS-HPC", "CentOS-LVM"}},
	{"Oracle", []string{"Oracle-Linux"}},
	{"RedHat", []string{"RHEL", "RHEL-RAW", "RHEL-SAP", "rhel-byos"}},
	{"resf", []string{"rockylinux-x86_64", "rockylinux-aarch64"}},
	{"SUSE", nil},
}

// publishedSKUs are the SKUs of the usual offers, by the name of the offer.
// Others exist. Sources: as above, and
// https://learn.microsoft.com/azure/virtual-machines/automatic-vm-guest-patching.
var publishedSKUs = []published{
	{"UbuntuServer", []string{"12.04.5-LTS", "14.04.2-LTS", "14.04.3-LTS", "14.04.4-LTS", "14.04.5-LTS", "16.04-LTS", "16.04.0-LTS", "16_04-lts-gen2", "18.04-LTS",
		"18_04-lts-gen2", "18_04-lts-arm64", "16.04-DAILY-LTS", "18.04-DAILY-LTS"}},
	{"0001-com-ubuntu-server-focal", []string{"20_04-lts", "20_04-lts-gen2", "20_04-lts-arm64", "20_04-daily-lts", "20_04-daily-lts-gen2"}},
	{"0001-com-ubuntu-server-jammy", []string{"22_04-lts", "22_04-lts-gen2", "22_04-lts-arm64", "22_04-daily-lts", "22_04-daily-lts-gen2"}},
	{"ubuntu-24_04-lts", []string{"server", "server-gen1", "server-arm64", "minimal", "minimal-gen1", "ubuntu-pro", "ubuntu-pro-gen1", "cvm"}},
	{"WindowsServer", []string{"2008-R2-SP1", "2008-R2-SP1-smalldisk", "2012-Datacenter", "2012-Datacenter-smalldisk", "2012-datacenter-gensecond", "2012-R2-Datacenter",
		"2012-R2-Datacenter-smalldisk", "2012-r2-datacenter-gensecond", "2016-Datacenter", "2016-Datacenter-Server-Core", "2016-Datacenter-with-Containers",
		"2016-datacenter-gensecond", "2016-Datacenter-smalldisk", "2019-Datacenter", "2019-Datacenter-Core", "2019-datacenter-gensecond",
		"2019-Datacenter-with-Containers", "2019-Datacenter-smalldisk", "2019-datacenter-core-g2", "2022-datacenter", "2022-datacenter-g2", "2022-datacenter-core",
		"2022-datacenter-core-g2", "2022-datacenter-azure-edition", "2022-datacenter-azure-edition-core", "2022-datacenter-azure-edition-hotpatch",
		"2022-datacenter-smalldisk", "2025-datacenter", "2025-datacenter-g2", "2025-datacenter-core", "2025-datacenter-azure-edition"}},
	{"debian-11", []string{"11", "11-gen2", "11-arm64", "11-backports", "11-backports-gen2"}},
	{"debian-12", []string{"12", "12-gen2", "12-arm64", "12-backports", "12-backports-gen2"}},
}

// publishedExtensions are the types of extensions of the usual publishers. Others exist.
// Sources: https://learn.microsoft.com/azure/virtual-machines/extensions/features-windows, features-linux and the pages of the extensions.
var publishedExtensions = []published{
	{"Microsoft.AKS", nil},
	{"Microsoft.Azure.ActiveDirectory", []string{"AADLoginForWindows", "AADSSHLoginForLinux"}},
	{"Microsoft.Azure.Diagnostics", []string{"IaaSDiagnostics", "LinuxDiagnostic"}},
	{"Microsoft.Azure.Extensions", []string{"CustomScript", "DockerExtension"}},
	{"Microsoft.Azure.KeyVault", []string{"KeyVaultForWindows", "KeyVaultForLinux"}},
	{"Microsoft.Azure.Monitor", []string{"AzureMonitorWindowsAgent", "AzureMonitorLinuxAgent"}},
	{"Microsoft.Azure.Monitoring.DependencyAgent", []string{"DependencyAgentWindows", "DependencyAgentLinux"}},
	{"Microsoft.Azure.NetworkWatcher", []string{"NetworkWatcherAgentWindows", "NetworkWatcherAgentLinux"}},
	{"Microsoft.Azure.Security", []string{"AzureDiskEncryption", "AzureDiskEncryptionForLinux", "IaaSAntimalware"}},
	{"Microsoft.Azure.Security.LinuxAttestation", []string{"GuestAttestation"}},
	{"Microsoft.Azure.Security.WindowsAttestation", []string{"GuestAttestation"}},
	{"Microsoft.Azure.ServiceFabric", []string{"ServiceFabricNode", "ServiceFabricLinuxNode"}},
	{"Microsoft.Compute", []string{"CustomScriptExtension", "BGInfo", "VMAccessAgent", "JsonADDomainExtension"}},
	{"Microsoft.CPlat.Core", []string{"RunCommandLinux", "RunCommandWindows", "RunCommandHandlerLinux", "RunCommandHandlerWindows", "LinuxPatchExtension", "WindowsPatchExtension"}},
	{"Microsoft.EnterpriseCloud.Monitoring", []string{"MicrosoftMonitoringAgent", "OmsAgentForLinux"}},
	{"Microsoft.GuestConfiguration", []string{"ConfigurationforWindows", "ConfigurationForLinux"}},
	{"Microsoft.HpcCompute", []string{"NvidiaGpuDriverWindows", "NvidiaGpuDriverLinux", "AmdGpuDriverWindows", "InfiniBandDriverLinux", "InfiniBandDriverWindows"}},
	{"Microsoft.ManagedServices", []string{"ApplicationHealthLinux", "ApplicationHealthWindows"}},
	{"Microsoft.OSTCExtensions", []string{"CustomScriptForLinux", "LinuxDiagnostic", "VMAccessForLinux", "OSPatchingForLinux"}},
	{"Microsoft.Powershell", []string{"DSC"}},
	{"Microsoft.SqlServer.Management", []string{"SqlIaaSAgent"}},
}

// slip returns the only known name that a text is one or two letters away from;
// "" when it is a known name itself. Names that differ in their digits are
// different releases.
func slip(text string, known func(yield func(string) bool)) string {
	near, several := "", false
	for name := range known {
		if strings.EqualFold(name, text) {
			return ""
		}
		if nearest.Slip(text, name) && digits(text) == digits(name) {
			several = near != ""
			near = name
		}
	}
	if several {
		return ""
	}
	return near
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// of returns what a publisher has, ignoring case.
func of(all []published, publisher string) []string {
	for _, p := range all {
		if strings.EqualFold(p.name, publisher) {
			return p.names
		}
	}
	return nil
}

// names are the names that have others.
func names(all []published) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, p := range all {
			if !yield(p.name) {
				return
			}
		}
	}
}
