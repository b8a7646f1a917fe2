package capacity

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/azure/vmss"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/nearest"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4062_autoscale_metric.md
var autoscaleMetricPage string

// autoscaleMetric reports a metric of a scale set that nothing publishes: a
// misspelled one of the host, or one of the guest without an extension that
// could send it.
var autoscaleMetric = &lint.Rule{
	Code: "SS4062", Name: "autoscale-metric", Severity: diag.Warning, Since: "0.1", Page: &autoscaleMetricPage,
	Guidance: []guidance.ID{guidance.AutoscaleMetricName},
	Run:      checkAutoscaleMetric,
}

func checkAutoscaleMetric(p *lint.Pass) {
	for _, profile := range liveProfiles(p) {
		for _, r := range profile.Rules.Items {
			name, ok := r.Metric.Known()
			namespace, plain := r.MetricNamespace.Or("")
			if !ok || !plain || namespace != "" || !strings.EqualFold(r.Source.Parsed.Type, vmss.Type) {
				continue
			}
			switch {
			case name == "":
				p.Reportf(r.Metric, "the metric name is empty").Detailf("Use Percentage CPU for the processor load that the host measures.")
			case guestMetric(name):
				reportGuestMetric(p, r, name)
			default:
				reportHostMetric(p, r, name)
			}
		}
	}
}

// guestMetric matches names of performance counters, which a diagnostics
// extension sends: \Processor\PercentProcessorTime, /builtin/memory/...
func guestMetric(name string) bool { return strings.ContainsAny(name[:1], `\/`) }

func reportHostMetric(p *lint.Pass, r vmss.AutoscaleRule, name string) {
	if slices.ContainsFunc(hostMetrics, func(known string) bool { return strings.EqualFold(known, name) }) {
		return
	}
	best := nearest.Name(name, hostMetrics)
	if best == "" || nearest.Likeness(name, best) < 0.75 { // the service may have added it since
		return
	}
	p.Reportf(r.Metric, "scale sets have no metric %q; did you mean %q?", name, best).
		Detailf("Correct the name: a rule on a metric that does not exist never fires.").
		Choice("use the metric "+best, lint.Replace(r.Metric, `"`+best+`"`))
}

func reportGuestMetric(p *lint.Pass, r vmss.AutoscaleRule, name string) {
	for _, set := range p.ScaleSets {
		if set.Resource != r.Source.Resource || mayPublish(set) {
			continue
		}
		p.Reportf(r.Metric, "metric %s comes from inside the instances, and no extension of %s sends it", name, set.Name).
			Relatedf(set.Extensions, "the extensions of the scale set").
			Detailf("Add the Azure Monitor Agent or a diagnostics extension, or use Percentage CPU, which the host measures.")
	}
}

// mayPublish reports whether an extension may send metrics: one of diagnostics,
// or one that is not known.
func mayPublish(set lint.ScaleSet) bool {
	if set.Extensions.State == vmss.Unknown {
		return true
	}
	for _, e := range set.Extensions.Items {
		kind, ok := e.Kind.Known()
		kind = strings.ToLower(kind)
		if !ok || strings.Contains(kind, "diagnostic") || strings.Contains(kind, "monitor") || strings.Contains(kind, "script") {
			return true
		}
	}
	return false
}

// hostMetrics are the metrics that the host measures for a scale set, by the
// list of supported metrics of Azure Monitor as of 2024:
// https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-compute-virtualmachinescalesets-metrics
var hostMetrics = []string{
	"Percentage CPU", "Network In", "Network Out", "Network In Total", "Network Out Total",
	"Disk Read Bytes", "Disk Write Bytes", "Disk Read Operations/Sec", "Disk Write Operations/Sec",
	"CPU Credits Remaining", "CPU Credits Consumed", "Available Memory Bytes", "Available Memory Percentage",
	"Inbound Flows", "Outbound Flows", "Inbound Flows Maximum Creation Rate", "Outbound Flows Maximum Creation Rate",
	"Data Disk Read Bytes/sec", "Data Disk Write Bytes/sec", "Data Disk Read Operations/Sec", "Data Disk Write Operations/Sec", "Data Disk Queue Depth",
	"OS Disk Read Bytes/sec", "OS Disk Write Bytes/sec", "OS Disk Read Operations/Sec", "OS Disk Write Operations/Sec", "OS Disk Queue Depth",
	"VmAvailabilityMetric",
}
