package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2202_secret_not_secure.md
var secretNotSecurePage string

// secretNotSecure reports parameters that hold a secret by their name and are of a plain type.
var secretNotSecure = &lint.Rule{
	Code: "SS2202", Name: "secret-not-secure", Severity: diag.Warning, Since: "0.1", Page: &secretNotSecurePage,
	Peers: []string{"Password-params-must-be-secure", "AZR-000408"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#use-secure-string-for-passwords",
	Options: []lint.Option{{Name: "allow", Kind: lint.Texts, Default: []string{},
		Doc: "Names of parameters that are not secrets; their values stay hidden in all output"}},
	Run: checkSecretNotSecure,
}

func checkSecretNotSecure(p *lint.Pass) {
	for _, t := range p.Language().Templates {
		for name, declared := range t.Parameters.All() {
			kind, ok := plainKind(declared)
			if !ok || !arm.NamesSecret(name) || p.Lists("allow", name) {
				continue
			}
			at := declared.Key.At
			if declared.KindNode != nil {
				at = declared.KindNode.Range()
			}
			f := p.ReportAt(t, at, "parameter '%s' is a secret, but its type is %s", name, kind).
				Many("%d parameters are secrets, but their types are not secure: %s", name).
				Detailf("Use %s: values of plain types stay readable in the deployment history.", secureKind(kind))
			if declared.KindNode != nil && own(p, t) {
				f.Choice("make it secure", diag.Edit{Range: at, Text: jsonc.Quote(secureKind(kind).String())})
			}
		}
	}
}

// plainKind is the kind of a parameter that could be secure and is not. One with
// a list of allowed values chooses, and holds no secret.
func plainKind(declared *arm.Parameter) (arm.Kind, bool) {
	t, _ := declared.Resolve()
	return t.Kind, (t.Kind == arm.StringKind || t.Kind == arm.ObjectKind) && declared.AllowedValues == nil
}

func secureKind(plain arm.Kind) arm.Kind {
	if plain == arm.ObjectKind {
		return arm.SecureObjectKind
	}
	return arm.SecureStringKind
}
