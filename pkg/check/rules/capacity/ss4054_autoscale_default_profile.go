package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4054_autoscale_default_profile.md
var autoscaleDefaultProfilePage string

// autoscaleDefaultProfile reports a setting that has no profile for the time
// outside of dates and schedules, or several, and a profile with both.
var autoscaleDefaultProfile = &lint.Rule{
	Code: "SS4054", Name: "autoscale-default-profile", Severity: diag.Warning, Since: "0.1", Page: &autoscaleDefaultProfilePage,
	Guidance: []guidance.ID{guidance.AutoscaleOneDefault},
	Run:      checkAutoscaleDefaultProfile,
}

func checkAutoscaleDefaultProfile(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		var always []profile
		certain := true
		for _, profile := range profilesOf(s) {
			switch {
			case profile.State != vmss.Known:
				certain = false
			case profile.FixedDate.IsSet() && profile.Recurrence.IsSet():
				p.Reportf(profile.FixedDate, "%s has both a fixedDate and a recurrence; only one is allowed", profile.label).
					Relatedf(profile.Recurrence, "the recurrence").
					Detailf("Keep one of them, or use two profiles.")
			case profile.alwaysOn():
				always = append(always, profile)
			case profile.ends() != "", profile.Name.State == vmss.Unknown:
				certain = false // the portal's default profile has a recurrence of its own, and a name that says so
			}
		}
		reportDefault(p, s, always, certain)
	}
}

func reportDefault(p *lint.Pass, s *vmss.AutoscaleSetting, always []profile, certain bool) {
	switch {
	case len(always) > 1:
		p.Reportf(always[1].Place(), "%s has neither fixedDate nor recurrence, but %s is already the default", always[1].label, always[0].label).
			Relatedf(always[0].Place(), "default %s", always[0].label).
			Detailf("Add a fixedDate or recurrence to all profiles but one.")
	case len(always) == 0 && certain && len(s.Profiles.Items) > 0:
		p.Reportf(s.Profiles, "the setting has no default profile, so nothing applies outside its dates and schedules").
			Detailf("Add a profile without fixedDate and recurrence.")
	}
}
