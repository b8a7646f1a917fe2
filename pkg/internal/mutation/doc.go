// Package mutation measures the quality of tests: it makes small mistakes in
// the code of a package, one at a time, and reports the mistakes that no test
// detects.
//
//	go run ./pkg/internal/mutation/cmd ./pkg/capacity/placement
//
// Every mistake, called a mutant, is written into one copy of the package
// behind a switch, so that each test binary is compiled once:
//
//	if mutant.True(17, mutant.Less(16, n, limit)) {
//
// where 16 turns < into <= and 17 replaces the condition by true. The copy
// never touches the tree: the go command gets it as an overlay. A first run of
// each test without a mutant records the switches that it executes. A mutant
// that no test executes is not covered; every other one is run with the tests
// that execute it, quick ones first, and is killed if one of them fails,
// crashes, or needs far more time or memory than without it. The rest has
// survived and needs a reader: a missing test case, a mistake in the code, code
// without effect, or an equivalent change.
//
// Only logic is mutated: comparisons move by one, conditions become true or
// false, one half of && and || is dropped, + becomes -, an integer is increased
// or decreased by one, true becomes false, a statement, a continue, a break or
// a case is dropped, a return returns zero values. Texts are not changed.
package mutation
