package availability

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7004_max_spreading_placement_group.md
var maxSpreadingPlacementGroupPage string

// maxSpreadingPlacementGroup reports maximum spreading inside a single placement
// group. A rejection is reported (https://github.com/Azure/azure-cli/issues/5920),
// and a published test deploys the pair
// (https://github.com/Azure/ResourceModules, Microsoft.Compute/virtualMachineScaleSets,
// linux/deploy.test.json), so it is not an error.
var maxSpreadingPlacementGroup = &lint.Rule{
	Code: "SS7004", Name: "max-spreading-placement-group", Severity: diag.Warning, Since: "0.1", Page: &maxSpreadingPlacementGroupPage,
	Guidance: []guidance.ID{guidance.MaxSpreading},
	Run:      checkMaxSpreadingPlacementGroup,
}

func checkMaxSpreadingPlacementGroup(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		one, ok := set.SinglePlacementGroup.Known()
		if ok && one && vmss.Is(set.FaultDomains, 1) {
			p.Reportf(set.SinglePlacementGroup, "maximum spreading (platformFaultDomainCount 1) needs singlePlacementGroup false").
				Cite(guidance.MaxSpreading).Detailf("Set singlePlacementGroup to false, or choose another number of fault domains.").
				Choice("set singlePlacementGroup to false", lint.Replace(set.SinglePlacementGroup, "false"))
		}
	}
}
