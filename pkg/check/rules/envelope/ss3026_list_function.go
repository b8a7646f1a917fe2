package envelope

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/azure/types"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss3026_list_function.md
var listFunctionPage string

// listFunction reports list functions of resource types that do not have them.
var listFunction = &lint.Rule{
	Code: "SS3026", Name: "list-function", Severity: diag.Warning, Since: "0.2", Page: &listFunctionPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#list",
	Run:  checkListFunction,
}

func checkListFunction(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Expression == nil || !strings.Contains(t.String.Value, "list") && !strings.Contains(t.String.Value, "List") {
			continue
		}
		expr.Walk(t.Expression.Node, func(n expr.Node) bool {
			call, ok := n.(*expr.Call)
			if !ok || len(call.Args) == 0 || !isList(call) {
				return true
			}
			resourceType := namedType(call.Args[0])
			known, ok := types.Find(resourceType)
			if !ok || known.HasList(call.Name) || len(known.Lists) == 0 && !secretless(resourceType) {
				return true
			}
			f := p.ReportAt(t.Template, call.Range(), "%s has no function %s", known.Name, call.Name).In(t.Resource)
			if len(known.Lists) > 0 {
				f.Detailf("Use one of its functions: %s.", strings.Join(known.Lists, ", "))
			} else {
				f.Detailf("Remove the call: the type has no list function.")
			}
			return true
		})
	}
}

// secretless reports types that certainly have no list function: those of
// providers whose specifications are complete.
func secretless(resourceType string) bool {
	provider, _, _ := strings.Cut(strings.ToLower(resourceType), "/")
	switch provider {
	case "microsoft.compute", "microsoft.network", "microsoft.keyvault", "microsoft.managedidentity", "microsoft.authorization":
		return true
	}
	return false
}

func isList(c *expr.Call) bool {
	return c.Namespace == "" && len(c.Name) > len("list") && strings.EqualFold(c.Name[:len("list")], "list")
}

// namedType is the type in resourceId('TYPE', ...), whichever argument it is.
func namedType(n expr.Node) string {
	c, ok := n.(*expr.Call)
	if !ok || !strings.EqualFold(c.Name, "resourceId") {
		return ""
	}
	for _, a := range c.Args {
		if s, ok := a.(*expr.String); ok && strings.Contains(s.Value, "/") {
			return s.Value
		}
	}
	return ""
}
