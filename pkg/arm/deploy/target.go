package deploy

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/syntax/diag"

	"github.com/scaleset/scaleset/pkg/arm/expand"
)

// targets reports nested deployments that go to where a template of this scope
// cannot deploy to.
func (u *unit) targets() {
	for _, i := range u.Instances {
		if i.State == expand.Absent || !i.Declared.IsDeployment() || i.Declared.Extension != nil {
			continue
		}
		d := diag.Diagnostic{Code: CodeDestination, Rule: ruleOf(CodeDestination), Severity: diag.Error}
		switch {
		case i.Declared.Scope != nil && u.Target.Scope == arm.ResourceGroup && (i.Target.Scope == arm.Subscription || i.Target.Scope == arm.ManagementGroup):
			d.Subject = i.Declared.Scope.Range()
			d.Summary = "The nested deployment '" + shown(label(i)) + "' cannot use `scope` for a " + scopeWord(i.Target.Scope) + " in a template of a resource group"
			d.Detail = "For a subscription, use `subscriptionId` and `location` instead of `scope`. A management group needs a template of a subscription or above."
		case i.Target.Scope == arm.ResourceGroup && u.Target.Scope > arm.Subscription && strings.TrimSpace(i.Target.SubscriptionID) == "":
			d.Subject = i.Declared.At()
			if i.Declared.ResourceGroup != nil {
				d.Subject = i.Declared.ResourceGroup.Range()
			}
			d.Summary = "The nested deployment '" + shown(label(i)) + "' names a resource group without its subscription"
			d.Detail = "A template of a " + scopeWord(u.Target.Scope) + " has no subscription of its own. Add `subscriptionId`."
		default:
			continue
		}
		u.report(d)
	}
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
