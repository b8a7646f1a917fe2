package template

import (
	_ "embed"

	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
)

//go:embed ss2203_output_secret.md
var outputSecretPage string

// outputSecret reports outputs of a plain type that are made of secrets.
var outputSecret = &lint.Rule{
	Code: "SS2203", Name: "output-secret", Severity: diag.Warning, Since: "0.1", Page: &outputSecretPage,
	Peers: []string{"Outputs-Must-Not-Contain-Secrets", "AZR-000279"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#outputs-cant-include-secrets",
	Run:   checkOutputSecret,
}

func checkOutputSecret(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Texts {
		if t.Output == nil || t.Output.Secure() {
			continue
		}
		secret := lang.Secret(t)
		if secret == "" && t.Expression != nil && namesPassword(t.Output.Name()) {
			secret = "a password, by its name"
		}
		if secret != "" {
			p.ReportAt(t.Template, t.String.At, "output '%s' exposes %s", t.Output.Name(), secret).
				Detailf("Anyone who can read the deployment can read its outputs. Remove the output, read the value where it is needed, or make the output a securestring.")
		}
	}
}
