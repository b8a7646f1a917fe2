package profile

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4124_monitor_agent.md
var monitorAgentPage string

// monitorAgent reports scale sets and machines without the Azure Monitor agent. It
// is off by default, because a policy can install the agent.
var monitorAgent = &lint.Rule{
	Code: "SS4124", Name: "monitor-agent", Severity: diag.Info, Since: "0.2", Page: &monitorAgentPage, OffByDefault: true,
	Peers: []string{"AZR-000346", "AZR-000345"},
	Link:  "https://learn.microsoft.com/azure/azure-monitor/agents/azure-monitor-agent-manage",
	Run:   checkMonitorAgent,
}

func checkMonitorAgent(p *lint.Pass) {
	const advice = "Add the extension AzureMonitorLinuxAgent or AzureMonitorWindowsAgent of the publisher Microsoft.Azure.Monitor, unless a policy installs it."
	for _, set := range p.ScaleSets {
		if !hasAgent(set.Extensions.Items) && set.Extensions.State != vmss.Unknown && len(p.Deployment.Extensions) == 0 {
			p.Reportf(set, "scale set %s has no Azure Monitor agent", set.Name).Detailf(advice)
		}
	}
	agents := hasAgent(p.Deployment.MachineExtensions())
	for _, m := range p.Deployment.Machines {
		if name, ok := m.Body.Get("name").Text(); ok && !agents {
			p.Reportf(m.Body, "virtual machine %s has no Azure Monitor agent", name).Detailf(advice)
		}
	}
}

// hasAgent reports whether one of the extensions is the agent, or may be.
func hasAgent(extensions []vmss.Extension) bool {
	for _, e := range extensions {
		kind, known := e.Kind.Known()
		if !known || strings.EqualFold(kind, "AzureMonitorLinuxAgent") || strings.EqualFold(kind, "AzureMonitorWindowsAgent") {
			return true
		}
	}
	return false
}
