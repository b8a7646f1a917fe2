package availability

import (
	_ "embed"

	"time"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7063_external_health_policy.md
var externalHealthPolicyPage string

// externalHealthPolicyRule reports durations of an external health policy that are out of range.
var externalHealthPolicyRule = &lint.Rule{
	Code: "SS7063", Name: "external-health-policy", Severity: diag.Warning, Since: "0.1", Page: &externalHealthPolicyPage,
	Guidance: []guidance.ID{guidance.ExternalHealth},
	Run:      checkExternalHealthPolicy,
}

func checkExternalHealthPolicy(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		policy := set.Properties.Get("externalHealthPolicy")
		for _, f := range []struct {
			name        string
			least, most time.Duration
			words       string
		}{
			{"expiryDuration", 5 * time.Minute, 3 * time.Hour, "PT5M to PT3H"},
			{"gracePeriod", 5 * time.Minute, 4 * time.Hour, "PT5M to PT4H"},
		} {
			at := policy.Get(f.name)
			if text, ok := at.Text(); ok && !within(text, f.least, f.most) {
				p.Reportf(at, "%s is %q; the range is %s", f.name, text, f.words).
					Cite(guidance.ExternalHealth).Detailf("Use an ISO 8601 duration in this range.")
			}
		}
	}
}
