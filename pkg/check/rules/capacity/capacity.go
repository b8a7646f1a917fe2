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
		capacityLimit, autoscaleMaximum, largeSetDisks, regionCreate, virtualNetworkTotal, regionLimit, coreQuota, flexibleDomains,
		autoscaleEnabled, autoscaleTarget, autoscaleOne, autoscaleCounts, autoscaleDefaultProfile, autoscaleBounds,
		autoscaleMargin, autoscaleDirections, autoscaleFlapping, autoscaleSameDirection, autoscaleDurations,
		autoscaleMetric, autoscaleSource, autoscaleValue, autoscaleSchedule, autoscaleScheduleEnd, autoscaleEveryProfile,
		autoscaleWithin, autoscaleRedeploy, autoscaleNotify, autoscaleLookAhead, autoscalePredictive,
	}
}

// Unchecked are the statements about capacity and autoscale that no rule checks.
func Unchecked() []lint.Unchecked {
	return []lint.Unchecked{
		{ID: guidance.OverprovisionDefault, Reason: "It is the default by which the other rules judge."},
		{ID: guidance.OverprovisionFree, Reason: "It asks nothing of a template."},
		{ID: guidance.OverprovisionSurplus, Reason: "It is what the rules about NAT ports and subnets count with."},
		{ID: guidance.OverprovisionStateful, Reason: "Whether software keeps state or counts licences, a template does not tell."},
		{ID: guidance.OverprovisionExtensions, Reason: "It asks nothing of a template."},
		{ID: guidance.FailureOfCapacity, Reason: "It is the answer to what capacity-limit reports."},
		{ID: guidance.PlacementGroupOneWay, Reason: "A change between two templates: scaleset diff reports it."},
		{ID: guidance.CapacityRedeploy, Reason: "It asks nothing of a template."},
		{ID: guidance.LargeSetInfiniBand, Reason: "Whether instances talk over InfiniBand, a template does not tell."},
		{ID: guidance.InfiniBandClusterMax, Reason: "Whether instances talk over InfiniBand, a template does not tell."},
		{ID: guidance.SubscriptionLimits, Reason: "The limits that have numbers are statements of their own."},
		{ID: guidance.ScaleOnlyTemplate, Reason: "Such a template is taken as partial: no rule speaks about what it does not carry."},
		{ID: guidance.AutoscaleCustom, Reason: "It asks nothing of a template."},
		{ID: guidance.AutoscaleEnums, Reason: "The schema of the API version checks it."},
		{ID: guidance.AutoscaleAnyOut, Reason: "It tells how rules work together: scaleset autoscale replays it."},
		{ID: guidance.AutoscaleInstances, Reason: "Which instances are stopped shows at run time only."},
	}
}
