package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2207_literal_password.md
var literalPasswordPage string

// literalPassword reports passwords that are written in a resource or a variable.
var literalPassword = &lint.Rule{
	Code: "SS2207", Name: "literal-password", Severity: diag.Warning, Since: "0.1", Page: &literalPasswordPage,
	Peers: []string{"adminPassword-Should-Not-Be-A-Literal", "AZR-000316"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#security-recommendations-for-parameters",
	Run:   checkLiteralPassword,
}

func checkLiteralPassword(p *lint.Pass) {
	for _, t := range p.Language().Texts {
		if t.Section != arm.InResources && t.Section != arm.InVariables || !namesPassword(t.Key) {
			continue
		}
		s, ok := constant(t)
		if !ok || isReference(s.Value) {
			continue
		}
		p.ReportAt(t.Template, s.At, "password '%s' is written in the template", t.Key).In(t.Resource).
			Detailf("Use a parameter of type securestring: anyone who can read the template can read the password.")
	}
}

// namesPassword reports names of members and variables that are a password.
func namesPassword(key string) bool {
	const word = "password" // this runs on every text, so it copies none
	return len(key) >= len(word) && strings.EqualFold(key[len(key)-len(word):], word) ||
		strings.EqualFold(key, "passwd") || strings.EqualFold(key, "pwd")
}

// isReference reports texts that only say where the password is: settings of DSC
// that point to the protected ones, references to a key vault, names of functions.
func isReference(s string) bool {
	low := strings.ToLower(s)
	for _, prefix := range [...]string{"privatesettingsref:", "@microsoft.keyvault", "parameters(", "variables(", "http", "${", "{{", "$("} {
		if strings.HasPrefix(low, prefix) {
			return true
		}
	}
	return false
}
