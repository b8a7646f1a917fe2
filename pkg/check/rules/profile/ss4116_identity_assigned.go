package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4116_identity_assigned.md
var identityAssignedPage string

// identityAssigned reports identities whose type and list do not fit.
var identityAssigned = &lint.Rule{
	Code: "SS4116", Name: "identity-assigned", Severity: diag.Warning, Since: "0.1", Page: &identityAssignedPage,
	Also:     []diag.Level{{Severity: diag.Error, When: "the type includes UserAssigned and no identity is listed"}},
	Guidance: []guidance.ID{guidance.IdentityAssigned}, Run: checkIdentityAssigned,
}

func checkIdentityAssigned(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		kind, ok := set.Identity.Type.Known()
		if !ok {
			continue
		}
		ids := set.Body.Get("identity", "userAssignedIdentities")
		if ids == nil {
			ids = set.Body.Get("identity", "identityIds") // of API version 2017-12-01
		}
		n, known := members(ids)
		assigned := strings.Contains(strings.ToLower(kind), "userassigned")
		switch {
		case !known:
		case assigned && n == 0:
			p.Reportf(set.Identity.Type, "the identity type is %s, but no identity is listed", kind).
				Severity(diag.Error). // rejected: https://github.com/hashicorp/terraform-provider-azurerm/issues/3801
				Detailf("Add the ids of the identities as keys of userAssignedIdentities.")
		case !assigned && n > 0:
			p.Reportf(set.Identity.Type, "userAssignedIdentities has %s, but the identity type is %s", lint.Count(n, "member"), kind).
				Detailf("Use type UserAssigned, or SystemAssigned, UserAssigned.")
		}
	}
}

// members are how many members an object or array has; known is false when that
// is only known at the deployment.
func members(n *expand.Node) (count int, known bool) {
	if n == nil {
		return 0, true
	}
	switch v := n.Value.(type) {
	case value.Null:
		return 0, true
	case *value.Object:
		return v.Len(), true
	case value.Array:
		return len(v), true
	}
	return 0, false
}
