package envelope

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/azure/types"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3025_deployment_scope.md
var deploymentScopePage string

// deploymentScope reports resources that cannot be deployed at the scope of
// their template.
var deploymentScope = &lint.Rule{
	Code: "SS3025", Name: "deployment-scope", Severity: diag.Error, Since: "0.2", Page: &deploymentScopePage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-subscription",
	Run:  checkDeploymentScope,
}

var scopes = [...]struct {
	scope types.Scope
	name  string
}{
	arm.ResourceGroup:   {types.ResourceGroup, "a resource group"},
	arm.Subscription:    {types.Subscription, "a subscription"},
	arm.ManagementGroup: {types.ManagementGroup, "a management group"},
	arm.Tenant:          {types.Tenant, "the tenant"},
}

func checkDeploymentScope(p *lint.Pass) {
	seen := once{}
	for _, r := range p.Deployment.Expanded.Resources {
		// The resources of nested deployments go where those are sent.
		if len(r.Nested) > 0 || r.Source == nil || r.Source.Scope != nil || r.Source.Existing || r.Source.Extension != nil {
			continue
		}
		t, ok := types.Find(r.Type)
		at := scopes[p.Deployment.Expanded.Template.Scope]
		if !ok || t.ReadOnly || t.At(at.scope) || is(r.Type, arm.DeploymentType) {
			continue
		}
		if place := r.Body.Get("type"); seen.first(place) {
			p.Reportf(place, "%s cannot be deployed to %s", t.Name, at.name).
				Detailf("It can be deployed to %s. %s", scopeNames(t), remedy(t))
		}
	}
}

// scopeNames lists the scopes that a type can be deployed to.
func scopeNames(t types.Type) string {
	var names []string
	for _, s := range []arm.Scope{arm.ResourceGroup, arm.Subscription, arm.ManagementGroup, arm.Tenant} {
		if t.At(scopes[s].scope) {
			names = append(names, scopes[s].name)
		}
	}
	return strings.Join(names, " or ")
}

func remedy(t types.Type) string {
	if t.At(types.ResourceGroup) {
		return "Move it to a nested deployment with resourceGroup."
	}
	return "Move it to a nested deployment at that scope, or to a separate template."
}
