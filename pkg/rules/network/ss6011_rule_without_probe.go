package network

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/diag"
	"github.com/scaleset/scaleset/pkg/guidance"
	"github.com/scaleset/scaleset/pkg/lint"
)

//go:embed ss6011_rule_without_probe.md
var ruleWithoutProbePage string

// RuleWithoutProbe reports load-balancing rules for a set that no probe belongs to.
// Such rules work, and go on sending to instances that have failed.
var RuleWithoutProbe = &lint.Rule{
	Code: "SS6011", Name: "rule-without-probe", Severity: diag.Info, Since: "0.1", Doc: ruleWithoutProbePage,
	Guidance: []guidance.ID{guidance.ProbesForRules},
	Run:      checkRuleWithoutProbe,
}

func checkRuleWithoutProbe(p *lint.Pass) {
	used := map[string]bool{} // ids of pools of the sets
	for _, set := range p.ScaleSets {
		for _, c := range set.Network.IPConfigurations() {
			for _, pool := range c.BackendPools.Items {
				used[pool.Path().String()] = pool.Path().Type != ""
			}
		}
	}
	for _, b := range p.Deployment.LoadBalancers {
		for _, r := range b.Rules.Items {
			if r.Probe.ID.Absent() && r.BackendPool.Path().Type != "" && used[r.BackendPool.Path().String()] {
				p.Reportf(r.Name, "%s has no probe: instances that have failed still get work", named("rule", r.Name)).
					Detailf("Add a probe to the load balancer and name it in the rule.")
			}
		}
	}
}
