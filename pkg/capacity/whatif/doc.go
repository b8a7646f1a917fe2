// Package whatif plans capacity changes of a scale set: which instances a series of
// changes adds and removes, how they are then spread, and which limits the new
// capacities exceed.
//
//	src := instances.FromTemplate(set, guidance.Auto)      // or any other state
//	changes, err := whatif.ParseChanges("15,18,+10%")
//	plan, err := whatif.New(src, changes, whatif.Options{})
//
// A [Source] is what is known about the scale set: from a template through
// pkg/azure/vmss, from saved answers of Azure, or only numbers (package instances). The
// engine is pkg/capacity/placement; this package adds names, ports, accounts, limits
// and the sentences. An input that contradicts itself is a [*Mistake], and nothing is
// planned; what Azure rejects or advises against is a finding of its step.
//
// The package prints nothing and reads no files.
package whatif
