package availability

import (
	_ "embed"

	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss7009_flexible_lacks.md
var flexibleLacksPage string

// flexibleLacks reports properties that a scale set in Flexible orchestration cannot have.
var flexibleLacks = &lint.Rule{
	Code: "SS7009", Name: "flexible-lacks", Severity: diag.Warning, Since: "0.1", Page: &flexibleLacksPage,
	Also:     []diag.Level{{Severity: diag.Error, When: "the identity is system-assigned"}},
	Guidance: []guidance.ID{guidance.FlexibleLacks, guidance.FlexibleIdentity},
	Run:      checkFlexibleLacks,
}

func checkFlexibleLacks(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		if flexible, ok := set.Flexible(); !ok || !flexible {
			continue
		}
		report := func(at lint.Placer, what, instead string) {
			p.Reportf(at, "a Flexible scale set has no %s", what).Cite(guidance.FlexibleLacks).Detailf("%s", instead)
		}
		if vmss.Is(set.SinglePlacementGroup, true) {
			report(set.SinglePlacementGroup, "single placement group", "Remove singlePlacementGroup, or set it to false.")
		}
		if vmss.Is(set.Overprovision, true) {
			report(set.Overprovision, "overprovisioning", "Remove overprovision, or set it to false.")
		}
		if n, ok := set.Storage.OSDisk.Containers.Count(); ok && n > 0 {
			report(set.Storage.OSDisk.Containers, "unmanaged disks", "Use managedDisk instead of vhdContainers.")
		}
		if set.Network.HealthProbe.ID.IsSet() {
			report(set.Network.HealthProbe, "health by load balancer probe", "Use the application health extension.")
		}
		if set.ServiceFabric() {
			report(set.ScaleSet, "Service Fabric", "Use Uniform orchestration for Service Fabric.")
		}
		if kind, ok := set.Identity.Type.Known(); ok && strings.Contains(strings.ToLower(kind), "systemassigned") {
			p.Reportf(set.Identity.Type, "a Flexible scale set has no system-assigned identity").
				Severity(diag.Error). // documented to be rejected, see guidance.FlexibleIdentity
				Cite(guidance.FlexibleIdentity).Detailf("Use user-assigned identities.")
		}
	}
}
