package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3203_identity_id.md
var identityIDPage string

// identityID reports keys of userAssignedIdentities that are not the id of a
// managed identity.
var identityID = &lint.Rule{
	Code: "SS3203", Name: "identity-id", Severity: diag.Error, Since: "0.2", Page: &identityIDPage,
	Link: "https://learn.microsoft.com/azure/templates/microsoft.managedidentity/userassignedidentities",
	Run:  checkIdentityID,
}

const userAssigned = "Microsoft.ManagedIdentity/userAssignedIdentities"

func checkIdentityID(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		list := r.Body.Get("identity", "userAssignedIdentities")
		if list == nil {
			continue
		}
		for _, m := range list.Members {
			if m.Node == nil || strings.HasPrefix(m.Name, "[") || p.Assumed(m.Name) {
				continue
			}
			if !strings.Contains(m.Name, "/") && strings.HasPrefix(strings.ToLower(m.Key.Text()), `"[parameters(`) {
				continue // the parameter may be passed to replace it
			}
			id, ok := vmss.ParseID(m.Name)
			full := ok && strings.HasPrefix(m.Name, "/")
			if full && strings.EqualFold(id.Type, userAssigned) || !seen.first(m.Node) {
				continue
			}
			f := p.Reportf(m.Node, "%s is not the resource id of a managed identity", quote(m.Name))
			if full {
				f.Detailf("Use the id of a resource of type %[2]s; this one is of type %[1]s.", id.Type, userAssigned)
				continue
			}
			f.Detailf("Write the full id as the key: \"[resourceId('%s', 'name')]\".", userAssigned)
		}
	}
}
