package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7060_one_health_source.md
var oneHealthSourcePage string

// oneHealthSource reports a set with two sources of health.
var oneHealthSource = &lint.Rule{
	Code: "SS7060", Name: "one-health-source", Severity: diag.Error, Since: "0.1", Page: &oneHealthSourcePage,
	Guidance: []guidance.ID{guidance.OneHealthSource},
	Run:      checkOneHealthSource,
}

func checkOneHealthSource(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		extension, ok := set.HealthExtension()
		if !ok || !extension.Kind.IsSet() || !set.Network.HealthProbe.ID.IsSet() {
			continue
		}
		p.Reportf(set.Network.HealthProbe, "the scale set has two health sources: a load balancer probe and the health extension").
			// rejected: https://github.com/MicrosoftDocs/azure-docs/issues/114432
			Cite(guidance.OneHealthSource).Detailf("Remove healthProbe, or the extension.").
			Relatedf(extension.Kind, "the health extension")
	}
}
