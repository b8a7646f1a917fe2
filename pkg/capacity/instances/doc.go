// Package instances knows the state of a virtual machine scale set: what is known
// of the set, and its instances, each with its zone, its domains, its placement
// group, its protection, its power and health, its priority and whether it has
// the newest model.
//
//	state := instances.FromTemplate(set, guidance.Auto)   // a scale set of a template
//	state, err := instances.Read("list.json", text)       // az vmss list-instances
//	state := instances.New("web")                         // nothing but numbers
//	err := state.ReadSet("vmss.json", text)               // az vmss show
//	err := state.AddInstances(list)                       // the template over a list
//
// [State.Open] gives the instances, each in its zone and domains:
//
//	set, err := state.Open()
//	for _, in := range set.Instances() { ... in.ID, in.Zone, in.FaultDomain, in.Flags ... }
//
// A [State] is where every preview starts: capacity changes (package whatif),
// comparisons, reviews and rollouts. Errors of this package are [*Mistake]s: they
// say which file is wrong, where, and what to save instead.
//
// It prints nothing and reads no files.
package instances
