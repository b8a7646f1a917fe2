// Package capacity holds the rules about how many instances there may be: codes
// SS40xx, those about autoscale from SS4050 on.
package capacity

import (
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{
		capacityLimit, autoscaleMaximum, largeSetDisks, regionCreate, virtualNetworkTotal, regionLimit, coreQuota, flexibleDomains, singleInstance,
		autoscaleEnabled, autoscaleTarget, autoscaleOne, autoscaleCounts, autoscaleDefaultProfile, autoscaleBounds,
		autoscaleMargin, autoscaleDirections, autoscaleFlapping, autoscaleSameDirection, autoscaleDurations,
		autoscaleMetric, autoscaleSource, autoscaleValue, autoscaleSchedule, autoscaleScheduleEnd, autoscaleEveryProfile,
		autoscaleWithin, autoscaleRedeploy, autoscaleNotify, autoscaleLookAhead, autoscalePredictive, autoscaleMissing,
	}
}

// Unchecked are the statements about capacity and autoscale that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.OverprovisionDefault, Reason: "It is the default that the other rules use."},
		{ID: guidance.OverprovisionFree, Reason: "It requires nothing of a template."},
		{ID: guidance.OverprovisionSurplus, Reason: "The rules about NAT ports and subnets use it."},
		{ID: guidance.OverprovisionStateful, Reason: "A template does not show whether software is stateful or licensed per machine."},
		{ID: guidance.OverprovisionExtensions, Reason: "It requires nothing of a template."},
		{ID: guidance.FailureOfCapacity, Reason: "It is the fix for what capacity-limit reports."},
		{ID: guidance.PlacementGroupOneWay, Reason: "It is about a change between two templates: scaleset diff reports it."},
		{ID: guidance.CapacityRedeploy, Reason: "It requires nothing of a template."},
		{ID: guidance.LargeSetInfiniBand, Reason: "A template does not show whether instances use InfiniBand."},
		{ID: guidance.InfiniBandClusterMax, Reason: "A template does not show whether instances use InfiniBand."},
		{ID: guidance.SubscriptionLimits, Reason: "The limits with numbers are separate statements."},
		{ID: guidance.ScaleOnlyTemplate, Reason: "Such a template counts as partial, and rules do not report what it leaves out."},
		{ID: guidance.AutoscaleCustom, Reason: "It requires nothing of a template."},
		{ID: guidance.AutoscaleEnums, Reason: "The schema of the API version checks it."},
		{ID: guidance.AutoscaleAnyOut, Reason: "It describes how autoscale rules interact: scaleset autoscale simulates it."},
		{ID: guidance.AutoscaleInstances, Reason: "Which instances are stopped is known only at run time."},
	}
}
