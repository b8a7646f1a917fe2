package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3206_role_client_id.md
var roleClientIDPage string

// roleClientID reports a role that is assigned to the client id or the resource
// id of an identity.
var roleClientID = &lint.Rule{
	Code: "SS3206", Name: "role-client-id", Severity: diag.Warning, Since: "0.2", Page: &roleClientIDPage,
	Also: []diag.Level{{Severity: diag.Error, When: "it is the id of a resource"}},
	Link: "https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template",
	Run:  checkRoleClientID,
}

// clientID matches the end of an expression that reads the client id of a resource.
var clientID = lazy.Regexp{Text: `(?i)^reference\(.*\)(\.\w+)*\.clientId$`}

func checkRoleClientID(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.OfType("Microsoft.Authorization/roleAssignments") {
		at := r.Body.Get("properties", "principalId")
		if id, ok := at.Text(); ok && strings.HasPrefix(id, "/") && seen.first(at) {
			p.Reportf(at, "the role is assigned to a resource id, which is not the id of a principal").Severity(diag.Error).
				Detailf("Azure rejects a principalId that is not a GUID. Use the principalId of the identity: reference(...).principalId.")
			continue
		}
		unknown, ok := valueOf(at).(value.Unknown)
		if !ok || unknown.Secret || !clientID.Get().MatchString(unknown.Residual) || !seen.first(at) {
			continue
		}
		p.Reportf(at, "the role is assigned to a client id, which is not the id of a principal").
			Detailf("Azure answers PrincipalNotFound; with principalType set, no one gets the role. Use principalId instead of clientId.")
	}
}
