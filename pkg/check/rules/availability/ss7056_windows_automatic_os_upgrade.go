package availability

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7056_windows_automatic_os_upgrade.md
var automaticOSUpgradeWindowsPage string

// automaticOSUpgradeWindows reports Windows updates on the instances of a set whose images are upgraded automatically.
var automaticOSUpgradeWindows = &lint.Rule{
	Code: "SS7056", Name: "windows-automatic-os-upgrade", Severity: diag.Warning, Since: "0.1", Page: &automaticOSUpgradeWindowsPage,
	Also:     []diag.Level{{Severity: diag.Error, When: "enableAutomaticUpdates is true"}},
	Guidance: []guidance.ID{guidance.AutomaticOSUpgradeWindows},
	Run:      checkAutomaticOSUpgradeWindows,
}

func checkAutomaticOSUpgradeWindows(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !vmss.Is(set.UpgradePolicy.AutomaticOSEnabled, true) {
			continue
		}
		if vmss.Is(set.OS.AutomaticUpdates, true) {
			p.Reportf(set.OS.AutomaticUpdates, "enableAutomaticUpdates must be false with automatic OS upgrade").
				Severity(diag.Error). // rejected: https://github.com/Azure/aks-engine/issues/1795
				Cite(guidance.AutomaticOSUpgradeWindows).Detailf("Set enableAutomaticUpdates to false; otherwise both update the instances.").
				Write("leave updates to the image", set.OS.AutomaticUpdates, "false")
		}
		if mode, ok := set.OS.PatchMode.Known(); ok && strings.EqualFold(mode, "AutomaticByPlatform") {
			p.Reportf(set.OS.PatchMode, "patchMode is AutomaticByPlatform, and automatic OS upgrade is on as well").
				Cite(guidance.AutomaticOSUpgradeWindows).Detailf("Use one of the two.")
		}
	}
}
