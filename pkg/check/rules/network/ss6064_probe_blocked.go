package network

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6064_probe_blocked.md
var probeBlockedPage string

// probeBlocked reports security groups that deny everything, the probes of load
// balancers too. It is off by default: the group may be of machines behind none.
var probeBlocked = &lint.Rule{
	Code: "SS6064", Name: "probe-blocked", Severity: diag.Info, Since: "0.2", Page: &probeBlockedPage, OffByDefault: true,
	Peers: []string{"AZR-000138"},
	Link:  "https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules",
	Run:   checkProbeBlocked,
}

func checkProbeBlocked(p *lint.Pass) {
	for _, g := range p.Deployment.SecurityGroups {
		if g.Rules.State == vmss.Unknown {
			continue
		}
		for _, deny := range g.Rules.Items {
			priority, ok := deny.Priority.Known()
			if !ok || !isRule(deny, "Deny", "Inbound") || !anySource(deny) || !everyPort(deny) || letsProbesIn(g, priority) {
				continue
			}
			p.Reportf(deny.Source, "%s denies all inbound traffic, the probes of load balancers too", named("rule", deny.Name)).
				Detailf("Allow the source AzureLoadBalancer with a lower priority number. Without it, a load balancer considers every instance unhealthy and sends no traffic.")
		}
	}
}

// isRule reports the access and direction of a rule.
func isRule(r vmss.SecurityRule, access, direction string) bool {
	a, _ := r.Access.Known()
	d, _ := r.Direction.Known()
	return strings.EqualFold(a, access) && strings.EqualFold(d, direction)
}

func anySource(r vmss.SecurityRule) bool {
	source, _ := r.Source.Known()
	return source == "*" || strings.EqualFold(source, "Any")
}

func everyPort(r vmss.SecurityRule) bool {
	port, _ := r.Port.Known()
	protocol, _ := r.Protocol.Known()
	return port == "*" && protocol == "*"
}

// letsProbesIn reports whether a rule that counts before the priority allows probes,
// or may do so.
func letsProbesIn(g *vmss.SecurityGroup, priority int) bool {
	for _, r := range g.Rules.Items {
		n, known := r.Priority.Known()
		if known && n >= priority || isRule(r, "Deny", "Inbound") || isRule(r, "Deny", "Outbound") || isRule(r, "Allow", "Outbound") {
			continue
		}
		if _, ok := r.Source.Known(); !ok && !r.Source.Absent() {
			return true
		}
		for _, f := range append([]vmss.Field[string]{r.Source}, r.Sources.Items...) {
			source, _ := f.Known()
			if source == "*" || strings.EqualFold(source, "AzureLoadBalancer") {
				return true
			}
		}
	}
	return false
}
