package availability

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7057_upgrade_mode_automatic.md
var upgradeModeAutomaticPage string

// upgradeModeAutomatic reports upgrade mode Automatic, which may update all instances at once.
var upgradeModeAutomatic = &lint.Rule{
	Code: "SS7057", Name: "upgrade-mode-automatic", Severity: diag.Info, Since: "0.1", Page: &upgradeModeAutomaticPage, OffByDefault: true,
	Guidance: []guidance.ID{guidance.UpgradeAutomatic},
	Run:      checkUpgradeModeAutomatic,
}

func checkUpgradeModeAutomatic(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		mode, ok := set.UpgradePolicy.Mode.Known()
		if ok && strings.EqualFold(mode, "Automatic") && !set.MayBeServiceFabric() {
			p.Reportf(set.UpgradePolicy.Mode, "mode Automatic can update all instances at once, in any order").
				Cite(guidance.UpgradeAutomatic).Detailf("Use Rolling with a health source, or Manual, if the application must stay available.")
		}
	}
}
