package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/roles"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3204_role_definition_unknown.md
var roleDefinitionUnknownPage string

// roleDefinitionUnknown reports GUIDs that are not those of a built-in role. A
// custom role of the tenant can have the GUID, so this is a warning.
var roleDefinitionUnknown = &lint.Rule{
	Code: "SS3204", Name: "role-definition-unknown", Severity: diag.Warning, Since: "0.2", Page: &roleDefinitionUnknownPage,
	Link: "https://learn.microsoft.com/azure/role-based-access-control/built-in-roles",
	Run:  checkRoleDefinitionUnknown,
}

func checkRoleDefinitionUnknown(p *lint.Pass) {
	if len(p.Deployment.OfType("Microsoft.Authorization/roleDefinitions")) > 0 {
		return // custom roles are made here, and what they are called may not be known
	}
	seen := once{}
	for _, r := range p.Deployment.OfType("Microsoft.Authorization/roleAssignments") {
		at := r.Body.Get("properties", "roleDefinitionId")
		ref, is := typeOf(p, at)
		if !strings.EqualFold(is, "Microsoft.Authorization/roleDefinitions") || at.NeedsValue() {
			continue
		}
		name := ref.Path().Name()
		if _, known := roles.Name(name); known || !guid.Get().MatchString(name) || p.Assumed(name) || madeUpGUID(name) || !seen.first(at) {
			continue
		}
		f := p.Reportf(at, "no built-in role has the GUID %s", name)
		if near, role, ok := roles.Near(name); ok {
			f.Detailf("Did you mean %s (%s)? If it is a custom role, suppress the finding. The list of built-in roles dates from %s.", near, role, roles.AsOf)
			continue
		}
		f.Detailf("Check the GUID with az role definition list --query \"[?roleName=='Reader'].name\", unless it is a custom role of your tenant. Azure returns RoleDefinitionDoesNotExist for an unknown one. The list of built-in roles dates from %s.", roles.AsOf)
	}
}

// madeUpGUID reports a GUID of repeated digits, such as those of examples.
func madeUpGUID(guid string) bool {
	digits := map[rune]bool{}
	for _, r := range guid {
		if r != '-' {
			digits[r] = true
		}
	}
	return len(digits) <= 6
}
