package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
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
	id, ok := probeID(r.Frontend, name)
	if !ok {
		return nil, ""
	}
	return p.Insert(r.Node.Get("properties"), "probe", "{ \"id\": "+id+" }"), name
}

// probeID is the id of a probe of the same load balancer, written as the template
// writes that of a frontend; ok is false when that is not written out.
func probeID(frontend vmss.Ref, probe string) (text string, ok bool) {
	if frontend.ID.Node == nil || frontend.Path().Type == "" {
		return "", false
	}
	written, name := frontend.ID.Node.Written.Text(), frontend.Path().Name()
	kind := frontendKind.Get().FindStringIndex(written)
	j := strings.LastIndex(written, name)
	if kind == nil || j < kind[1] {
		return "", false
	}
	return written[:kind[0]] + "probes" + written[kind[1]:j] + probe + written[j+len(name):], true
}

var frontendKind = lazy.Regexp{Text: `(?i)frontendIPConfigurations`}
