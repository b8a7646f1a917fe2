// Package vmss provides a typed view of the scale sets of an expanded
// deployment and of the resources that they refer to.
//
// A template value is present, absent, or unknown until the deployment. A
// [Field] has the state; its value is only available together with whether it
// is known, so that an unknown value is not used by accident:
//
//	if n, ok := set.Capacity.Known(); ok && n > 100 { ... }
//	on, ok := set.SinglePlacementGroup.Or(true) // the default when absent; !ok when unknown
//
// A known value with another JSON type than Azure accepts counts as unknown
// here: package schema reports it. Null counts as absent, as in Azure. A [List]
// is the same for arrays: its items can be known individually, and their number
// is known if the array is.
//
// Every view keeps its [expand.Node], for the range, the pointer and the trail.
// References by id are resolved inside the deployment, ignoring case: see
// [Ref]. A template that has only SKU and capacity is recognized by
// [ScaleSet.Partial].
package vmss
