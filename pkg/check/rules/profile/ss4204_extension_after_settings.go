package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4204_extension_after_settings.md
var extensionAfterSettingsPage string

// extensionAfterSettings reports extensions without settings in an order.
var extensionAfterSettings = &lint.Rule{
	Code: "SS4204", Name: "extension-after-settings", Severity: diag.Warning, Since: "0.1", Page: &extensionAfterSettingsPage,
	Guidance: []guidance.ID{guidance.ExtensionOrder}, Run: checkExtensionAfterSettings,
}

func checkExtensionAfterSettings(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.Says(guidance.ExtensionOrder) {
			continue
		}
		waited := map[string]bool{}
		for _, e := range set.Extensions.Items {
			for _, after := range e.After.Items {
				name, _ := after.Known()
				waited[strings.ToLower(name)] = true
			}
		}
		for _, e := range set.Extensions.Items {
			name, ok := e.ShortName()
			if !ok || e.Settings.IsSet() || e.State != vmss.Known || len(e.After.Items) == 0 && !waited[strings.ToLower(name)] {
				continue
			}
			p.Reportf(e, "extension %s has no settings, so the order does not apply to it", name).
				Detailf("Add settings; {} is enough.")
		}
	}
}
