package template

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
)

//go:embed ss2402_id_by_concat.md
var iDByConcatPage string

// idByConcat reports ids that are put together with concat() or format().
var idByConcat = &lint.Rule{
	Code: "SS2402", Name: "id-by-concat", Severity: diag.Info, Since: "0.1", Page: &iDByConcatPage,
	Peers:        []string{"IDs-Should-Be-Derived-From-ResourceIDs", "ResourceIds-should-not-contain"},
	Link:         "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-resourceid-functions",
	OffByDefault: true,
	Run:          checkIDByConcat,
}

func checkIDByConcat(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		eachCall(t, func(c *expr.Call) {
			if inner := firstCall(c); (isCall(c, "reference") || listFunction(c)) && isCall(inner, "concat", "format") && !assemblesID(inner) {
				p.ReportAt(t.Template, inner.NameAt, "%s() assembles the argument of %s()", inner.Name, c.Name).In(t.Resource).
					Detailf("Use resourceId(), which produces a valid id, or the name of a resource of the template.")
			}
			if !isCall(c, "concat", "format") {
				return
			}
			if assemblesID(c) {
				p.ReportAt(t.Template, c.NameAt, "%s() assembles a resource id", c.Name).In(t.Resource).
					Detailf("Use resourceId(), subscriptionResourceId() or extensionResourceId(), which produce valid ids.")
			}
		})
	}
}

// assemblesID reports whether an argument of concat() or format() is a part of an id.
func assemblesID(c *expr.Call) bool {
	return slices.ContainsFunc(c.Args, func(a expr.Node) bool {
		s, ok := a.(*expr.String)
		return ok && (strings.Contains(s.Value, "/providers/Microsoft.") || strings.HasPrefix(s.Value, "/subscriptions/"))
	})
}

// firstCall is the first argument of a call when it is a call itself; otherwise nil.
func firstCall(c *expr.Call) *expr.Call {
	if len(c.Args) == 0 {
		return nil
	}
	inner, _ := c.Args[0].(*expr.Call)
	return inner
}

// listFunction reports a call of a function such as listKeys().
func listFunction(c *expr.Call) bool {
	return c.Namespace == "" && len(c.Name) > len("list") && strings.EqualFold(c.Name[:len("list")], "list")
}
