package vmss

import "github.com/scaleset/scaleset/pkg/arm/expand"

// UpgradePolicy is the upgradePolicy object.
type UpgradePolicy struct {
	Part
	Mode    Field[string]
	Rolling RollingPolicy
	// AutomaticOS is automaticOSUpgradePolicy; early API versions have
	// automaticOSUpgrade instead, which AutomaticOSEnabled covers.
	AutomaticOS        Part
	AutomaticOSEnabled Field[bool]
	UseRollingPolicy   Field[bool]
}

// RollingPolicy is the rollingUpgradePolicy object.
type RollingPolicy struct {
	Part
	MaxBatchPercent             Field[int]
	MaxUnhealthyPercent         Field[int]
	MaxUnhealthyUpgradedPercent Field[int]
	Pause                       Field[string]
	CrossZone                   Field[bool]
	PrioritizeUnhealthy         Field[bool]
	MaxSurge                    Field[bool]
	Rollback                    Field[bool]
}

func newUpgradePolicy(body *expand.Node) UpgradePolicy {
	policy := body.Get("properties", "upgradePolicy")
	p := UpgradePolicy{
		Part:               part(body, "properties", "upgradePolicy"),
		Mode:               text(body, "properties", "upgradePolicy", "mode"),
		Rolling:            newRollingPolicy(policy),
		AutomaticOS:        part(policy, "automaticOSUpgradePolicy"),
		AutomaticOSEnabled: boolean(policy, "automaticOSUpgradePolicy", "enableAutomaticOSUpgrade"),
		UseRollingPolicy:   boolean(policy, "automaticOSUpgradePolicy", "useRollingUpgradePolicy"),
	}
	if p.AutomaticOSEnabled.Absent() {
		p.AutomaticOSEnabled = boolean(policy, "automaticOSUpgrade")
	}
	return p
}

func newRollingPolicy(policy *expand.Node) RollingPolicy {
	n := policy.Get("rollingUpgradePolicy")
	return RollingPolicy{
		Part:                        part(policy, "rollingUpgradePolicy"),
		MaxBatchPercent:             integer(n, "maxBatchInstancePercent"),
		MaxUnhealthyPercent:         integer(n, "maxUnhealthyInstancePercent"),
		MaxUnhealthyUpgradedPercent: integer(n, "maxUnhealthyUpgradedInstancePercent"),
		Pause:                       text(n, "pauseTimeBetweenBatches"),
		CrossZone:                   boolean(n, "enableCrossZoneUpgrade"),
		PrioritizeUnhealthy:         boolean(n, "prioritizeUnhealthyInstances"),
		MaxSurge:                    boolean(n, "maxSurge"),
		Rollback:                    boolean(n, "rollbackFailedInstancesOnPolicyBreach"),
	}
}
