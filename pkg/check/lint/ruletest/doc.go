// Package ruletest tests rules against templates that say what is wrong with
// them, and executes their pages.
//
//	func TestRules(t *testing.T) { ruletest.Run(t, capacity.Rules()) }
//
// # Templates
//
// The templates of a rule are in testdata/ssNNNN, at least one good_*.json and
// one bad_*.json. A finding is expected by a comment on its line:
//
//	"capacity": 120 // want SS4001 "above 100"
//
// The text in quotes is a regular expression on the message; several may follow
// each other. A missing finding fails the test, and so does an extra one. A
// finding that has not the severity of its rule says so: want SS5003 warning
// "pattern". The line is that of the value to change, or of the expression that leads to it
// when the value is in another file. Only the one rule runs.
//
// Parameters come from X.parameters.json beside X.json. A template is checked for
// its API version, or for the era that a comment names: // guidance: current.
// Options of the rule are set by a comment: // options: months = 12, allow = a|b.
// Each option has a template that sets it.
// The versions of resource types that rules ask for are a short fixed list.
// A quota comes from X.usage.json, sizes from X.skus.json; page.usage.json is
// that of the page.
// A folder good_* or bad_* holds the templates of one run, for rules that look
// at all of them.
//
// Every fix that may be applied unseen is applied: the template still expands,
// the finding is gone, and there is nothing left to apply.
//
// [Forms] writes the values of every bad template in other ways: as variables,
// as parameters with a default or with a value in a file, as expressions, in a
// loop. The rule has to report the same, so no template is written for these.
//
// [Unknown] takes away the values of every template one by one: the rule may say
// less then, and never more.
//
// [Boundaries] writes values on both sides of limits into templates.
//
// # Pages
//
// The Bad block of a page must give exactly its Output, the Good block nothing.
// go test -update rewrites the Output.
package ruletest
