package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7051_rolling_policy_range.md
var rollingPolicyRangePage string

// rollingPolicyRange reports numbers of a rolling upgrade policy that Azure rejects.
var rollingPolicyRange = &lint.Rule{
	Code: "SS7051", Name: "rolling-policy-range", Severity: diag.Error, Since: "0.1", Page: &rollingPolicyRangePage,
	Guidance: []guidance.ID{guidance.RollingBatch, guidance.RollingUnhealthy, guidance.RollingUnhealthyUpgraded, guidance.RollingPause},
	Run:      checkRollingPolicyRange,
}

func checkRollingPolicyRange(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		rolling := set.UpgradePolicy.Rolling
		for _, f := range []struct {
			name  string
			value vmss.Field[int]
			least int
			id    guidance.ID
		}{
			{"maxBatchInstancePercent", rolling.MaxBatchPercent, 5, guidance.RollingBatch},
			{"maxUnhealthyInstancePercent", rolling.MaxUnhealthyPercent, 5, guidance.RollingUnhealthy},
			{"maxUnhealthyUpgradedInstancePercent", rolling.MaxUnhealthyUpgradedPercent, 0, guidance.RollingUnhealthyUpgraded},
		} {
			if n, ok := f.value.Known(); ok && (n < f.least || n > 100) {
				p.Reportf(f.value, "%s is %d; the range is %d to 100", f.name, n, f.least).
					Cite(f.id).Detailf("Choose a percentage in the range; the default is 20.")
			}
		}
		if text, ok := rolling.Pause.Known(); ok {
			if _, valid := vmss.ParseDuration(text); !valid {
				p.Reportf(rolling.Pause, "pauseTimeBetweenBatches %q is not an ISO 8601 duration, such as PT5M", text).
					Cite(guidance.RollingPause).Detailf("Write minutes as PT5M and seconds as PT30S.")
			}
		}
	}
}
