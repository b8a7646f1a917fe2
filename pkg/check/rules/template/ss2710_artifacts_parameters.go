package template

import (
	_ "embed"
	"strings"

	"github.com/scaleset/scaleset/pkg/arm"
	"github.com/scaleset/scaleset/pkg/check/lint"
	"github.com/scaleset/scaleset/pkg/syntax/diag"
	"github.com/scaleset/scaleset/pkg/syntax/jsonc"
)

//go:embed ss2710_artifacts_parameters.md
var artifactsParametersPage string

// artifactsParameters reports the parameters by which deployment scripts hand over
// the place of files when they are not as these scripts expect them.
var artifactsParameters = &lint.Rule{
	Code: "SS2710", Name: "artifacts-parameters", Severity: diag.Info, Since: "0.2", Page: &artifactsParametersPage, OffByDefault: true,
	Peers: []string{"artifacts-parameter"},
	Link:  "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-test-cases#artifacts-parameter-defined-correctly",
	Run:   checkArtifactsParameters,
}

func checkArtifactsParameters(p *lint.Pass) {
	t := p.Template.ARM
	if t == nil {
		return
	}
	location, ok := t.Parameters.Get("_artifactsLocation")
	if !ok {
		return
	}
	token, paired := t.Parameters.Get("_artifactsLocationSasToken")
	if !paired {
		p.ReportAt(t, location.Key.At, "parameter '_artifactsLocation' has no '_artifactsLocationSasToken' beside it").
			Detailf("Add the parameter with the type securestring and an empty default.")
	}
	switch location.Kind {
	case arm.StringKind, arm.SecureStringKind:
		text, written := location.Default.(*jsonc.String)
		switch {
		case location.Default == nil:
			p.ReportAt(t, location.Key.At, "parameter '_artifactsLocation' has no default").
				Detailf("Set defaultValue to [deployment().properties.templateLink.uri], so that the files are found beside the template.")
		case written && !strings.Contains(strings.ToLower(text.Value), "deployment()") && !strings.HasPrefix(strings.ToLower(text.Value), "https://raw.githubusercontent.com/azure/azure-quickstart-templates/"):
			p.ReportAt(t, text.At, "the default of parameter '_artifactsLocation' is one place").
				Detailf("Set defaultValue to [deployment().properties.templateLink.uri], so that the files are found beside the template.")
		}
	default:
		p.ReportAt(t, location.Key.At, "parameter '_artifactsLocation' is not a string").Detailf("Set the type to string.")
	}
	if paired && token.Kind != arm.SecureStringKind {
		p.ReportAt(t, token.Key.At, "parameter '_artifactsLocationSasToken' is not a securestring").
			Detailf("Set the type to securestring: anyone with the token can read the files.")
	}
}
