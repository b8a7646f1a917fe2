package lsp

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
)

// factsOf are the facts about a deployment that functions return, by the names of the
// flags that give them.
var factsOf = []struct {
	function string
	facts    []string
}{
	{"resourceGroup", []string{"location", "resource-group", "subscription-id"}},
	{"resourceId", []string{"subscription-id", "resource-group"}},
	{"subscription", []string{"subscription-id", "tenant-id"}},
	{"tenant", []string{"tenant-id"}},
	{"managementGroup", []string{"management-group"}},
	{"deployment", []string{"location", "deployment-name"}},
}

// assumed names the facts that a value depends on and that nobody has given, such as
// the region of the resource group; "" for none.
func assumed(c cursor, n *expand.Node) string {
	if c.checked.template == nil || n.Origin == nil {
		return ""
	}
	needed := map[string]bool{}
	for _, f := range factsOf {
		if lint.Calls(n, f.function) {
			for _, fact := range f.facts {
				needed[fact] = true
			}
		}
	}
	var all []string
	for _, fact := range c.checked.template.Assumed {
		if needed[fact.Flag] {
			all = append(all, strings.ReplaceAll(fact.Flag, "-", " ")+" "+fact.Value)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "Assumed: " + strings.Join(all, ", ")
}
