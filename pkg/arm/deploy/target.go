package deploy

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// targets reports nested deployments to a scope that a template of this scope
// cannot deploy to.
func (u *unit) targets() {
	for _, i := range u.Instances {
		if i.State == expand.Absent || !i.Declared.IsDeployment() || i.Declared.Extension != nil {
			continue
		}
		d := diag.Diagnostic{Code: codeDestination, Rule: ruleOf(codeDestination), Severity: diag.Error}
		switch {
		case u.Target.Scope == arm.ResourceGroup && i.Declared.Location != nil && staysInGroup(i):
			d.Subject = i.Declared.Location.Range()
			d.Related = []diag.Related{{Range: i.Declared.Scope.Range(), Message: "the scope is written here"}}
			d.Summary = "The nested deployment '" + shorten(label(i)) + "' cannot have a location: this `scope` does not lead out of the resource group"
			d.Detail = "For a subscription, use `subscriptionId` instead of `scope`. For a management group, write /providers/Microsoft.Management/managementGroups/NAME."
		case i.Target.Scope == arm.ResourceGroup && u.Target.Scope > arm.Subscription && strings.TrimSpace(i.Target.SubscriptionID) == "":
			d.Subject = i.Declared.At()
			if i.Declared.ResourceGroup != nil {
				d.Subject = i.Declared.ResourceGroup.Range()
			}
			d.Summary = "The nested deployment '" + shorten(label(i)) + "' names a resource group without its subscription"
			d.Detail = "Add `subscriptionId`: a template of a " + scopeWord(u.Target.Scope) + " has no subscription."
		default:
			continue
		}
		u.report(d)
	}
}

// staysInGroup reports whether Azure reads the scope of a nested deployment as
// a scope in the resource group of the template: a subscription, or a
// management group that does not start with a slash.
func staysInGroup(i *expand.Instance) bool {
	if i.Declared.Scope == nil || i.ScopeText == "" {
		return false
	}
	return i.Target.Scope == arm.Subscription || i.Target.Scope == arm.ManagementGroup && !strings.HasPrefix(i.ScopeText, "/")
}

func scopeWord(s arm.Scope) string {
	switch s {
	case arm.Subscription:
		return "subscription"
	case arm.ManagementGroup:
		return "management group"
	case arm.Tenant:
		return "tenant"
	}
	return "resource group"
}
