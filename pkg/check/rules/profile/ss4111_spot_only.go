package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4111_spot_only.md
var spotOnlyPage string

// spotOnly reports what goes with Spot priority only, in sets of another.
var spotOnly = &lint.Rule{
	Code: "SS4111", Name: "spot-only", Severity: diag.Error, Since: "0.1", Page: &spotOnlyPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the setting is maxPrice"}},
	Guidance: []guidance.ID{guidance.SpotOnly}, Run: checkSpotOnly,
}

func checkSpotOnly(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		priority, ok := set.Priority.Or("Regular")
		if !ok || strings.EqualFold(priority, "Spot") || strings.EqualFold(priority, "Low") || set.PriorityMix.IsSet() {
			continue
		}
		if policy, ok := set.EvictionPolicy.Known(); ok {
			p.Reportf(set.EvictionPolicy, "evictionPolicy %s needs priority Spot, not %s", policy, priority).
				Relatedf(given(set.Priority), "priority").
				Detailf("Set priority to Spot, or remove evictionPolicy; use null() where a condition decides.").
				Remove("remove evictionPolicy", set.EvictionPolicy)
		}
		if set.MaxPrice.State == vmss.Known {
			p.Reportf(set.MaxPrice, "billingProfile.maxPrice needs priority Spot, not %s", priority).
				Severity(diag.Warning). // what Azure does with it is not recorded
				Relatedf(given(set.Priority), "priority").
				Detailf("Set priority to Spot, or remove maxPrice.").
				Remove("remove maxPrice", set.MaxPrice)
		}
	}
}

// given is the place of a field that is written; an absent one has none.
func given[T any](f vmss.Field[T]) lint.Placer { return f.Node }
