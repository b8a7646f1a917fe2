package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4066_autoscale_schedule_end.md
var autoscaleScheduleEndPage string

// autoscaleScheduleEnd reports the only recurring profile of a setting: a
// recurrence has no end, so that the default profile never comes back.
var autoscaleScheduleEnd = &lint.Rule{
	Code: "SS4066", Name: "autoscale-schedule-end", Severity: diag.Warning, Since: "0.1", Page: &autoscaleScheduleEndPage,
	Guidance: []guidance.ID{guidance.AutoscaleRecurrence},
	Run:      checkAutoscaleScheduleEnd,
}

func checkAutoscaleScheduleEnd(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		if !live(s) {
			continue
		}
		var recurring []profile
		always := ""
		for _, profile := range profilesOf(s) {
			switch {
			case profile.Recurrence.IsSet():
				recurring = append(recurring, profile)
			case profile.alwaysOn():
				always = profile.label
			}
		}
		if len(recurring) == 1 && always != "" {
			p.Reportf(recurring[0].Recurrence, "%s recurs and never ends, so %s does not apply again", recurring[0].label, always).
				Detailf("Add a second recurring profile with the bounds and rules of %s at the time when this one should end: a recurrence runs until the next one begins.", always)
		}
	}
}
