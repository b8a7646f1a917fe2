// Package upgrade plans how a change of the model reaches the instances of a virtual
// machine scale set: which ones, in which batches, how long it takes, how many
// instances are running at the worst moment, and where the upgrade stops when instances
// become unhealthy.
//
// It is pure: it turns a state, a policy and a change into a plan, reads nothing from
// elsewhere and prints nothing. The same input gives the same plan. Planning n
// instances takes O(n log n) time for the order and O(n + batches × domains) for the
// batches.
//
//	plan := upgrade.New(upgrade.Input{
//		State:  state,
//		Policy: upgrade.Policy{Mode: upgrade.Rolling, MaxBatchPercent: 20, ...},
//		Change: upgrade.Change{Action: upgrade.Reimage},
//	})
//
// Where Azure documents a rule, the plan follows it. Where it does not, the plan
// assumes one. [Plan.Notes] lists each rule that the plan follows, with its source and
// its evidence.
package upgrade
