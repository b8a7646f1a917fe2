// Package whatif plans capacity changes of a scale set: what a series of
// changes adds and removes, how the set then stands, and which limits the new
// capacities cross.
//
//	src := instances.FromTemplate(set, guidance.Auto)      // or any other state
//	changes, err := whatif.ParseChanges("15,18,+10%")
//	plan, err := whatif.New(src, changes, whatif.Options{})
//
// A [Source] is what is known of the set: from a template through pkg/azure/vmss,
// from saved answers of Azure, or from nothing but numbers (package instances). The engine
// is pkg/capacity/placement; this package adds names, ports, accounts, limits and the
// words. A [*Mistake] is an input that makes no sense, for which nothing is
// planned; whatever Azure would reject or regret is a finding of a step.
//
// It prints nothing and reads no files.
package whatif
