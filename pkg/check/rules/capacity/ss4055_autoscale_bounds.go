package capacity

import (
	_ "embed"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4055_autoscale_bounds.md
var autoscaleBoundsPage string

// autoscaleBounds reports bounds of a profile that cannot be: no numbers, below
// 0, a minimum above the maximum, a default outside of both.
var autoscaleBounds = &lint.Rule{
	Code: "SS4055", Name: "autoscale-bounds", Severity: diag.Error, Since: "0.1", Page: &autoscaleBoundsPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the text is not a whole number, and may be a placeholder"}},
	Guidance: []guidance.ID{guidance.AutoscaleCapacityStrings, guidance.AutoscaleDefaultUse},
	Run:      checkAutoscaleBounds,
}

func checkAutoscaleBounds(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		for _, profile := range profilesOf(s) {
			checkBound(p, profile, "minimum", profile.Minimum)
			checkBound(p, profile, "maximum", profile.Maximum)
			checkBound(p, profile, "default", profile.Default)
			checkOrder(p, profile)
		}
	}
}

// checkBound reports a bound that is certainly no count of instances.
func checkBound(p *lint.Pass, profile profile, name string, bound vmss.Field[int]) {
	if n, ok := bound.Known(); ok && n < 0 {
		p.Reportf(bound, "the %s of %s is %d; it must be 0 or more", name, profile.label, n).Detailf("Use a number of instances.")
		return
	}
	text, ok := bound.Node.Text()
	if _, err := strconv.Atoi(strings.TrimSpace(text)); ok && err != nil && bound.State == vmss.Unknown {
		p.Reportf(bound, "the %s of %s is %q, which is not a whole number", name, profile.label, text).
			Severity(diag.Warning). // often a placeholder that a pipeline replaces
			Detailf(`Give a number of instances as a string, such as "2".`)
	}
}

func checkOrder(p *lint.Pass, profile profile) {
	low, ok1 := profile.Minimum.Known()
	high, ok2 := profile.Maximum.Known()
	safe, ok3 := profile.Default.Known()
	switch {
	case ok1 && ok2 && low > high:
		p.Reportf(profile.Minimum, "the minimum of %s, %d, exceeds its maximum, %d", profile.label, low, high).
			Relatedf(profile.Maximum, "the maximum").
			Detailf("Swap them, or raise the maximum.")
	case ok1 && ok3 && safe < low:
		reportDefaultBound(p, profile, safe, "below its minimum", low)
	case ok2 && ok3 && safe > high:
		reportDefaultBound(p, profile, safe, "above its maximum", high)
	}
}

// Autoscale rejects a default outside of the bounds.
// https://github.com/microsoft/onefuzz/issues/2249
func reportDefaultBound(p *lint.Pass, profile profile, safe int, where string, bound int) {
	p.Reportf(profile.Default, "the default of %s, %d, is %s, %d", profile.label, safe, where, bound).
		Cite(guidance.AutoscaleDefaultUse).
		Detailf("Use a number between minimum and maximum that is safe when metrics are not available.")
}
