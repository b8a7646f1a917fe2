package scaffold

import "fmt"

// autoscaleSetting adds a setting with one rule in each direction. The
// thresholds lie far apart: 25% on n instances is at most 50% on n-1 (from two
// to one), below the 75% of the way out.
func (d *draft) autoscaleSetting() {
	id := "[resourceId('Microsoft.Compute/virtualMachineScaleSets', parameters('vmssName'))]"
	d.add(obj(
		"type", "Microsoft.Insights/autoscaleSettings",
		"apiVersion", d.api.insights,
		"name", "[concat(parameters('vmssName'), '-autoscale')]",
		"location", d.location(),
		"dependsOn", list{id},
		"properties", obj(
			"name", "[concat(parameters('vmssName'), '-autoscale')]",
			"targetResourceUri", id,
			"enabled", true,
			"profiles", list{obj(
				"name", "by processor load",
				"capacity", obj(
					"minimum", "[string(parameters('minInstances'))]",
					"maximum", "[string(parameters('maxInstances'))]",
					"default", "[string(parameters('minInstances'))]",
				),
				"rules", list{
					d.cpuRule(id, "GreaterThan", 75, "Increase"),
					d.cpuRule(id, "LessThan", 25, "Decrease"),
				},
			)},
		),
	))
}

func (d *draft) cpuRule(id, operator string, threshold int, direction string) object {
	return obj(
		"metricTrigger", obj(
			"metricName", d.cpuMetric(),
			"metricResourceUri", id,
			"timeGrain", "PT1M",
			"statistic", "Average",
			"timeWindow", "PT10M",
			"timeAggregation", "Average",
			"operator", operator,
			"threshold", threshold,
		),
		"scaleAction", obj("direction", direction, "type", "ChangeCount", "value", "1", "cooldown", "PT5M"),
	)
}

// cpuMetric returns the host's metric, which needs nothing on the instances. The
// preview has no metrics of the host: there the diagnostics extension measures.
func (d *draft) cpuMetric() string {
	if d.preview() {
		return d.guestCounter()
	}
	return "Percentage CPU"
}

// guestCounter returns what the diagnostics extension calls the processor load.
func (d *draft) guestCounter() string {
	if d.image.windows {
		return `\Processor(_Total)\% Processor Time`
	}
	return `\Processor\PercentProcessorTime`
}

// diagnosticsExtension measures the processor on every instance and writes the
// metric, under the id of the set, to tables of the first storage account,
// where autoscale of the preview reads it.
func (d *draft) diagnosticsExtension() object {
	publisher, kind, version := "Microsoft.OSTCExtensions", "LinuxDiagnostic", "2.2"
	if d.image.windows {
		publisher, kind, version = "Microsoft.Azure.Diagnostics", "IaaSDiagnostics", "1.5"
	}
	d.variable("diagnosticsBefore", fmt.Sprintf(diagnosticsBefore, d.guestCounter()))
	d.variable("diagnosticsAfter", diagnosticsAfter)
	const account = "variables('storageAccounts')[0]"
	return obj("name", "diagnostics", "properties", obj(
		"publisher", publisher, "type", kind, "typeHandlerVersion", version, "autoUpgradeMinorVersion", true,
		"settings", obj(
			"xmlCfg", "[base64(concat(variables('diagnosticsBefore'), resourceId('Microsoft.Compute/virtualMachineScaleSets', parameters('vmssName')), variables('diagnosticsAfter')))]",
			"storageAccount", "["+account+"]",
		),
		"protectedSettings", obj(
			"storageAccountName", "["+account+"]",
			"storageAccountKey", fmt.Sprintf("[listKeys(resourceId('Microsoft.Storage/storageAccounts', %s), '%s').key1]", account, d.api.storage),
			"storageAccountEndPoint", "https://core.windows.net",
		),
	))
}

// The configuration of the diagnostics extension, in the language of Windows
// Azure Diagnostics, which the one for Linux reads too.
const (
	diagnosticsBefore = `<WadCfg><DiagnosticMonitorConfiguration overallQuotaInMB="4096"><PerformanceCounters scheduledTransferPeriod="PT1M">` +
		`<PerformanceCounterConfiguration counterSpecifier="%s" sampleRate="PT15S" unit="Percent"/></PerformanceCounters><Metrics resourceId="`
	diagnosticsAfter = `"><MetricAggregation scheduledTransferPeriod="PT1M"/></Metrics></DiagnosticMonitorConfiguration></WadCfg>`
)
