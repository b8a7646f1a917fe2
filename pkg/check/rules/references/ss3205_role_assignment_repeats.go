package references

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/arm/value"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3205_role_assignment_repeats.md
var roleAssignmentRepeatsPage string

// roleAssignmentRepeats reports two assignments of one role to one principal at
// one scope under different names.
var roleAssignmentRepeats = &lint.Rule{
	Code: "SS3205", Name: "role-assignment-repeats", Severity: diag.Error, Since: "0.2", Page: &roleAssignmentRepeatsPage,
	Link: "https://learn.microsoft.com/azure/role-based-access-control/troubleshooting",
	Run:  checkRoleAssignmentRepeats,
}

func checkRoleAssignmentRepeats(p *lint.Pass) {
	first := map[string]*expand.Resource{}
	for _, r := range p.Deployment.OfType("Microsoft.Authorization/roleAssignments") {
		key, ok := assignmentKey(p, r)
		if !ok || r.Conditional {
			continue
		}
		other, repeats := first[key]
		if !repeats {
			first[key] = r
			continue
		}
		mine, _ := r.Body.Get("id").Text()
		its, _ := other.Body.Get("id").Text()
		if strings.EqualFold(mine, its) {
			continue // one assignment written twice, which other rules are about
		}
		p.Reportf(r.Body.Get("properties", "roleDefinitionId"), "the same role is assigned to the same principal twice").
			Relatedf(other.Body.Get("properties", "roleDefinitionId"), "the other assignment").
			Detailf("Azure returns RoleAssignmentExists for the second assignment. Remove it, or assign another role.")
	}
}

// assignmentKey is the scope, the role and the principal of an assignment. A
// principal that only the deployment knows is compared by its expression.
func assignmentKey(p *lint.Pass, r *expand.Resource) (key string, ok bool) {
	id, ok := r.Body.Get("id").Text()
	if !ok {
		return "", false
	}
	scope, _, ok := strings.Cut(strings.ToLower(id), "/providers/microsoft.authorization/roleassignments/")
	if !ok {
		return "", false
	}
	ref, is := typeOf(p, r.Body.Get("properties", "roleDefinitionId"))
	role := ref.Path().Name()
	if !strings.EqualFold(is, "Microsoft.Authorization/roleDefinitions") || strings.ContainsAny(role, "{}") {
		return "", false
	}
	principal := r.Body.Get("properties", "principalId")
	who := ""
	switch v := valueOf(principal).(type) {
	case value.String:
		if !p.Assumed(string(v)) {
			who = string(v)
		}
	case value.Unknown:
		if !v.Secret {
			who = v.Residual
		}
	}
	if who == "" || principal.NeedsValue() {
		return "", false
	}
	return strings.ToLower(scope + "|" + role + "|" + who), true
}

func valueOf(n *expand.Node) value.Value {
	if n == nil {
		return nil
	}
	return n.Value
}
