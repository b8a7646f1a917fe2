package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7011_service_fabric_set.md
var serviceFabricSetPage string

// serviceFabricSet reports a node type of Service Fabric whose set is not as Service Fabric needs it.
var serviceFabricSet = &lint.Rule{
	Code: "SS7011", Name: "service-fabric-set", Severity: diag.Error, Since: "0.1", Page: &serviceFabricSetPage,
	Also:     []diag.Level{{Severity: diag.Warning, When: "overprovision is not set"}},
	Guidance: []guidance.ID{guidance.ServiceFabricOverprovision, guidance.UpgradeAutomatic},
	Run:      checkServiceFabricSet,
}

func checkServiceFabricSet(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if !set.ServiceFabric() || set.Era == guidance.Preview {
			continue
		}
		if vmss.Is(set.Overprovision, true) {
			p.Reportf(set.Overprovision, "the Service Fabric extension rejects overprovisioning, which is on").
				Cite(guidance.ServiceFabricOverprovision).Detailf("Set overprovision to false.").
				Write("turn overprovisioning off", set.Overprovision, "false")
		}
		if set.Overprovision.Absent() && set.Properties.Known() {
			p.Reportf(set.ScaleSet, "the Service Fabric extension rejects overprovisioning, which is on by default").
				Severity(diag.Warning).Cite(guidance.ServiceFabricOverprovision).Detailf("Add overprovision: false.")
		}
	}
}
