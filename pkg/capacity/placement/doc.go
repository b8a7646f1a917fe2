// Package placement predicts where Azure places the instances of a virtual machine
// scale set, and which of them it removes when the capacity changes.
//
// It is a pure engine: it takes and returns plain values, and reads nothing from
// elsewhere. The same configuration, instances and capacities always give the same
// answer. A change by n instances in a scale set of m costs O(m log m + n), so a
// million instances are no problem.
//
//	set, err := placement.New(placement.Config{Model: placement.Preview}, 20)
//	change, err := set.Resize(15) // removes 19, 18, 17, 16, 15
//	change, err = set.Resize(18)  // adds 15, 16, 17
//
// Azure does not publish its algorithm. There are two models: [Preview] for the public
// preview of November 2015, and [Current] for Azure since July 2016. docs/models.md
// says which of their rules are documented, recorded or assumed; the functions that
// decide say it in short.
//
// The package does not know templates, limits of Azure, names of resources other than
// instances, or output.
package placement
