package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6011_rule_without_probe.md
var ruleWithoutProbePage string

// ruleWithoutProbe reports load-balancing rules for a set that no probe belongs to.
// Such rules work, and go on sending to instances that have failed.
var ruleWithoutProbe = &lint.Rule{
	Code: "SS6011", Name: "rule-without-probe", Severity: diag.Info, Since: "0.1", Page: &ruleWithoutProbePage,
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
				f := p.Reportf(r.Name, "%s has no probe, so failed instances still receive traffic", named("rule", r.Name)).
					Detailf("Add a probe to the load balancer, and refer to it in the rule.")
				if edits, probe := wireProbe(p, b, r); edits != nil {
					f.Fix("use the probe "+probe, edits...)
				}
			}
		}
	}
}

// wireProbe are the edits that name the only probe of a balancer in a rule, when
// it probes the very port that the rule leads to.
func wireProbe(p *lint.Pass, b *vmss.LoadBalancer, r vmss.BalancingRule) ([]diag.Edit, string) {
	if len(b.Probes.Items) != 1 || r.Probe.ID.Node != nil {
		return nil, ""
	}
	probe := b.Probes.Items[0]
	name, named := probe.Name.Known()
	asks, ok := probe.Port.Known()
	leads, known := r.BackendPort.Known()
	if !named || !ok || !known || asks != leads || p.Written(probe.Name) == nil {
		return nil, ""
	}
	id, ok := siblingID(r.Frontend, "frontendIPConfigurations", "probes", name)
	if !ok {
		return nil, ""
	}
	return p.Insert(r.Node.Get("properties"), "probe", "{ \"id\": "+id+" }"), name
}

// siblingID is the id of another part of the same load balancer, written as the
// template writes the id of one; ok is false when that is not written out.
func siblingID(ref vmss.Ref, kind, otherKind, otherName string) (text string, ok bool) {
	if ref.ID.Node == nil || ref.Path().Type == "" {
		return "", false
	}
	written, name := ref.ID.Node.Written.Text(), ref.Path().Name()
	i := strings.Index(strings.ToLower(written), strings.ToLower(kind))
	j := strings.LastIndex(written, name)
	if i < 0 || j < i+len(kind) {
		return "", false
	}
	return written[:i] + otherKind + written[i+len(kind):j] + otherName + written[j+len(name):], true
}
