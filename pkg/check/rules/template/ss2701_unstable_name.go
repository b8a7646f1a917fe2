package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2701_unstable_name.md
var unstableNamePage string

// unstableName reports names that are made of utcNow() or newGuid().
var unstableName = &lint.Rule{
	Code: "SS2701", Name: "unstable-name", Severity: diag.Warning, Since: "0.1", Page: &unstableNamePage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-use-stable-resource-identifier",
	Run:  checkUnstableName,
}

func checkUnstableName(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if !ofResource(t, "name") || t.Resource.IsDeployment() || strings.EqualFold(t.Resource.Type, "Microsoft.Resources/deploymentScripts") {
			continue
		}
		if call := changing(t.Expression, t.Names, map[*jsonc.String]bool{}); call != "" {
			p.ReportAt(t.Template, t.String.At, "the name uses %s(), so each deployment creates a new %s resource", call, shortType(t.Resource.Type)).In(t.Resource).
				Detailf("Use uniqueString(resourceGroup().id), which is the same in each deployment to the group.")
		}
	}
}

// maxTexts bounds how many variables and defaults one name is followed through.
const maxTexts = 1000

// changing names a function in an expression, or in what it names, that answers
// something else each time. seen are the texts that were visited.
func changing(e *arm.Expression, names *arm.Template, seen map[*jsonc.String]bool) (found string) {
	if e == nil {
		return ""
	}
	expr.Walk(e.Node, func(n expr.Node) bool {
		c, ok := n.(*expr.Call)
		if !ok || found != "" {
			return found == ""
		}
		if isCall(c, "utcNow", "newGuid") {
			found = c.Name
		} else if s, ok := named(c, names).(*jsonc.String); ok && !seen[s] && len(seen) < maxTexts {
			seen[s] = true
			found = changing(names.Expression(s), names, seen)
		}
		return found == ""
	})
	return found
}

// named is the default or the value that parameters('x') or variables('x') means.
func named(c *expr.Call, names *arm.Template) jsonc.Node {
	if len(c.Args) != 1 || !isCall(c, "parameters", "variables") {
		return nil
	}
	name, _ := arm.NamePrefix(c.Args[0])
	if isCall(c, "variables") {
		if v, ok := names.Variables.Get(name); ok {
			return v.Value
		}
		return nil
	}
	if declared, ok := names.Parameters.Get(name); ok {
		return declared.Default
	}
	return nil
}

func shortType(t string) string { return t[strings.LastIndexByte(t, '/')+1:] }
