package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm/expand"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/source"
)

//go:embed ss2209_written_secret.md
var writtenSecretPage string

// writtenSecretRule reports values of secure parameters that are plain text: in parameter files,
// and in what nested deployments pass.
var writtenSecretRule = &lint.Rule{
	Code: "SS2209", Name: "written-secret", Severity: diag.Warning, Since: "0.1", Page: &writtenSecretPage,
	Link: "https://learn.microsoft.com/azure/azure-resource-manager/templates/key-vault-parameter",
	Run:  checkWrittenSecret,
}

func checkWrittenSecret(p *lint.Pass) {
	for _, given := range p.Deployment.Expanded.Parameters {
		if at, ok := writtenSecret(given); ok && at.File != p.Template.Tree.File {
			p.ReportAt(nil, at, "the value of secure parameter '%s' is written in the parameter file", given.Declared.Name()).
				Around(given.Declared.Key.At).
				Detailf("Refer to a Key Vault secret, or pass the value on the command line.")
		}
	}
	for _, n := range p.Deployment.Expanded.Nested {
		for _, given := range n.Parameters {
			if at, ok := writtenSecret(given); ok && n.Declared.Node.At.Contains(at) {
				p.ReportAt(n.Declared.Template(), at, "the value of secure parameter '%s' of a nested deployment is written in the template", given.Declared.Name()).
					In(n.Declared).
					Detailf("Pass a secure parameter of the outer template.")
			}
		}
	}
}

// writtenSecret is where the value of a secure parameter is spelled out.
func writtenSecret(given *expand.Parameter) (source.Range, bool) {
	if given.Source != expand.FromFile || !given.Declared.Secure() || given.Node == nil {
		return source.Range{}, false
	}
	at := given.Node.At()
	text := at.Text()
	switch {
	case strings.HasPrefix(text, `"`):
		return at, text != `""` && !strings.HasPrefix(text, `"[`)
	case strings.HasPrefix(text, "{"):
		return at, strings.Trim(text, "{} \t\r\n") != "" && at.File != nil
	}
	return at, false
}
