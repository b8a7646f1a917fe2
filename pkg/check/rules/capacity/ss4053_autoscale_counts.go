package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4053_autoscale_counts.md
var autoscaleCountsPage string

// autoscaleCounts reports settings with no profile or too many, and profiles
// with too many rules.
var autoscaleCounts = &lint.Rule{
	Code: "SS4053", Name: "autoscale-counts", Severity: diag.Error, Since: "0.1", Page: &autoscaleCountsPage,
	Guidance: []guidance.ID{guidance.AutoscaleProfilesMax, guidance.AutoscaleRulesMax},
	Run:      checkAutoscaleCounts,
}

func checkAutoscaleCounts(p *lint.Pass) {
	profilesMax, rulesMax := guidance.Get(guidance.AutoscaleProfilesMax).Limit, guidance.Get(guidance.AutoscaleRulesMax).Limit
	for _, s := range settingsOf(p) {
		n, ok := s.Profiles.Count()
		switch {
		case !ok || s.Profiles.Absent(): // the schema requires them
		case n == 0:
			p.Reportf(s.Profiles, "the setting has no profile; it needs 1 to %d", profilesMax).
				Detailf("Add a profile with a minimum, a maximum and rules.")
		case n > profilesMax:
			p.Reportf(s.Profiles, "the setting has %d profiles; the limit is %d", n, profilesMax).
				Detailf("Combine profiles: a recurrence can have several days and hours.")
		}
		for _, profile := range profilesOf(s) {
			if n, ok := profile.Rules.Count(); ok && n > rulesMax {
				p.Reportf(profile.Rules, "%s has %d rules; the limit is %d", profile.label, n, rulesMax).
					Cite(guidance.AutoscaleRulesMax).
					Detailf("Keep one pair of rules for each metric.")
			}
		}
	}
}
