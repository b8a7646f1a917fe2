package scaffold

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

// cpuMetric is the host's metric, which needs nothing on the instances.
func (d *draft) cpuMetric() string { return "Percentage CPU" }
