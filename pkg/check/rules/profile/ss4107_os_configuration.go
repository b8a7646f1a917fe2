package profile

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4107_os_configuration.md
var osConfigurationPage string

// osConfiguration reports sets with both configurations, or with that of another
// system than their image's.
var osConfiguration = &lint.Rule{
	Code: "SS4107", Name: "os-configuration", Severity: diag.Error, Since: "0.1", Page: &osConfigurationPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "both configurations are set, and the operating system is not known"}},
	Guidance: []guidance.ID{guidance.OneConfiguration}, Run: checkOSConfiguration,
}

func checkOSConfiguration(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		linux, windows := set.OS.Linux, set.OS.Windows
		system := set.Storage.System()
		switch {
		case linux.State == vmss.Known && windows.State == vmss.Known && system == vmss.SystemUnknown:
			p.Reportf(windows, "windowsConfiguration and linuxConfiguration are both set; only one is allowed").
				Severity(diag.Warning).
				Relatedf(linux, "linuxConfiguration").
				Detailf("Keep the one for the operating system of the image.")
		case linux.State == vmss.Known && system == vmss.Windows:
			p.Reportf(linux, "linuxConfiguration is set, but the operating system is Windows").
				Relatedf(image(set), "the image").
				Detailf("Use windowsConfiguration, or remove it.").
				Remove("remove linuxConfiguration", linux)
		case windows.State == vmss.Known && system == vmss.Linux:
			p.Reportf(windows, "windowsConfiguration is set, but the operating system is Linux").
				Relatedf(image(set), "the image").
				Detailf("Use linuxConfiguration, or remove it.").
				Remove("remove windowsConfiguration", windows)
		}
	}
}

// image is where a set says what its instances are made from.
func image(set lint.ScaleSet) lint.Placer {
	if set.Storage.Image.Reference.IsSet() {
		return set.Storage.Image.Reference
	}
	return set.Storage.OSDisk.OSType
}
