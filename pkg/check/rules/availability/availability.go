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
		{ID: guidance.SingleAvailabilitySet, Reason: "It requires nothing of a template."},
		{ID: guidance.AvailabilitySetMax, Reason: "It is about availability sets, which scale sets do not use."},
		{ID: guidance.RepairsAction, Reason: "The schema of each API version has the allowed values: SS3003 and SS3005."},
		{ID: guidance.DomainsPerPlacementGroup, Reason: "It only explains the numbers of domains."},
		{ID: guidance.FaultDomainsFixed, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.ZonesOneWay, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.FlexibleDefault, Reason: "It is about command-line tools, not about templates."},
		{ID: guidance.ScaleInEvenPreview, Reason: "scaleset simulate shows it."},
		{ID: guidance.ScaleOutRefillPreview, Reason: "scaleset simulate shows it."},
		{ID: guidance.ScaleInDefault, Reason: "scaleset simulate shows it."},
		{ID: guidance.ScaleBalanced, Reason: "scaleset simulate shows it."},
		{ID: guidance.UpgradeManual, Reason: "It requires nothing of a template."},
		{ID: guidance.UpgradeHealthWait, Reason: "It requires nothing of a template."},
		{ID: guidance.UpgradeUnhealthyStart, Reason: "The health of instances is known only at run time."},
		{ID: guidance.HealthStates, Reason: "The health of instances is known only at run time."},
		{ID: guidance.RepairsShare, Reason: "It requires nothing of a template."},
		{ID: guidance.RollingBatchArithmetic, Reason: "It requires nothing of a template."},
		{ID: guidance.CreateOnly, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeConditional, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeUpdate, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeReimage, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeRestart, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.ChangeSetOnly, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.EphemeralForAKS, Reason: "The cluster service creates its node pools, not a template with a scale set."},
	}
}
