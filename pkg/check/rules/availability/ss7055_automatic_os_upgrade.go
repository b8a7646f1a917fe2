package availability

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7055_automatic_os_upgrade.md
var automaticOSUpgradePage string

// automaticOSUpgrade reports automatic OS upgrades of a set that lacks what they need.
var automaticOSUpgrade = &lint.Rule{
	Code: "SS7055", Name: "automatic-os-upgrade", Severity: diag.Warning, Since: "0.1", Page: &automaticOSUpgradePage,
	Also: []diag.Level{
		{Severity: diag.Error, When: "the image has a fixed version, or, from API version 2018-10-01 on, there is no source of health data"},
		{Severity: diag.Info, When: "a batch has more than 20% of the instances"},
	},
	Guidance: []guidance.ID{guidance.AutomaticOSUpgrade, guidance.AutomaticOSUpgradeBatch},
	Run:      checkAutomaticOSUpgrade,
}

func checkAutomaticOSUpgrade(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		enabled := set.UpgradePolicy.AutomaticOSEnabled
		if !vmss.Is(enabled, true) {
			continue
		}
		if hasNoHealth(set) && !set.MayBeServiceFabric() {
			f := p.Reportf(enabled, "automatic OS upgrade needs a health source, and the scale set has none")
			if set.APIVersion >= "2018-10-01" { // rejected: https://github.com/MicrosoftDocs/azure-docs/issues/122644; not in the preview
				f.Severity(diag.Error)
			}
			f.Cite(guidance.AutomaticOSUpgrade).Detailf("Name a load balancer probe in networkProfile.healthProbe, or add the application health extension.")
		}
		image := set.Storage.Image
		if version, ok := image.Version.Known(); ok && image.Kind == vmss.ImagePlatform && !strings.EqualFold(version, "latest") {
			p.Reportf(image.Version, "automatic OS upgrade needs image version latest, not %s", version).
				Severity(diag.Error). // rejected: https://github.com/hashicorp/terraform-provider-azurerm/issues/11398
				Cite(guidance.AutomaticOSUpgrade).Detailf("Use version latest: only it receives new versions.").
				Choice("use the latest version", lint.Replace(image.Version, `"latest"`))
		}
		batch := set.UpgradePolicy.Rolling.MaxBatchPercent
		if n, ok := batch.Known(); ok && n > guidance.Get(guidance.AutomaticOSUpgradeBatch).Limit && vmss.Is(set.UpgradePolicy.UseRollingPolicy, true) {
			p.Reportf(batch, "the batch is %d%%; automatic OS upgrade replaces at most 20%% at a time", n).
				Severity(diag.Info).Cite(guidance.AutomaticOSUpgradeBatch).Detailf("Lower maxBatchInstancePercent to 20.")
		}
	}
}
