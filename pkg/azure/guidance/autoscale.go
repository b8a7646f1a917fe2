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
		Text: "Scale automatically with autoscale settings, or change the capacity from your own events.",
	},
	{
		ID: AutoscaleEnabled, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "An autoscale setting that does not set enabled is off.",
	},
	{
		ID: AutoscaleTarget, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "A setting scales the one resource that targetResourceUri names by its id.",
	},
	{
		ID: AutoscaleMetricSource, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "A rule reads a metric of the resource that metricResourceUri names: the target, or another resource such as a queue.",
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
		Text: "minimum, maximum and default are required; they are integers, written as strings.",
	},
	{
		ID: AutoscaleDefaultUse, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "The default is used only when the metric cannot be read and fewer instances run; choose a safe number.",
	},
	{
		ID: AutoscaleMargin, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "The minimum and the maximum differ, with enough margin between them; if they are equal, autoscale never scales.",
	},
	{
		ID: AutoscaleBothDirections, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "For each rule that scales out, there is a rule that scales in on the same metric.",
	},
	{
		ID: AutoscaleThresholdGap, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-flapping", Sure: Documented,
		Text: "Thresholds are far enough apart that the load after a scale-in is below the scale-out threshold; otherwise the scale-in is skipped.",
	},
	{
		ID: AutoscaleEveryProfile, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "Each profile contains all the rules that it needs, because only one profile applies at a time.",
	},
	{
		ID: AutoscaleNotify, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "Configure notifications, by email or webhook.",
	},
	{
		ID: AutoscaleTimeGrain, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "timeGrain is PT1M to PT12H, and must be one that the metric supports.",
	},
	{
		ID: AutoscaleTimeWindow, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "timeWindow is PT5M to PT12H, longer than the delay of the metric.",
		Note: "A log in the documentation shows PT1M in use.",
	},
	{
		ID: AutoscaleEnums, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "statistic, timeAggregation, operator, direction and type have lists of allowed values.",
	},
	{
		ID: AutoscaleCooldown, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "cooldown is PT1M to P7D, counted from the last action of any rule.",
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
		Text: "A recurrence of frequency Week has days, hours 0 to 23, minutes and a time zone, but no end: it applies until the next profile begins.",
	},
	{
		ID: AutoscaleFixedDate, Era: Both, Since: "2015-06-15",
		Source: "SCH:2015-04-01/Microsoft.Insights", Sure: Documented,
		Text: "A fixedDate needs a start and an end; the time zone has a Windows name.",
	},
	{
		ID: AutoscalePredictive, Era: Current, Since: "2022-10-01",
		Source: "SCH:2022-10-01/Microsoft.Insights", Sure: Documented,
		Text: "Predictive autoscale needs scaleMode, and its look-ahead time is PT1M to PT1H.",
	},
	{
		ID: AutoscalePredictiveOn, Era: Current, Since: "2022-10-01",
		Source: "APRL", Sure: Documented,
		Text: "Use predictive autoscale, at least to forecast.",
	},
	{
		ID: AutoscaleAnyOut, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "One scale-out rule that triggers is enough to scale out; all scale-in rules must trigger to scale in; if several rules trigger, the highest capacity is used.",
	},
	{
		ID: AutoscaleAllMetrics, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Documented,
		Text: "A metric that scales out but has no rule that scales in can cause oscillation.",
	},
	{
		ID: AutoscaleMaxCapacity, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Inferred,
		Text: "The maximum is within the limits of the scale set, its NAT ports, its subnet and the quota.",
	},
	{
		ID: AutoscaleWithinBounds, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-best-practices", Sure: Inferred,
		Text: "The capacity in the template is between the minimum and the maximum; otherwise the first run of autoscale changes it.",
	},
	{
		ID: AutoscaleRedeploy, Era: Both, Since: "2015-06-15",
		Source: "Azure/vm-scale-sets#70", Sure: Recorded,
		Text: "Deploying a template with a fixed capacity undoes the changes of autoscale.",
	},
	{
		ID: AutoscaleMetricName, Era: Both, Since: "2015-06-15",
		Source: "AM:autoscale-understanding-settings", Sure: Documented,
		Text: "Percentage CPU is a metric of the host; metrics of the guest need the diagnostics extension.",
	},
	{
		ID: AutoscaleInstances, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-faq", Sure: Documented,
		Text: "Stopped instances count toward the capacity, and autoscale does not start them.",
	},
}
