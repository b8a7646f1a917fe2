package lsp

import (
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/eval"
	"github.com/scaleset/scaleset/pkg/arm/expand"
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

// assumptions finds the facts that values depend on. It looks at each origin once, so
// one is shared by all values of a document.
type assumptions []*eval.Search

func newAssumptions() assumptions {
	var all assumptions
	for _, f := range factsOf {
		call := strings.ToLower(f.function) + "("
		all = append(all, eval.NewSearch(func(o *eval.Origin) bool { return strings.Contains(strings.ToLower(o.At.Text()), call) }))
	}
	return all
}

// of names the facts that a value depends on and that are not given, such as the
// region of the resource group; "" for none.
func (a assumptions) of(c cursor, n *expand.Node) string {
	if c.checked.template == nil {
		return ""
	}
	needed, from := map[string]bool{}, n.Origin()
	for i, f := range factsOf {
		if a[i].Any(from) {
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
