package capacity

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4068_autoscale_within_bounds.md
var autoscaleWithinPage string

// autoscaleWithin reports a capacity outside of the bounds of every profile:
// the first run of autoscale moves it.
var autoscaleWithin = &lint.Rule{
	Code: "SS4068", Name: "autoscale-within-bounds", Severity: diag.Info, Since: "0.1", Page: &autoscaleWithinPage,
	Guidance: []guidance.ID{guidance.AutoscaleWithinBounds},
	Run:      checkAutoscaleWithin,
}

func checkAutoscaleWithin(p *lint.Pass) {
	for _, set := range p.AllScaleSets {
		n, ok := set.Capacity.Known()
		for _, setting := range set.Autoscale {
			if low, high, known := widest(setting); ok && known && vmss.Is(setting.Enabled, true) && (n < low || n > high) {
				reportOutside(p, set, setting, low, high)
			}
		}
	}
}

func reportOutside(p *lint.Pass, set lint.ScaleSet, setting *vmss.AutoscaleSetting, low, high int) {
	n, _ := set.Capacity.Known()
	to := min(max(n, low), high)
	p.Reportf(set.Capacity, "capacity %d is outside the autoscale bounds %d to %d; autoscale changes it to %d at once", n, low, high, to).
		Relatedf(setting.Profiles, "profiles of %s", setting.Resource.Name).
		Detailf("Use a capacity within the bounds.")
}

// widest are the lowest minimum and the highest maximum of the profiles; ok is
// false when a bound is not known, or they make no sense (SS4055).
func widest(s *vmss.AutoscaleSetting) (low, high int, ok bool) {
	for i, p := range s.Profiles.Items {
		least, ok1 := p.Minimum.Known()
		most, ok2 := p.Maximum.Known()
		if !ok1 || !ok2 || least > most {
			return 0, 0, false
		}
		if i == 0 {
			low, high = least, most
		}
		low, high = min(low, least), max(high, most)
	}
	return low, high, len(s.Profiles.Items) > 0
}
