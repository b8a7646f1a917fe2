package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7010_flexible_api_version.md
var flexibleAPIVersionPage string

// flexibleAPIVersion reports Flexible orchestration in an API version before the first that supports it.
var flexibleAPIVersion = &lint.Rule{
	Code: "SS7010", Name: "flexible-api-version", Severity: diag.Warning, Since: "0.1", Page: &flexibleAPIVersionPage,
	Guidance: []guidance.ID{guidance.FlexibleMinimumAPI},
	Run:      checkFlexibleAPIVersion,
}

func checkFlexibleAPIVersion(p *lint.Pass) {
	const first = "2021-03-01"
	for _, set := range p.ScaleSets {
		if flexible, ok := set.Flexible(); ok && flexible && set.APIVersion != "" && !guidance.AtLeast(set.APIVersion, first) {
			p.Reportf(set.OrchestrationMode, "Flexible orchestration needs API version %[2]s or later, not %[1]s", set.APIVersion, first).
				Cite(guidance.FlexibleMinimumAPI).Detailf("Use API version %s or later.", first)
		}
	}
}
