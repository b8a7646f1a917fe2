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
	Code: "SS2203", Name: "output-secret", Severity: diag.Warning, Since: "0.1", Doc: outputSecretPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#outputs-cant-include-secrets",
	Run:  checkOutputSecret,
}

func checkOutputSecret(p *lint.Pass) {
	lang := p.Language()
	for _, t := range lang.Texts {
		if t.Output == nil || t.Output.Secure() {
			continue
		}
		secret := lang.Secret(t)
		if secret == "" && t.Expression != nil && namesPassword(t.Output.Name()) {
			secret = "a password, as its name says"
		}
		if secret != "" {
			p.ReportAt(t.Template, t.String.At, "the output '%s' gives away %s", t.Output.Name(), secret).
				Detailf("Everybody who may read the deployment reads its outputs. Take it away, let who needs the value ask for it, or make the output securestring.")
		}
	}
}
