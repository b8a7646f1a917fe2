package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7066_repairs_service_fabric.md
var repairsServiceFabricPage string

// repairsServiceFabric reports automatic repairs of a node type of Service Fabric.
var repairsServiceFabric = &lint.Rule{
	Code: "SS7066", Name: "repairs-service-fabric", Severity: diag.Warning, Since: "0.1", Page: &repairsServiceFabricPage,
	Guidance: []guidance.ID{guidance.RepairsServiceFabric},
	Run:      checkRepairsServiceFabric,
}

func checkRepairsServiceFabric(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if vmss.Is(set.Repairs.Enabled, true) && set.ServiceFabric() {
			p.Reportf(set.Repairs.Enabled, "automatic repairs are on, but Service Fabric repairs its nodes itself").
				Cite(guidance.RepairsServiceFabric).Detailf("Turn automatic repairs off.").
				Write("turn automatic repairs off", set.Repairs.Enabled, "false")
		}
	}
}
