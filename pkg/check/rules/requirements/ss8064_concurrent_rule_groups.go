package requirements

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss8064_concurrent_rule_groups.md
var concurrentRuleGroupsPage string

// concurrentRuleGroups reports rule collection groups of one firewall policy that
// the deployment writes at the same time.
// https://github.com/hashicorp/terraform-provider-azurerm/issues/15440
var concurrentRuleGroups = &lint.Rule{
	Code: "SS8064", Name: "concurrent-rule-groups", Severity: diag.Warning, Since: "0.2", Page: &concurrentRuleGroupsPage,
	Link: "https://github.com/hashicorp/terraform-provider-azurerm/issues/15440", Run: checkConcurrentRuleGroups,
}

func checkConcurrentRuleGroups(p *lint.Pass) {
	concurrent(p, "Microsoft.Network/firewallPolicies/ruleCollectionGroups", func(r, other *expand.Resource) {
		p.Reportf(r.Body.Get("name"), "groups %s and %s of one policy are written at the same time", other.Name, r.Name).
			Relatedf(other.Body.Get("name"), "the other group").
			Detailf("Azure changes a firewall policy one step at a time, and rejects a group while another one is updated. Let this one depend on the other; in a loop, use mode serial with a batchSize of 1.")
	})
}
