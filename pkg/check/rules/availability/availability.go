// Package availability holds the rules about fault domains, zones and orchestration (codes SS70xx), upgrades and health (from SS7050 on).
package availability

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		explicitAvailabilitySet,
		faultDomainCount,
		updateDomainCount,
		maxSpreadingPlacementGroup,
		zoneBalanceZones,
		strictZoneBalance,
		singleZone,
		automaticZoneBalance,
		flexibleLacks,
		flexibleAPIVersion,
		serviceFabricSet,
		rollingHealth,
		rollingPolicyRange,
		rollingUnhealthyBelowBatch,
		maxSurgeRule,
		rollingSettingsIdle,
		automaticOSUpgrade,
		automaticOSUpgradeWindows,
		upgradeModeAutomatic,
		oneHealthSource,
		healthExtensionSettings,
		healthMonitoring,
		externalHealthPolicyRule,
		repairsHealth,
		repairsGrace,
		repairsServiceFabric,
		repairsOff,
		uniformMode,
	}
}

// Unchecked are the statements of the family that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.SingleAvailabilitySet, Reason: "It asks nothing of a template."},
		{ID: guidance.AvailabilitySetMax, Reason: "It speaks about availability sets, which a scale set does not join."},
		{ID: guidance.RepairsAction, Reason: "The schema of each API version has the allowed values: SS3003 and SS3005."},
		{ID: guidance.DomainsPerPlacementGroup, Reason: "It tells how to read numbers of domains."},
		{ID: guidance.FaultDomainsFixed, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.ZonesOneWay, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.FlexibleDefault, Reason: "It speaks about command line tools, not about templates."},
		{ID: guidance.ScaleInEvenPreview, Reason: "scaleset simulate shows it."},
		{ID: guidance.ScaleOutRefillPreview, Reason: "scaleset simulate shows it."},
		{ID: guidance.ScaleInDefault, Reason: "scaleset simulate shows it."},
		{ID: guidance.ScaleBalanced, Reason: "scaleset simulate shows it."},
		{ID: guidance.UpgradeManual, Reason: "It asks nothing of a template."},
		{ID: guidance.UpgradeHealthWait, Reason: "It asks nothing of a template."},
		{ID: guidance.UpgradeUnhealthyStart, Reason: "The health of instances shows at run time only."},
		{ID: guidance.HealthStates, Reason: "The health of instances shows at run time only."},
		{ID: guidance.RepairsShare, Reason: "It asks nothing of a template."},
		{ID: guidance.RollingBatchArithmetic, Reason: "It asks nothing of a template."},
		{ID: guidance.CreateOnly, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeConditional, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeUpdate, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeReimage, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeRestart, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeSetOnly, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.EphemeralForAKS, Reason: "Node pools of a cluster are made by its own service, not by a template with a scale set."},
	}
}
