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

//go:embed ss2102_unused_variable.md
var unusedVariablePage string

// unusedVariable reports variables that no expression names.
var unusedVariable = &lint.Rule{
	Code: "SS2102", Name: "unused-variable", Severity: diag.Warning, Since: "0.1", Page: &unusedVariablePage,
	Peers: []string{"Variables-Must-Be-Referenced", "AZR-000219"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#variables",
	Run:   checkUnusedVariable,
}

func checkUnusedVariable(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Templates {
		if lang.Outer(t) {
			continue // its expressions mean the variables around it
		}
		for name, v := range t.Variables.All() {
			if lang.Used(v) || isRemark(v) {
				continue
			}
			f := p.ReportAt(t, v.Key.At, "variable '%s' is not used", name).
				Many("%d variables are not used: %s", name)
			if edits := removal(p, t, "variables", v.Key); edits != nil {
				f.Fix("remove the variable", edits...)
			} else {
				f.Detailf("Remove it, or use it.")
			}
		}
	}
}

// isRemark reports a variable that serves as a comment, as authors write them
// that need strict JSON: documentation1, comment, _note.
func isRemark(v *arm.Variable) bool {
	s, ok := v.Value.(*jsonc.String)
	if !ok || expr.IsExpression(s.Value) {
		return false
	}
	name := strings.TrimLeft(strings.ToLower(v.Name()), "_")
	return strings.HasPrefix(name, "documentation") || strings.HasPrefix(name, "comment") || strings.HasPrefix(name, "note")
}
