// Package requirements holds what Azure resource providers require of the
// properties of a resource, as a table: codes SS8001-SS8999.
//
// A [Row] says that a property requires or excludes another one, or bounds it.
// One engine turns every row into findings, and each family of rows is a rule
// with one page. To add a row, add one line to the table of its family
// (rows_*.go) and run the tests: they build the smallest template that breaks
// the row and one that does not from the row itself.
//
// # Clauses
//
// The members When and Must of a row are clauses, separated by semicolons in
// When. A clause is a path, an operator and operands:
//
//	name absent                      name is not set (null counts as not set)
//	name present                     name is set
//	kind = A | B                     one of these values, case-insensitive
//	kind != A | B                    none of these values
//	mode (Uniform) = Uniform         the value, or Uniform when it is not set
//	size >= 4                        a number; also < <= >
//	gracePeriod >= PT10M             an ISO 8601 duration
//	minimum <= @maximum              compared with another property
//	kind same @other                 equal to another property, or "differs"
//	path same /home/{admin}/x        equal to a text with the property in it
//	zone in @zones[]                 one of the values of an array
//	subnets[].id alike               all items have the same value
//	prefixes[] apart                 no two address prefixes overlap
//	prefixes[] apart @others[]       none overlaps one of the others
//	address within @prefix           an address of one of these prefixes
//	address usable in @prefix        and none of the five that Azure reserves
//	rules[] count <= 10              the number of items
//	name length <= 80                the number of characters
//	rules[].priority unique          no two items have the same value
//	rules[] unique port,protocol     no two items have all of these in common
//	id is guid                       a known form, see formats
//	principalId refers identity      the principal of an identity of the template
//	path matches /^x/ like x1        a regular expression, with an example
//	any of a, b                      at least one is set
//	one of a, b                      exactly one is set
//	at most one of a, b              not two of them are set
//	all or none of a, b              either all or none are set
//
// and these, which have no path: uniform, flexible (the orchestration mode of
// a scale set), windows, linux (the operating system of the profile at hand),
// zonal region and region with two fault domains (of the location of the resource),
// api >= 2021-08-01 and api < 2021-08-01. As Must, "never TEXT" is broken whenever
// the clauses of When hold, and TEXT is the message.
//
// A path is relative to the item that the row is about. A dot in a name has a backslash before it. "/" begins at the
// resource, "^" at the place of the row (such as the profile of a scale set),
// and each "../" climbs to the enclosing object or array. "[]" stands for every
// item of an array, "{}" for every value of a map, "[a:b=true]" for the
// items whose a.b is true, and "[a!=true]" for those whose a is not; a clause about several items holds when it holds for one,
// and its negation when it holds for none. "->" follows a resource id, or the
// address of a blob service, to the resource or part of the same template, "parent->" leads from a child resource
// to its parent, and "all[]" to every resource of the type. "!" before a clause of When makes its property the place of
// the finding instead of the property of Must; "?" leaves a clause out of the
// message.
//
// A value is absent, known or unknown. A clause about an unknown value is
// neither true nor false, and a row reports only what is certainly violated.
// An empty string, array or object counts as unknown to present and absent.
package requirements

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/internal/lazy"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

// Evidence says how sure it is that Azure rejects what breaks a row.
type Evidence int

// Only the first three are errors.
const (
	Recorded   Evidence = iota // an answer of Azure was recorded
	Documented                 // the documentation or the REST specification states it
	Reported                   // a public report has the rejection
	Inferred                   // it follows from other statements: a warning
	Ignored                    // Azure accepts it, without effect: a hint
	Advised                    // advice of the documentation: it deploys either way
)

var evidenceNames = [...]string{"recorded", "documented", "reported", "inferred", "accepted without effect", "advice"}

func (e Evidence) String() string { return evidenceNames[e] }

// Severity returns the severity of a finding that rests on e.
func (e Evidence) Severity() diag.Severity {
	switch e {
	case Inferred:
		return diag.Warning
	case Ignored, Advised:
		return diag.Info
	}
	return diag.Error
}

// A Place is where in a resource type the items of a row are: the path of an
// object, such as "properties.virtualMachineProfile".
type Place struct{ Type, Path string }

// A Row is one requirement. The package comment describes its clauses.
type Row struct {
	ID     string  // lower-case words with hyphens, unique
	Places []Place // the resource types, and the object in each that "^" means
	At     string  // the object or item below the place that the row is about
	When   string  // clauses that must all hold; may be empty
	Must   string  // the clause that must hold then
	Sure   Evidence
	Source string // URL of the documentation page, specification or report
	// Why says in one sentence why Azure rejects it, or what it does.
	Why string
	// Fix says what to do; generated from Must when empty.
	Fix string
}

// A Family is the rows of one rule.
type Family struct {
	Code  diag.Code
	Name  string
	Title string
	Page  *string // Markdown
	// Peers are the ids of the checks of other tools that look at the same.
	Peers []string
	Rows  []Row
}

// Rules are the rules of the family, in the order of their codes. They are the
// same ones at every call, so that a process reads their rows once.
func Rules() []*lint.Rule { return slices.Clone(all.Get()) }

var all = lazy.Value[[]*lint.Rule]{Of: func() []*lint.Rule {
	all := []*lint.Rule{concurrentCredentials, concurrentSubnets, concurrentRuleGroups, aliasBesideRecords, sharedSink, poolNetworks, diagnosticSetting}
	for _, list := range [][]Family{families, advice} {
		for i := range list {
			all = append(all, rule(&list[i]))
		}
	}
	slices.SortFunc(all, func(a, b *lint.Rule) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
}}

// Unchecked are the statements about requirements that no rule checks.
func Unchecked() []lint.Unchecked { return nil }

// rule is the rule of a family.
func rule(f *Family) *lint.Rule {
	table := newTable(f.Rows)
	return &lint.Rule{
		Code: f.Code, Name: f.Name, Severity: f.Severity(), Also: f.also(), Since: "0.1", Page: f.Page,
		Peers: f.Peers, OffByDefault: f.advises(),
		Link: "https://learn.microsoft.com/azure/templates/",
		// The schema says no more about the same property.
		Replaces: []diag.Code{"SS3004", "SS3005", "SS3006", "SS3007", "SS3008"},
		Run:      table.check,
	}
}

// advises reports whether the rows of the family are advice.
func (f *Family) advises() bool {
	return !slices.ContainsFunc(f.Rows, func(r Row) bool { return r.Sure != Advised })
}

func pageName(f *Family) string {
	return fmt.Sprintf("%s_%s.md", strings.ToLower(string(f.Code)), strings.ReplaceAll(f.Name, "-", "_"))
}
