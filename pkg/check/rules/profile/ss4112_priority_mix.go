package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4112_priority_mix.md
var priorityMixPage string

// priorityMix reports mixes of Spot and regular instances that cannot be.
var priorityMix = &lint.Rule{
	Code: "SS4112", Name: "priority-mix", Severity: diag.Error, Since: "0.1", Page: &priorityMixPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the priority is not Spot"}},
	Guidance: []guidance.ID{guidance.PriorityMix, guidance.SpotOnly}, Run: checkPriorityMix,
}

func checkPriorityMix(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if set.PriorityMix.State != vmss.Known {
			continue
		}
		if flexible, ok := set.Flexible(); ok && !flexible {
			p.Reportf(set.PriorityMix, "priorityMixPolicy needs Flexible orchestration, not Uniform").
				Detailf("Set orchestrationMode to Flexible, or use a scale set for each priority.")
		}
		if priority, ok := set.Priority.Or("Regular"); ok && !strings.EqualFold(priority, "Spot") {
			p.Reportf(set.PriorityMix, "priorityMixPolicy needs priority Spot, not %s", priority).Severity(diag.Warning).
				Detailf("Set priority to Spot: the policy says how many of the Spot instances are regular ones instead.")
		}
		percent := set.PriorityMix.Node.Get("regularPriorityPercentageAboveBase")
		if n, ok := percent.Int(); ok && (n < 0 || n > 100) {
			p.Reportf(percent, "regularPriorityPercentageAboveBase is %d; the range is 0 to 100", n)
		}
	}
}
