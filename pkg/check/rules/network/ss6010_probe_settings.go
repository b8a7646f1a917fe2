package network

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss6010_probe_settings.md
var probeSettingsPage string

// probeSettings reports probes that the load balancer does not take.
var probeSettings = &lint.Rule{
	Code: "SS6010", Name: "probe-settings", Severity: diag.Error, Since: "0.1", Page: &probeSettingsPage,
	Guidance: []guidance.ID{guidance.BalancerProbe},
	Run:      checkProbeSettings,
}

func checkProbeSettings(p *lint.Pass) {
	for _, b := range p.Deployment.LoadBalancers {
		for _, probe := range b.Probes.Items {
			checkProbePath(p, probe)
			least := guidance.Get(guidance.BalancerProbe).Limit
			if n, ok := probe.IntervalSeconds.Known(); ok && n < least {
				f := p.Reportf(probe.IntervalSeconds, "%s runs every %s; the minimum is %d", named("probe", probe.Name), lint.Count(n, "second"), least).
					Detailf("Set intervalInSeconds to %d or more; the default is 15.", least)
				f.Write(fmt.Sprintf("set it to %d", least), probe.IntervalSeconds, strconv.Itoa(least))
			}
		}
	}
}

func checkProbePath(p *lint.Pass, probe vmss.Probe) {
	protocol, ok := probe.Protocol.Known()
	path, known := probe.Path.Or("")
	if !ok || !known {
		return
	}
	switch {
	case strings.EqualFold(protocol, "tcp") && path != "":
		p.Reportf(probe.Path, "%s has protocol %s and the path %s, which only HTTP probes use", named("probe", probe.Name), protocol, path).
			Detailf("Remove requestPath, or set the protocol to http.")
	case !strings.EqualFold(protocol, "tcp") && path == "":
		p.Reportf(probe.Protocol, "%s has protocol %s but no requestPath", named("probe", probe.Name), protocol).
			Detailf("Add a path that returns 200 while the instance is healthy, such as /health, or use protocol tcp.")
	}
}
