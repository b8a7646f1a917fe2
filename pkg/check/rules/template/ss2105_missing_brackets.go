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

//go:embed ss2105_missing_brackets.md
var missingBracketsPage string

// missingBrackets reports texts that are expressions but for their brackets.
var missingBrackets = &lint.Rule{
	Code: "SS2105", Name: "missing-brackets", Severity: diag.Warning, Since: "0.1", Page: &missingBracketsPage,
	Peers: []string{"Parameters-Must-Be-Referenced"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions",
	Run:   checkMissingBrackets,
}

func checkMissingBrackets(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if !isPlain(t) || !readsLikeExpression(t) {
			continue
		}
		f := p.ReportAt(t.Template, t.String.At, "%s has no brackets, so it is not evaluated", t.String.Value).In(t.Resource).
			Detailf("Write [%s] to use the value of the expression.", t.String.Value)
		if own(p, t.Template) {
			f.Fix("put it in brackets", diag.Edit{Range: t.String.At, Text: jsonc.Quote("[" + t.String.Value + "]")})
		}
	}
}

// readsLikeExpression reports a text that is wholly a call which names something
// that the template declares.
func readsLikeExpression(t *arm.Text) bool {
	s := t.String.Value
	if len(s) > 400 || !strings.HasSuffix(s, ")") {
		return false
	}
	n, found := expr.Parse("["+s+"]", t.String.Map())
	c, ok := n.(*expr.Call)
	if !ok || found.HasErrors() || len(c.Args) != 1 {
		return false
	}
	name, exact := arm.NamePrefix(c.Args[0])
	switch {
	case !exact:
		return false
	case isCall(c, "parameters"):
		_, ok = t.Names.Parameters.Get(name)
		return ok
	case isCall(c, "variables"):
		_, ok = t.Names.Variables.Get(name)
		return ok
	}
	return false
}
