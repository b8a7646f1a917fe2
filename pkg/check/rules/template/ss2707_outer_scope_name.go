package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2707_outer_scope_name.md
var outerScopeNamePage string

// outerScopeName reports names that an inline template declares for nothing: in outer scope its
// expressions mean those of the template around it.
var outerScopeName = &lint.Rule{
	Code: "SS2707", Name: "outer-scope-name", Severity: diag.Warning, Since: "0.1", Page: &outerScopeNamePage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#expression-evaluation-scope-in-nested-templates",
	Run:  checkOuterScopeName,
}

func checkOuterScopeName(p *lint.Pass) {
	lang := p.Language()
	reported := map[any]bool{}
	for _, t := range lang.Texts {
		if !lang.Outer(t.Template) || t.Names == t.Template || t.Section == arm.InParameters {
			continue
		}
		eachCall(t, func(c *expr.Call) {
			what, key, own := shadowed(c, t)
			if own == nil || reported[own] || passesItself(t.Template, what, key, p) {
				return
			}
			reported[own] = true
			p.ReportAt(t.Template, c.NameAt, "%s('%s') refers to the outer template, not to the one declared here", c.Name, key).In(t.Resource).
				Detailf("Set expressionEvaluationOptions.scope to inner, or use two different names.")
		})
	}
}

// shadowed is the declaration of an inline template that parameters('x') or
// variables('x') in it does not mean; nil when there is none.
func shadowed(c *expr.Call, t *arm.Text) (what, name string, own any) {
	if len(c.Args) != 1 || !isCall(c, "parameters", "variables") {
		return "", "", nil
	}
	name, exact := arm.NamePrefix(c.Args[0])
	if !exact {
		return "", "", nil
	}
	if isCall(c, "variables") {
		inner, ok := t.Template.Variables.Get(name)
		if _, outer := t.Names.Variables.Get(name); ok && outer {
			return "variables", name, inner
		}
		return "", "", nil
	}
	inner, ok := t.Template.Parameters.Get(name)
	if _, outer := t.Names.Parameters.Get(name); ok && outer {
		return "parameters", name, inner
	}
	return "", "", nil
}

// passesItself reports a parameter that gets the value of the one around it of
// the same name: then the two mean the same.
func passesItself(inner *arm.Template, what, name string, p *lint.Pass) bool {
	if what != "parameters" {
		return false
	}
	for _, t := range p.Language().Texts {
		if t.Resource == nil || t.Resource.InlineTemplate() != inner || !keyIs(t, "value") {
			continue
		}
		if c := call(t); isCall(c, "parameters") && len(c.Args) == 1 {
			if passed, _ := arm.NamePrefix(c.Args[0]); passed == name {
				return true
			}
		}
	}
	return false
}
