package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
)

//go:embed ss4117_flexible_identity.md
var flexibleIdentityPage string

// FlexibleIdentity reports Flexible sets with an identity of the system.
var FlexibleIdentity = &lint.Rule{
	Code: "SS4117", Name: "flexible-identity", Severity: diag.Warning, Since: "0.1", Doc: flexibleIdentityPage,
	Guidance: []guidance.ID{guidance.FlexibleIdentity}, Run: checkFlexibleIdentity,
}

func checkFlexibleIdentity(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		kind, ok := set.Identity.Type.Known()
		if flexible, known := set.Flexible(); !ok || !known || !flexible || !strings.Contains(strings.ToLower(kind), "systemassigned") {
			continue
		}
		p.Reportf(set.Identity.Type, "the identity of a Flexible set is %s, it can only be UserAssigned", kind).
			Relatedf(set.OrchestrationMode, "orchestrationMode").
			Detailf("Make an identity (Microsoft.ManagedIdentity/userAssignedIdentities) and assign that.")
	}
}
