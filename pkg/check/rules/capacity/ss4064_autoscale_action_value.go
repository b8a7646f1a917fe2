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

//go:embed ss4064_autoscale_action_value.md
var autoscaleValuePage string

// autoscaleValue reports the value of an action that is not a count, is below 1,
// or is an exact count that the bounds of the profile do not allow.
var autoscaleValue = &lint.Rule{
	Code: "SS4064", Name: "autoscale-action-value", Severity: diag.Error, Since: "0.1", Page: &autoscaleValuePage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "the count is outside the bounds of the profile"}},
	Guidance: []guidance.ID{guidance.AutoscaleActionValue},
	Run:      checkAutoscaleValue,
}

func checkAutoscaleValue(p *lint.Pass) {
	for _, s := range settingsOf(p) {
		for _, profile := range profilesOf(s) {
			for _, r := range profile.Rules.Items {
				n, ok := actionValue(p, r)
				kind, known := r.ActionType.Known()
				switch {
				case !ok || !known:
				case strings.EqualFold(kind, "ExactCount"):
					checkExactCount(p, profile, r, n)
				case strings.EqualFold(kind, "ChangeCount"):
					checkStep(p, profile, r, n)
				}
			}
		}
	}
}

// actionValue reads the value of an action, a string or a number that the
// service takes for one.
func actionValue(p *lint.Pass, r vmss.AutoscaleRule) (n int, ok bool) {
	at := r.ActionValue.Node
	text, isText := at.Text()
	big, ok := at.Int()
	switch {
	case at == nil || !ok && !isText:
		return 0, false
	case !ok:
		p.Reportf(at, "the value of the action is %q, which is not a whole number", text).Detailf(`Give a number as a string, such as "1".`)
		return 0, false
	case big < 1:
		p.Reportf(at, "the value of the action is %s; it must be 1 or more", strconv.FormatInt(big, 10)).Detailf("Use 1 or more; the direction decides whether instances are added or removed.")
		return 0, false
	}
	return int(min(big, 1<<30)), true
}

// checkStep reports a step that leads from one bound past the other, which is
// rejected: https://github.com/Azure/azure-sdk-for-net/issues/43948
func checkStep(p *lint.Pass, profile profile, r vmss.AutoscaleRule, n int) {
	low, ok1 := profile.Minimum.Known()
	high, ok2 := profile.Maximum.Known()
	if !ok1 || !ok2 || low >= high || n <= high-low {
		return
	}
	p.Reportf(r.ActionValue, "the rule changes the count by %d, but %s has a minimum of %d and a maximum of %d", n, profile.label, low, high).
		Relatedf(profile.Maximum, "the maximum").
		Detailf("Lower the value to %d or less, the difference of the two, or widen the bounds.", high-low)
}

func checkExactCount(p *lint.Pass, profile profile, r vmss.AutoscaleRule, n int) {
	low, ok1 := profile.Minimum.Known()
	high, ok2 := profile.Maximum.Known()
	if !ok1 || !ok2 || n >= low && n <= high {
		return
	}
	p.Reportf(r.ActionValue, "the rule sets %d instances, outside the bounds %d to %d of %s", n, low, high, profile.label).
		Severity(diag.Warning).
		Relatedf(profile.Maximum, "the bounds").
		Detailf("Use a count within the bounds, or change them: scaling stops at the bound.")
}
