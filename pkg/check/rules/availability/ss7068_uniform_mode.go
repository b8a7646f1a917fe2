package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7068_uniform_mode.md
var uniformModePage string

// uniformMode reports a set in Uniform orchestration.
var uniformMode = &lint.Rule{
	Code: "SS7068", Name: "uniform-mode", Severity: diag.Info, Since: "0.1", Page: &uniformModePage, OffByDefault: true,
	Peers:    []string{"e7495e1c-0c75-0946-b266-b429b5c7f3bf"},
	Guidance: []guidance.ID{guidance.FlexibleMode},
	Run:      checkUniformMode,
}

func checkUniformMode(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		flexible, ok := set.Flexible()
		if ok && !flexible && guidance.AtLeast(set.APIVersion, "2021-03-01") && !set.MayBeServiceFabric() {
			p.Reportf(set.ScaleSet, "orchestration is Uniform; the Azure Proactive Resiliency Library recommends Flexible").
				Cite(guidance.FlexibleMode).Detailf("Consider Flexible for new scale sets: the mode cannot change later. Flexible scale sets have no inbound NAT pools, overprovisioning or update domains.")
		}
	}
}
