package guidance

// Statements about upgrades and health: upgrade policy, health, repairs, and what may change.
const (
	UpgradeManual             ID = "upgrade-manual"
	UpgradeAutomatic          ID = "upgrade-automatic"
	UpgradeRolling            ID = "upgrade-rolling"
	RollingBatch              ID = "rolling-batch"
	RollingUnhealthy          ID = "rolling-unhealthy"
	RollingUnhealthyUpgraded  ID = "rolling-unhealthy-upgraded"
	RollingPause              ID = "rolling-pause"
	RollingMaxSurge           ID = "rolling-max-surge"
	RollingRollback           ID = "rolling-rollback"
	RollingCrossZone          ID = "rolling-cross-zone"
	RollingBatchArithmetic    ID = "rolling-batch-arithmetic"
	AutomaticOSUpgrade        ID = "automatic-os-upgrade"
	AutomaticOSUpgradeWindows ID = "automatic-os-upgrade-windows"
	AutomaticOSUpgradeBatch   ID = "automatic-os-upgrade-batch"
	UpgradeHealthWait         ID = "upgrade-health-wait"
	UpgradeUnhealthyStart     ID = "upgrade-unhealthy-start"
	HealthStates              ID = "health-states"
	OneHealthSource           ID = "one-health-source"
	HealthMonitoring          ID = "health-monitoring"
	ExternalHealth            ID = "external-health"
	RepairsHealth             ID = "repairs-health"
	RepairsGrace              ID = "repairs-grace"
	RepairsAction             ID = "repairs-action"
	RepairsShare              ID = "repairs-share"
	RepairsServiceFabric      ID = "repairs-service-fabric"
	RepairsOn                 ID = "repairs-on"
	FlexibleMode              ID = "flexible-mode"
	EphemeralForAKS           ID = "ephemeral-for-aks"
	CreateOnly                ID = "create-only"
	ChangeConditional         ID = "change-conditional"
	ChangeUpdate              ID = "change-update"
	ChangeReimage             ID = "change-reimage"
	ChangeRestart             ID = "change-restart"
	ChangeSetOnly             ID = "change-set-only"
)

var upgradesStatements = []Statement{
	{
		ID: UpgradeManual, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Documented,
		Text: "With mode Manual, changes of the model reach an instance only when it is updated.",
	},
	{
		ID: UpgradeAutomatic, Era: Both, Since: "2015-06-15",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Documented,
		Text: "With mode Automatic, all instances can be updated at once and in any order; it is recommended only for development and test, and Service Fabric requires it.",
	},
	{
		ID: UpgradeRolling, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Documented,
		Text: "Mode Rolling needs API version 2017-03-30 or later and a source of health data: a load balancer probe or the health extension; a Flexible scale set needs the extension.",
	},
	{
		ID: RollingBatch, Era: Current, Since: "2017-03-30",
		Limit: 100, Unit: "percent",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "maxBatchInstancePercent is 5 to 100, 20 by default.",
	},
	{
		ID: RollingUnhealthy, Era: Current, Since: "2017-03-30",
		Limit: 100, Unit: "percent",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "maxUnhealthyInstancePercent is 5 to 100, 20 by default, and at least maxBatchInstancePercent.",
	},
	{
		ID: RollingUnhealthyUpgraded, Era: Current, Since: "2017-03-30",
		Limit: 100, Unit: "percent",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "maxUnhealthyUpgradedInstancePercent is 0 to 100, 20 by default.",
	},
	{
		ID: RollingPause, Era: Current, Since: "2017-03-30",
		Source: "SCH:2017-03-30", Sure: Documented,
		Text: "pauseTimeBetweenBatches is an ISO 8601 duration, PT0S by default.",
	},
	{
		ID: RollingMaxSurge, Era: Current, Since: "2022-11-01",
		Source: "TF", Sure: Documented,
		Text: "With maxSurge, Azure creates new instances before it removes old ones; overprovisioning must be off, and there must be enough quota and addresses.",
	},
	{
		ID: RollingRollback, Era: Current, Since: "2022-11-01",
		Source: "SCH:2022-11-01", Sure: Documented,
		Text: "rollbackFailedInstancesOnPolicyBreach is for Uniform scale sets only.",
	},
	{
		ID: RollingCrossZone, Era: Current, Since: "2020-12-01",
		Source: "SCH:2020-12-01", Sure: Documented,
		Text: "A batch is within one zone unless enableCrossZoneUpgrade is true.",
	},
	{
		ID: RollingBatchArithmetic, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-automatic-upgrade", Sure: Inferred,
		Text: "A batch has at least one instance: with 20%, a scale set of five or fewer instances is updated one by one.",
	},
	{
		ID: AutomaticOSUpgrade, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-automatic-upgrade", Sure: Documented,
		Text: "Automatic OS upgrade needs a source of health data, and an image with version latest or from a gallery.",
	},
	{
		ID: AutomaticOSUpgradeWindows, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-automatic-upgrade", Sure: Documented,
		Text: "Automatic OS upgrade of a Windows scale set needs enableAutomaticUpdates false and a patchMode other than AutomaticByPlatform.",
	},
	{
		ID: AutomaticOSUpgradeBatch, Era: Current, Since: "2018-10-01",
		Limit: 20, Unit: "percent",
		Source: "CD:virtual-machine-scale-sets-automatic-upgrade", Sure: Documented,
		Text: "Automatic OS upgrade replaces at most 20% of the instances at a time.",
	},
	{
		ID: UpgradeHealthWait, Era: Current, Since: "2017-03-30",
		Limit: 5, Unit: "minutes",
		Source: "CD:virtual-machine-scale-sets-automatic-upgrade", Sure: Documented,
		Text: "An instance has five minutes to become healthy before it counts as failed.",
	},
	{
		ID: UpgradeUnhealthyStart, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Inferred,
		Text: "A rolling upgrade does not start while more instances than allowed are unhealthy.",
	},
	{
		ID: HealthStates, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "The health state Initializing delays a batch; Unknown counts as unhealthy.",
	},
	{
		ID: OneHealthSource, Era: Current, Since: "2017-03-30",
		Source: "CD:virtual-machine-scale-sets-health-extension", Sure: Documented,
		Text: "A scale set has one source of health data: a load balancer probe, the health extension, or an external policy.",
	},
	{
		ID: HealthMonitoring, Era: Current, Since: "2017-03-30",
		Source: "APRL", Sure: Documented,
		Text: "Monitor the health of the application on each instance.",
	},
	{
		ID: ExternalHealth, Era: Current, Since: "2025-11-01",
		Source: "SCH:2025-11-01", Sure: Documented,
		Text: "An external health policy expires after PT5M to PT3H and has a grace period of PT5M to PT4H.",
	},
	{
		ID: RepairsHealth, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-automatic-instance-repairs", Sure: Documented,
		Text: "Automatic repairs need a source of health data.",
	},
	{
		ID: RepairsGrace, Era: Current, Since: "2018-10-01",
		Limit: 90, Unit: "minutes",
		Source: "CD:virtual-machine-scale-sets-automatic-instance-repairs", Sure: Documented,
		Text: "The grace period of automatic repairs is PT10M to PT90M, PT10M by default.",
		Note: "A page of June 2023 still says 30 minutes.",
	},
	{
		ID: RepairsAction, Era: Current, Since: "2021-11-01",
		Source: "CD:virtual-machine-scale-sets-automatic-instance-repairs", Sure: Documented,
		Text: "repairAction is Replace, Reimage or Restart, from API version 2021-11-01 on.",
	},
	{
		ID: RepairsShare, Era: Current, Since: "2018-10-01",
		Limit: 5, Unit: "percent",
		Source: "CD:virtual-machine-scale-sets-automatic-instance-repairs", Sure: Documented,
		Text: "Repairs affect at most 5% of the instances at a time, or one instance if there are fewer than 20.",
	},
	{
		ID: RepairsServiceFabric, Era: Current, Since: "2018-10-01",
		Source: "CD:virtual-machine-scale-sets-automatic-instance-repairs", Sure: Documented,
		Text: "Automatic repairs cannot be used with Service Fabric.",
	},
	{
		ID: RepairsOn, Era: Current, Since: "2018-10-01",
		Source: "APRL", Sure: Documented,
		Text: "Enable automatic repairs.",
	},
	{
		ID: FlexibleMode, Era: Current, Since: "2021-03-01",
		Source: "APRL", Sure: Documented,
		Text: "Prefer Flexible orchestration.",
	},
	{
		ID: EphemeralForAKS, Era: Current, Since: "2018-06-01",
		Source: "APRL", Sure: Documented,
		Text: "Use ephemeral OS disks for node pools of a cluster.",
	},
	{
		ID: CreateOnly, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Documented,
		Text: "Name, location, orchestration mode, number of fault domains, virtual network, computer name prefix, plan and priority, among others, are fixed when the scale set is created.",
	},
	{
		ID: ChangeConditional, Era: Current, Since: "2016-03-30",
		Source: "AD:00982c446582e040c27b7c7e0faa2b611aed9f1c/virtual-machine-scale-sets/virtual-machine-scale-sets-upgrade-scale-set.md", Sure: Documented,
		Text: "Subnet, image SKU and offer, proximity placement group and size can only be changed under certain conditions.",
	},
	{
		ID: ChangeUpdate, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Documented,
		Text: "Extensions, network interfaces, tags and diagnostics are changed in the model; each instance is then updated.",
	},
	{
		ID: ChangeReimage, Era: Current, Since: "2017-12-01",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Documented,
		Text: "Changes of credentials, custom data and image reach an instance only when it is reimaged or created again.",
	},
	{
		ID: ChangeRestart, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Documented,
		Text: "A change of size, proximity placement group or disks restarts instances.",
	},
	{
		ID: ChangeSetOnly, Era: Current, Since: "2016-03-30",
		Source: "CD:virtual-machine-scale-sets-upgrade-policy", Sure: Inferred,
		Text: "Changes of capacity and of the overprovisioning, scale-in, repair and upgrade policies change the scale set but no existing instance.",
	},
}
