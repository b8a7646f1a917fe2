package references

import (
	_ "embed"
	"regexp"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3202_role_definition_id.md
var roleDefinitionIDPage string

// roleDefinitionID reports role definitions that are not named by their GUID.
var roleDefinitionID = &lint.Rule{
	Code: "SS3202", Name: "role-definition-id", Severity: diag.Error, Since: "0.2", Page: &roleDefinitionIDPage,
	Link: "https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template",
	Run:  checkRoleDefinitionID,
}

var guid = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
}}

// bareGUID matches a GUID without hyphens, which the templates of Azure Local
// have for a role.
var bareGUID = lazy.Value[*regexp.Regexp]{Of: func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-fA-F]{32}$`) }}

func checkRoleDefinitionID(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.OfType("Microsoft.Authorization/roleAssignments") {
		at := r.Body.Get("properties", "roleDefinitionId")
		ref, is := typeOf(p, at)
		if !strings.EqualFold(is, "Microsoft.Authorization/roleDefinitions") {
			continue
		}
		name := ref.Path().Name()
		if strings.ContainsAny(name, "{}") || guid.Get().MatchString(name) || bareGUID.Get().MatchString(name) || p.Assumed(name) || !seen.first(at) {
			continue
		}
		p.Reportf(at, "the role definition is %s, which is not a GUID", quote(name)).
			Detailf("Use the GUID of the role, which az role definition list --name %s shows.", quote(name))
	}
}
