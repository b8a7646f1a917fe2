package guidance

// Statements about autoscale: settings that change the capacity by metrics and schedules.
const (
	AutoscaleCustom          ID = "autoscale-custom"
	AutoscaleEnabled         ID = "autoscale-enabled"
	AutoscaleTarget          ID = "autoscale-target"
	AutoscaleMetricSource    ID = "autoscale-metric-source"
	AutoscaleOneSetting      ID = "autoscale-one-setting"
	AutoscaleProfilesMax     ID = "autoscale-profiles-max"
	AutoscaleRulesMax        ID = "autoscale-rules-max"
	AutoscaleOneDefault      ID = "autoscale-one-default"
	AutoscaleCapacityStrings ID = "autoscale-capacity-strings"
	AutoscaleDefaultUse      ID = "autoscale-default-use"
	AutoscaleMargin          ID = "autoscale-margin"
	AutoscaleBothDirections  ID = "autoscale-both-directions"
	AutoscaleThresholdGap    ID = "autoscale-threshold-gap"
	AutoscaleEveryProfile    ID = "autoscale-every-profile"
	AutoscaleNotify          ID = "autoscale-notify"
	AutoscaleTimeGrain       ID = "autoscale-time-grain"
	AutoscaleTimeWindow      ID = "autoscale-time-window"
	AutoscaleEnums           ID = "autoscale-enums"
	AutoscaleCooldown        ID = "autoscale-cooldown"
	AutoscaleActionValue     ID = "autoscale-action-value"
	AutoscaleRecurrence      ID = "autoscale-recurrence"
	AutoscaleFixedDate       ID = "autoscale-fixed-date"
	AutoscalePredictive      ID = "autoscale-predictive"
	AutoscalePredictiveOn    ID = "autoscale-predictive-on"
	AutoscaleAnyOut          ID = "autoscale-any-out"
	AutoscaleAllMetrics      ID = "autoscale-all-metrics"
	AutoscaleMaxCapacity     ID = "autoscale-max-capacity"
	AutoscaleWithinBounds    ID = "autoscale-within-bounds"
	AutoscaleRedeploy        ID = "autoscale-redeploy"
	AutoscaleMetricName      ID = "autoscale-metric-name"
	AutoscaleInstances       ID = "autoscale-instances"
)

var autoscaleStatements = []Statement{
	{
		ID: AutoscaleCustom, Era: Both, Since: "2015-06-15",
		Source: "SEED", Sure: Documented,
		Text: "Scale a set automatically by autoscale settings, or by events of your own that change the capacity.",
	},
	{
		ID: AutoscaleEnabled, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "An autoscale setting without enabled is off.",
	},
	{
		ID: AutoscaleTarget, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "A setting scales the one resource that targetResourceUri names by its id.",
	},
	{
		ID: AutoscaleMetricSource, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "A rule reads a metric of the resource that metricResourceUri names: the target, or another such as a queue.",
	},
	{
		ID: AutoscaleOneSetting, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "A resource has one autoscale setting.",
	},
	{
		ID: AutoscaleProfilesMax, Era: Both, Since: "2015-06-15",
		Limit: 20, Unit: "profiles",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "A setting has 1 to 20 profiles.",
	},
	{
		ID: AutoscaleRulesMax, Era: Both, Since: "2015-06-15",
		Limit: 10, Unit: "rules",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "A profile has at most 10 rules.",
	},
	{
		ID: AutoscaleOneDefault, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "A setting has one default profile, with neither fixedDate nor recurrence; these two exclude each other.",
	},
	{
		ID: AutoscaleCapacityStrings, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "minimum, maximum and default are required, as strings of integers, and include their bounds.",
	},
	{
		ID: AutoscaleDefaultUse, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "default counts only when the metric cannot be read and fewer instances run; choose a safe number.",
	},
	{
		ID: AutoscaleMargin, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "minimum and maximum differ, with room between them; equal ones never scale.",
	},
	{
		ID: AutoscaleBothDirections, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "A rule that scales out has one that scales in on the same metric.",
	},
	{
		ID: AutoscaleThresholdGap, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-flapping", Sure: Documented,
		Text: "Thresholds stand so far apart that the load after a scale-in is below the threshold of the scale-out; else the scale-in is skipped.",
	},
	{
		ID: AutoscaleEveryProfile, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "Each profile repeats the rules that it needs; only one profile applies at a time.",
	},
	{
		ID: AutoscaleNotify, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "Have autoscale tell somebody, by mail or web hook.",
	},
	{
		ID: AutoscaleTimeGrain, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "timeGrain is PT1M to PT12H, one that the metric offers.",
	},
	{
		ID: AutoscaleTimeWindow, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "timeWindow is PT5M to PT12H, longer than the delay of the metric.",
		Note: "A log in the documents shows PT1M in use.",
	},
	{
		ID: AutoscaleEnums, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "statistic, timeAggregation, operator, direction and type take the listed values only.",
	},
	{
		ID: AutoscaleCooldown, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "cooldown is PT1M to P7D, the time since the last action of any rule.",
	},
	{
		ID: AutoscaleActionValue, Era: Both, Since: "2015-06-15",
		Limit: 1, Unit: "instance at least",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "The value of an action is 1 or more, as a string.",
	},
	{
		ID: AutoscaleRecurrence, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "A recurrence of frequency Week has days, hours 0 to 23, minutes and a time zone, and no end: it runs until the next profile begins.",
	},
	{
		ID: AutoscaleFixedDate, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "A fixedDate needs start and end; the time zone has a Windows name.",
	},
	{
		ID: AutoscalePredictive, Era: Current, Since: "2022-10-01",
		Source: "SCH:2022-10-01/Microsoft.Insights", Sure: Documented,
		Text: "Predictive autoscale needs scaleMode and looks ahead PT1M to PT1H.",
	},
	{
		ID: AutoscalePredictiveOn, Era: Current, Since: "2022-10-01",
		Source: "APRL", Sure: Documented,
		Text: "Have predictive autoscale at least forecast.",
	},
	{
		ID: AutoscaleAnyOut, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "Any rule that fires scales out; all rules must fire to scale in; of several, the highest capacity wins.",
	},
	{
		ID: AutoscaleAllMetrics, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "A metric that scales out and has no rule to scale in can go round and round.",
	},
	{
		ID: AutoscaleMaxCapacity, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Inferred,
		Text: "The maximum stays within the limits of the set, of its NAT ports, its subnet and the quota.",
	},
	{
		ID: AutoscaleWithinBounds, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Inferred,
		Text: "The capacity of the template lies between minimum and maximum, else the first run moves it.",
	},
	{
		ID: AutoscaleRedeploy, Era: Both, Since: "2015-06-15",
		Source: "Azure/vm-scale-sets#70", Sure: Recorded,
		Text: "Deploying a template with a fixed capacity undoes what autoscale did.",
	},
	{
		ID: AutoscaleMetricName, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "The host metric is Percentage CPU; guest metrics need the diagnostics extension.",
	},
	{
		ID: AutoscaleInstances, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "Stopped instances count for the capacity, and autoscale does not start them.",
	},
}
