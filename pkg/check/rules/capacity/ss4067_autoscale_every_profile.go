package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4067_autoscale_every_profile.md
var autoscaleEveryProfilePage string

// autoscaleEveryProfile reports a profile with room to scale that lacks the
// rules which another profile of the setting has: only one applies at a time.
var autoscaleEveryProfile = &lint.Rule{
	Code: "SS4067", Name: "autoscale-every-profile", Severity: diag.Warning, Since: "0.1", Page: &autoscaleEveryProfilePage,
	Guidance: []guidance.ID{guidance.AutoscaleEveryProfile},
	Run:      checkAutoscaleEveryProfile,
}

func checkAutoscaleEveryProfile(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		if !live(s) {
			continue
		}
		all := profilesOf(s)
		var model profile
		for _, profile := range all {
			if len(profile.Rules.Items) > len(model.Rules.Items) {
				model = profile
			}
		}
		for _, profile := range all {
			n, ok := profile.Rules.Count()
			room, known := profile.room()
			if !ok || n > 0 || !known || !room || len(model.Rules.Items) == 0 {
				continue
			}
			p.Reportf(profile.Rules, "%s has no rules, so nothing scales while it applies, unlike in %s", profile.label, model.label).
				Relatedf(model.Rules, "rules of %s", model.label).
				Detailf("Repeat the rules in it, or set its minimum and maximum to the same number.")
		}
	}
}
