// Package placement predicts where the instances of a virtual machine scale
// set go and which of them leave when its capacity changes.
//
// It is a pure engine: plain values in, plain values out, nothing read from
// anywhere. The same configuration, instances and capacities always give the
// same answer. A capacity change of n instances in a set of m costs
// O(m log m + n), so a set of a million is no trouble.
//
//	set, err := placement.New(placement.Config{Model: placement.Preview}, 20)
//	change, err := set.Resize(15) // removes 19, 18, 17, 16, 15
//	change, err = set.Resize(18)  // adds 15, 16, 17
//
// Azure does not publish its algorithm. Two models stand for two eras,
// [Preview] for the public preview of November 2015 and [Current] for the
// service since July 2016; what of them is documented, what was recorded on
// real sets and what is assumed is described in docs/models.md and, in short, on
// the functions that decide.
//
// What the package does not know: templates, limits of Azure, names of
// resources other than instances, and output.
package placement
