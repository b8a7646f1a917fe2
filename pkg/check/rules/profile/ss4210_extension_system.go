package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4210_extension_system.md
var extensionSystemPage string

// extensionSystem reports extensions of another operating system than the set's.
var extensionSystem = &lint.Rule{
	Code: "SS4210", Name: "extension-system", Severity: diag.Error, Since: "0.1", Page: &extensionSystemPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the extension is not a custom script"}},
	Guidance: []guidance.ID{guidance.ExtensionSystem}, Run: checkExtensionSystem,
}

func checkExtensionSystem(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		system := set.System()
		if system == vmss.SystemUnknown {
			continue
		}
		for _, e := range set.Extensions.Items {
			publisher, ok := e.Publisher.Known()
			kind, known := e.Kind.Known()
			made, instead := systemOf(strings.ToLower(publisher), strings.ToLower(kind))
			if !ok || !known || made == vmss.SystemUnknown || made == system {
				continue
			}
			f := p.Reportf(e.Kind, "extension %s is for %s, but the operating system is %s", kind, made, system).
				Detailf("Use %s.", instead)
			if !strings.EqualFold(kind, "CustomScript") && !strings.EqualFold(kind, "CustomScriptExtension") {
				f.Severity(diag.Warning) // the answer of Azure was seen for those two
			}
		}
	}
}

// systemOf is the only system that an extension runs on, and what the other
// system has for it.
func systemOf(publisher, kind string) (system vmss.System, instead string) {
	switch publisher + "/" + kind {
	case "microsoft.azure.extensions/customscript", "microsoft.ostcextensions/customscriptforlinux":
		return vmss.Linux, "publisher Microsoft.Compute, type CustomScriptExtension"
	case "microsoft.compute/customscriptextension":
		return vmss.Windows, "publisher Microsoft.Azure.Extensions, type CustomScript"
	case "microsoft.managedservices/applicationhealthlinux":
		return vmss.Linux, "type ApplicationHealthWindows"
	case "microsoft.managedservices/applicationhealthwindows":
		return vmss.Windows, "type ApplicationHealthLinux"
	case "microsoft.azure.diagnostics/linuxdiagnostic", "microsoft.ostcextensions/linuxdiagnostic":
		return vmss.Linux, "publisher Microsoft.Azure.Diagnostics, type IaaSDiagnostics"
	case "microsoft.azure.diagnostics/iaasdiagnostics":
		return vmss.Windows, "publisher Microsoft.Azure.Diagnostics, type LinuxDiagnostic"
	case "microsoft.azure.monitor/azuremonitorlinuxagent":
		return vmss.Linux, "type AzureMonitorWindowsAgent"
	case "microsoft.azure.monitor/azuremonitorwindowsagent":
		return vmss.Windows, "type AzureMonitorLinuxAgent"
	case "microsoft.azure.keyvault/keyvaultforlinux":
		return vmss.Linux, "type KeyVaultForWindows"
	case "microsoft.azure.keyvault/keyvaultforwindows":
		return vmss.Windows, "type KeyVaultForLinux"
	case "microsoft.azure.servicefabric/servicefabriclinuxnode":
		return vmss.Linux, "type ServiceFabricNode"
	case "microsoft.azure.servicefabric/servicefabricnode":
		return vmss.Windows, "type ServiceFabricLinuxNode"
	}
	return vmss.SystemUnknown, ""
}
