// Package mutation measures tests: it makes small mistakes in the code of a
// package, one at a time, and looks which of them no test notices.
//
//	go run ./pkg/internal/mutation/cmd ./pkg/capacity/placement
//
// Every mistake, called a mutant, is written into one copy of the package
// behind a switch, so that each test binary is compiled once:
//
//	if mutant.True(17, mutant.Less(16, n, limit)) {
//
// where 16 turns < into <= and 17 takes the condition as true. The copy never
// touches the tree: the go command gets it as an overlay. A first run of each
// test without a mistake notes which switches it comes by. A mutant that none
// comes by is not covered; every other one is tried with the tests that do,
// quick ones first, and is killed when one of them fails, crashes, or takes far
// longer or far more memory than without it. What is left has survived, and is
// for a reader: a case that no test has, a mistake in the code, code that does
// nothing, or a change that changes nothing.
//
// Mistakes are made in logic alone: comparisons move by one, conditions are
// always or never met, the halves of && and || are left out, + becomes -, an
// integer is one more or one less, true is false, a statement, a continue, a
// break or a case is dropped, a return gives zero values. Texts stay as they
// are.
package mutation
