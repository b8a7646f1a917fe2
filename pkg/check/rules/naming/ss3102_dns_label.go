package naming

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/names"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss3102_dns_label.md
var domainLabelPage string

// domainLabel reports DNS labels of public addresses that Azure rejects.
var domainLabel = &lint.Rule{
	Code: "SS3102", Name: "dns-label", Severity: diag.Error, Since: "0.2", Page: &domainLabelPage,
	Peers: []string{"AZR-000156"},
	Also:  []diag.Level{{Severity: diag.Warning, When: "the label is for the instances of a scale set"}},
	Link:  "https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses",
	Run:   checkDomainLabel,
}

func checkDomainLabel(p *lint.Pass) {
	j := newJudge(p)
	for _, r := range p.Deployment.Expanded.Resources {
		if is(r.Type, "Microsoft.Network/publicIPAddresses") {
			j.label(r.Body.Get("properties", "dnsSettings", "domainNameLabel"), diag.Error)
		}
	}
	for _, set := range p.ScaleSets {
		for _, c := range set.Network.IPConfigurations() {
			// The label is part of the names of the instances: no answer of Azure
			// about it was seen.
			j.label(c.PublicAddress.DomainNameLabel.Place(), diag.Warning)
		}
	}
}

func (j *judge) label(at *expand.Node, severity diag.Severity) {
	label, ok := text(j.pass, at)
	if !ok || j.seen[at.At()] {
		return
	}
	rule := names.DomainLabel()
	if what := wrong(rule, at, label); what != "" {
		j.seen[at.At()] = true
		j.pass.Reportf(at, "the DNS label %s %s", quote(label), what).Severity(severity).Detailf("%s", rule.Remedy())
	}
}
