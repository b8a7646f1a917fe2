package profile

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/azure/guidance"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss4105_admin_password_in_template.md
var adminPasswordInTemplatePage string

// passwordInTemplate reports a password of the administrator that is written in
// the template, at its place or in a variable, or that a plain parameter carries
// whose name does not say so. Where it does, secret-not-secure reports it.
var passwordInTemplate = &lint.Rule{
	Code: "SS4105", Name: "admin-password-in-template", Severity: diag.Warning, Since: "0.1", Page: &adminPasswordInTemplatePage,
	Peers:    []string{"adminPassword-Should-Not-Be-A-Literal", "AZR-000316"},
	Guidance: []guidance.ID{guidance.AdminPasswordSecure}, Run: checkPasswordInTemplate,
	Replaces: []diag.Code{"SS2207"}, // literal-password: the same, of a variable
}

func checkPasswordInTemplate(p *lint.Pass) {
	for _, set := range p.ScaleSets {
		password := set.OS.AdminPassword
		if !password.IsSet() {
			continue
		}
		parameter := parameterBehind(p, password.Node)
		text, known := password.Known()
		switch {
		case parameter == nil && known && text != "" && !generated(password.Node) && variableBehind(password.Node) != "":
			p.Reportf(password, "the administrator password is in variable %s", variableBehind(password.Node)).
				Detailf("Pass it in a securestring parameter, from a key vault if possible: anyone who can read the template or the deployment history can read it.")
		case parameter == nil && known && text != "" && !generated(password.Node) && isWritten(password.Node):
			p.Reportf(password, "the administrator password is written in the template").
				Detailf("Pass it in a securestring parameter, from a key vault if possible: anyone who can read the template or the deployment history can read it.")
		case parameter != nil && parameter.Declared.Kind == arm.StringKind && !arm.NamesSecret(parameter.Declared.Name()):
			// A parameter whose name says that it is a secret is reported for itself.
			f := p.Reportf(password, "the administrator password comes from parameter %s of type string", parameter.Declared.Name()).
				Detailf("Use type securestring: values of string parameters are stored with the deployment and readable there.")
			if kind := parameter.Declared.KindNode; kind != nil {
				f.Fix("make the parameter a securestring", diag.Edit{Range: kind.Range(), Text: `"securestring"`})
			}
		}
	}
}

// parameterBehind is the parameter of the root template that a value is, or is
// made of; nil when there is none.
func parameterBehind(p *lint.Pass, n *expand.Node) *expand.Parameter {
	for _, step := range n.Trail() {
		if step.Kind != diag.ParameterStep {
			continue
		}
		for _, parameter := range p.Deployment.Expanded.Parameters {
			if strings.EqualFold(parameter.Declared.Name(), step.Name) {
				return parameter
			}
		}
	}
	return nil
}

// variableBehind is the variable that a value is, or is made of, when its name
// does not say that it is a secret; "" otherwise.
func variableBehind(n *expand.Node) (name string) {
	for _, step := range n.Trail() {
		if step.Kind == diag.VariableStep {
			if arm.NamesSecret(step.Name) {
				return ""
			}
			name = step.Name
		}
	}
	return name
}

// isWritten reports a value that neither a variable nor a parameter carries.
func isWritten(n *expand.Node) bool {
	return !slices.ContainsFunc(n.Trail(), func(s diag.Step) bool {
		return s.Kind == diag.VariableStep || s.Kind == diag.ParameterStep
	})
}

// generated reports a value that a function generates or hashes.
func generated(n *expand.Node) bool {
	text := strings.ToLower(n.At().Text())
	return strings.Contains(text, "uniquestring(") || strings.Contains(text, "newguid(") || strings.Contains(text, "guid(")
}
