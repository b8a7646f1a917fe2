package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/expr"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2201_secure_parameter_default.md
var secureParameterDefaultPage string

// secureParameterDefault reports secrets that are written in the template as defaults.
var secureParameterDefault = &lint.Rule{
	Code: "SS2201", Name: "secure-parameter-default", Severity: diag.Warning, Since: "0.1", Page: &secureParameterDefaultPage,
	Peers: []string{"Secure-String-Parameters-Cannot-Have-Default", "CKV_AZURE_131"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#secure-parameters-cant-have-hard-coded-default",
	Run:   checkSecureParameterDefault,
}

func checkSecureParameterDefault(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		for name, declared := range t.Parameters.All() {
			if declared.Default == nil || !declared.Secure() || !spellsOut(declared.Default) {
				continue
			}
			p.ReportAt(t, declared.Default.Range(), "the default of secure parameter '%s' is readable in the template", name).
				Detailf("Remove the default, so that the value must be given at deployment, or make it newGuid().")
		}
	}
}

// spellsOut reports whether a value holds a literal text that is not empty.
// Expressions make something up, such as newGuid(), or name something else.
func spellsOut(n jsonc.Node) bool {
	found := false
	jsonc.Walk(n, func(n jsonc.Node) bool {
		s, ok := n.(*jsonc.String)
		found = found || ok && s.Value != "" && !saysNone(s.Value) && !expr.IsExpression(s.Value)
		return !found
	})
	return found
}

// saysNone reports a word that means "no value", which is not a secret.
func saysNone(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "none", "null", "n/a", "na", "unused", "notused", "not-used", "optional":
		return true
	}
	return false
}
