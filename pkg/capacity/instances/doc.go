// Package instances represents the state of a virtual machine scale set: what is known
// about the scale set, and its instances, each with its zone, domains, placement group,
// protection, power state, health, priority and whether it has the newest model.
//
//	state := instances.FromTemplate(set, guidance.Auto)   // a scale set of a template
//	state, err := instances.Read("list.json", text)       // az vmss list-instances
//	state := instances.New("web")                         // only numbers
//	err := state.ReadSet("vmss.json", text)               // az vmss show
//	err := state.AddInstances(list)                       // a template and a list
//
// [State.Open] returns the instances, each in its zone and domains:
//
//	set, err := state.Open()
//	for _, in := range set.Instances() { ... in.ID, in.Zone, in.FaultDomain, in.Flags ... }
//
// Every preview starts with a [State]: capacity changes (package whatif), comparisons,
// reviews and rollouts. Errors of this package are [*Mistake]s: they say which file is
// wrong, where, and what to save instead.
//
// The package prints nothing and reads no files.
package instances
