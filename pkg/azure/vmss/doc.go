// Package vmss is a typed view of the scale sets of one expanded deployment,
// and of the resources that they refer to.
//
// A template value is there, absent, or unknown until the deployment. A
// [Field] says which; its value can only be had by asking whether it is known,
// so that nobody speaks about an unknown value by accident:
//
//	if n, ok := set.Capacity.Known(); ok && n > 100 { ... }
//	on, ok := set.SinglePlacementGroup.Or(true) // the default when absent; !ok when unknown
//
// A known value of another JSON type than the service takes counts as unknown
// here: the schema has spoken about it. Null counts as absent, as in the
// service. A [List] is the same for arrays: its items can be known one by one,
// and how many there are is known when the array is.
//
// Everything keeps its [expand.Node], for the place, the pointer and the trail.
// References by id are resolved inside the deployment, ignoring case: see [Ref].
// A template that carries only SKU and capacity is recognised by
// [ScaleSet.Partial].
package vmss
