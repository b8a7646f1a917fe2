// Package naming holds the rules about the names of resources and their parts,
// which read the rules of package names: codes SS31xx.
package naming

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/names"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

// Rules are the rules of the family, in the order of their codes.
func Rules() []*lint.Rule {
	return []*lint.Rule{resourceName, partName, domainLabel, reservedWord, placeholderName}
}

// rulesPage is the documented list of the rules.
const rulesPage = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"

// storageAccounts are judged by the rule storage-account-name (SS5003).
const storageAccounts = "Microsoft.Storage/storageAccounts"

// nested are the types whose names the template engine judges.
const nested = "Microsoft.Resources/deployments"

// text is the name that a node holds; ok is false when it is unknown, still
// awaits a value, or is a placeholder. Of a parameter, an empty text is one, and
// a text with one in it; what the template writes out is deployed as it is,
// except for a placeholder between delimiters, which [placeholderName] reports.
func text(p *lint.Pass, n *expand.Node) (name string, ok bool) {
	name, ok = n.Text()
	if !ok || awaits(n, name) || arm.IsFillIn(lastSegment(name)) || (name == "" || p.Assumed(name)) && p.Written(n) == nil {
		return "", false
	}
	return name, true
}

// awaits reports a name that is to be filled in: an empty one, or one that an
// empty default is part of. An empty prefix in a parameter file is a value: the
// name that it leads to is deployed.
func awaits(n *expand.Node, name string) bool {
	return n.NeedsValue() && (name == "" || slices.ContainsFunc(n.Trail(), func(s diag.Step) bool { return s.Kind == diag.DefaultStep }))
}

// wrong is what a rule says against a name; "" when nothing. Where a hash of the
// resource group is part of the name, another group may have another first
// character.
func wrong(rule names.Rule, n *expand.Node, name string) string {
	what := rule.Wrong(name)
	if what != "" && lint.Calls(n, "uniqueString") && rule.Allows("a"+name[1:]) {
		return ""
	}
	return what
}

// A judge reports each place once, even if several copies of a loop have it.
type judge struct {
	pass *lint.Pass
	seen map[source.Range]bool
}

func newJudge(p *lint.Pass) *judge { return &judge{p, map[source.Range]bool{}} }

// name reports what is wrong with a name; of describes its owner.
func (j *judge) name(at *expand.Node, of, name string, rule names.Rule, what string, certain bool) {
	if j.seen[at.At()] {
		return
	}
	j.seen[at.At()] = true
	f := j.pass.Reportf(at, "the name %s of %s %s", quote(name), of, what).Detailf("%s", rule.Remedy())
	if !certain {
		f.Severity(diag.Warning)
	}
}

const longest = 40 // characters of a name in a message

func quote(name string) string {
	if r := []rune(name); len(r) > longest {
		name = string(r[:longest]) + "…"
	}
	return fmt.Sprintf("%q", name)
}

// lastSegment returns the last part of a name, which is the resource's own.
func lastSegment(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func is(resourceType, want string) bool { return strings.EqualFold(resourceType, want) }
